"""Posting: from the facts of an event to ledger rows, numbered and chained under the write lock.

``*_rows`` are pure and make drafts; ``Book`` is the ledger's head as it was read under the lock, and gives drafts
their number and hash; ``store`` writes them. The database refuses a gap, an unknown account or a second posting of
an event, whatever this module does (LEDGER.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import uuid4

from django.conf import settings
from django.db.models import Subquery

from carolverse.db.locks import write_lock
from sales.ledger.chain import FIELDS, genesis, row_hash
from sales.ledger.kinds import book_of
from sales.ledger.models import Account, CommissionEntry, LedgerBook
from sales.ledger.rules import spread_credit
from sales.registry.freshness import GOOD
from sales.registry.models import RegistrySync, Service

HASH_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A ledger row before it has its number and hash; the fields are those of CommissionEntry."""

    event_key: str
    line: int
    kind: str
    debit: str
    credit: str
    amount: int
    unit: str
    win: str
    instalment: int
    lead: str
    service: str
    owner: str
    terms: str
    facts: str
    effective_on: date
    recorded_at: datetime
    actor: str
    agent: str | None = None
    cost_center: str | None = None
    reverses: int | None = None
    source: str | None = None
    approver: str | None = None

    @property
    def period(self) -> str:
        """The month of ``effective_on``. (No period is ever closed yet; then it is the first open one.)"""
        return f"{self.effective_on:%Y-%m}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """What the rows of one instalment's events have in common. Amounts are minor units of ``unit``."""

    win: str
    instalment: int
    lead: str
    service: str
    owner: str
    terms: str
    facts: str
    unit: str
    agent: str
    base_minor: int
    commission_minor: int
    actor: str
    recorded_at: datetime
    cost_center: str | None = None
    source: str | None = None
    approver: str | None = None

    def draft(
        self, *, event: str, line: int, kind: str, debit: str, credit: str, amount: int, on: date
    ) -> Draft:
        """One row of one of this sale's events; a row of credit overrides ``agent``."""
        return Draft(
            event_key=event,
            line=line,
            kind=kind,
            debit=debit,
            credit=credit,
            amount=amount,
            unit=self.unit,
            win=self.win,
            instalment=self.instalment,
            lead=self.lead,
            service=self.service,
            owner=self.owner,
            terms=self.terms,
            facts=self.facts,
            agent=self.agent,
            effective_on=on,
            recorded_at=self.recorded_at,
            actor=self.actor,
            cost_center=self.cost_center,
            source=self.source,
            approver=self.approver,
        )


Transfer = tuple[str, str, str, int, str | None]  # kind, debit, credit, amount, agent of a row of credit


def _drafts(sale: Sale, event: str, on: date, transfers: Iterable[Transfer]) -> list[Draft]:
    """Number the transfers of one event; a transfer of 0 isn't a row."""
    rows = [transfer for transfer in transfers if transfer[3]]
    drafts = []
    for line, (kind, debit, credit, amount, agent) in enumerate(rows, start=1):
        draft = sale.draft(
            event=event, line=line, kind=kind, debit=debit, credit=credit, amount=amount, on=on
        )
        drafts.append(replace(draft, agent=agent) if agent else draft)
    return drafts


def book_rows(
    sale: Sale, *, shares: Mapping[str, int], balances: Mapping[str, int], net_before: int, on: date
) -> list[Draft]:
    """Rows of booking one instalment: sold, book, and the credit spread over the shares (examples 1, 7, 17)."""
    c = sale.commission_minor
    credit = spread_credit(amount=c, net_after=net_before + c, shares=shares, balances=balances) if c else {}
    return _drafts(
        sale,
        f"win:{sale.win}:{sale.instalment}:book",
        on,
        [
            ("sold", f"M:sold:{sale.service}", "M:volume", sale.base_minor, None),
            ("book", f"A:recv:{sale.service}", f"L:held:{sale.service}", c, None),
            *(
                ("credit", "M:pool", f"M:agent:{agent}", part, agent)
                for agent, part in sorted(credit.items())
            ),
        ],
    )


def release_rows(sale: Sale, *, held_minor: int, on: date) -> list[Draft]:
    """The row that turns what is held into commission earned, effective when the hold ended."""
    transfer = ("release", f"L:held:{sale.service}", f"I:comm:{sale.service}", held_minor, None)
    return _drafts(sale, f"win:{sale.win}:{sale.instalment}:release", on, [transfer])


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Balances of one instalment, each on its own side, in minor units."""

    receivable: int = 0
    held: int = 0
    written_off: int = 0


def refund_rows(
    sale: Sale,
    *,
    reference: str,
    refunded_minor: int,
    taken_back_minor: int,
    standing: Standing,
    shares: Mapping[str, int],
    balances: Mapping[str, int],
    net_before: int,
    on: date,
) -> list[Draft]:
    """Rows of a refund of one instalment (LEDGER.md, Events: refund).

    Debits L:held as far as held, then K:clawback; credits A:recv as far as open, then X:writeoff as far as written
    off, then L:dueto; the sides are paired off in that order.
    """
    s = sale.service
    held = min(standing.held, taken_back_minor)
    debits = [("void", f"L:held:{s}", held), ("clawback", f"K:clawback:{s}", taken_back_minor - held)]
    open_ = min(standing.receivable, taken_back_minor)
    off = min(standing.written_off, taken_back_minor - open_)
    credits = [(f"A:recv:{s}", open_), ("X:writeoff", off), (f"L:dueto:{s}", taken_back_minor - open_ - off)]
    spread = (
        spread_credit(
            amount=-taken_back_minor,
            net_after=net_before - taken_back_minor,
            shares=shares,
            balances=balances,
        )
        if taken_back_minor
        else {}
    )
    return _drafts(
        sale,
        f"refund:{reference}",
        on,
        [
            ("unsold", "M:volume", f"M:sold:{s}", refunded_minor, None),
            *_paired(debits, credits),
            *(
                ("uncredit", f"M:agent:{agent}", "M:pool", abs(part), agent)
                for agent, part in sorted(spread.items())
            ),
        ],
    )


def _paired(debits: Sequence[tuple[str, str, int]], credits: Sequence[tuple[str, int]]) -> list[Transfer]:
    """Pair two sides of equal sums off, in order."""
    pairs: list[Transfer] = []
    left = [[code, amount] for code, amount in credits]
    for kind, debit, amount in debits:
        rest = amount
        for side in left:
            part = min(rest, int(side[1]))
            pairs.append((kind, debit, str(side[0]), part, None))
            side[1] = int(side[1]) - part
            rest -= part
    return pairs


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
    wanted = {(code, entry.unit, entry.book) for entry in entries for code in (entry.debit, entry.credit)}
    units = {unit for _, unit, _ in wanted}
    codes = {code for code, _, _ in wanted}
    known = set(Account.objects.filter(unit__in=units, code__in=codes).values_list("code", "unit", "book"))
    missing = [Account(code=code, unit=unit, book=book) for code, unit, book in sorted(wanted - known)]
    if missing:
        Account.objects.bulk_create(missing)
    CommissionEntry.objects.bulk_create(entries, batch_size=1000)
