"""The demo's start: when a database counts as new, and a secret that only its user can read."""

import sqlite3
import stat
from pathlib import Path

import pytest

from deploy import start


def test_a_missing_or_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    assert start.is_new(tmp_path / "none.sqlite3")
    (tmp_path / "empty.sqlite3").touch()
    assert start.is_new(tmp_path / "empty.sqlite3")


def test_a_database_with_a_table_is_not_new(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "used.sqlite3")
    connection.execute("CREATE TABLE kept (id INTEGER)")
    connection.close()
    assert not start.is_new(tmp_path / "used.sqlite3")


def test_removing_a_database_removes_what_sqlite_keeps_beside_it(tmp_path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / f"old.sqlite3{suffix}").touch()
    (tmp_path / "other.sqlite3").touch()
    start.remove(tmp_path / "old.sqlite3")
    assert [path.name for path in tmp_path.iterdir()] == ["other.sqlite3"]


def test_the_secret_is_made_once_and_for_this_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "SECRET", tmp_path / "secret-key")
    first = start.secret_key()
    assert len(first) >= 50
    assert start.secret_key() == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_a_new_demo_gets_its_name_only_when_it_is_complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "DEMO", tmp_path / "demo.sqlite3")
    monkeypatch.setattr(start, "MAKING", tmp_path / "making.sqlite3")

    def crash_in_the_demo(*arguments: str, database: Path) -> None:
        database.touch()
        if arguments[0] == "demo":
            raise SystemExit("the power went off")

    monkeypatch.setattr(start, "manage", crash_in_the_demo)
    with pytest.raises(SystemExit):
        start.make_demo()
    assert not (tmp_path / "demo.sqlite3").exists()
