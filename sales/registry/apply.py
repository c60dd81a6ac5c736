"""Writes a plan, in the caller's transaction and in a number of statements that doesn't grow with each row.

Not a place for rules: what is written was decided by ``plan``; what can't be true is refused by the database.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import models

from sales.access.actor import Actor
from sales.access.models import Seat
from sales.registry.columns import Row
from sales.registry.models import Agent, Block, Design, Droid, Region, Service, ServiceOwner, Terms
from sales.registry.plan import Plan

TABLES: dict[str, type[models.Model]] = {
    "region": Region,
    "agent": Agent,
    "service": Service,
    "block": Block,
    "droid": Droid,
    "design": Design,
}


def apply(plan: Plan, *, by: Actor, now: datetime) -> None:
    """Write the plan: regions before agents before services, so that each finds what it leans on."""
    for name, model in TABLES.items():
        if name in plan.tables:
            unique = ("service", "design_type") if model is Design else ("key",)
            _put(model, plan.tables[name].write, unique=unique)
    ServiceOwner.objects.bulk_create(plan.owners)
    Terms.objects.bulk_create(plan.terms.write)
    signed = by.signature() | {"since": now}
    _put(Seat, [row | signed for row in plan.seats], unique=("agent_key", "role", "region_key"))


def _put(model: type[models.Model], rows: Sequence[Row], *, unique: tuple[str, ...]) -> None:
    """Insert the rows, or set those that are there already to the same values."""
    if not rows:
        return
    columns = [field for field in model._meta.concrete_fields if any(field.attname in row for row in rows)]
    model._default_manager.bulk_create(
        [model(**row) for row in rows],
        update_conflicts=True,
        unique_fields=unique,
        update_fields=[field.name for field in columns if field.name not in unique],
    )
