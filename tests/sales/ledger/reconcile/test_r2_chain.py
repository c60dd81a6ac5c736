"""R2 names the first row whose hash doesn't hold."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from sales.ledger.models import CommissionEntry, LedgerBook
from sales.ledger.reconcile import run
from tests.makers import NOW
from tests.sales.ledger.reconcile.conftest import Book
from tests.sales.ledger.reconcile.tampering import faults_after, row, rows_named, unguarded
from tests.sales.ledger.test_chain import FIRST, FIRST_HASH, LEDGER, SECOND, SECOND_HASH


@pytest.mark.parametrize(
    "values",
    [
        {"source": "somebody"},
        {"cost_center": "S-1"},
        {"actor": "atlas"},
        {"recorded_at": NOW + timedelta(microseconds=1)},
        {"hash": "00" * 32},
    ],
    ids=lambda values: next(iter(values)),
)
def test_a_changed_field_breaks_the_chain_at_its_row_only(book: Book, values: dict[str, object]) -> None:
    found = faults_after(row(3, **values), chained_anew=False)
    assert set(found) == {"R2"} and rows_named(found["R2"]) == {3}


def test_a_changed_amount_also_shows_in_what_is_recomputed(book: Book) -> None:
    # Booked isn't what the terms give (R3) nor what the credit was spread from (R5).
    found = faults_after(row(2, amount=12_348), chained_anew=False)
    assert rows_named(found["R2"]) == {2}
    assert set(found) == {"R2", "R3", "R5"}


def test_rows_of_another_ledger_do_not_fit(book: Book) -> None:
    found = faults_after(lambda: LedgerBook.objects.update(ledger_id=UUID(int=1)), chained_anew=False)
    assert set(found) == {"R2"} and rows_named(found["R2"]) == {1}


def test_the_published_rows_keep_their_hashes_when_they_are_stored(db: None) -> None:
    keys = {"win", "agent", "lead", "service", "owner", "terms", "reverses"}
    with unguarded():
        LedgerBook.objects.create(ledger_id=UUID(LEDGER), opened_at=NOW)
        for fields, hash_ in ((FIRST, FIRST_HASH), (SECOND, SECOND_HASH)):
            values = {f"{name}_id" if name in keys else name: value for name, value in fields.items()}
            book = "memo" if fields["kind"] == "sold" else "money"
            CommissionEntry(
                **{name: value for name, value in values.items() if name != "v"}, book=book, hash=hash_
            ).save(force_insert=True)
    report = run(now=NOW)
    transaction.set_rollback(True)
    assert report.head_hash == SECOND_HASH
    assert [equation.ok for equation in report.equations if equation.id == "R2"] == [True]
