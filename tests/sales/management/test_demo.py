"""The demo: fills an empty database with something of everything, and refuses any other."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from sales.access.models import Login, Seat
from sales.blocks.closing.forms import NotForSale, WinForm
from sales.blocks.closing.requests import book_request
from sales.blocks.closing.work import book_win
from sales.customers.models import Customer, Person
from sales.leads.models import OPEN_STATES, Interaction, Lead, LeadEvent, Offer, State
from sales.ledger.models import CommissionEntry
from sales.ledger.reconcile import run
from sales.management.demo.build import NotEmpty, build
from sales.management.demo.files import load_conversations
from sales.management.demo.logins import Credentials
from sales.management.demo.plan import load_plan
from sales.management.demo.summary import screen, summary
from sales.monitor.report import report
from sales.registry.actors import actor_for
from sales.registry.demo_mark import is_demo
from sales.registry.models import Region, Service
from sales.registry.sync import addresses, sync_registry
from sales.wins.models import BookingRequest, HandOff, Refund, Win, WinPricing

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


def nothing(text: str) -> None:
    """Progress that nobody reads."""


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Credentials]]:
    """The whole demo, built once for this file; each test's own changes are undone after it."""
    with django_db_blocker.unblock(), override_settings(**QUICK), transaction.atomic():
        yield build(plan=load_plan(), now=NOW, progress=nothing)
        transaction.set_rollback(True)


@pytest.fixture
def demo(filled: list[Credentials], db: None) -> Iterator[list[Credentials]]:
    with override_settings(**QUICK):
        yield filled


def test_there_are_leads_in_every_state_with_their_customers(demo: list[Credentials]) -> None:
    assert Lead.objects.count() >= 400
    assert set(Lead.objects.values_list("state", flat=True)) == set(State.values)
    assert Customer.objects.count() == 40
    assert not Customer.objects.filter(people=None).exists()
    assert not Person.objects.filter(contact_points=None).exists()


def test_open_leads_lack_what_the_monitor_looks_for(demo: list[Credentials]) -> None:
    open_leads = Lead.objects.filter(state__in=OPEN_STATES)
    assert open_leads.filter(agent=None, customer=None).exists()
    assert open_leads.filter(agent__isnull=False, next_step="").exists()
    assert open_leads.filter(next_step_at__lt=NOW).exists()
    assert open_leads.filter(next_step_at__gt=NOW).exists()


def test_wins_are_in_every_state_that_can_be_reached(demo: list[Credentials]) -> None:
    told = report(NOW)
    reached = {state for state, count in told["wins"]["by_state"].items() if count}
    assert reached == {"UNPRICED", "HELD", "EARNED", "REVERSED"}
    assert Win.objects.count() >= 120
    assert {row["currency"] for row in told["totals"]} == {"EUR", "USD"}
    assert {row["key"] for row in told["by_region"]} == set(Region.objects.values_list("key", flat=True))


def test_the_ledger_reconciles(demo: list[Credentials]) -> None:
    proof = run(now=NOW)
    assert proof.ok, [fault.sentence for equation in proof.equations for fault in equation.faults]
    assert proof.entries == CommissionEntry.objects.count()


def test_wins_were_cancelled_in_hold_and_after_their_release(demo: list[Credentials]) -> None:
    voided = Win.objects.filter(refunds__kind=Refund.Kind.VOID)
    assert voided.filter(entries__kind="release").exists()
    assert voided.exclude(entries__kind="release").exclude(pricing=None).exists()
    assert Win.objects.filter(replaces__in=voided).exists()


def test_some_wins_were_priced_later_by_two_people(demo: list[Credentials]) -> None:
    later = WinPricing.objects.exclude(approver="")
    assert set(later.values_list("by_agent", "approver")) == {("aurora", "midas")}
    assert later.count() >= 2


def test_credit_is_shared_by_two_and_by_three(demo: list[Credentials]) -> None:
    shared = Win.objects.annotate(n=models.Count("shares")).values_list("n", flat=True)
    assert set(shared) == {1, 2, 3}


def test_sales_recur_and_are_paid_once(demo: list[Credentials]) -> None:
    assert set(Win.objects.order_by().values_list("cadence", flat=True).distinct()) == {"once", "monthly"}


def test_hand_offs_are_acknowledged_by_their_owner_or_open(demo: list[Credentials]) -> None:
    assert HandOff.objects.filter(acknowledged_at=None).exists()
    done = HandOff.objects.exclude(acknowledged_at=None)
    assert done.count() > 100
    assert all(hand_off.acknowledged_by == hand_off.to_agent_id for hand_off in done)


def test_the_conversations_are_told_in_full_by_an_agent(demo: list[Credentials]) -> None:
    for told in load_conversations():
        lead = Lead.objects.get(reference=f"demo:{told.key}")
        assert lead.state == told.outcome
        said = list(lead.interactions.order_by("at", "pk").values_list("text", "agent_id"))
        assert said == [(message.text, told.agent) for message in told.messages]


