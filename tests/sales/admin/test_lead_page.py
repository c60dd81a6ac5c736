"""A lead's page: one timeline, what may be done next, and steps that keep what was typed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import tests.makers as makers
from sales.leads.models import Lead, State
from sales.leads.verbs import change
from tests.makers import ARWEN, Organisation, make_lead


def page(console: Client, lead: Lead) -> str:
    return console.get(reverse("admin:sales_lead_change", args=[lead.pk])).content.decode()


def step(console: Client, lead: Lead, name: str, **form: Any) -> Any:
    return console.post(reverse(f"admin:sales_lead_{name}", args=[lead.pk]), form)


def test_one_timeline_tells_all(console: Client, lead: Lead) -> None:
    shown = page(console, lead)
    for words in ("opened the lead", "Kommer ni?", "made an offer", "Ring efter lunch.", "to &#x27;Offer made&#x27;"):
        assert words in shown
    assert "Anna Lindqvist" in shown and "PROPOSED" not in shown.replace("to=", "")


def test_a_button_that_cannot_be_pressed_says_why(console: Client, org: Organisation) -> None:
    lead = make_lead(org, customer=None, agent=None, region=None)
    shown = page(console, lead)
    assert 'aria-disabled="true"' in shown
    assert "Cannot press, because: Its customer isn&#x27;t known yet." in shown


def test_a_service_that_cannot_be_sold_blocks_the_booking_in_words(
    console: Client, org: Organisation, lead: Lead
) -> None:
    org.blueprint.retired_at = makers.NOW
    org.blueprint.save()
    assert "can&#x27;t be sold. Retired on" in page(console, lead)


def test_a_lead_is_moved_with_a_reason(console: Client, lead: Lead) -> None:
    assert step(console, lead, "move", to="LOST", reason_code="price", text="Too dear").status_code == 302
    lead.refresh_from_db()
    event = lead.events.order_by("-number")[0]
    assert (lead.state, event.reason_code, event.by_operator) == (State.LOST, "price", "ida")
    shown = page(console, lead)
    assert "Too expensive for the benefit they see" in shown and "Book the win" not in shown


def test_an_end_without_a_reason_is_refused_in_words(console: Client, lead: Lead) -> None:
    answer = step(console, lead, "move", to="LOST", reason_code="", text="They said no")
    assert "This step needs a reason" in answer.content.decode()
    assert "They said no" in answer.content.decode()
    lead.refresh_from_db()
    assert lead.state == State.PROPOSED


def test_a_lead_is_assigned(console: Client, lead: Lead) -> None:
    step(console, lead, "assign", agent="atlas", region="USA", reason_code="by-region")
    lead.refresh_from_db()
    assert (lead.agent_id, lead.region_id) == ("atlas", "USA")


def test_only_what_differs_is_changed(console: Client, lead: Lead) -> None:
    form = {
        "title": "Before Christmas",
        "service": "blueprint",
        "customer": lead.customer_id,
        "amount": "20000.00",
        "currency": "EUR",
        "quantity": "1",
        "cadence": "once",
    }
    step(console, lead, "edit", **form)
    lead.refresh_from_db()
    assert lead.title == "Before Christmas"
    assert lead.events.order_by("-number")[0].detail == {"fields": ["title"]}


def test_a_next_step_needs_its_time(console: Client, lead: Lead) -> None:
    form = {"service": "blueprint", "currency": "EUR", "quantity": "1", "cadence": "once", "next_step": "Call Anna"}
    assert "Say when" in step(console, lead, "edit", **form).content.decode()


def test_an_offer_moves_the_lead_with_it(console: Client, org: Organisation) -> None:
    lead = make_lead(org)
    change(lead, by=ARWEN, now=makers.NOW, title="x")
    step(console, lead, "move", to="ENGAGED", reason_code="needs-another-talk")
    form = {"subject": "Yearly", "amount": "100.00", "currency": "EUR", "quantity": "1", "cadence": "monthly"}
    assert "for how many months" in step(console, lead, "offer", **form).content.decode()
    step(console, lead, "offer", **form, term_months="12", moves="on")
    lead.refresh_from_db()
    assert lead.state == State.PROPOSED and lead.offers.get().term_months == 12


def test_what_was_said_is_logged_with_its_agent(console: Client, lead: Lead) -> None:
    form = {"channel": "call", "direction": "out", "agent": "arwen", "at": "2026-03-02T09:15", "text": "She agrees."}
    step(console, lead, "log", **form)
    said = lead.interactions.get(text="She agrees.")
    assert (said.agent_id, said.by_agent, said.at.isoformat()) == ("arwen", "aurora", "2026-03-02T09:15:00+00:00")


def test_a_note_is_kept(console: Client, lead: Lead) -> None:
    step(console, lead, "note", text="Likes mornings.")
    assert lead.notes.filter(text="Likes mornings.", by_operator="ida").exists()


def test_another_service_opens_a_sister_lead(console: Client, lead: Lead) -> None:
    step(console, lead, "sister", service="whatsapp")
    sister = Lead.objects.get(service="whatsapp")
    assert (sister.customer_id, sister.agent_id, sister.state) == (lead.customer_id, lead.agent_id, "ROUTED")


def test_a_lead_is_opened_by_its_form(console: Client, org: Organisation) -> None:
    form = {
        "service": "blueprint",
        "currency": "EUR",
        "amount": "",
        "quantity": "1",
        "cadence": "once",
        "source": "fair",
    }
    answer = console.post(reverse("admin:sales_lead_add"), form)
    lead = Lead.objects.get()
    assert answer.headers["Location"] == reverse("admin:sales_lead_change", args=[lead.pk])
    assert (lead.state, lead.amount_minor, lead.currency, lead.by_channel) == ("NEW", None, "", "console")


def test_a_monthly_amount_without_months_is_refused_at_its_field(console: Client, org: Organisation) -> None:
    form = {"service": "blueprint", "currency": "EUR", "amount": "10.00", "quantity": "1", "cadence": "monthly"}
    answer = console.post(reverse("admin:sales_lead_add"), form)
    assert "Say for how many months." in answer.content.decode() and not Lead.objects.exists()


@pytest.mark.parametrize("name", ["move", "assign", "edit", "offer", "log", "note", "sister", "book"])
def test_every_step_opens_and_a_missing_lead_is_not_found(name: str, console: Client, lead: Lead) -> None:
    assert console.get(reverse(f"admin:sales_lead_{name}", args=[lead.pk])).status_code == 200
    assert console.get(reverse(f"admin:sales_lead_{name}", args=[0])).status_code == 404
