"""The world that the breaches are tried on, written once for each module and committed, because rules are taken out
of the database and put back, which SQLite does outside transactions only."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from carolverse.db.triggers import parked_triggers
from tests.sales.breaches.world import World, stand_up


@pytest.fixture(scope="module")
def world(unblocked_database: None, django_db_blocker: Any) -> Iterator[World]:
    """The world; each test rolls back what it did to it."""
    with django_db_blocker.unblock():
        try:
            yield stand_up()
        finally:
            with parked_triggers(connection):
                call_command("flush", interactive=False, verbosity=0)
