"""The design store: the same facts from every kind of source; a wrong design is left out with its reason."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import carolverse.designs
from carolverse.designs.facts import DesignFacts, DesignsFacts, PriceFacts
from carolverse.designs.read import FeedRefused, NotModified, designs_facts, read_designs
from tests.carolverse.sources import feeds
from tests.carolverse.sources.server import body, serving

SCHEMA = json.loads(
    (Path(carolverse.designs.__file__).parent / "schema" / "carolverse-designs-1.json").read_text(encoding="utf-8")
)
COLUMNS = "service, design_type, status, facts, prices, check_subscription_first, hand_off_to, urls"


def spoilt(**changes: Any) -> dict[str, Any]:
    store = feeds.designs()
    store["designs"][0].update(changes)
    return store


def database(folder: Path, store: dict[str, Any]) -> str:
    path = folder / "designs.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"CREATE TABLE designs ({COLUMNS})")
        for row in store["designs"]:
            values = [json.dumps(value) if isinstance(value, list) else value for value in row.values()]
            connection.execute(f"INSERT INTO designs ({', '.join(row)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    return f"sqlite:{path}"


def test_a_design_is_read_as_it_is_written():
    found = designs_facts(feeds.designs(), source="file:designs.json")
    assert found.faults == ()
    assert found.designs == (
        DesignFacts(
            service="atlas",
            design_type="service_design",
            status="approved",
            facts=("A subscription costs 20 euros a month.",),
            prices=(PriceFacts("subscription", 2000, "EUR", "month"),),
            check_subscription_first=True,
            hand_off_to="alice",
            urls=("https://example.org/atlas",),
        ),
    )


def test_a_file_a_database_and_the_web_give_equal_facts(tmp_path: Path):
    store = feeds.designs()
    with serving(body(json.dumps(store).encode(), ETag='"one"')) as url:
        web = read_designs(url)
    file = read_designs(feeds.written(tmp_path, store))
    rows = read_designs(database(tmp_path, store))
    assert isinstance(web, DesignsFacts)
    assert isinstance(file, DesignsFacts)
    assert isinstance(rows, DesignsFacts)
    assert web.digest == file.digest == rows.digest
    assert (web.etag, file.etag, rows.etag) == ('"one"', None, None)


def test_an_etag_that_still_holds_is_not_modified():
    with serving(body(b"", status=304)) as url:
        assert read_designs(url, previous_etag='"one"') == NotModified(etag='"one"')


FAULTS = [
    {"design_type": None},
    {"status": None},
    {"facts": "A fact."},
    {"facts": [""]},
    {"facts": ["x" * 2001]},
    {"prices": [1]},
    {"prices": [{"label": "trial", "currency": "EUR", "per": "once"}]},
    {"prices": [{"label": "trial", "amount_minor": 9.99, "currency": "EUR", "per": "once"}]},
    {"prices": [{"label": "trial", "amount_minor": -1, "currency": "EUR", "per": "once"}]},
    {"prices": [{"label": "trial", "amount_minor": 1, "currency": "euro", "per": "once"}]},
    {"check_subscription_first": "no"},
    {"hand_off_to": 7},
    {"urls": ["javascript:alert(1)"]},
    {"urls": ["http://example.org/"]},
]


@pytest.mark.parametrize("changes", FAULTS)
def test_a_design_that_can_not_be_read_is_left_out_and_breaks_the_schema(changes: dict[str, Any]):
    store = spoilt(**changes)
    store["designs"].append(feeds.designs()["designs"][0] | {"service": "zephyr"})
    found = designs_facts(store, source="")
    assert [(fault.table, fault.key) for fault in found.faults] == [("designs", "atlas")]
    assert [design.service for design in found.designs] == ["zephyr"]
    assert list(Draft202012Validator(SCHEMA).iter_errors(store))


def test_a_good_store_keeps_the_schema():
    Draft202012Validator.check_schema(SCHEMA)
    assert list(Draft202012Validator(SCHEMA).iter_errors(feeds.designs())) == []


@pytest.mark.parametrize(
    ("store", "reason"),
    [
        ({}, "no table designs"),
        ({"designs": []}, "designs is empty"),
        ({"designs": ["atlas"]}, "isn't an object"),
        ({"designs": feeds.designs()["designs"] * 2}, "two designs of type 'service_design'"),
        (spoilt(service=None), "Row 1 of designs: service is missing"),
    ],
)
def test_a_store_that_can_not_be_trusted_is_refused(store: dict[str, Any], reason: str):
    with pytest.raises(FeedRefused, match=reason):
        designs_facts(store, source="")


def test_a_registry_given_as_a_design_store_is_refused(tmp_path: Path):
    with pytest.raises(FeedRefused, match="carolverse-registry/1"):
        read_designs(feeds.written(tmp_path, feeds.registry()))


def test_a_missing_store_is_refused_and_not_created(tmp_path: Path):
    with pytest.raises(FeedRefused, match="There is no file"):
        read_designs(f"sqlite:{tmp_path / 'designs.db'}")
    assert list(tmp_path.iterdir()) == []


@given(
    name=st.sampled_from(COLUMNS.split(", ")),
    value=st.none() | st.integers() | st.text() | st.lists(st.text() | st.dictionaries(st.text(), st.text())),
)
def test_a_design_spoilt_anywhere_is_read_left_out_or_refused(name: str, value: object):
    try:
        found = designs_facts(spoilt(**{name: value}), source="")
        assert len(found.designs) + len(found.faults) == 1
    except FeedRefused as refused:
        assert refused.reason.endswith(".")
