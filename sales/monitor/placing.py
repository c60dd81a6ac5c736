"""Reading wins with their state: stored facts and the ledger's balances put together in few statements.

``states.py`` decides the state; this only gathers what it depends on. Nothing is stored and nothing is posted. All is
read as of the row that was the ledger's last when the wins were read, so that a win which is cancelled or priced
between two statements doesn't seem to contradict itself.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Subquery, Sum
from django.db.models.functions import Coalesce

from sales.leads.models import State as LeadState
from sales.ledger.balances import Standing, credits_of, standings
from sales.ledger.models import CommissionEntry
from sales.ledger.rules import hold_end
from sales.monitor.states import InstalmentFacts, State, WinFacts, contradictions, counts, win_state
from sales.wins.models import CreditShare, Refund, Win

COLUMNS = (
    *("pk", "key", "lead_id", "service_id", "region_id", "agent_id", "currency", "amount_minor", "sold_date"),
    *("is_new_customer", "lead__state", "pricing__priced_at", "pricing__terms__hold_days"),
)
NO_ROWS = Standing()
LAST_ROW = CommissionEntry.objects.order_by("-seq").values("seq")[:1]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedWin:
    """A win with its state and its figures, in minor units of ``currency``.

    ``sold_minor`` is the base of its booked instalments; what is refunded stands beside it. Of the commission,
    ``held_minor`` and ``due_minor`` are still open. ``credit`` is each agent's part. ``why`` is what contradicts.
    """

    key: str
    service: str
    region: str
    agent: str
    currency: str
    sold_date: date
    is_new_customer: bool
    state: State
    why: tuple[str, ...]
    hold_end: date | None
    amount_minor: int
    sold_minor: int
    refunded_minor: int
    commission_minor: int
    held_minor: int
    due_minor: int
    credit: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_counted(self) -> bool:
        return counts(self.state)

    def is_release_overdue(self, today: date) -> bool:
        """Its hold is over and something is still held: the release that is due wasn't posted."""
        return self.is_counted and self.hold_end is not None and self.hold_end <= today and self.held_minor > 0


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the wins, by win, as of a row of the ledger."""

    standings: Mapping[str, Mapping[int, Standing]]
    refunds: Mapping[tuple[str, int], int]
    voided: Collection[str]
    weights: Mapping[int, int]
    live: Mapping[int, int]
    head: int


def placed_wins(*, now: datetime, lead_ids: Collection[int] | None = None) -> list[PlacedWin]:
    """All wins with state and figures, in the order of booking; of some leads only where they are given.

    Five statements, whatever the number of wins.
    """
    rows, beside = _read(lead_ids)
    credit = credits_of(None if lead_ids is None else [row["key"] for row in rows], as_of=beside.head)
    today = now.astimezone(UTC).date()
    return [_placed(row, beside, credit.get(row["key"], {}), today) for row in rows]


def states_by_key(*, now: datetime, lead_ids: Collection[int]) -> dict[str, State]:
    """The states of the wins of these leads, by key: four statements."""
    rows, beside = _read(lead_ids)
    today = now.astimezone(UTC).date()
    return {row["key"]: win_state(_facts(row, beside), today) for row in rows}


def _read(lead_ids: Collection[int] | None) -> tuple[list[dict[str, Any]], _Beside]:
    wins = Win.objects.order_by("pk").annotate(head=Coalesce(Subquery(LAST_ROW), 0))
    wins = wins if lead_ids is None else wins.filter(lead__in=lead_ids)
    rows = [dict(zip((*COLUMNS, "head"), values, strict=True)) for values in wins.values_list(*COLUMNS, "head")]
    head = rows[0]["head"] if rows else 0
    keys = None if lead_ids is None else [row["key"] for row in rows]
    by_win: dict[str, dict[int, Standing]] = {}
    for (win, instalment), standing in standings(keys, as_of=head).items():
        by_win.setdefault(win, {})[instalment] = standing
    refunds, voided = _refunds(keys, head)
    live = Counter(row["lead_id"] for row in rows if row["key"] not in voided)
    weights = _weights(None if keys is None else [row["pk"] for row in rows], head)
    return rows, _Beside(by_win, refunds, voided, weights, live, head)


def _refunds(keys: Collection[str] | None, head: int) -> tuple[dict[tuple[str, int], int], set[str]]:
    """Refunded by win and instalment, and the wins that are voided."""
    found = Refund.objects.filter(after_seq__lte=head).order_by()
    found = found if keys is None else found.filter(win__key__in=keys)
    refunded: Counter[tuple[str, int]] = Counter()
    voided = set()
    for win, instalment, kind, total in found.values_list("win_id", "instalment", "kind").annotate(Sum("amount_minor")):
        refunded[win, instalment] += int(total)
        if kind == Refund.Kind.VOID:
            voided.add(win)
    return dict(refunded), voided


def _weights(ids: Collection[int] | None, head: int) -> dict[int, int]:
    """The sum of each win's latest set of shares."""
    found = CreditShare.objects.filter(after_seq__lte=head)
    found = found if ids is None else found.filter(win__in=ids)
    sets = found.values_list("win_id", "set_number").annotate(Sum("weight")).order_by("win_id", "set_number")
    return {win: int(weight) for win, _, weight in sets}


