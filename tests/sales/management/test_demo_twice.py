"""The demo of one day is the same wherever it is filled; only passwords, the ledger's own id and hashes differ."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import models, transaction
from django.test import override_settings

from sales.access.models import Seat
from sales.customers.models import ContactPoint, Customer, Person
from sales.leads.models import Interaction, Lead, LeadEvent, Note, Offer
from sales.ledger.models import CommissionEntry
from sales.management.demo.build import build
from sales.management.demo.plan import load_plan
from sales.registry.models import RegistrySync, Service, ServiceOwner, Terms
from sales.wins.models import BookingRequest, CreditShare, HandOff, Refund, Win, WinPricing

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
SHOWN: list[type[models.Model]] = [
    RegistrySync,
    Service,
    ServiceOwner,
    Terms,
    Seat,
    Customer,
    Person,
    ContactPoint,
    Lead,
    Note,
    LeadEvent,
    Interaction,
    Offer,
    Win,
    WinPricing,
    CreditShare,
    Refund,
    HandOff,
    BookingRequest,
    CommissionEntry,
]


def rows_of(model: type[models.Model], places: dict[str, dict[Any, int]]) -> list[dict[str, Any]]:
    """A table's rows without what may differ: hashes, and numbers of rows, which become places in their table."""
    rows = list(model._default_manager.order_by("pk").values())
    places[model.__name__] = {row[model._meta.pk.attname]: place for place, row in enumerate(rows)}
    for row in rows:
        row.pop("hash", None)
        row.pop("id", None)
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and isinstance(row[field.attname], int):
                row[field.attname] = places[field.related_model.__name__][row[field.attname]]
    return rows


def filled_rows() -> dict[str, list[dict[str, Any]]]:
    """Every table as a small demo fills it; then it is undone."""
    places: dict[str, dict[Any, int]] = {}
    with transaction.atomic():
        build(plan=replace(load_plan(), leads=60), now=NOW, progress=lambda text: None)
        rows = {model.__name__: rows_of(model, places) for model in SHOWN}
        transaction.set_rollback(True)
    return rows


@pytest.mark.django_db
@override_settings(**QUICK)
def test_the_same_day_fills_two_databases_alike() -> None:
    first = filled_rows()
    second = filled_rows()
    for name, rows in first.items():
        assert rows, name
        assert rows == second[name], name
