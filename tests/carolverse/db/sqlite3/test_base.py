"""carolverse.db.sqlite3.base"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError

from carolverse.db.sqlite3.base import DatabaseWrapper, is_read_only, writable_path
from tests.carolverse.db.sqlite3.connections import connected, writing


def pragma(wrapper: DatabaseWrapper, name: str) -> object:
    with wrapper.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.fixture(autouse=True)
def files_of_our_own(django_db_blocker):
    """These tests open databases, but never the one of the settings."""
    with django_db_blocker.unblock():
        yield


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", 20_000),
        ("journal_size_limit", 64 * 1024 * 1024),
    ],
)
def test_a_connection_is_durable_strict_and_patient(tmp_path: Path, name: str, value: object) -> None:
    with connected(tmp_path / "a.sqlite3") as wrapper:
        assert pragma(wrapper, name) == value


def test_options_win(tmp_path: Path) -> None:
    with connected(tmp_path / "a.sqlite3", timeout=3, init_command="PRAGMA synchronous = NORMAL") as wrapper:
        assert pragma(wrapper, "busy_timeout") == 3000
        assert pragma(wrapper, "synchronous") == 1


def test_a_second_writer_waits_at_begin_not_at_its_first_write(tmp_path: Path) -> None:
    with connected(tmp_path / "a.sqlite3") as one, connected(tmp_path / "a.sqlite3", timeout=0.1) as two:
        with writing(one), pytest.raises(OperationalError, match="locked"), writing(two):
            pytest.fail("two writers at once")
        with writing(two):
            two.cursor().execute("CREATE TABLE t (x)")


def test_a_writer_that_knows_no_gate_is_still_waited_for(tmp_path: Path) -> None:
    with connected(tmp_path / "a.sqlite3") as one, connected(tmp_path / "a.sqlite3", timeout=0.1) as two:
        one.ensure_connection()
        one.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), writing(two):
            pytest.fail("two writers at once")
        one.connection.execute("ROLLBACK")
        with writing(two):
            two.cursor().execute("CREATE TABLE t (x)")


def test_a_connection_that_is_closed_in_a_transaction_lets_the_next_one_in(tmp_path: Path) -> None:
    with connected(tmp_path / "a.sqlite3") as one, connected(tmp_path / "a.sqlite3", timeout=0.1) as two:
        one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        one.close()
        with writing(two):
            two.cursor().execute("CREATE TABLE t (x)")


def test_a_read_only_database_is_left_as_it_is(tmp_path: Path) -> None:
    # Not one of ours: a registry's database is not in WAL, and must not be switched by whoever reads it.
    with closing(sqlite3.connect(tmp_path / "a.sqlite3")) as foreign:
        foreign.execute("CREATE TABLE t (x)")
    with connected(f"file:{tmp_path}/a.sqlite3?mode=ro") as reader:
        assert reader.cursor().execute("SELECT COUNT(*) FROM t").fetchone() == (0,)
        with pytest.raises(OperationalError, match="readonly"):
            reader.cursor().execute("INSERT INTO t VALUES (1)")
    assert [path.name for path in tmp_path.iterdir()] == ["a.sqlite3"]


def test_a_database_in_memory_has_no_gate() -> None:
    wrapper = DatabaseWrapper({"NAME": ":memory:", "OPTIONS": {}, "TIME_ZONE": None}, "beside")
    wrapper.get_connection_params()
    assert wrapper._gate is None
    assert wrapper.transaction_mode == "IMMEDIATE"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("/srv/a.sqlite3", "/srv/a.sqlite3"),
        ("file:/srv/a%20b.sqlite3", "/srv/a b.sqlite3"),
        ("file:/srv/a.sqlite3?mode=rw", "/srv/a.sqlite3"),
        ("file:/srv/a.sqlite3?mode=ro", None),
        ("file:/srv/a.sqlite3?immutable=1", None),
        ("file:shared?mode=memory&cache=shared", None),
    ],
)
def test_the_gate_stands_beside_what_may_be_written(name: str, path: str | None) -> None:
    assert writable_path(name) == path
    assert is_read_only(name) == ("mode=ro" in name or "immutable" in name)


def test_a_broken_composite_key_is_told_by_its_columns(tmp_path: Path) -> None:
    with connected(tmp_path / "a.sqlite3") as wrapper:
        cursor = wrapper.cursor()
        cursor.execute("CREATE TABLE city (id PRIMARY KEY)")
        cursor.execute("CREATE TABLE parent (a, b, UNIQUE (a, b))")
        cursor.execute(
            "CREATE TABLE child (x, y, z, FOREIGN KEY (x, y) REFERENCES parent (a, b), FOREIGN KEY (z) REFERENCES city)"
        )
        wrapper.disable_constraint_checking()
        cursor.execute("INSERT INTO child VALUES (1, 2, NULL)")
        with pytest.raises(IntegrityError, match="'child' has row 1 whose x, y is in no row of 'parent'"):
            wrapper.check_constraints()
        with pytest.raises(IntegrityError):
            wrapper.check_constraints(["child"])
        wrapper.check_constraints(["parent", "city"])
