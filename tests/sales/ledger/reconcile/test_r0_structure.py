"""R0 finds what the database would have refused: gaps, torn events, wrong accounts, lost keys and triggers."""

from datetime import date

import pytest
from django.db import connection

from sales.ledger.models import Account, CommissionEntry
from sales.ledger.reconcile import run
from sales.wins.models import HandOff, WinPricing
from tests.makers import NOW
from tests.sales.ledger.reconcile.conftest import Book
from tests.sales.ledger.reconcile.tampering import faults_after, row, rows_named


def test_a_missing_trigger_is_named(book: Book) -> None:
    on = f' ON "{CommissionEntry._meta.db_table}"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "entry_append_only_update"{on}')
    structure = run(now=NOW).equations[0]
    assert [fault.expected for fault in structure.faults] == ["entry_append_only_update"]


def test_a_gap_in_the_numbers_is_found_at_the_row_after_it(book: Book) -> None:
    def open_a_gap() -> None:
        for seq in (21, 20, 19):
            CommissionEntry.objects.filter(seq=seq).update(seq=seq + 1)

    found = faults_after(open_a_gap)
    assert set(found) == {"R0"} and rows_named(found["R0"]) == {20}


def test_a_row_far_from_its_event_is_found(book: Book) -> None:
    found = faults_after(row(12, event_key=f"win:{book.held.key}:1:book", line=4))
    assert set(found) == {"R0"} and rows_named(found["R0"]) == {12}


def test_lines_that_do_not_count_from_1_are_found(book: Book) -> None:
    found = faults_after(row(3, line=4))
    assert set(found) == {"R0"} and rows_named(found["R0"]) == {1}


@pytest.mark.parametrize(
    "values",
    [
        {"credit": "A:recv:migration"},
        {"book": "memo"},
        {"effective_on": date(2027, 1, 1)},
        {"period": "2025-12"},
    ],
    ids=["accounts of another kind", "another book", "in the future", "an earlier period"],
)
def test_a_row_that_is_not_of_its_kind_is_found(book: Book, values: dict[str, object]) -> None:
    found = faults_after(row(12, **values))
    assert set(found) == {"R0"} and rows_named(found["R0"]) == {12}


def test_an_amount_of_nothing_is_found(book: Book) -> None:
    # What it leaves in hold becomes a fault of its own after a day (R4).
    found = faults_after(row(12, amount=0))
    assert set(found) == {"R0"} and rows_named(found["R0"]) == {12}


def test_rows_that_were_cut_off_the_end_are_found_by_the_facts_that_came_with_them(book: Book) -> None:
    found = faults_after(lambda: CommissionEntry.objects.filter(seq__gte=19).delete())
    assert set(found) == {"R0"} and found["R0"][0].sentence == (
        "Row 18: the ledger reaches as far as its facts: expected row 21, found row 18."
    )


def test_an_account_that_is_gone_is_found_at_its_row(book: Book) -> None:
    found = faults_after(lambda: Account.objects.filter(code="I:comm:migration").delete())
    assert set(found) == {"R0"} and rows_named(found["R0"]) == {12}


def test_an_agent_that_nobody_knows_is_found_at_its_row(book: Book) -> None:
    # The row isn't on that agent's account either (R5), whose credit it was before.
    found = faults_after(row(3, agent="nobody"))
    assert rows_named(found["R0"]) == {3}
    assert set(found) == {"R0", "R5"}


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL lets no key in that leads nowhere, whatever is parked"
)
def test_a_key_that_leads_nowhere_is_found_in_any_table(book: Book) -> None:
    found = faults_after(lambda: HandOff.objects.filter(win=book.held).update(to_agent="nobody"))
    assert set(found) == {"R0"} and "handoff" in found["R0"][0].found


@pytest.mark.parametrize("approver", ["aurora", "leo", "arwen/finn", "midas/ida"])
def test_an_approver_who_acted_or_is_credited_or_owns_the_service_is_found(book: Book, approver: str) -> None:
    def put_in() -> None:
        WinPricing.objects.filter(win=book.later).update(approver=approver)
        CommissionEntry.objects.filter(win=book.later).update(approver=approver)

    found = faults_after(put_in)
    assert set(found) == {"R0"} and [fault.win for fault in found["R0"]] == [book.later.key]


def test_pricing_later_without_an_approver_and_at_booking_with_one_are_found(book: Book) -> None:
    found = faults_after(lambda: WinPricing.objects.filter(win=book.later).update(approver=""))
    assert set(found) == {"R0"}
    assert {(fault.win, fault.row) for fault in found["R0"]} == {(book.later.key, None), (book.later.key, 20)}


def test_pricing_at_booking_has_no_approver(book: Book) -> None:
    found = faults_after(lambda: WinPricing.objects.filter(win=book.held).update(approver="midas/finn"))
    assert set(found) == {"R0"} and rows_named(found["R0"]) == {None, 2}
