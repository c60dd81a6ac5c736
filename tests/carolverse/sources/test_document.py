"""Strict JSON: one reading or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carolverse.sources.document import parse_document
from carolverse.sources.errors import FeedRefused


def test_a_byte_order_mark_does_no_harm():
    assert parse_document(b'\xef\xbb\xbf{"format": "feed/1"}', expected_format="feed/1") == {"format": "feed/1"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "isn't readable JSON"),
        (b"{", "isn't readable JSON"),
        (b'{"format": "feed/1"} more', "isn't readable JSON"),
        (b'{"format": "\xff"}', "isn't readable JSON"),
        (b'{"format": "feed/1", "n": NaN}', "NaN"),
        (b'{"format": "feed/1", "n": -Infinity}', "Infinity"),
        (b'{"format": "feed/1", "n": 1e999}', "out of range"),
        (b'{"format": "feed/1", "n": 1' + b"0" * 5000 + b"}", "isn't readable JSON"),
        (b'{"format": "feed/1", "a": {"key": 1, "key": 2}}', "'key' occurs twice"),
        (b"[" * 200_000, "nested too deeply"),
        (b"[]", "isn't a JSON object"),
        (b"null", "isn't a JSON object"),
        (b"{}", "doesn't say its format"),
        (b'{"format": "feed/2"}', "says its format is 'feed/2'"),
        (b'{"format": 1}', "says its format is '1'"),
    ],
)
def test_a_document_with_two_readings_or_none_is_refused(content: bytes, reason: str):
    with pytest.raises(FeedRefused, match=reason):
        parse_document(content, expected_format="feed/1")


@given(st.binary(max_size=200))
def test_junk_is_refused_and_nothing_else(content: bytes):
    with pytest.raises(FeedRefused):
        parse_document(content, expected_format="feed/1")
