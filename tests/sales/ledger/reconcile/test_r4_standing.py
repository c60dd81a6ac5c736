"""R4 finds balances below zero, refunds that don't fit, and releases before or long after their date."""

from datetime import UTC, date, datetime, timedelta

from sales.ledger.models import CommissionEntry
from sales.ledger.reconcile import run
from sales.wins.models import Refund
from tests.makers import ARWEN, NOW
from tests.sales.ledger.reconcile.conftest import Book
from tests.sales.ledger.reconcile.tampering import faults_after, row, rows_named


def test_more_voided_than_was_booked_is_below_zero(book: Book) -> None:
    # Nor does the credit that was taken back fit (R5).
    found = faults_after(row(17, amount=12_348))
    assert rows_named(found["R4"]) == {18}
    assert {"receivable isn't below zero", "held isn't below zero"} < {fault.rule for fault in found["R4"]}
    assert set(found) == {"R4", "R5"}


def test_credit_taken_from_an_agent_who_had_none_is_below_zero(book: Book) -> None:
    # The replay gives it to another (R5).
    found = faults_after(row(18, agent="atlas", debit="M:agent:atlas"))
    assert [fault.rule for fault in found["R4"]] == ["atlas's credit isn't below zero"]
    assert set(found) == {"R4", "R5"}


def test_less_released_than_was_held_is_found_when_the_rest_is_a_day_late(book: Book) -> None:
    found = faults_after(row(12, amount=1), now=NOW + timedelta(days=1, seconds=1))
    assert set(found) == {"R4"} and rows_named(found["R4"]) == {10}


def test_a_release_before_the_hold_has_ended_is_found(book: Book) -> None:
    found = faults_after(row(12, effective_on=date(2026, 1, 18)))
    assert set(found) == {"R4"} and rows_named(found["R4"]) == {12}
    assert found["R4"][0].expected == "2026-01-19 or later"


def test_a_release_is_a_fault_when_it_is_more_than_a_day_late(book: Book) -> None:
    due = datetime(2026, 3, 16, tzinfo=UTC)
    assert run(now=due + timedelta(days=1)).ok
    late = {fault.row for fault in run(now=due + timedelta(days=1, seconds=1)).equations[4].faults}
    assert late == {2, 5, 20}


def test_a_refund_above_the_base_is_found(book: Book) -> None:
    found = faults_after(lambda: Refund.objects.update(amount_minor=123_466))
    assert set(found) == {"R4"} and rows_named(found["R4"]) == {18}


def test_rows_of_a_refund_that_never_was_are_found(book: Book) -> None:
    # Without it the win stands, but its lead is lost (R3).
    found = faults_after(lambda: Refund.objects.all().delete())
    assert rows_named(found["R4"]) == {18}
    assert set(found) == {"R3", "R4"}


def test_a_refund_without_rows_is_found(book: Book) -> None:
    def refund() -> None:
        Refund.objects.create(
            win=book.held,
            reference="R1",
            kind="refund",
            amount_minor=1_000,
            reason_code="damaged",
            effective_on=NOW.date(),
            recorded_at=NOW,
            after_seq=21,
            **ARWEN.signature(),
        )

    found = faults_after(refund)
    assert set(found) == {"R4"} and {fault.win for fault in found["R4"]} == {book.held.key}


def test_commission_that_was_not_given_back_with_the_base_is_found(book: Book) -> None:
    def keep_the_commission() -> None:
        CommissionEntry.objects.filter(seq__in=[17, 18]).update(amount=12_000)

    found = faults_after(keep_the_commission)
    assert set(found) == {"R4"} and rows_named(found["R4"]) == {18}