def test_what_was_generated_says_nothing_that_nobody_wrote(demo: list[Credentials]) -> None:
    """Beside the conversations only an offer's subject is said."""
    told = Lead.objects.filter(reference__in=[f"demo:{row.key}" for row in load_conversations()])
    said = set(Interaction.objects.exclude(lead__in=told).exclude(text="").values_list("text", flat=True))
    assert said <= set(Offer.objects.values_list("subject", flat=True))


def test_the_retired_service_has_an_open_offer_that_cannot_be_booked(demo: list[Credentials]) -> None:
    service = Service.objects.get(retired_at__isnull=False)
    assert Win.objects.filter(service=service).exists()
    lead = Lead.objects.get(service=service, state__in=OPEN_STATES)
    assert (lead.state, lead.customer is not None) == (State.PROPOSED, True)
    form = WinForm(
        lead=lead.reference,
        amount_minor=lead.amount_minor or 0,
        currency=lead.currency,
        sold_date=NOW.date(),
        evidence_reference="order 1",
    )
    with pytest.raises(NotForSale, match="Retired on"):
        book_win(form, by=actor_for(channel="test"), now=NOW)


def test_one_booking_waits_and_can_be_booked_now(demo: list[Credentials]) -> None:
    request = BookingRequest.objects.get()
    assert (request.state, request.reason_code) == ("waiting", "registry_stale")
    assert book_request(request, by=actor_for(channel="test"), now=NOW).is_new


def test_nothing_happens_after_the_day(demo: list[Credentials]) -> None:
    for model, column in ((LeadEvent, "at"), (Interaction, "at"), (Win, "booked_at"), (CommissionEntry, "recorded_at")):
        assert model._default_manager.filter(**{f"{column}__gt": NOW}).count() == 0


def test_each_login_opens_with_its_password_and_has_its_seat(demo: list[Credentials]) -> None:
    plan = load_plan()
    assert [login.username for login in demo] == [told.username for told in plan.logins]
    for told in demo:
        login = authenticate(username=told.username, password=told.password)
        assert isinstance(login, Login)
        assert told.password not in login.password
        assert Seat.objects.filter(agent_key=login.acts_for, state=Seat.State.CONFIRMED).exists()
    assert {told.username: told.role for told in demo}["operator"] == "Operator of the console"
    assert {told.role for told in demo} >= {"Owner of Sales", "Regional head, EU", "Service owner", "Finance"}
    assert list(Login.objects.filter(is_superuser=True).values_list("username", flat=True)) == ["operator"]


def test_sync_now_reads_the_sample_again_and_finds_nothing_new(demo: list[Credentials]) -> None:
    registry, designs = addresses()
    later = NOW + timedelta(days=3)
    result = sync_registry(registry_url=registry, designs_url=designs, by=actor_for(channel="test"), now=later)
    assert (result.outcome, result.quarantined) == ("unchanged", [])


def test_a_marked_database_refuses_another_registry(demo: list[Credentials], tmp_path: Any) -> None:
    assert is_demo()
    feed = tmp_path / "registry.json"
    rows: dict[str, Any] = {"regions": [{"key": "EU", "name": "Europe", "countries": []}]}
    agent = {"key": "zoe", "name": "Zoe", "is_agent": True, "status": "active"}
    rows |= {"agents": [agent], "services": [{"key": "x", "name": "X", "owner": "zoe", "sellable": True}]}
    feed.write_text(json.dumps({"format": "carolverse-registry/1", **rows, "blocks": [], "droids": []}))
    result = sync_registry(registry_url=f"file:{feed}", designs_url="", by=actor_for(channel="test"), now=NOW)
    assert result.outcome == "refused"
    assert "sample organisation" in result.reason
    assert not Service.objects.filter(key="x").exists()


def test_the_summary_agrees_with_monitor_and_reconcile(demo: list[Credentials]) -> None:
    result, told = summary(demo, now=NOW, port="8123"), report(NOW)
    assert (result["wins"], result["leads"], result["totals"]) == (told["wins"], told["leads"], told["totals"])
    assert result["reconcile"] == {"ok": True, "entries": run(now=NOW).entries}
    text = screen(result)
    assert "http://127.0.0.1:8123/monitor/" in text
    assert all(login.password in text for login in demo)
    assert len(text.splitlines()) <= 25


def test_a_database_with_something_in_it_is_refused(demo: list[Credentials]) -> None:
    before = Lead.objects.count()
    with pytest.raises(NotEmpty, match="fills an empty one only"):
        build(plan=load_plan(), now=NOW, progress=nothing)
    with pytest.raises(CommandError, match="Name a new one in DATABASE_URL") as refused:
        call_command("demo", stdout=StringIO(), stderr=StringIO())
    assert refused.value.returncode == 2
    assert Lead.objects.count() == before
