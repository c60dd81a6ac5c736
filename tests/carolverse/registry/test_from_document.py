"""A registry's document: good rows become facts, a wrong row a fault, a feed without order a refusal."""

import copy
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carolverse.registry.facts import AgentFacts, BlockFacts, DroidFacts, RegionFacts, RowFault, TeamMember
from carolverse.registry.from_document import registry_facts
from carolverse.sources.errors import FeedRefused
from tests.carolverse.sources import feeds

Spoil = Callable[[dict[str, Any]], object]


def facts(document: dict[str, Any]):
    return registry_facts(document, source="file:feed.json")


def test_one_of_everything_is_read():
    found = facts(feeds.registry())
    assert found.faults == ()
    assert found.generated_at == datetime(2026, 7, 4, tzinfo=UTC)
    assert found.regions == (RegionFacts("EU", "European Union", ("DE", "FR"), "EUR", "Europe/Berlin", "en"),)
    assert found.agents[0] == AgentFacts("alice", "Alice", "agt_001", "Head of Sales", None, "EU", None, True, "active")
    (service,) = found.services
    assert service.team == (TeamMember("bob", "support"),)
    assert [(terms.starts, terms.rate_bp) for terms in service.terms] == [
        (date(2026, 1, 1), 1000),
        (date(2026, 7, 1), 900),
    ]
    assert found.blocks == (BlockFacts("closing", "bob", "atlas", 5),)
    assert found.droids == (DroidFacts("bo-close-01", "Closer", "bob", "closing", "scheduled", "0 6 * * *"),)


def spoil_row(table: str, **changes: Any) -> Spoil:
    return lambda feed: feed[table][0].update(changes)


FAULTS: list[tuple[Spoil, str, str, str]] = [
    (spoil_row("regions", name=None), "regions", "EU", "name is missing"),
    (spoil_row("regions", countries="DE"), "regions", "EU", "countries must be a list"),
    (spoil_row("regions", countries=["DEU"]), "regions", "EU", "two capital letters"),
    (spoil_row("regions", currency="euro"), "regions", "EU", "currency must be"),
    (spoil_row("regions", timezone="Berlin"), "regions", "EU", "IANA name"),
    (spoil_row("regions", timezone="../etc/passwd"), "regions", "EU", "IANA name"),
    (spoil_row("regions", timezone="Europe"), "regions", "EU", "IANA name"),
    (spoil_row("agents", is_agent=None), "agents", "alice", "is_agent is missing"),
    (spoil_row("agents", is_agent="yes"), "agents", "alice", "is_agent must be true or false"),
    (spoil_row("agents", status=None), "agents", "alice", "status is missing"),
    (spoil_row("agents", title=7), "agents", "alice", "title must be text"),
    (spoil_row("services", sellable=None), "services", "atlas", "sellable is missing"),
    (spoil_row("services", owner=["alice"]), "services", "atlas", "owner must be text"),
    (spoil_row("services", team="bob"), "services", "atlas", "team must be a list"),
    (spoil_row("services", team=[{"role": "support"}]), "services", "atlas", "agent is missing"),
    (spoil_row("services", list_price_minor=100), "services", "atlas", "no currency beside it"),
    (spoil_row("services", list_price_minor=-1, currency="EUR"), "services", "atlas", "list_price_minor"),
    (spoil_row("services", commission={}), "services", "atlas", "commission must be a list"),
    (spoil_row("services", commission=[feeds.terms(rate_bp=None)]), "terms", "atlas", "either rate_bp"),
    (spoil_row("blocks", position="first"), "blocks", "closing", "position must be"),
    (spoil_row("droids", schedule=6), "droids", "bo-close-01", "schedule must be text"),
]


@pytest.mark.parametrize(("spoil", "table", "key", "reason"), FAULTS)
def test_a_wrong_row_is_a_fault_and_leaves_the_others_as_they_are(spoil: Spoil, table: str, key: str, reason: str):
    feed = feeds.registry()
    feed["services"].append(feeds.service("zephyr"))
    spoil(feed)
    found = facts(feed)
    (fault,) = found.faults
    assert (fault.table, fault.key) == (table, key)
    assert reason in fault.reason
    assert "zephyr" in [service.key for service in found.services]


def test_unreadable_terms_leave_their_service_and_its_other_terms():
    feed = feeds.registry()
    feed["services"][0]["commission"][0]["rate_bp"] = 10_001
    found = facts(feed)
    assert [terms.rate_bp for terms in found.services[0].terms] == [900]
    assert [(fault.table, fault.key) for fault in found.faults] == [("terms", "atlas")]


