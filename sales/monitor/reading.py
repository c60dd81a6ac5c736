"""One reading of everything that the monitor shows, as of one moment: at most twelve statements, whatever the rows.

Report, findings, criteria and pages are pure functions of a ``Reading``, so that they can't disagree with each other.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from sales.leads.models import OPEN_STATES, Lead, LeadEvent
from sales.monitor.placing import PlacedWin, placed_wins
from sales.registry.freshness import GOOD
from sales.registry.models import Agent, Region, RegistrySync, Service
from sales.wins.models import BookingRequest, HandOff, Refund

HAND_OFF_LIMIT = timedelta(days=7)
LOOK_BACK = timedelta(days=90)
STEPS = (LeadEvent.Kind.MOVED, LeadEvent.Kind.ASSIGNED)


@dataclass(frozen=True, slots=True)
class LeadGroup:
    """Leads with one state, region, service, agent and currency: how many, and their expected amounts."""

    state: str
    region: str | None
    service: str
    agent: str | None
    currency: str
    leads: int
    amount_minor: int

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class OpenLead:
    """An open lead that lacks something: an agent, a next step, or that its next step was taken in time."""

    reference: str
    region: str | None
    service: str
    agent: str | None
    currency: str
    next_step: str
    next_step_at: datetime | None
    state_since: datetime


@dataclass(frozen=True, slots=True)
class Named:
    """A mirrored row: its name, why it isn't accepted, and of a service its owner."""

    name: str
    quarantine: str
    owner: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits since then: a win's hand-off or a booking request."""

    key: str
    agent: str
    since: datetime
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read, as of ``now``."""

    now: datetime
    wins: tuple[PlacedWin, ...] = ()
    leads: tuple[LeadGroup, ...] = ()
    lacking: tuple[OpenLead, ...] = ()
    services: dict[str, Named] = field(default_factory=dict)
    agents: dict[str, Named] = field(default_factory=dict)
    regions: dict[str, Named] = field(default_factory=dict)
    read: RegistrySync | None = None
    attempt: RegistrySync | None = None
    hand_offs: tuple[Waiting, ...] = ()
    requests: tuple[Waiting, ...] = ()
    steps: int = 0
    steps_by_droids: int = 0

    @property
    def today(self) -> date:
        return self.now.astimezone(UTC).date()

    @property
    def sales_owner(self) -> str:
        """The agent that owns Sales; empty before the first sync."""
        sales = self.services.get(settings.SALES_SERVICE)
        return sales.owner if sales else ""


def read(now: datetime) -> Reading:
    """Read everything, once."""
    named = _named()
    last_good, last = _syncs()
    steps = LeadEvent.objects.filter(kind__in=STEPS, at__gt=now - LOOK_BACK, at__lte=now)
    moved = steps.aggregate(steps=Count("pk"), by_droids=Count("pk", filter=~Q(by_droid="")))
    return Reading(
        now=now,
        wins=tuple(placed_wins(now=now)),
        leads=_lead_groups(),
        lacking=_lacking(now),
        services=named["service"],
        agents=named["agent"],
        regions=named["region"],
        read=last_good,
        attempt=last,
        hand_offs=_hand_offs(now),
        requests=_requests(),
        steps=moved["steps"],
        steps_by_droids=moved["by_droids"],
    )


def _lead_groups() -> tuple[LeadGroup, ...]:
    keys = ("state", "region_id", "service_id", "agent_id", "currency")
    sums = {"leads": Count("pk"), "amount": Coalesce(Sum("amount_minor"), Value(0))}
    rows = Lead.objects.order_by().values_list(*keys).annotate(**sums)
    return tuple(
        LeadGroup(state, region, service, agent, currency, int(leads), int(amount))
        for state, region, service, agent, currency, leads, amount in rows
    )


def _lacking(now: datetime) -> tuple[OpenLead, ...]:
    lacks = Q(agent=None) | Q(next_step="") | Q(next_step_at__lt=now)
    columns = ("reference", "region_id", "service_id", "agent_id", "currency", "next_step", "next_step_at")
    rows = Lead.objects.open().filter(lacks).order_by("state_since", "pk").values_list(*columns, "state_since")
    return tuple(OpenLead(*row) for row in rows)


def _named() -> dict[str, dict[str, Named]]:
    """Services, agents and regions in one statement, by kind and key."""

    def columns(kind: str, model: Any, owner: Any) -> Any:
        values = {"kind": Value(kind), "of": owner}
        return (
            model._default_manager.order_by().annotate(**values).values_list("kind", "key", "name", "quarantine", "of")
        )

    nobody = Value("")
    rows = columns("service", Service, Coalesce(F("owner_id"), nobody)).union(
        columns("agent", Agent, nobody), columns("region", Region, nobody), all=True
    )
    found: dict[str, dict[str, Named]] = {"service": {}, "agent": {}, "region": {}}
    for kind, key, name, quarantine, owner in rows:
        found[kind][key] = Named(name, quarantine, owner)
    return found


def _syncs() -> tuple[RegistrySync | None, RegistrySync | None]:
    """The last reading that was accepted, and the last attempt."""
    last = RegistrySync.objects.order_by("-at", "-id").values("pk")
    good = last.filter(outcome__in=GOOD)
    rows = list(
        RegistrySync.objects.filter(Q(pk=Subquery(last[:1])) | Q(pk=Subquery(good[:1])))
        .defer("diff")
        .order_by("-at", "-id")
    )
    return next((row for row in rows if row.outcome in GOOD), None), rows[0] if rows else None


def late_hand_offs(hand_offs: QuerySet[HandOff], now: datetime) -> QuerySet[HandOff]:
    """Hand-offs that nobody acknowledged for a week; those of cancelled wins wait for nobody."""
    late = hand_offs.filter(acknowledged_at=None, opened_at__lte=now - HAND_OFF_LIMIT)
    return late.exclude(win__refunds__kind=Refund.Kind.VOID)


def _hand_offs(now: datetime) -> tuple[Waiting, ...]:
    rows = late_hand_offs(HandOff.objects.order_by("opened_at", "pk"), now)
    return tuple(Waiting(*row) for row in rows.values_list("win__key", "to_agent_id", "opened_at"))


def _requests() -> tuple[Waiting, ...]:
    waiting = BookingRequest.objects.filter(state=BookingRequest.State.WAITING).order_by("asked_at", "pk")
    return tuple(Waiting(*row) for row in waiting.values_list("key", "by_agent", "asked_at", "reason"))
