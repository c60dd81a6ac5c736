"""Bookings that wait: kept for a reason that passes, booked once on their own sale date, asked again after a change."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from sales.blocks.closing.forms import NotForSale, OwnerChanged, RegistryStale, TermsChanged, WinForm, WinRefused
from sales.blocks.closing.requests import RequestRefused, book_request, keep_request, withdraw_request
from sales.blocks.closing.work import book_win
from sales.leads.models import State
from sales.registry.models import Service
from sales.wins.models import BookingRequest, Win
from tests.makers import (
    ARWEN,
    AURORA,
    DAY,
    NOW,
    Organisation,
    make_lead,
    make_terms,
    organisation,
    read_registry_at,
    set_owner,
    win_form,
)

pytestmark = pytest.mark.django_db

STALE = NOW + timedelta(days=2)
FRESH = NOW + timedelta(days=3)


def refusal_of(form: WinForm) -> WinRefused:
    with pytest.raises(WinRefused) as refusal:
        book_win(form, by=ARWEN, now=STALE)
    return refusal.value


def waiting(org: Organisation, **values: Any) -> BookingRequest:
    """A booking of the 2nd that was asked for on the 4th, when the mirror was too old."""
    form = win_form(make_lead(org), **values)
    return keep_request(form, refusal_of(form), by=ARWEN, now=STALE)


def read_again() -> None:
    read_registry_at(FRESH - timedelta(hours=1))


def test_a_booking_that_waits_is_no_win() -> None:
    request = waiting(organisation())
    assert (request.state, request.reason_code) == ("waiting", "registry_stale")
    assert "Sync the registry" in request.reason
    assert Win.objects.count() == 0
    assert request.lead.state == State.PROPOSED


def test_it_is_booked_as_it_was_asked_for_on_its_own_sale_date() -> None:
    shares = {"arwen": 6000, "atlas": 4000}
    request = waiting(organisation(), shares=shares, quantity=2)
    read_again()
    win = book_request(request, by=AURORA, now=FRESH).win
    assert win is not None
    assert (win.sold_date, win.quantity, win.booked_at, win.by_operator) == (DAY, 2, FRESH, "ida")
    assert {share.agent_id: share.weight for share in win.shares.all()} == shares
    request.refresh_from_db()
    assert (request.state, request.win, request.decided_at, request.decided_by) == ("booked", win, FRESH, "aurora/ida")


def test_it_is_booked_once() -> None:
    request = waiting(organisation())
    read_again()
    book_request(request, by=AURORA, now=FRESH)
    with pytest.raises(RequestRefused, match="doesn't wait any more"):
        book_request(request, by=AURORA, now=FRESH)
    assert Win.objects.count() == 1


def test_while_its_reason_lasts_it_keeps_waiting() -> None:
    request = waiting(organisation())
    with pytest.raises(RegistryStale):
        book_request(request, by=AURORA, now=FRESH)
    request.refresh_from_db()
    assert (request.state, request.asked_at) == ("waiting", STALE)


def test_after_a_change_of_owner_it_is_asked_again() -> None:
    org = organisation()
    request = waiting(org)
    set_owner(org.blueprint, org.midas)
    read_again()
    with pytest.raises(OwnerChanged, match="owned by midas now"):
        book_request(request, by=AURORA, now=FRESH)
    request.refresh_from_db()
    assert request.state == "waiting" and Win.objects.count() == 0


def test_after_a_change_of_terms_it_is_asked_again() -> None:
    org = organisation()
    request = waiting(org)
    make_terms(org.blueprint, starts=date(2026, 2, 1), rate_bp=500)
    read_again()
    with pytest.raises(TermsChanged):
        book_request(request, by=AURORA, now=FRESH)
    assert Win.objects.count() == 0


def test_terms_that_start_after_its_sale_date_change_nothing() -> None:
    org = organisation()
    request = waiting(org)
    make_terms(org.blueprint, starts=DAY + timedelta(days=1), rate_bp=500)
    read_again()
    win = book_request(request, by=AURORA, now=FRESH).win
    assert win is not None and win.pricing.terms.rate_bp == 1000


def test_terms_that_appeared_meanwhile_are_asked_about() -> None:
    org = organisation()
    form = win_form(make_lead(org, service=org.whatsapp))
    request = keep_request(form, refusal_of(form), by=ARWEN, now=STALE)
    assert request.terms_seen == "none"
    make_terms(org.whatsapp)
    read_again()
    with pytest.raises(TermsChanged):
        book_request(request, by=AURORA, now=FRESH)


def test_a_service_that_was_retired_meanwhile_is_not_sold() -> None:
    request = waiting(organisation())
    Service.objects.filter(key="blueprint").update(retired_at=NOW)
    read_again()
    with pytest.raises(NotForSale):
        book_request(request, by=AURORA, now=FRESH)


def test_a_withdrawn_one_is_never_booked() -> None:
    request = waiting(organisation())
    withdraw_request(request, by=AURORA, now=FRESH)
    request.refresh_from_db()
    assert (request.state, request.decided_by) == ("withdrawn", "aurora/ida")
    read_again()
    with pytest.raises(RequestRefused, match="doesn't wait any more"):
        book_request(request, by=AURORA, now=FRESH)
    with pytest.raises(RequestRefused, match="nothing to withdraw"):
        withdraw_request(request, by=AURORA, now=FRESH)


def test_a_lead_waits_once_at_a_time() -> None:
    request = waiting(organisation())
    form = win_form(request.lead, amount_minor=5)
    with pytest.raises(RequestRefused, match="waits already"):
        keep_request(form, refusal_of(form), by=ARWEN, now=STALE)
    withdraw_request(request, by=ARWEN, now=STALE)
    again = keep_request(form, refusal_of(form), by=ARWEN, now=STALE)
    assert again.key == f"{request.lead.reference}#request-2"


def test_what_waiting_does_not_mend_is_not_kept() -> None:
    org = organisation()
    form = win_form(make_lead(org))
    with pytest.raises(RequestRefused, match="Waiting won't help"):
        keep_request(form, NotForSale("It is retired."), by=ARWEN, now=NOW)
    assert BookingRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("spoil", "part"), [({"evidence_kind": "file"}, "keeps no file"), ({"lead": "web:ghost"}, "no lead 'web:ghost'")]
)
def test_what_could_never_be_booked_is_not_kept(spoil: dict[str, Any], part: str) -> None:
    form = replace(win_form(make_lead(organisation())), **spoil)
    with pytest.raises(RequestRefused, match=part):
        keep_request(form, RegistryStale("Too old."), by=ARWEN, now=STALE)
    assert BookingRequest.objects.count() == 0
