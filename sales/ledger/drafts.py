"""From the facts of an event to the drafts of its rows. Pure: nothing is read, numbered or written here.

Each ``*_rows`` gives the rows of one event of LEDGER.md, in its order; a transfer of 0 isn't a row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sales.ledger.rules import spread_credit


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

    def draft(self, *, event: str, line: int, kind: str, debit: str, credit: str, amount: int, on: date) -> Draft:
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
        draft = sale.draft(event=event, line=line, kind=kind, debit=debit, credit=credit, amount=amount, on=on)
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
            *(("credit", "M:pool", f"M:agent:{agent}", part, agent) for agent, part in sorted(credit.items())),
        ],
    )


def release_rows(sale: Sale, *, held_minor: int, on: date) -> list[Draft]:
    """The row that turns what is held into commission earned, effective when the hold ended."""
    transfer = ("release", f"L:held:{sale.service}", f"I:comm:{sale.service}", held_minor, None)
    return _drafts(sale, f"win:{sale.win}:{sale.instalment}:release", on, [transfer])


def refund_rows(
    sale: Sale,
    *,
    reference: str,
    refunded_minor: int,
    taken_back_minor: int,
    receivable_minor: int,
    held_minor: int,
    written_off_minor: int,
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
    held = min(held_minor, taken_back_minor)
    debits = [("void", f"L:held:{s}", held), ("clawback", f"K:clawback:{s}", taken_back_minor - held)]
    open_ = min(receivable_minor, taken_back_minor)
    off = min(written_off_minor, taken_back_minor - open_)
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
            *(("uncredit", f"M:agent:{agent}", "M:pool", abs(part), agent) for agent, part in sorted(spread.items())),
        ],
    )


def _paired(debits: Sequence[tuple[str, str, int]], credits: Sequence[tuple[str, int]]) -> list[Transfer]:
    """Pair two sides of equal sums off, in order."""
    pairs: list[Transfer] = []
    left = dict(credits)
    for kind, debit, amount in debits:
        rest = amount
        for credit in left:
            part = min(rest, left[credit])
            pairs.append((kind, debit, credit, part, None))
            left[credit] -= part
            rest -= part
    return pairs
