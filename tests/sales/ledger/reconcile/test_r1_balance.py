"""R1 finds a row between the money book and the memo book."""

from sales.ledger.models import Account
from tests.sales.ledger.reconcile.conftest import Book
from tests.sales.ledger.reconcile.tampering import faults_after, row, rows_named


def test_a_row_between_two_books_is_found_and_neither_book_nets_to_zero(book: Book) -> None:
    # Such a row isn't of its kind (R0).
    found = faults_after(row(3, debit="A:recv:blueprint"))
    assert rows_named(found["R1"]) == {3, None} and len(found["R1"]) == 3
    assert set(found) == {"R0", "R1"}


def test_an_account_that_was_put_into_another_book_is_found(book: Book) -> None:
    found = faults_after(lambda: Account.objects.filter(code="M:volume").update(book="money"))
    assert set(found) == {"R1"} and rows_named(found["R1"]) == {1, 4, 9, 13, 16, 19, None}
