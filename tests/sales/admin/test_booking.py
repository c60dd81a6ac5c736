"""Booking by button: what it will mean, what is refused in words, and what is kept for later."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

import tests.makers as makers
from sales.leads.models import Lead
from sales.wins.models import BookingRequest, Win
from tests.makers import Organisation, make_terms


def asked(lead: Lead, **values: Any) -> dict[str, Any]:
    """What the form sends."""
    form = {
        "amount": "24000.00",
        "currency": "EUR",
        "quantity": "1",
        "cadence": "once",
        "term_months": "",
        "sold_date": makers.DAY.isoformat(),
        "evidence_kind": "reference",
        "evidence_reference": "order 4711",
        "owner_seen": "leo",
        "terms_seen": "",
    }
    return form | values


def book(console: Client, lead: Lead, **values: Any) -> Any:
    return console.post(reverse("admin:sales_lead_book", args=[lead.pk]), asked(lead, **values))


def test_the_form_starts_with_the_latest_offer_and_says_what_it_means(console: Client, lead: Lead) -> None:
    page = console.get(reverse("admin:sales_lead_book", args=[lead.pk])).content.decode()
    assert 'value="24000.00"' in page
    assert "EUR\N{NO-BREAK SPACE}2,400.00" in page
    assert "10 % of 24,000.00" in page
    assert "Leo owns the service" in page


def test_a_win_is_booked_by_its_button(console: Client, lead: Lead) -> None:
    answer = book(console, lead)
    win = Win.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("admin:sales_win_change", args=[win.pk])
    assert (win.amount_minor, win.agent_id, win.by_agent, win.by_operator) == (2_400_000, "arwen", "aurora", "ida")
    assert win.by_channel == "console"


def test_credit_is_shared_as_typed(console: Client, lead: Lead) -> None:
    book(console, lead, also="kiran", percent="30")
    assert {share.agent_id: share.weight for share in Win.objects.get().shares.all()} == {"arwen": 7000, "kiran": 3000}


def test_a_refusal_is_shown_in_words_with_what_was_typed(console: Client, lead: Lead) -> None:
    tomorrow = makers.DAY + timedelta(days=2)
    page = book(console, lead, amount="19999.50", sold_date=tomorrow.isoformat()).content.decode()
    assert "is in the future" in page
    assert 'value="19999.50"' in page
    assert 'value="order 4711"' in page
    assert not Win.objects.exists()


def test_an_amount_that_cannot_be_read_stays_in_its_field(console: Client, lead: Lead) -> None:
    page = book(console, lead, amount="24.000,00").content.decode()
    assert "is not a plain amount" in page
    assert 'value="24.000,00"' in page


def test_other_terms_than_those_on_the_page_are_refused(console: Client, org: Organisation, lead: Lead) -> None:
    make_terms(org.blueprint, starts=makers.DAY, rate_bp=500)
    page = book(console, lead, terms_seen=org.terms.digest).content.decode()
    assert "Other terms of Blueprint are in force now" in page
    assert "5 % of 24,000.00" in page


def test_looking_writes_nothing(console: Client, lead: Lead) -> None:
    page = book(console, lead, amount="1000", look="1").content.decode()
    assert "10 % of 1,000.00" in page
    assert not Win.objects.exists()


def test_a_booking_on_an_old_registry_can_wait_and_be_booked_later(console: Client, lead: Lead, settings: Any) -> None:
    settings.REGISTRY_MAX_AGE_HOURS = 0
    page = book(console, lead).content.decode()
    assert "Keep as a booking request" in page
    assert book(console, lead, keep="1").status_code == 302
    request = BookingRequest.objects.get()
    assert request.state == "waiting" and not Win.objects.exists()
    settings.REGISTRY_MAX_AGE_HOURS = 26
    console.post(reverse("admin:sales_bookingrequest_book", args=[request.pk]))
    request.refresh_from_db()
    assert request.state == "booked" and Win.objects.get() == request.win


def test_a_waiting_booking_can_be_withdrawn_once(console: Client, lead: Lead, settings: Any) -> None:
    settings.REGISTRY_MAX_AGE_HOURS = 0
    book(console, lead, keep="1")
    request = BookingRequest.objects.get()
    address = reverse("admin:sales_bookingrequest_withdraw", args=[request.pk])
    assert console.get(address).status_code == 405
    console.post(address)
    request.refresh_from_db()
    assert request.state == "withdrawn"
    again = console.post(address, follow=True).content.decode()
    assert "wait any more" in again
