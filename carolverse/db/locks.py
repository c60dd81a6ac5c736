"""One writer at a time, on either engine.

Not a queue: fairness on SQLite is the write gate's. Whoever numbers rows without a gap calls `write_lock`
first in its transaction, and reads the last number after it.
"""

from django.db import connections
from django.db.transaction import TransactionManagementError

# Any number will do, so long as nothing else in the same database takes it.
_KEY = 7_266_535_020_817


def write_lock(using: str = "default") -> None:
    """Hold the only writer's place until the transaction ends.

    On SQLite the transaction has held it since BEGIN IMMEDIATE, so there is nothing to do.

    Raises:
        TransactionManagementError: there is no transaction, so nothing would be held.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        raise TransactionManagementError("write_lock() holds to the end of a transaction. Call it in atomic().")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KEY])
