"""The guard: whether this process may write to this database at all.

Not a system check, which would block the migration that mends it. It runs when gunicorn starts, before a writing
command, and in ``/readyz`` (DESIGN section 12).
"""

import sys

from django.db import connection

from carolverse.db import driver
from carolverse.db.triggers import missing_triggers


def unreadable() -> list[str]:
    """Why there is nothing to read yet, as sentences with the next step; empty once the tables are there."""
    if "sales_commissionentry" in connection.introspection.table_names():
        return []
    return ["The database has no tables yet. Run `manage.py migrate`."]


def faults() -> list[str]:
    """What is wrong with the database, as sentences with the next step; empty when it is safe to write."""
    if found := unreadable():
        return found
    if missing := sorted(missing_triggers(connection)):
        found.append(f"{len(missing)} triggers are missing, such as {missing[0]}. Run `manage.py migrate`.")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
            keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]
        if mode != "wal":
            found.append(f"The journal mode is {mode}, not WAL. Is the database on a disk that can lock files?")
        if not keys:
            found.append("Foreign keys are off. Use the engine carolverse.db.sqlite3.")
    return found


def warnings() -> list[str]:
    """What is not safe for ever but can't be mended from here."""
    if connection.vendor != "sqlite" or driver.wal_is_sound():
        return []
    found, mended = (".".join(map(str, numbers)) for numbers in (driver.version(), driver.WAL_SOUND_SINCE))
    return [f"SQLite {found} has a known WAL fault, mended in {mended}. Install pysqlite3 for this platform."]


def check_or_exit() -> None:
    """End the process with a sentence when the database isn't safe to write to."""
    for sentence in warnings():
        sys.stderr.write(f"Warning: {sentence}\n")
    if found := faults():
        sys.exit("Not starting. " + " ".join(found))
