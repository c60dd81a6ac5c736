"""The SQLite library under Django: `pysqlite3`'s own where there is a wheel for it, else the system's.

Not a backend. Debian 12 ships SQLite 3.40, whose write-ahead log can, rarely, lose a page (mended in 3.51.3).
The swap must come before Django's SQLite backend is imported, because that binds the module once.
"""

import importlib
import sys

WAL_SOUND_SINCE = (3, 51, 3)
_BACKEND = "django.db.backends.sqlite3.base"


class SwappedTooLate(RuntimeError):
    """Django's SQLite backend already runs on the system's library."""


def install() -> None:
    """Make `import sqlite3` mean `pysqlite3` from here on; without its wheel, nothing changes.

    Raises:
        SwappedTooLate: Django's backend was imported first.
    """
    try:
        bundled = importlib.import_module("pysqlite3")
        interface = importlib.import_module("pysqlite3.dbapi2")
    except ModuleNotFoundError:
        return
    backend = sys.modules.get(_BACKEND)
    if backend is not None and backend.Database is not interface:
        raise SwappedTooLate(
            f"{_BACKEND} was imported before the SQLite library could be chosen. "
            "Name 'carolverse.db.sqlite3' as ENGINE, and import nothing of Django's SQLite backend before it."
        )
    sys.modules["sqlite3"] = bundled
    sys.modules["sqlite3.dbapi2"] = interface


def version() -> tuple[int, int, int]:
    """The version of the SQLite library that connections run on."""
    interface = importlib.import_module("sqlite3.dbapi2")
    major, minor, patch = interface.sqlite_version_info[:3]
    return major, minor, patch


def wal_is_sound() -> bool:
    """Whether the library in use is free of the known fault of the write-ahead log."""
    return version() >= WAL_SOUND_SINCE
