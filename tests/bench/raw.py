"""The raw client: what was written between two moments, and writing the same again with plain SQL."""

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carolverse.db import sqlite3 as _backend  # noqa: F401 - swaps the driver in, so that both sides use one SQLite.

PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: per second, ours and raw."""

    what: str
    ours: float
    raw: float


def snapshot(source: Path, target: Path) -> None:
    """A consistent copy of a database."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as client:
        client.execute("VACUUM INTO ?", [str(target)])


def written_since(before: Path, after: Path, tables: Sequence[str]) -> dict[str, list[Row]]:
    """The rows of each table that ``after`` has and ``before`` has not, in the order of their row ids."""
    new = {}
    with closing(sqlite3.connect(before)) as old, closing(sqlite3.connect(after)) as young:
        for table in tables:
            last = old.execute(f"SELECT COALESCE(MAX(rowid), 0) FROM {table}").fetchone()[0]
            new[table] = young.execute(f"SELECT * FROM {table} WHERE rowid > ? ORDER BY rowid", [last]).fetchall()
    return new


Statement = tuple[str, list[Row]]


def insert(table: str, rows: list[Row]) -> Statement:
    """An INSERT of rows as they stand."""
    marks = ", ".join("?" * len(rows[0])) if rows else "NULL"
    return f"INSERT INTO {table} VALUES ({marks})", rows


def replay(path: Path, transactions: Sequence[Sequence[Statement]]) -> float:
    """Seconds to write these transactions with a raw client of the same durability."""
    with closing(sqlite3.connect(path, isolation_level=None)) as client:
        for pragma in PRAGMAS:
            client.execute(f"PRAGMA {pragma}")
        started = time.perf_counter()
        for statements in transactions:
            client.execute("BEGIN IMMEDIATE")
            for sql, rows in statements:
                client.executemany(sql, rows)
            client.execute("COMMIT")
        return time.perf_counter() - started
