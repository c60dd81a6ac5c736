"""The facts that reconciliation recomputes from, as they were at a row of the ledger.

Facts are append-only and carry the last row of the event that wrote them, so reading up to N needs no lock. What
can change afterwards (a lead's state) is looked at by its equation, at the head only (LEDGER.md, As of N).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Max

from sales.leads.models import Cadence
from sales.ledger.models import Account, CommissionEntry, LedgerBook
from sales.registry.models import Agent, Service, Terms
from sales.wins.models import CreditShare, Refund, Win, WinPricing


class Pricing(NamedTuple):
    """What tied a win to terms."""

    terms_id: int
    terms_digest: str
    before_minor: int
    used_minor: int
    facts_digest: str
    approver: str
    agent: str
    operator: str
    priced_at: datetime
    after_seq: int


class RefundFact(NamedTuple):
    """Base that went back, of one instalment."""

    instalment: int
    amount_minor: int
    is_void: bool
    after_seq: int


@dataclass(slots=True)
class WinFact:
    """A frozen win, with its credit (by set: when it came, weights by agent) and what was refunded."""

    key: str
    lead: str
    service: str
    owner: str
    customer: str
    agent: str
    amount_minor: int
    currency: str
    cadence: str
    term_months: int | None
    sold_date: date
    booked_at: datetime
    after_seq: int
    pricing: Pricing | None = None
    share_sets: dict[int, tuple[int, dict[str, int]]] = field(default_factory=dict)
    refunds: list[RefundFact] = field(default_factory=list)

    def bases(self, instalments: int) -> list[int]:
        """The bases of the instalments that earn commission, as ``sales.wins.facts.bases_of`` has them."""
        if self.cadence == Cadence.ONCE:
            return [self.amount_minor]
        return [self.amount_minor] * max(1, min(self.term_months or 1, instalments))

    def shares_at(self, seq: int) -> dict[str, int]:
        """The weights that stood after a row: those of the highest set until then."""
        numbers = [number for number, (after, _) in self.share_sets.items() if after <= seq]
        return self.share_sets[max(numbers)][1] if numbers else {}

    def refunded_at(self, instalment: int, seq: int) -> tuple[int, bool]:
        """Base refunded of an instalment after a row, and whether the win was cancelled in full by then."""
        if not self.refunds:
            return 0, False
        then = [refund for refund in self.refunds if refund.after_seq <= seq]
        amount = sum(refund.amount_minor for refund in then if refund.instalment == instalment)
        return amount, any(refund.is_void for refund in then)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The head, the clock and the facts that the equations share."""

    seq: int
    hash: str
    at_head: bool
    clock: datetime
    ledger_id: str
    wins: dict[str, WinFact]
    terms: dict[int, Terms]
    accounts: dict[tuple[str, str], str]
    services: frozenset[str]
    agents: frozenset[str]


def event_end(as_of: int | None) -> tuple[int, bool]:
    """The last row of the event that ends at or before ``as_of``, and whether it is the ledger's last."""
    keys = CommissionEntry.objects.order_by("-seq").values_list("seq", "event_key")
    head = keys.first()
    if head is None or as_of is None or as_of >= head[0]:
        return (head[0] if head else 0), True
    asked = keys.filter(seq__lte=as_of).first()
    if asked is None:
        return 0, False
    following = CommissionEntry.objects.filter(seq=asked[0] + 1).values_list("event_key", flat=True).first()
    if following != asked[1]:
        return asked[0], False
    before = keys.filter(seq__lt=asked[0]).exclude(event_key=asked[1]).first()
    return (before[0] if before else 0), False


def newest_fact() -> int:
    """The last row that any fact says was written before it or with it."""
    written = [
        model.objects.aggregate(last=Max("after_seq"))["last"] for model in (Win, WinPricing, CreditShare, Refund)
    ]
    return max(last or 0 for last in written)


def take(*, now: datetime, as_of: int | None = None) -> Snapshot:
    """Read the facts as of a row; the clock is that row's, or ``now`` at the head."""
    seq, at_head = event_end(as_of)
    last = CommissionEntry.objects.filter(seq=seq).values_list("hash", "recorded_at").first()
    book = LedgerBook.objects.first()
    wins = _wins(seq)
    _add_shares(wins, seq)
    _add_refunds(wins, seq)
    return Snapshot(
        seq=seq,
        hash=last[0] if last else "",
        at_head=at_head,
        clock=now if at_head or last is None else last[1],
        ledger_id=str(book.ledger_id) if book else "",
        wins=wins,
        terms=Terms.objects.in_bulk(),
        accounts={(code, unit): of for code, unit, of in Account.objects.values_list("code", "unit", "book")},
        services=frozenset(Service.objects.values_list("key", flat=True)),
        agents=frozenset(Agent.objects.values_list("key", flat=True)),
    )


WIN = (
    "key", "lead__reference", "service_id", "owner_id", "customer__reference", "agent_id", "amount_minor",
    "currency", "cadence", "term_months", "sold_date", "booked_at", "after_seq",
)  # fmt: skip
PRICING = (
    "terms_id", "terms_digest", "before_minor", "used_minor", "facts_digest", "approver", "by_agent",
    "by_operator", "priced_at", "after_seq",
)  # fmt: skip


def _wins(seq: int) -> dict[str, WinFact]:
    stored = Win.objects.filter(after_seq__lte=seq).order_by("id")
    columns = stored.values_list(*WIN, *(f"pricing__{name}" for name in PRICING))
    found = {}
    for values in columns.iterator(chunk_size=2_000):
        facts: tuple[Any, ...] = values[: len(WIN)]
        fact = found[values[0]] = WinFact(*facts)
        fact.pricing = _pricing(values[len(WIN) :], seq)
    return found


def _pricing(values: tuple[Any, ...], seq: int) -> Pricing | None:
    pricing = Pricing._make(values)
    return pricing if pricing.terms_id is not None and pricing.after_seq <= seq else None


def _add_shares(wins: dict[str, WinFact], seq: int) -> None:
    stored = CreditShare.objects.filter(after_seq__lte=seq).order_by("id")
    columns = stored.values_list("win__key", "set_number", "agent_id", "weight", "after_seq")
    sets: dict[tuple[str, int], tuple[int, dict[str, int]]] = defaultdict(lambda: (0, {}))
    for key, number, agent, weight, after in columns.iterator(chunk_size=2_000):
        was, weights = sets[key, number]
        weights[agent] = weight
        sets[key, number] = (max(was, after), weights)
    for (key, number), shares in sets.items():
        if key in wins:
            wins[key].share_sets[number] = shares


def _add_refunds(wins: dict[str, WinFact], seq: int) -> None:
    stored = Refund.objects.filter(after_seq__lte=seq).order_by("id")
    for key, instalment, amount, kind, after in stored.values_list(
        "win__key", "instalment", "amount_minor", "kind", "after_seq"
    ):
        if key in wins:
            wins[key].refunds.append(RefundFact(instalment, amount, kind == Refund.Kind.VOID, after))
