"""Going round the database: what somebody with the password could do, and covering it up in the chain.

For tests of reconciliation only. Nothing outlives the test's transaction.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from carolverse.db.triggers import parked_triggers
from sales.ledger.chain import genesis, row_hash
from sales.ledger.models import Account, CommissionEntry, LedgerBook
from sales.ledger.posting import HASH_VERSION
from sales.ledger.reconcile import Fault, run
from sales.ledger.reconcile.rows import rows_up_to
from tests.makers import NOW


@contextmanager
def unguarded() -> Iterator[None]:
    """No trigger, no check and no foreign key stands inside the block; the transaction has to roll back."""
    with parked_triggers(connection), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in (CommissionEntry._meta.db_table, Account._meta.db_table):
                cursor.execute(
                    "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass", [table]
                )
                for (name,) in cursor.fetchall():
                    cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
            yield
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def rechain() -> None:
    """Make all hashes anew, as whoever changes a row would have to; so that R2 stays quiet."""
    book, last = LedgerBook.objects.get(), CommissionEntry.objects.order_by("-seq").first()
    previous = genesis(str(book.ledger_id))
    for row in list(rows_up_to(last.seq if last else 0)):
        previous = row_hash(previous, {**row._asdict(), "v": HASH_VERSION})
        CommissionEntry.objects.filter(seq=row.seq).update(hash=previous.hex())


def faults_after(
    change: Callable[[], object], *, chained_anew: bool = True, now: datetime = NOW
) -> dict[str, tuple[Fault, ...]]:
    """The equations that don't hold after a change behind the database's back, each with its faults."""
    with unguarded():
        change()
        if chained_anew:
            rechain()
    try:
        report = run(now=now)
    finally:
        # Django looks at foreign keys after a test that could be kept; this one can't.
        transaction.set_rollback(True)
    assert report.ok == all(equation.ok for equation in report.equations)
    return {equation.id: equation.faults for equation in report.equations if not equation.ok}


def row(seq: int, **values: object) -> Callable[[], object]:
    """A change of one row."""
    return lambda: CommissionEntry.objects.filter(seq=seq).update(**values)


def rows_named(faults: tuple[Fault, ...]) -> set[int | None]:
    return {fault.row for fault in faults}
