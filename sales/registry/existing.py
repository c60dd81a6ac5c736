"""What the mirror holds before a sync, as the plan takes it. Reads in a handful of statements; decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Model

from sales.access.models import Seat
from sales.registry.columns import Row
from sales.registry.models import Agent, Block, Design, Droid, Region, Service, ServiceOwner, Terms

Start = tuple[str, str, date]
"""Service, currency and first day of a version of terms."""


@dataclass(slots=True)
class Existing:
    """The mirrored rows by key, the versions of terms, and what is needed to number the next ones."""

    regions: dict[str, Row] = field(default_factory=dict)
    agents: dict[str, Row] = field(default_factory=dict)
    services: dict[str, Row] = field(default_factory=dict)
    blocks: dict[str, Row] = field(default_factory=dict)
    droids: dict[str, Row] = field(default_factory=dict)
    designs: dict[str, Row] = field(default_factory=dict)
    owner_revisions: dict[str, int] = field(default_factory=dict)
    terms: list[Terms] = field(default_factory=list)
    used_starts: set[Start] = field(default_factory=set)
    seats: list[Row] = field(default_factory=list)


def design_key(service: str, design_type: str) -> str:
    """How a design is named in a plan."""
    return f"{service} {design_type}"


def read_existing() -> Existing:
    """The mirror as it stands; read it under the write lock."""
    return Existing(
        regions=_by_key(Region),
        agents=_by_key(Agent),
        services=_by_key(Service),
        blocks=_by_key(Block),
        droids=_by_key(Droid),
        designs={design_key(row["service_id"], row["design_type"]): row for row in _rows(Design, leave=["id"])},
        owner_revisions=dict(
            ServiceOwner.objects.order_by()
            .values_list("service")
            .annotate(last=Max("revision"))
            .values_list("service", "last")
        ),
        terms=list(Terms.objects.all()),
        used_starts=set(
            Terms.objects.filter(pricings__isnull=False).values_list("service", "currency", "starts").distinct()
        ),
        seats=[dict(row) for row in Seat.objects.values("agent_key", "role", "region_key", "state")],
    )


def _by_key(model: type[Model]) -> dict[str, Row]:
    return {row["key"]: row for row in _rows(model)}


def _rows(model: type[Model], *, leave: Iterable[str] = ()) -> Iterable[Row]:
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in leave]
    return model._default_manager.values(*names)
