"""Posting: drafts become ledger rows, numbered and chained under the write lock.

``Book`` is the ledger's head as it was read under the lock, and gives drafts their number and hash; ``store``
writes them. The database refuses a gap, an unknown account or a second posting of
an event, whatever this module does (LEDGER.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.db.models import Subquery

from carolverse.db.locks import write_lock
from sales.ledger.chain import FIELDS, genesis, row_hash
from sales.ledger.drafts import Draft
from sales.ledger.kinds import book_of
from sales.ledger.models import Account, CommissionEntry, LedgerBook
from sales.registry.freshness import GOOD
from sales.registry.models import RegistrySync, Service

HASH_VERSION = 1


@dataclass(frozen=True, slots=True)
class Book:
    """The ledger's head and what a posting needs to know beside it, read in one statement under the lock."""

    seq: int
    hash: bytes
    registry_read_at: datetime | None
    registry_digest: str
    cost_center: str | None

    def sealed(self, drafts: Sequence[Draft]) -> list[CommissionEntry]:
        """The drafts as rows: numbered without a gap, each hashed over the one before."""
        entries, previous = [], self.hash
        for seq, draft in enumerate(drafts, start=self.seq + 1):
            previous = row_hash(previous, hashed_fields(draft, seq))
            entries.append(_entry(draft, seq, previous))
        return entries


PLAIN = tuple(name for name in FIELDS if name not in {"v", "seq", "period"})


def hashed_fields(draft: Draft, seq: int) -> dict[str, str | int | date | datetime | None]:
    """The row as the chain hashes it: business keys, never row ids (example 21)."""
    return {
        "v": HASH_VERSION,
        "seq": seq,
        "period": draft.period,
        **{name: getattr(draft, name) for name in PLAIN},
    }


def _entry(draft: Draft, seq: int, row: bytes) -> CommissionEntry:
    return CommissionEntry(
        seq=seq,
        event_key=draft.event_key,
        line=draft.line,
        kind=draft.kind,
        debit=draft.debit,
        credit=draft.credit,
        amount=draft.amount,
        unit=draft.unit,
        book=book_of(draft.kind),
        win_id=draft.win,
        instalment=draft.instalment,
        agent_id=draft.agent,
        lead_id=draft.lead,
        service_id=draft.service,
        owner_id=draft.owner,
        terms_id=draft.terms,
        facts=draft.facts,
        cost_center=draft.cost_center,
        period=draft.period,
        effective_on=draft.effective_on,
        recorded_at=draft.recorded_at,
        reverses_id=draft.reverses,
        source=draft.source,
        actor=draft.actor,
        approver=draft.approver,
        hash=row.hex(),
    )


def open_book(*, now: datetime) -> Book:
    """Take the write lock and read the head. The caller is in a transaction and keeps it to the end."""
    write_lock()
    last = CommissionEntry.objects.order_by("-seq")
    good = RegistrySync.objects.filter(outcome__in=GOOD).order_by("-at", "-id")
    row = LedgerBook.objects.annotate(
        head_seq=Subquery(last.values("seq")[:1]),
        head_hash=Subquery(last.values("hash")[:1]),
        read_at=Subquery(good.values("at")[:1]),
        read_digest=Subquery(good.values("digest")[:1]),
        cost_center=Subquery(Service.objects.filter(key=settings.SALES_SERVICE).values("cost_center")[:1]),
    ).first()
    if row is None:
        # The first booking of all opens the ledger; a second opener waits at the lock and finds the row.
        LedgerBook.objects.create(ledger_id=uuid4(), opened_at=now)
        return open_book(now=now)
    head = bytes.fromhex(row.head_hash) if row.head_hash else genesis(str(row.ledger_id))
    return Book(
        seq=row.head_seq or 0,
        hash=head,
        registry_read_at=row.read_at,
        registry_digest=row.read_digest or "",
        cost_center=row.cost_center or None,
    )


def store(entries: Sequence[CommissionEntry]) -> None:
    """Write sealed rows, with the accounts that they are the first to use. In the transaction of ``open_book``."""
    _open_accounts({(code, entry.unit, entry.book) for entry in entries for code in (entry.debit, entry.credit)})
    CommissionEntry.objects.bulk_create(entries, batch_size=1000)


# One statement, whether an account is new or not. ON CONFLICT would do on PostgreSQL; on SQLite the guard of
# append-only rows refuses whatever clashes.
_OPEN = (
    "INSERT INTO {table} (code, unit, book) SELECT w.column1, w.column2, w.column3 FROM (VALUES {rows}) AS w"
    " WHERE NOT EXISTS (SELECT 1 FROM {table} a WHERE a.code = w.column1 AND a.unit = w.column2)"
)


def _open_accounts(accounts: set[tuple[str, str, str]]) -> None:
    """Add the accounts, as (code, unit, book), that aren't there yet."""
    if not accounts:
        return
    table = connection.ops.quote_name(Account._meta.db_table)
    rows = ", ".join(["(%s, %s, %s)"] * len(accounts))
    with connection.cursor() as cursor:
        cursor.execute(
            _OPEN.format(table=table, rows=rows), [value for account in sorted(accounts) for value in account]
        )
