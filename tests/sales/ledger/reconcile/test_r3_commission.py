"""R3 finds a commission, facts or terms that aren't what was priced, and leads that contradict their wins."""

from collections.abc import Callable
from datetime import date

import pytest

from sales.leads.models import Lead
from sales.ledger.models import CommissionEntry
from sales.registry.models import Terms
from sales.wins.facts import facts_digest
from sales.wins.models import Win, WinPricing
from tests.makers import make_lead, make_terms
from tests.sales.ledger.reconcile.conftest import Book
from tests.sales.ledger.reconcile.tampering import faults_after, row, rows_named
from tests.sales.ledger.won import won


def test_a_cent_more_in_the_booking_and_in_the_credit_is_found(book: Book) -> None:
    def add_a_cent() -> None:
        CommissionEntry.objects.filter(seq__in=[2, 3]).update(amount=12_348)

    found = faults_after(add_a_cent)
    assert set(found) == {"R3"} and rows_named(found["R3"]) == {2}
    assert "123.47" in found["R3"][0].expected and "123.48" in found["R3"][0].found


def test_a_cent_more_in_the_booking_alone_is_also_more_than_was_credited(book: Book) -> None:
    found = faults_after(row(2, amount=12_348))
    assert rows_named(found["R3"]) == {2}
    assert set(found) == {"R3", "R5"}


def test_a_booking_that_was_dated_back_to_end_its_hold_earlier_is_found(book: Book) -> None:
    def date_back() -> None:
        CommissionEntry.objects.filter(seq__in=[1, 2, 3]).update(effective_on="2026-02-20")

    found = faults_after(date_back)["R3"]
    assert rows_named(found) == {1, 2} and {fault.expected for fault in found} == {"2026-03-02"}


def test_a_base_that_is_not_the_wins_is_found(book: Book) -> None:
    found = faults_after(row(1, amount=1))
    assert set(found) == {"R3"} and rows_named(found["R3"]) == {1}


@pytest.mark.parametrize("values", [{"customer": None}, {"agent": "atlas"}, {"amount_minor": 123_466}], ids=str)
def test_a_win_that_was_changed_after_it_was_priced_is_found(book: Book, values: dict[str, object]) -> None:
    if "customer" in values:
        values = {"customer": book.shared.customer}
    found = faults_after(lambda: Win.objects.filter(pk=book.held.pk).update(**values))
    assert set(found) == {"R3"} and {fault.win for fault in found["R3"]} == {book.held.key}


def test_terms_that_were_changed_are_found_for_every_win_that_they_price(book: Book) -> None:
    found = faults_after(lambda: Terms.objects.filter(pk=book.org.terms.pk).update(rate_bp=1_100))
    assert set(found) == {"R3"}
    assert {fault.win for fault in found["R3"]} == {book.held.key, book.shared.key, book.cancelled.key}


def test_terms_that_start_after_the_sale_are_found(book: Book) -> None:
    def start_later() -> None:
        Terms.objects.filter(pk=book.org.terms.pk).update(starts="2026-03-03")

    rules = {fault.rule for fault in faults_after(start_later)["R3"]}
    assert "the pinned terms cover the sale" in rules


@pytest.mark.parametrize("values", [{"facts": "00" * 32}, {"terms": "whatsapp"}], ids=["facts", "terms"])
def test_a_row_that_cites_other_facts_or_terms_is_found(book: Book, values: dict[str, object]) -> None:
    if "terms" in values:
        values = {"terms": book.later.pricing.terms_digest}
    found = faults_after(row(2, **values))
    assert set(found) == {"R3"} and rows_named(found["R3"]) == {2}


def test_rows_of_a_win_without_terms_are_found(book: Book) -> None:
    found = faults_after(lambda: WinPricing.objects.filter(win=book.held).delete())
    assert set(found) == {"R3"} and rows_named(found["R3"]) == {1, 2, 3}


def test_a_priced_win_without_its_rows_is_found(book: Book) -> None:
    win = won(book.org, sold_date=date(2025, 12, 30))

    def price_without_rows() -> None:
        pricing = book.held.pricing
        pricing.pk, pricing.win, pricing.sold_date, pricing.after_seq = None, win, win.sold_date, win.after_seq
        pricing.save(force_insert=True)

    found = faults_after(price_without_rows)
    assert set(found) == {"R3"} and {fault.win for fault in found["R3"]} == {win.key}
    assert "instalment 1: base sold is the win's" in {fault.rule for fault in found["R3"]}


def test_volume_that_the_ledger_did_not_hold_before_the_booking_is_found(book: Book) -> None:
    bands = [{"up_to_minor": 200_000, "rate_bp": 500}, {"up_to_minor": None, "rate_bp": 800}]
    make_terms(book.org.whatsapp, revision=2, bands=bands, scope="quarter")
    win = won(book.org, lead_service=book.org.whatsapp)
    assert win.pricing.before_minor == 123_465 and win.pricing.used_minor == 6_173

    def pin_nothing() -> None:
        facts = facts_digest(
            service="whatsapp",
            customer=win.customer.reference,
            agent="arwen",
            bases=[123_465],
            currency="EUR",
            sold_date=win.sold_date,
            before_minor=0,
            used_minor=6_173,
            shares={"arwen": 10_000},
        )
        WinPricing.objects.filter(win=win).update(before_minor=0, facts_digest=facts)
        CommissionEntry.objects.filter(win=win).update(facts=facts)

    found = faults_after(pin_nothing)
    assert set(found) == {"R3"}
    assert rows_named(found["R3"]) == {22, 23}


@pytest.mark.parametrize(
    "change",
    [
        lambda book: Lead.objects.filter(pk=book.held.lead_id).update(state="LOST"),
        lambda book: Lead.objects.filter(pk=book.cancelled.lead_id).update(state="WON"),
        lambda book: Lead.objects.filter(pk=make_lead(book.org).pk).update(state="WON"),
    ],
    ids=["a live win's lead is lost", "a cancelled win's lead is won", "a won lead has no win"],
)
def test_a_lead_that_contradicts_its_wins_is_found(book: Book, change: Callable[[Book], object]) -> None:
    found = faults_after(lambda: change(book))
    assert set(found) == {"R3"} and len(found["R3"]) == 1
