"""Test databases are made and removed with the files beside them.

A write-ahead log that outlives its database makes the next one of that name unreadable.
"""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import creation

BESIDE = ("-wal", "-shm", ".wlock")


class DatabaseCreation(creation.DatabaseCreation):
    """Django's, and tidy."""

    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        name = str(self._get_test_db_name())  # type: ignore[attr-defined]
        if not keepdb and not self.is_in_memory_db(name) and not Path(name).exists():
            _remove_beside(name)
        made = str(super()._create_test_db(verbosity, autoclobber, keepdb))  # type: ignore[misc]
        if not keepdb and not self.is_in_memory_db(name):
            _remove_beside(name)
        return made

    def _destroy_test_db(self, test_database_name: Any, verbosity: int) -> None:
        super()._destroy_test_db(test_database_name, verbosity)  # type: ignore[misc]
        if test_database_name and not self.is_in_memory_db(test_database_name):
            _remove_beside(str(test_database_name))


def _remove_beside(name: str) -> None:
    for suffix in BESIDE:
        Path(name + suffix).unlink(missing_ok=True)
