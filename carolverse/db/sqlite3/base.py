"""The connection: durable, strict about keys, patient, and fair between writers.

Where a database is only read (`mode=ro`) or lives in memory, the gate and the write-ahead log are left out.
Whatever OPTIONS say wins over what is set here.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.db import IntegrityError
from django.db.backends.sqlite3 import base

from carolverse.db.sqlite3.creation import DatabaseCreation
from carolverse.db.sqlite3.gate import WriteGate
from carolverse.db.sqlite3.operations import DatabaseOperations
from carolverse.db.sqlite3.schema import DatabaseSchemaEditor

TIMEOUT_SECONDS = 20
WAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024

# FULL: a power cut under NORMAL lost acknowledged commits. secure_delete: what is erased must not linger in
# free pages.
_PRAGMAS = (
    "PRAGMA synchronous = FULL",
    f"PRAGMA journal_size_limit = {WAL_SIZE_LIMIT_BYTES}",
    "PRAGMA secure_delete = ON",
)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to one database file."""

    SchemaEditorClass = DatabaseSchemaEditor
    creation_class = DatabaseCreation
    ops_class = DatabaseOperations
    transaction_mode: str | None
    init_commands: list[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._gate: WriteGate | None = None

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        params.setdefault("timeout", TIMEOUT_SECONDS)
        path = writable_path(str(params["database"])) if not self.is_in_memory_db() else None
        self._gate = WriteGate(f"{path}.wlock", params["timeout"]) if path else None
        if not is_read_only(str(params["database"])):
            self.transaction_mode = self.transaction_mode or "IMMEDIATE"
            self.init_commands = [*_PRAGMAS, *self.init_commands]
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        if self._gate is not None and _journal_mode(connection) != "wal":
            # Two processes that switch an empty file at once get "locked" without a wait, so they take turns.
            self._gate.enter()
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            finally:
                self._gate.leave()
        return connection

    def check_constraints(self, table_names: Iterable[str] | None = None) -> None:
        """As Django's, which misreads the number of a foreign key where a table has a composite one."""
        with self.cursor() as cursor:
            for table in table_names if table_names is not None else [None]:
                argument = f"({self.ops.quote_name(table)})" if table else ""
                cursor.execute(f"PRAGMA foreign_key_check{argument}")
                if broken := cursor.fetchone():
                    raise IntegrityError(_sentence(cursor, self.ops.quote_name(broken[0]), *broken))

    def _start_transaction_under_autocommit(self) -> None:
        if self._gate is None:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            return
        self._gate.enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._gate.leave()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._leave_gate()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_gate()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave_gate()

    def _leave_gate(self) -> None:
        if self._gate is not None:
            self._gate.leave()


def is_read_only(database: str) -> bool:
    """Whether a `file:` address forbids writing."""
    query = parse_qs(urlsplit(database).query) if database.startswith("file:") else {}
    return query.get("mode") == ["ro"] or query.get("immutable") == ["1"]


def writable_path(database: str) -> str | None:
    """The path of a database file that may be written, from a path or a `file:` address."""
    if is_read_only(database) or "mode=memory" in database:
        return None
    return unquote(urlsplit(database).path) if database.startswith("file:") else database


def _journal_mode(connection: Any) -> str:
    return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def _sentence(cursor: Any, quoted: str, table: str, rowid: int | None, parent: str, number: int) -> str:
    cursor.execute(f"PRAGMA foreign_key_list({quoted})")
    columns = [row[3] for row in cursor.fetchall() if row[0] == number]
    row = f"row {rowid}" if rowid is not None else "a row"
    return f"The table '{table}' has {row} whose {', '.join(columns)} is in no row of '{parent}'."
