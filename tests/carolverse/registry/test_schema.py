"""The shipped schema says what the reader does: what it forbids is a fault or a refusal."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import carolverse.registry
from carolverse.registry.from_document import registry_facts
from tests.carolverse.registry.test_from_document import FAULTS, REFUSALS, Spoil
from tests.carolverse.sources import feeds

SCHEMA = json.loads(
    (Path(carolverse.registry.__file__).parent / "schema" / "carolverse-registry-1.json").read_text(encoding="utf-8")
)
# JSON Schema has no words for a time zone that exists, nor for a key that occurs once.
BEYOND_SCHEMA = ("IANA name", "occurs twice")


def errors(feed: dict[str, Any]) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(feed)]


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_a_good_feed_keeps_the_schema_and_reads_without_a_fault():
    feed = feeds.registry()
    feed["services"][0]["team"].append("alice")
    feed["services"][0]["commission"].append(
        {
            "currency": "USD",
            "starts": "2026-01-01",
            "bands": [{"up_to_minor": None, "rate_bp": 500}],
            "cap_minor": None,
        }
    )
    assert errors(feed) == []
    assert registry_facts(feed, source="").faults == ()


WRONG = [(spoil, reason) for spoil, _, _, reason in FAULTS] + REFUSALS


@pytest.mark.parametrize("spoil", [spoil for spoil, reason in WRONG if reason not in BEYOND_SCHEMA])
def test_what_the_reader_does_not_take_breaks_the_schema(spoil: Spoil):
    feed = feeds.registry()
    spoil(feed)
    assert errors(feed)
