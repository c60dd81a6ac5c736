"""The mirror as a test compares it: every row of every table that a sync writes."""

from typing import Any

from django.db.models import Model

from sales.access.models import Seat
from sales.registry.models import Agent, Block, Design, Droid, Region, Service, ServiceOwner, Terms

MODELS: tuple[type[Model], ...] = (Region, Agent, Service, Block, Droid, Design, ServiceOwner, Terms, Seat)
HISTORY: tuple[type[Model], ...] = (ServiceOwner, Terms)

Rows = dict[str, dict[Any, dict[str, Any]]]


def mirror() -> Rows:
    """All rows by table and primary key."""
    return {model.__name__: _rows(model) for model in MODELS}


def _rows(model: type[Model]) -> dict[Any, dict[str, Any]]:
    name = model._meta.pk.attname
    return {row[name]: row for row in model._default_manager.values()}


def is_for_sale(key: str) -> bool:
    return Service.objects.sellable().filter(key=key).exists()
