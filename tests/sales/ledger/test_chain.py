"""The chain against the ledger's hash vector (example 21)."""

from datetime import UTC, date, datetime

import pytest

from sales.coding import Value
from sales.ledger.chain import FIELDS, NotAHash, RowIncomplete, genesis, row_hash

LEDGER = "00000000-0000-4000-8000-000000000001"
GENESIS = "45f86e2a4a16cc6c2db3f64f771fc8db37413e49b1fb28736b0d5e8bf89bc0ec"
FIRST_HASH = "f94fc5f41f396698eafd7b97acb98b8f5c73f99ec25bf4d9796887c4e159f423"
SECOND_HASH = "eedd3b8690145d036468cd9dde5155b14c10404b4692b6bf8d377f58b61e6660"

FIRST: dict[str, Value] = dict.fromkeys(FIELDS) | {
    "v": 1,
    "seq": 1,
    "event_key": "win:W1:1:book",
    "line": 1,
    "kind": "sold",
    "debit": "M:sold:blueprint",
    "credit": "M:volume",
    "amount": 123465,
    "unit": "EUR/2",
    "win": "W1",
    "instalment": 1,
    "service": "blueprint",
    "owner": "leo",
    "terms": "ab" * 32,
    "facts": "cd" * 32,
    "period": "2026-03",
    "effective_on": date(2026, 3, 2),
    "recorded_at": datetime(2026, 3, 2, 9, 15, tzinfo=UTC),
    "actor": "arwen",
}
SECOND: dict[str, Value] = FIRST | {
    "seq": 2,
    "line": 2,
    "kind": "book",
    "debit": "A:recv:blueprint",
    "credit": "L:held:blueprint",
    "amount": 12347,
}


def test_the_hash_before_the_first_row_holds_the_ledgers_id() -> None:
    assert genesis(LEDGER).hex() == GENESIS


def test_rows_have_the_hashes_of_the_published_vector() -> None:
    first = row_hash(genesis(LEDGER), FIRST)
    assert first.hex() == FIRST_HASH
    assert row_hash(first, SECOND).hex() == SECOND_HASH


def test_the_order_in_which_a_row_is_given_does_not_matter() -> None:
    turned = dict(reversed(FIRST.items()))
    assert row_hash(genesis(LEDGER), turned).hex() == FIRST_HASH


@pytest.mark.parametrize("field", FIELDS)
def test_a_change_of_any_field_changes_the_hash(field: str) -> None:
    assert row_hash(genesis(LEDGER), FIRST | {field: "other"}).hex() != FIRST_HASH


def test_a_row_that_leaves_a_field_out_is_refused() -> None:
    row = {name: value for name, value in FIRST.items() if name != "approver"}
    with pytest.raises(RowIncomplete, match="approver"):
        row_hash(genesis(LEDGER), row)


def test_a_previous_hash_in_hex_is_refused() -> None:
    with pytest.raises(NotAHash):
        row_hash(GENESIS.encode(), FIRST)
