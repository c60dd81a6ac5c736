"""Other people's databases: read only, bounded, as of one moment."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from carolverse.sources.database import decoded, read_tables
from carolverse.sources.errors import FeedRefused
from carolverse.sources.limits import Limits


def made(path: Path, script: str) -> str:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    return str(path)


def test_rows_come_by_the_names_of_their_columns_and_missing_optional_tables_are_empty(tmp_path: Path):
    # The name needs quoting in a URI: read as it stands, it would open another file.
    path = made(tmp_path / "a b?mode=rwc#%41.db", "CREATE TABLE t (key, n); INSERT INTO t VALUES ('a', 1)")
    assert read_tables(path, required=["t"], optional=["u"]) == {"t": [{"key": "a", "n": 1}], "u": []}


def test_reading_leaves_the_file_and_its_folder_as_they_were(tmp_path: Path):
    path = Path(made(tmp_path / "registry.db", "CREATE TABLE t (key); INSERT INTO t VALUES ('a')"))
    before = path.read_bytes()
    read_tables(str(path), required=["t"])
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_database_is_refused_and_not_created(tmp_path: Path):
    with pytest.raises(FeedRefused, match="There is no file"):
        read_tables(str(tmp_path / "registry.db"), required=["t"])
    assert list(tmp_path.iterdir()) == []


def test_a_missing_table_is_named(tmp_path: Path):
    path = made(tmp_path / "registry.db", "CREATE TABLE t (key)")
    with pytest.raises(FeedRefused, match="has no table u, v"):
        read_tables(path, required=["t", "u", "v"])


def test_an_empty_file_has_no_tables(tmp_path: Path):
    (tmp_path / "registry.db").touch()
    with pytest.raises(FeedRefused, match="has no table t"):
        read_tables(str(tmp_path / "registry.db"), required=["t"])


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be one" * 40, b"SQLite format 3\x00" + b"\x00" * 500]
)
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "registry.db").write_bytes(content)
    with pytest.raises(FeedRefused):
        read_tables(str(tmp_path / "registry.db"), required=["t"])


def test_text_that_is_not_utf_8_is_refused(tmp_path: Path):
    path = made(tmp_path / "registry.db", "CREATE TABLE t (key); INSERT INTO t VALUES (CAST(x'ff' AS TEXT))")
    with pytest.raises(FeedRefused):
        read_tables(path, required=["t"])


def test_more_rows_than_the_limit_are_refused(tmp_path: Path):
    path = made(tmp_path / "registry.db", "CREATE TABLE t (key); INSERT INTO t VALUES (1), (2), (3)")
    assert len(read_tables(path, required=["t"], limits=Limits(max_rows=3))["t"]) == 3
    with pytest.raises(FeedRefused, match="more than 2 rows"):
        read_tables(path, required=["t"], limits=Limits(max_rows=2))


def test_a_view_without_end_is_stopped(tmp_path: Path):
    endless = "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT sum(n) AS key FROM r"
    path = made(tmp_path / "registry.db", f"CREATE VIEW t AS {endless}")
    with pytest.raises(FeedRefused, match="interrupted"):
        read_tables(path, required=["t"], limits=Limits(timeout_seconds=0.1))


def test_json_columns_are_decoded_and_what_is_not_json_stays():
    row = {"key": "a", "good": "[1]", "null": "null", "bad": "[", "missing": None, "number": 7}
    assert decoded(row, "good", "null", "bad", "missing", "number", "absent") == row | {
        "good": [1],
        "null": None,
    }
