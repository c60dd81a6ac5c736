"""The coding: one and only one row of bytes for each list of facts."""

from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.coding import Field, NotCodable, digest, encode_fields, netstring


def test_a_netstring_counts_bytes_and_not_letters() -> None:
    assert netstring("arwen") == b"5:arwen,"
    assert netstring("é") == b"2:\xc3\xa9,"
    assert netstring("") == b"0:,"


def test_each_type_has_its_one_coding() -> None:
    fields: list[Field] = [
        ("kind", "book"),
        ("amount", 12347),
        ("on", date(2026, 3, 2)),
        ("at", datetime(2026, 3, 2, 10, 15, tzinfo=timezone(timedelta(hours=1)))),
        ("agent", None),
    ]
    assert encode_fields(fields) == (
        b"4:kind,4:book,6:amount,5:12347,2:on,10:2026-03-02,2:at,27:2026-03-02T09:15:00.000000Z,5:agent,~"
    )


def test_null_and_the_text_of_null_differ() -> None:
    assert encode_fields([("agent", None)]) != encode_fields([("agent", "~")])
    assert encode_fields([("agent", None)]) != encode_fields([("agent", "")])


@pytest.mark.parametrize("value", [True, 1.5, b"raw", datetime(2026, 3, 2), object()])
def test_a_value_without_one_coding_is_refused(value: object) -> None:
    with pytest.raises(NotCodable):
        encode_fields([("field", value)])  # type: ignore[list-item]


def test_a_digest_is_the_sha256_of_the_coding_in_hex() -> None:
    fields: list[Field] = [("service", "blueprint"), ("base", 123465)]
    assert digest(fields) == sha256(b"7:service,9:blueprint,4:base,6:123465,").hexdigest()
    assert digest(fields) != digest(reversed(fields))


def test_the_same_moment_has_one_coding_in_every_zone() -> None:
    moment = datetime(2026, 3, 2, 9, 15, 0, 7, tzinfo=UTC)
    elsewhere = moment.astimezone(timezone(timedelta(hours=-8)))
    assert encode_fields([("at", moment)]) == encode_fields([("at", elsewhere)])


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(*[st.lists(st.tuples(texts, st.none() | texts), max_size=4)] * 2)
def test_different_facts_never_have_the_same_bytes(
    one: list[tuple[str, str | None]], other: list[tuple[str, str | None]]
) -> None:
    assert (encode_fields(one) == encode_fields(other)) == (one == other)
