"""Connections of the backend to files of a test's own, beside the test database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from carolverse.db.sqlite3.base import DatabaseWrapper


def settings_for(name: Path | str, **options: Any) -> dict[str, Any]:
    """Django's entry for one database, with all that it would fill in itself."""
    test = {"NAME": str(name), "MIRROR": None, "CHARSET": None, "COLLATION": None, "MIGRATE": True}
    login = {"USER": "", "PASSWORD": "", "HOST": "", "PORT": ""}
    use = {
        "TIME_ZONE": None,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "AUTOCOMMIT": True,
        "ATOMIC_REQUESTS": False,
    }
    return {"NAME": str(name), "OPTIONS": options, "TEST": test, **login, **use}


@contextmanager
def connected(name: Path | str, **options: Any) -> Iterator[DatabaseWrapper]:
    """A connection that is closed in the end."""
    wrapper = DatabaseWrapper(settings_for(name, **options), "beside")
    try:
        yield wrapper
    finally:
        wrapper.close()


@contextmanager
def writing(wrapper: DatabaseWrapper) -> Iterator[None]:
    """A transaction as atomic() would hold it, for a connection that isn't in settings."""
    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        yield
    finally:
        wrapper.commit()
        wrapper.set_autocommit(True)
