"""Django's operations, with a flush that our immediate composite keys allow."""

from collections.abc import Iterable

from django.db.backends.sqlite3 import operations


class DatabaseOperations(operations.DatabaseOperations):
    """Empties tables in any order: all keys are checked when the flush commits."""

    def execute_sql_flush(self, sql_list: Iterable[str]) -> None:
        super().execute_sql_flush(["PRAGMA defer_foreign_keys = ON;", *sql_list])
