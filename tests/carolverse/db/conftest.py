"""Fixtures of the database rules."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.carolverse.db.workshop import FIRST, Workshop


@pytest.fixture
def workshop(unblocked_database: None, django_db_blocker: Any) -> Iterator[Workshop]:
    """The app `shop` with its stock. Without a transaction around it, because SQLite can't remake tables in one."""
    with django_db_blocker.unblock():
        shop = Workshop()
        try:
            shop.migrate(*FIRST)
            shop.stock()
            yield shop
        finally:
            shop.demolish()
