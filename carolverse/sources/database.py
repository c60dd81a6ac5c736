"""Reads tables of somebody else's SQLite database: read only, in one transaction, never created.

Not our ledger's engine (`carolverse.db`): whichever `sqlite3` is swapped in serves.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from urllib.parse import quote

from carolverse.sources.document import parse_json
from carolverse.sources.errors import FeedRefused
from carolverse.sources.fields import Row
from carolverse.sources.files import existing_file
from carolverse.sources.limits import LIMITS, Limits

NAMES_OF_TABLES = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
INSTRUCTIONS_PER_CHECK = 100_000


def read_tables(
    path: str, *, required: Sequence[str], optional: Sequence[str] = (), limits: Limits = LIMITS
) -> dict[str, list[Row]]:
    """All rows of the named tables, as of one moment; an optional table that is missing is empty.

    Raises:
        FeedRefused: no such file, not a database, a required table missing, or past a limit.
    """
    uri = f"file:{quote(str(existing_file(path).absolute()))}?mode=ro"
    with _refusing(path), closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        _stop_after(connection, seconds=limits.timeout_seconds)
        connection.execute("BEGIN")
        present = {name for (name,) in connection.execute(NAMES_OF_TABLES)}
        missing = [name for name in required if name not in present]
        if missing:
            raise FeedRefused(f"{path!r} has no table {', '.join(missing)}. Check that it is the right database.")
        wanted = [name for name in (*required, *optional) if name in present]
        empty: dict[str, list[Row]] = {name: [] for name in optional}
        return empty | {name: _rows(connection, name, limits=limits) for name in wanted}


def decoded(row: Row, *names: str) -> Row:
    """The row with its JSON columns as the values they hold; text that isn't JSON stays, to be faulted."""
    found = dict(row)
    for name in names:
        value = row.get(name)
        if isinstance(value, str):
            with suppress(ValueError):
                found[name] = parse_json(value)
    return found


def _rows(connection: sqlite3.Connection, table: str, *, limits: Limits) -> list[Row]:
    cursor = connection.execute(f'SELECT * FROM "{table}"')
    columns = [column[0] for column in cursor.description]
    rows = cursor.fetchmany(limits.max_rows + 1)
    if len(rows) > limits.max_rows:
        raise FeedRefused(f"The table {table} has more than {limits.max_rows} rows. Check that it is the right one.")
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _stop_after(connection: sqlite3.Connection, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    connection.set_progress_handler(lambda: int(time.monotonic() > deadline), INSTRUCTIONS_PER_CHECK)


@contextmanager
def _refusing(path: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise FeedRefused(f"{path!r} can't be read as a SQLite database ({error}). Check the file.") from error
