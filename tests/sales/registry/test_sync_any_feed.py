"""Whatever a feed does: nothing is deleted, history is kept, what is for sale has an agent as owner, twice is once."""

import contextlib
from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sales.registry.models import RegistrySync, Service, Terms
from sales.registry.terms import digest_of
from tests.carolverse.sources.feeds import service, terms
from tests.sales.registry.feed import OWNERS, Feed, designs, drop, feed, of, sync
from tests.sales.registry.mirror import HISTORY, Rows, mirror

pytestmark = pytest.mark.django_db

Change = Callable[[Feed], object]

SERVICES = st.sampled_from([*OWNERS, "new"])
AGENTS = st.sampled_from([*OWNERS.values(), "arwen", "carol", "orion", "midas", "ghost"])
STARTS = st.sampled_from(["2026-01-01", "2026-02-01", "2026-03-03", "2026-06-01"])
RATES = st.sampled_from([0, 900, 1000, 10_001])
VERSIONS = st.lists(
    st.builds(lambda s, r, x: terms(starts=s, rate_bp=r, sample=x), STARTS, RATES, st.booleans()), max_size=3
)


def _set(table: str, key: str, **values: object) -> Change:
    def change(document: Feed) -> None:
        with contextlib.suppress(StopIteration):  # An earlier change may have dropped the row.
            of(document, key, table).update(values)

    return change


def _add(key: str, owner: str) -> Change:
    def change(document: Feed) -> None:
        drop(document, key)
        document["services"].append(service(key, owner=owner, commission=[terms()]))

    return change


CHANGES = st.one_of(
    st.builds(lambda key: lambda f: drop(f, key), SERVICES),
    st.builds(lambda key: lambda f: drop(f, key, table="agents"), AGENTS),
    st.just(lambda f: drop(f, "EU", table="regions")),
    st.builds(_add, SERVICES, AGENTS),
    st.builds(lambda key, owner: _set("services", key, owner=owner), SERVICES, st.one_of(st.none(), AGENTS)),
    st.builds(lambda key, on: _set("services", key, sellable=on), SERVICES, st.booleans()),
    st.builds(lambda key, found: _set("services", key, commission=found), SERVICES, VERSIONS),
    st.builds(lambda key, name: _set("services", key, name=name), SERVICES, st.sampled_from(["", "N", "n" * 130])),
    st.builds(lambda key, on: _set("agents", key, is_agent=on), AGENTS, st.booleans()),
    st.builds(lambda key, status: _set("agents", key, status=status), AGENTS, st.sampled_from(["active", "left"])),
)
FEEDS = st.lists(st.lists(CHANGES, max_size=4), min_size=1, max_size=4)


def _is_kept(before: Rows, after: Rows) -> None:
    for table, rows in before.items():
        assert rows.keys() <= after[table].keys()
    for model in HISTORY:
        for key, row in before[model.__name__].items():
            assert after[model.__name__][key] == row


def _holds(after: Rows) -> None:
    for sold in Service.objects.sellable().select_related("owner"):
        assert sold.owner and sold.owner.is_agent and sold.owner.is_live
        assert (sold.owner_id, sold.owner_revision) in sold.owners.values_list("agent", "revision")
    for row in after["Terms"].values():
        assert row["rate_bp"] is None or row["rate_bp"] <= 10_000


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(feeds=FEEDS, accept=st.booleans(), stores=st.lists(st.sampled_from([*OWNERS, "ghost"]), unique=True, min_size=1))
def test_any_series_of_feeds_keeps_the_mirror_true(feeds: list[list[Change]], accept: bool, stores: list[str]) -> None:
    with transaction.atomic():
        sync(feed(), store=designs("blueprint"))
        for day, changes in enumerate(feeds, start=1):
            _follow(changes, day=day, accept=accept, stores=stores)
        transaction.set_rollback(True)


def _follow(changes: list[Change], *, day: int, accept: bool, stores: list[str]) -> None:
    document = feed()
    for change in changes:
        change(document)
    before, attempts = mirror(), RegistrySync.objects.count()
    result = sync(document, store=designs(*stores), days=day, accept_retirements=accept)
    after = mirror()
    _is_kept(before, after)
    _holds(after)
    if result.outcome == "refused":
        assert after == before and result.reason
    else:
        again = sync(document, store=designs(*stores), days=day, accept_retirements=accept)
        assert (again.outcome, again.quarantined) == ("unchanged", result.quarantined)
        assert mirror() == after
        attempts += 1
    assert RegistrySync.objects.count() == attempts + 1


def test_the_digest_of_each_stored_version_is_that_of_its_fields() -> None:
    sync(feed())
    for version in Terms.objects.all():
        assert version.digest == digest_of(version)
