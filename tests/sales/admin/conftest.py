"""An operator at the console, and an organisation with something in every list."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

import tests.makers as makers
from sales.access.models import Login, Seat
from sales.access.verbs import create_login
from sales.blocks.closing.reversal import cancel_win
from sales.customers.verbs import add_contact_point, add_person
from sales.leads.models import Lead
from sales.leads.verbs import add_note, log_interaction, make_offer
from sales.registry.models import Design
from tests.makers import ARWEN, AURORA, Organisation, make_customer, make_lead, organisation

PASSWORD = "Polar-42-night"


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """A slow hash is for attackers, not for tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ida(db: None) -> Login:
    """An operator of the console who acts for the owner of Sales."""
    return create_login(username="ida", password=PASSWORD, first_name="Ida", last_name="Moreau", console=True)


@pytest.fixture
def console(ida: Login) -> Client:
    client = Client()
    client.force_login(ida)
    return client


@pytest.fixture
def org(db: None, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    """The cast, read just now: pages look at the clock."""
    monkeypatch.setattr(makers, "NOW", timezone.now())
    monkeypatch.setattr(makers, "DAY", timezone.now().date())
    return organisation()


@pytest.fixture
def lead(org: Organisation) -> Lead:
    """An open lead with something of everything on its page."""
    now = makers.NOW
    customer = make_customer("Lindqvist Möbel AB")
    anna = add_person(customer, name="Anna Lindqvist", by=ARWEN, now=now, decides=True)
    add_contact_point(anna, kind="email", value="anna@lindqvist.example", by=ARWEN, now=now)
    lead = make_lead(org, customer=customer, amount_minor=2_000_000)
    log_interaction(
        lead, agent=org.arwen, channel="call", direction="in", at=now, by=ARWEN, text="Kommer ni?", person=anna
    )
    make_offer(lead, amount_minor=2_400_000, currency="EUR", by=ARWEN, now=now, subject="In three steps")
    add_note(lead, text="Ring efter lunch.", by=AURORA, now=now)
    return lead


@pytest.fixture
def full(org: Organisation, lead: Lead) -> Organisation:
    """Something in the lists: a design, a seat, wins in hold, due, unpriced and cancelled."""
    Design.objects.create(service=org.blueprint, design_type="sheet", status="approved", facts=["Kept for 30 days."])
    Seat.objects.create(
        agent_key="arwen",
        agent_name="Arwen",
        role="regional_agent",
        region_key="EU",
        since=makers.NOW,
        **AURORA.signature(),
    )
    day = makers.DAY
    makers.make_win(org, now=makers.NOW, sold_date=day)
    makers.make_win(org, now=makers.NOW, sold_date=day - timedelta(days=40))
    makers.make_win(org, now=makers.NOW, sold_date=day, lead_service=org.migration)
    lost = makers.make_win(org, now=makers.NOW, sold_date=day).win
    assert lost is not None
    cancel_win(lost, by=AURORA, now=makers.NOW, reason_code="ordered-twice", lead_goes_to="LOST")
    return org
