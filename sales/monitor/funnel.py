"""How far leads came: the expected amounts of those that reached each step. Reads one statement.

A lead that skipped a step reached it; one that went back, or ended, had reached what it reached.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Case, IntegerField, Max, QuerySet, Value, When

from sales.leads.lifecycle import FORWARD
from sales.leads.models import Lead

RANK = {state.value: place for place, state in enumerate(FORWARD)}
FURTHEST = Max(
    Case(
        *(When(events__to_state=state, then=Value(place)) for state, place in RANK.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the lifecycle, with the leads that reached it; their amounts are in minor units."""

    state: str
    leads: int
    amount_minor: int


def leads_between(leads: QuerySet[Lead], first: date | None, last: date | None) -> QuerySet[Lead]:
    """Leads created on these UTC days, both included."""
    if first:
        leads = leads.filter(created_at__gte=datetime.combine(first, time.min, UTC))
    return leads.filter(created_at__lte=datetime.combine(last, time.max, UTC)) if last else leads


def leads_that_reached(leads: QuerySet[Lead], state: str) -> QuerySet[Lead]:
    """Leads that ever were in this state or in a later one."""
    later = [code for code, place in RANK.items() if place >= RANK[state]]
    return leads.filter(pk__in=leads.filter(events__to_state__in=later).order_by().values("pk"))


def funnel(*, currency: str, region: str = "", first: date | None = None, last: date | None = None) -> tuple[Step, ...]:
    """The steps from NEW to WON for leads of one currency created in a span."""
    leads = leads_between(Lead.objects.filter(currency=currency), first, last).order_by()
    if region:
        leads = leads.filter(region=region)
    counts, amounts = [0] * len(RANK), [0] * len(RANK)
    for _, amount, furthest in leads.annotate(furthest=FURTHEST).values_list("pk", "amount_minor", "furthest"):
        counts[furthest] += 1
        amounts[furthest] += amount or 0
    return tuple(Step(state, sum(counts[place:]), sum(amounts[place:])) for state, place in RANK.items())
