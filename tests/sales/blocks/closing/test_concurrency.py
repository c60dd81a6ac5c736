"""Bookings at the same time, on either engine: one win per lead, one chain, nobody turned away by a lock."""

from collections.abc import Callable
from threading import Barrier, Event, Thread
from time import sleep

import pytest
from django.db import connection, transaction

from sales.blocks.closing.forms import RegistryStale, WinForm
from sales.blocks.closing.requests import RequestRefused, book_request, keep_request
from sales.blocks.closing.reversal import CancelRefused, cancel_win
from sales.blocks.closing.work import Outcome, book_win
from sales.blocks.commission.work import release_due
from sales.leads.models import Lead, LeadEvent, State
from sales.leads.verbs import change
from sales.ledger import reconcile
from sales.ledger.models import LedgerBook
from sales.wins.models import BookingRequest, Win, WinPricing
from tests.makers import ARWEN, AURORA, NOW, make_lead, make_terms, make_win, organisation, win_form

pytestmark = pytest.mark.django_db(transaction=True)

BANDS = [{"up_to_minor": 200_000, "rate_bp": 500}, {"up_to_minor": None, "rate_bp": 800}]
DESKS = 6


def at_once(*tasks: Callable[[], object]) -> list[BaseException]:
    """Run the tasks at the same time, each over a connection of its own; what any of them raised."""
    start, raised = Barrier(len(tasks)), list[BaseException]()

    def run(task: Callable[[], object]) -> None:
        start.wait()
        try:
            task()
        except BaseException as error:  # noqa: BLE001 - the test looks at whatever it is.
            raised.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def volume_leads(count: int) -> list[Lead]:
    """Leads of a service whose bands count over the quarter, so that each booking depends on those before it."""
    org = organisation()
    make_terms(org.whatsapp, scope="quarter", bands=BANDS, cap_minor=100_000)
    return [make_lead(org, service=org.whatsapp) for _ in range(count)]


def test_of_desks_that_book_one_lead_at_once_one_books_and_all_get_its_win() -> None:
    (lead,) = volume_leads(1)
    outcomes: list[Outcome] = []
    assert at_once(*[lambda: outcomes.append(book_win(win_form(lead), by=ARWEN, now=NOW))] * DESKS) == []
    assert sorted(outcome.is_new for outcome in outcomes) == [*[False] * (DESKS - 1), True]
    assert {outcome.win for outcome in outcomes} == {Win.objects.get()}
    assert LedgerBook.objects.count() == 1
    assert reconcile.run(now=NOW).ok


def test_desks_that_book_different_leads_at_once_pin_one_volume_after_another() -> None:
    each = 4
    forms = [win_form(lead) for lead in volume_leads(DESKS * each)]

    def desk(own: list[WinForm]) -> Callable[[], object]:
        return lambda: [book_win(form, by=ARWEN, now=NOW) for form in own]

    assert at_once(*[desk(forms[number::DESKS]) for number in range(DESKS)]) == []
    amount = forms[0].amount_minor
    pinned = WinPricing.objects.order_by("before_minor").values_list("before_minor", flat=True)
    assert list(pinned) == [number * amount for number in range(DESKS * each)]
    assert reconcile.run(now=NOW).ok


def test_desks_that_cancel_and_release_one_win_at_once_do_each_once() -> None:
    win = make_win(organisation(), sold_date=NOW.date().replace(month=1)).win
    assert win is not None
    cancel = [lambda: cancel_win(win, by=ARWEN, now=NOW, reason_code="why", lead_goes_to="PROPOSED")] * 3
    raised = at_once(*cancel, *[lambda: release_due(by=AURORA, now=NOW)] * 3)
    assert [type(error) for error in raised] == [CancelRefused] * 2
    assert reconcile.run(now=NOW).ok


def test_a_booking_that_waited_for_a_change_of_its_lead_has_the_event_after_it() -> None:
    lead = make_lead(organisation())
    changed = Event()

    def keep_it_waiting() -> None:
        with transaction.atomic():
            change(lead, by=ARWEN, now=NOW, title="Twelve seats")
            changed.set()
            sleep(0.5)

    def book() -> None:
        changed.wait()
        book_win(win_form(lead), by=ARWEN, now=NOW)

    assert at_once(keep_it_waiting, book) == []
    events = lead.events.order_by("number").values_list("kind", "to_state")
    assert list(events)[-2:] == [(LeadEvent.Kind.CHANGED, ""), (LeadEvent.Kind.MOVED, State.WON)]


def test_of_desks_that_ask_for_one_lead_at_once_one_waits_and_is_booked_once() -> None:
    lead = make_lead(organisation())
    stale = RegistryStale("It is stale.")
    asked = at_once(*[lambda: keep_request(win_form(lead), stale, by=ARWEN, now=NOW)] * DESKS)
    assert [type(error) for error in asked] == [RequestRefused] * (DESKS - 1)
    request = BookingRequest.objects.get()
    booked = at_once(*[lambda: book_request(request, by=ARWEN, now=NOW)] * DESKS)
    assert [type(error) for error in booked] == [RequestRefused] * (DESKS - 1)
    assert Win.objects.count() == 1
