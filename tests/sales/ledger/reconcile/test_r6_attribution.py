"""R6 finds rows that stand with another service, owner, lead, unit or win."""

import pytest

from sales.ledger.models import Account, CommissionEntry
from tests.sales.ledger.reconcile.conftest import Book
from tests.sales.ledger.reconcile.tampering import faults_after, row, rows_named


def test_an_account_of_another_service_is_found(book: Book) -> None:
    def move() -> None:
        Account.objects.create(code="I:comm:blueprint", unit="EUR/2", book="money")
        CommissionEntry.objects.filter(seq=12).update(credit="I:comm:blueprint")

    found = faults_after(move)
    assert set(found) == {"R6"} and rows_named(found["R6"]) == {12}


@pytest.mark.parametrize("values", [{"owner": "noah"}, {"service": "migration"}], ids=str)
def test_a_row_with_another_owner_or_service_than_its_win_is_found(book: Book, values: dict[str, object]) -> None:
    found = faults_after(row(3, **values))
    assert set(found) == {"R6"} and rows_named(found["R6"]) == {3}


def test_a_row_with_the_lead_of_another_win_is_found(book: Book) -> None:
    found = faults_after(row(3, lead=book.shared.lead.reference))
    assert set(found) == {"R6"} and rows_named(found["R6"]) == {3}


def test_a_row_in_another_unit_than_its_win_is_found(book: Book) -> None:
    def move() -> None:
        for code, of in (("L:held:migration", "money"), ("I:comm:migration", "money")):
            Account.objects.create(code=code, unit="USD/2", book=of)
        CommissionEntry.objects.filter(seq=12).update(unit="USD/2")

    found = faults_after(move)
    assert set(found) == {"R6"} and rows_named(found["R6"]) == {12}


def test_commission_without_a_win_is_found(book: Book) -> None:
    # The win's own instalment is left in hold, which becomes a fault of its own after a day (R4).
    found = faults_after(row(12, win=None))
    assert set(found) == {"R6"} and rows_named(found["R6"]) == {12}


def test_a_row_that_was_moved_to_another_win_is_found(book: Book) -> None:
    # Both wins' bookings (R3), the first's cover (R4) and its credit (R5) miss it.
    found = faults_after(row(2, win=book.shared.key))
    assert rows_named(found["R6"]) == {2}
    assert set(found) == {"R3", "R5", "R6"}