def test_two_terms_of_one_day_are_both_passed_on():
    feed = feeds.registry()
    feed["services"][0]["commission"] = [feeds.terms(), feeds.terms(rate_bp=900)]
    found = facts(feed)
    assert found.faults == ()
    assert {terms.rate_bp for terms in found.services[0].terms} == {900, 1000}


REFUSALS: list[tuple[Spoil, str]] = [
    *[(lambda feed, table=table: feed.pop(table), table) for table in ("regions", "agents", "services")],
    *[(lambda feed, table=table: feed[table].clear(), "empty") for table in ("regions", "agents", "services")],
    *[
        (lambda feed, table=table: feed.update({table: {"a": 1}}), f"no table {table}")
        for table in ("regions", "agents", "services", "blocks", "droids")
    ],
    *[
        (lambda feed, table=table: feed[table].append("row"), "isn't an object")
        for table in ("regions", "agents", "services", "blocks", "droids")
    ],
    *[
        (lambda feed, table=table: feed[table].append(copy.deepcopy(feed[table][0])), "occurs twice")
        for table in ("regions", "agents", "services", "blocks", "droids")
    ],
    (spoil_row("agents", key=None), "Row 1 of agents: key is missing"),
    (spoil_row("agents", key=" alice"), "Row 1 of agents: key"),
    (spoil_row("services", key=7), "Row 1 of services: key must be text"),
]


@pytest.mark.parametrize(("spoil", "reason"), REFUSALS)
def test_a_feed_that_can_not_be_trusted_is_refused(spoil: Spoil, reason: str):
    feed = feeds.registry()
    spoil(feed)
    with pytest.raises(FeedRefused, match=reason):
        facts(feed)


def test_blocks_and_droids_may_be_missing():
    feed = feeds.registry()
    del feed["blocks"], feed["droids"]
    assert (facts(feed).blocks, facts(feed).droids) == ((), ())


@pytest.mark.parametrize("said", [None, 7, "yesterday", "2026-07-04T00:00:00", "0001-01-01T00:00:00+23:00"])
def test_a_time_that_can_not_be_read_counts_as_not_said(said: object):
    assert facts(feeds.registry() | {"generated_at": said}).generated_at is None


def test_a_team_may_be_a_list_of_keys():
    feed = feeds.registry()
    feed["services"][0]["team"] = ["bob", "alice", "bob", {"agent": "alice", "role": "lead"}]
    assert facts(feed).services[0].team == (
        TeamMember("alice", "lead"),
        TeamMember("alice", "support"),
        TeamMember("bob", "support"),
    )


def test_the_digest_ignores_order_time_and_what_is_not_known():
    feed = feeds.registry() | {"generated_at": None, "more": 1}
    feed["agents"].reverse()
    feed["services"][0]["commission"].reverse()
    feed["regions"][0]["anthem"] = "yes"
    assert facts(feed).digest == facts(feeds.registry()).digest


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_row("agents", title="Chief"),
        spoil_row("services", sellable=False),
        spoil_row("agents", status=1),
    ],
)
def test_the_digest_changes_with_the_content_and_with_its_faults(spoil: Spoil):
    feed = feeds.registry()
    spoil(feed)
    assert facts(feed).digest != facts(feeds.registry()).digest


def test_faults_come_in_one_order():
    feed = feeds.registry()
    feed["agents"][0]["status"] = None
    feed["agents"][1]["status"] = None
    assert facts(feed).faults == (
        RowFault("agents", "alice", "status is missing."),
        RowFault("agents", "bob", "status is missing."),
    )


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)


@given(data=st.data())
def test_a_feed_spoilt_anywhere_is_read_or_refused(data: st.DataObject):
    feed = feeds.registry()
    table = data.draw(st.sampled_from(["regions", "agents", "services", "blocks", "droids"]))
    row = data.draw(st.sampled_from([*feed[table], *feed["services"][0]["commission"]]))
    row[data.draw(st.sampled_from([*row, "bands", "cap_minor", "list_price_minor"]))] = data.draw(VALUE)
    try:
        assert len(facts(feed).digest) == 64
    except FeedRefused as refused:
        assert refused.reason.endswith(".")


@given(document=st.dictionaries(st.sampled_from(["regions", "agents", "services", "blocks"]), VALUE))
def test_junk_is_refused(document: dict[str, Any]):
    with pytest.raises(FeedRefused):
        facts(document)