def _facts(row: Mapping[str, Any], beside: _Beside) -> WinFacts:
    """One win's facts. Until a later instalment is booked there is only the first."""
    key, ends = row["key"], _hold_end(row)
    standings_ = beside.standings.get(key, {})
    return WinFacts(
        instalments=tuple(
            InstalmentFacts(
                base_minor=row["amount_minor"],
                refunded_minor=beside.refunds.get((key, number), 0),
                standing=standings_.get(number, NO_ROWS),
                has_rows=number in standings_,
                hold_end=ends,
            )
            for number in sorted({1, *standings_})
        ),
        voided=key in beside.voided,
        priced=row["pricing__priced_at"] is not None,
        lead_is_won=row["lead__state"] == LeadState.WON,
        live_wins_of_lead=beside.live.get(row["lead_id"], 0),
        share_weight=beside.weights.get(row["pk"], 0),
    )


def _hold_end(row: Mapping[str, Any]) -> date | None:
    """From the booking's effective date, the earlier of the sale date and the UTC date of its pricing."""
    if row["pricing__priced_at"] is None:
        return None
    booked_on = min(row["sold_date"], row["pricing__priced_at"].astimezone(UTC).date())
    return hold_end(booked_on, row["pricing__terms__hold_days"])


def _placed(row: Mapping[str, Any], beside: _Beside, credit: Mapping[str, int], today: date) -> PlacedWin:
    facts = _facts(row, beside)
    state = win_state(facts, today)
    figures = _figures([instalment.standing for instalment in facts.instalments])
    return PlacedWin(
        key=row["key"],
        service=row["service_id"],
        region=row["region_id"],
        agent=row["agent_id"],
        currency=row["currency"],
        sold_date=row["sold_date"],
        is_new_customer=row["is_new_customer"],
        state=state,
        why=contradictions(facts) if state == State.UNPLACED else (),
        hold_end=facts.instalments[0].hold_end,
        amount_minor=row["amount_minor"],
        credit=credit,
        **figures,
    )


def _figures(standings_: Sequence[Standing]) -> dict[str, int]:
    """The figures of a win: the sums of its instalments'."""
    sold = refunded = commission = held = due = 0
    for standing in standings_:
        sold += standing.sold
        refunded += standing.refunded
        commission += standing.commission
        held += min(standing.receivable, standing.held)
        due += standing.due
    return {
        "sold_minor": sold,
        "refunded_minor": refunded,
        "commission_minor": commission,
        "held_minor": held,
        "due_minor": due,
    }
