"""Lets transactional tests empty append-only tables.

Not for use outside tests. Django empties all tables after such a test, on SQLite by DELETE, on PostgreSQL by
TRUNCATE, and our triggers refuse both: they are parked for that moment.
"""

import functools
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.test import TransactionTestCase

from carolverse.db.triggers import parked_triggers


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
