"""R5 finds credit that isn't the shares' part of the commission."""

from sales.ledger.models import CommissionEntry
from sales.wins.models import CreditShare
from tests.sales.ledger.reconcile.conftest import Book
from tests.sales.ledger.reconcile.tampering import faults_after, row, rows_named


def test_credit_that_went_to_another_agent_is_found(book: Book) -> None:
    found = faults_after(row(7, agent="arwen", credit="M:agent:arwen"))
    assert set(found) == {"R5"} and rows_named(found["R5"]) == {6}
    assert (found["R5"][0].expected, found["R5"][0].found) == ("arwen 1, atlas 1, kiran 1", "arwen 2, kiran 1")


def test_credit_on_the_account_of_another_agent_is_found(book: Book) -> None:
    found = faults_after(row(3, credit="M:agent:atlas"))
    assert set(found) == {"R5"} and rows_named(found["R5"]) == {3}


def test_more_credit_than_commission_is_found(book: Book) -> None:
    found = faults_after(row(3, amount=20_000))
    assert set(found) == {"R5"} and rows_named(found["R5"]) == {3}


def test_shares_that_were_changed_are_found(book: Book) -> None:
    # They are among the facts that were priced (R3).
    def change() -> None:
        shares = CreditShare.objects.filter(win=book.shared)
        shares.filter(agent="arwen").update(weight=7_000)
        shares.filter(agent="atlas").update(weight=1_000)

    found = faults_after(change)
    assert rows_named(found["R5"]) == {6}
    assert set(found) == {"R3", "R5"}


def test_shares_that_make_no_whole_are_found(book: Book) -> None:
    # They are among the facts that were priced (R3).
    found = faults_after(lambda: CreditShare.objects.filter(win=book.held).update(weight=9_999))
    assert {(fault.win, fault.found) for fault in found["R5"]} == {(book.held.key, "9999")}
    assert set(found) == {"R3", "R5"}


def test_a_win_without_shares_can_not_be_replayed(book: Book) -> None:
    # Shares are among the facts that were priced (R3).
    found = faults_after(lambda: CreditShare.objects.filter(win=book.held).delete())
    assert rows_named(found["R5"]) == {1, None}
    assert set(found) == {"R3", "R5"}


def test_credit_that_was_cut_off_the_end_is_found(book: Book) -> None:
    # The facts cite the row that isn't there (R0), so that the win's pricing isn't believed (R3).
    found = faults_after(lambda: CommissionEntry.objects.filter(seq=21).delete())
    assert rows_named(found["R5"]) == {19}
    assert set(found) == {"R0", "R3", "R5"}
