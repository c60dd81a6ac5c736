"""Fields: read as they are meant, or refused in a sentence that names the field."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carolverse.sources import fields
from carolverse.sources.errors import Unreadable

READERS: dict[str, Callable[[fields.Row], object]] = {
    "text": lambda row: fields.text(row, "f"),
    "texts": lambda row: fields.texts(row, "f"),
    "key": lambda row: fields.key(row, "f"),
    "minor": lambda row: fields.minor(row, "f"),
    "flag": lambda row: fields.flag(row, "f"),
    "choice": lambda row: fields.choice(row, "f", allowed=["a", "b"], default="a"),
    "currency": lambda row: fields.currency(row, "f"),
    "day": lambda row: fields.day(row, "f"),
    "objects": lambda row: fields.objects(row, "f"),
}

GOOD = [
    ("text", " Atlas ", "Atlas"),
    ("texts", None, ()),
    ("texts", ["a", "b"], ("a", "b")),
    ("key", "gtx-pro", "gtx-pro"),
    ("minor", 0, 0),
    ("flag", 1, True),
    ("flag", False, False),
    ("choice", None, "a"),
    ("currency", "EUR", "EUR"),
    ("day", "2028-02-29", date(2028, 2, 29)),
    ("objects", None, []),
]

BAD: list[tuple[str, object]] = [
    *[(reader, None) for reader in ("text", "key", "minor", "flag", "currency", "day")],
    ("text", "  "),
    ("text", 7),
    ("text", "x" * 201),
    ("text", "nul\x00"),
    ("text", "half \ud800 pair"),
    ("texts", "a"),
    ("texts", ["a", " "]),
    ("texts", [["a"]]),
    ("key", " a"),
    ("key", "a\nb"),
    ("key", "x" * 65),
    ("minor", -1),
    ("minor", 10**15 + 1),
    ("minor", 10**4000),
    ("minor", 1.0),
    ("minor", True),
    ("minor", "100"),
    ("flag", 2),
    ("flag", "true"),
    ("flag", 1.5),
    ("choice", "c"),
    ("choice", ["a"]),
    ("currency", "eur"),
    ("currency", "EURO"),
    ("currency", "EUR\n"),
    ("currency", 978),
    ("day", "2026-02-29"),
    ("day", "20260101"),
    ("day", "2026-W01-1"),
    ("day", "2026-01-01T00:00:00"),
    ("day", "\u0662026-01-01"),
    ("day", 20260101),
    ("objects", {}),
    ("objects", [1]),
    ("objects", b"x"),
]


@pytest.mark.parametrize(("reader", "value", "expected"), GOOD)
def test_a_good_value_is_read(reader: str, value: object, expected: object):
    assert READERS[reader]({"f": value}) == expected


@pytest.mark.parametrize(("reader", "value"), BAD)
def test_a_bad_value_is_refused_by_the_name_of_its_field(reader: str, value: object):
    with pytest.raises(Unreadable, match=r"^f .*\.$"):
        READERS[reader]({"f": value})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(reader=st.sampled_from(sorted(READERS)), value=JSON)
def test_any_value_is_read_or_refused(reader: str, value: object):
    try:
        READERS[reader]({"f": value})
    except Unreadable as refused:
        assert str(refused).isascii()
