"""Every list and page of the console opens, with data and without, and costs the same however many rows there are."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import tests.makers as makers
from sales.access.models import Login, Seat
from sales.admin.base import KeptAdmin
from sales.leads.models import Lead
from sales.registry.models import Agent, RegistrySync
from sales.wins.models import Win
from tests.makers import ARWEN, AURORA, Organisation, make_customer

STATEMENTS = 15
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.model_name or "")


def address(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:sales_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", MODELS)
def test_every_list_opens_and_says_what_to_do_first_where_it_is_empty(model: type[Model], console: Client) -> None:
    answer = console.get(address(model, "changelist"))
    assert answer.status_code == 200
    if not model._default_manager.exists():
        assert b"Nothing here yet" in answer.content


@pytest.mark.parametrize("model", MODELS)
def test_every_page_opens(model: type[Model], console: Client, full: Organisation, ida: Login) -> None:
    assert console.get(address(model, "changelist"), {"q": "a"}).status_code == 200
    for row in model._default_manager.all()[:3]:
        assert console.get(address(model, "change", row.pk)).status_code == 200
    if model in (Lead, Login):
        assert console.get(address(model, "add")).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_a_row_that_is_not_there_is_answered_without_a_fault(
    model: type[Model], console: Client, org: Organisation
) -> None:
    assert console.get(address(model, "change", "999999")).status_code in (302, 404)


@pytest.mark.parametrize("model", [model for model in MODELS if isinstance(admin.site._registry[model], KeptAdmin)])
def test_rows_that_are_only_shown_refuse_to_be_written(model: type[Model], console: Client, full: Organisation) -> None:
    row = model._default_manager.first()
    if row is None:
        pytest.skip("no row of this kind comes from a verb yet")
    for page in ("change", "delete"):
        if page == "change" and model._meta.model_name in ("lead", "win", "service"):
            continue  # Their pages are shown whatever is sent.
        assert console.post(address(model, page, row.pk), {"name": "x", "_save": "1"}).status_code == 403
    assert model._default_manager.filter(pk=row.pk).exists()


def _many(org: Organisation, number: int) -> None:
    """That many leads, wins, seats, agents and syncs."""
    now, forms = makers.NOW, []
    for at in range(number):
        lead = makers.make_lead(org, customer=make_customer(f"Customer {at} of {number}"))
        forms.append(makers.win_form(lead, sold_date=makers.DAY - timedelta(days=at % 50)))
        makers.make_lead(org, customer=lead.customer)
    from sales.blocks.closing.work import book_wins

    book_wins(forms, by=ARWEN, now=now)
    Agent.objects.bulk_create(
        Agent(key=f"a{number}-{at}", name=f"Agent {at}", is_agent=True, region=org.eu, reports_to="aurora")
        for at in range(number)
    )
    Seat.objects.bulk_create(
        Seat(agent_key=f"a{number}-{at}", agent_name="A", role="auditor", since=now, **AURORA.signature())
        for at in range(number)
    )
    RegistrySync.objects.bulk_create(
        RegistrySync(at=now, source="test:", outcome="unchanged", **AURORA.signature()) for _ in range(number)
    )


def test_no_list_asks_more_however_many_rows_it_shows(
    console: Client, full: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sales.admin.base import ConsoleAdmin

    monkeypatch.setattr(ConsoleAdmin, "list_per_page", 200)
    _many(full, 50)
    few = {model: _statements(console, model) for model in MODELS}
    _many(full, 150)
    many = {model: _statements(console, model) for model in MODELS}
    assert many == few
    assert {model: count for model, count in many.items() if count > STATEMENTS} == {}
    assert Win.objects.count() >= 200


def _statements(console: Client, model: type[Model]) -> int:
    with CaptureQueriesContext(connection) as made:
        assert console.get(address(model, "changelist")).status_code == 200
    return len(made)


@pytest.mark.parametrize(
    "query", ["state=HELD", "state=UNPRICED", "counted=1", "finding=release_overdue", "service=blueprint"]
)
def test_a_filtered_list_of_wins_asks_no_more(query: str, console: Client, full: Organisation) -> None:
    with CaptureQueriesContext(connection) as made:
        assert console.get(f"/admin/sales/win/?{query}").status_code == 200
    assert len(made) <= STATEMENTS


def test_every_link_of_the_monitor_has_its_filter() -> None:
    from sales.monitor.links import PARAMS

    for kind, names in PARAMS.items():
        model = next(model for model in MODELS if model._meta.model_name == kind)
        filters = admin.site._registry[model].list_filter
        known = {getattr(one, "parameter_name", f"{one}__exact") for one in filters}
        assert set(names) <= known, kind
