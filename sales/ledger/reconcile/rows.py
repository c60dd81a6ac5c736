"""The ledger's rows as reconciliation reads them: streamed once in their order, an event at a time."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from sales.ledger.kinds import SERVICE_PREFIXES
from sales.ledger.models import CommissionEntry

CHUNK = 2_000


class Row(NamedTuple):
    """A stored row under the names of the chain's fields (``sales.ledger.chain.FIELDS``), without ``v``."""

    seq: int
    event_key: str
    line: int
    kind: str
    debit: str
    credit: str
    amount: int
    unit: str
    book: str
    win: str | None
    instalment: int | None
    agent: str | None
    lead: str | None
    service: str | None
    owner: str | None
    terms: str | None
    facts: str | None
    cost_center: str | None
    period: str
    effective_on: date
    recorded_at: datetime
    reverses: int | None
    source: str | None
    actor: str
    approver: str | None
    hash: str


KEYS = ("win", "agent", "lead", "service", "owner", "terms", "reverses")
COLUMNS = tuple(f"{name}_id" if name in KEYS else name for name in Row._fields)


def rows_up_to(seq: int) -> Iterator[Row]:
    """The rows in their order, in constant memory."""
    stored = CommissionEntry.objects.filter(seq__lte=seq).order_by("seq").values_list(*COLUMNS)
    return map(Row._make, stored.iterator(chunk_size=CHUNK))


def events_up_to(seq: int) -> Iterator[list[Row]]:
    """The rows of one event after another."""
    for _, rows in groupby(rows_up_to(seq), key=lambda row: row.event_key):
        yield list(rows)


@lru_cache(maxsize=4096)
def parts_of(account: str) -> tuple[str, str]:
    """An account's beginning and, where it is kept per service, the service: ("A:recv:", "blueprint")."""
    for prefix in SERVICE_PREFIXES:
        if account.startswith(prefix):
            return prefix, account[len(prefix) :]
    return account, ""
