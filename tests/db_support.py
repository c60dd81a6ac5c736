"""Lets transactional tests empty append-only tables, and makes sure that a test without a mark meets no real database.

Not for use outside tests. Django empties all tables after such a test, on SQLite by DELETE, on PostgreSQL by
TRUNCATE, and our triggers refuse both: they are parked for that moment.
"""

import functools
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

from carolverse.db.triggers import parked_triggers

# Read before any test database is made, which puts its own name here.
REAL_NAME = settings.DATABASES["default"]["NAME"]


@contextmanager
def some_test_database() -> Iterator[None]:
    """A test database, made here if pytest-django made none.

    It makes one only where some test of the run is marked or asks for ``db``; a fixture that opens the database by
    itself, to work outside transactions, would else meet the real one.
    """
    if connection.settings_dict["NAME"] != REAL_NAME:
        yield
        return
    made = setup_databases(verbosity=0, interactive=False, aliases={"default": False})
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)


def install_flush_guard() -> None:
    """Park the triggers around the flush of each transactional test, pytest-django's too."""
    flush: Any = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    if getattr(flush, "parks_triggers", False):
        return

    @functools.wraps(flush)
    def flush_without_triggers(case: Any) -> None:
        with ExitStack() as stack:
            for alias in case._databases_names(include_mirrors=False):
                stack.enter_context(parked_triggers(connections[alias]))
            flush(case)

    flush_without_triggers.parks_triggers = True  # type: ignore[attr-defined]
    TransactionTestCase._fixture_teardown = flush_without_triggers  # type: ignore[attr-defined]
