"""A sync brings the mirror up to date, deletes nothing, and does nothing twice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from carolverse.registry.from_document import registry_facts
from sales.access.models import Seat
from sales.registry.freshness import last_good_read
from sales.registry.models import Agent, Design, RegistrySync, Service, ServiceOwner, Terms
from sales.registry.sync import sync_facts
from tests.carolverse.sources.feeds import agent, terms
from tests.makers import AURORA
from tests.sales.registry.feed import NOW, designs, drop, feed, of, spoilt, sync
from tests.sales.registry.mirror import is_for_sale, mirror

pytestmark = pytest.mark.django_db


def test_a_first_sync_fills_the_mirror() -> None:
    result = sync(feed(), store=designs("blueprint"))
    assert (result.outcome, result.quarantined, result.changed, result.retired) == ("applied", [], [], [])
    assert {"region:EU", "agent:leo", "service:blueprint", "block:closing", "droid:closer"} <= set(result.added)
    assert {"terms:blueprint EUR 2026-01-01", "design:blueprint offer"} <= set(result.added)
    blueprint = Service.objects.get(key="blueprint")
    assert (blueprint.owner_id, blueprint.owner_revision, blueprint.can_be_sold) == ("leo", 1, True)
    assert Design.objects.get().facts == ["It is."]
    row = RegistrySync.objects.get()
    assert (row.outcome, row.source, row.digest, row.by_agent) == ("applied", "test:", result.digest, "aurora")
    assert row.diff["added"] == result.added


def test_a_second_sync_writes_nothing_but_its_own_row() -> None:
    first = sync(feed(), store=designs("blueprint"))
    before = mirror()
    again = sync(feed(), store=designs("blueprint"), days=1)
    assert (again.outcome, again.digest, again.unchanged) == ("unchanged", first.digest, len(first.added))
    assert mirror() == before
    read = last_good_read()
    assert read and read.at == NOW + timedelta(days=1)


def test_a_dry_run_says_what_would_change_and_leaves_no_row() -> None:
    sync(feed())
    before = mirror()
    result = sync(spoilt(lambda f: drop(f, "audit")), dry_run=True)
    assert (result.outcome, result.retired, result.dry_run) == ("applied", ["service:audit"], True)
    assert mirror() == before
    assert RegistrySync.objects.count() == 1


def test_a_dry_run_that_would_be_refused_says_so_and_leaves_no_row() -> None:
    sync(feed())
    result = sync(spoilt(lambda f: drop(f, "audit", "blueprint", "whatsapp")), dry_run=True)
    assert (result.outcome, RegistrySync.objects.count()) == ("refused", 1)


def test_a_service_that_is_gone_is_retired_and_keeps_its_history() -> None:
    sync(feed())
    result = sync(spoilt(lambda f: drop(f, "audit")), days=1)
    assert result.retired == ["service:audit"]
    assert Service.objects.get(key="audit").retired_at == NOW + timedelta(days=1)
    assert not is_for_sale("audit")
    assert Terms.objects.filter(service="audit").count() == ServiceOwner.objects.filter(service="audit").count() == 1


def test_a_service_that_returns_is_for_sale_again() -> None:
    sync(feed())
    sync(spoilt(lambda f: drop(f, "audit")), days=1)
    assert sync(feed(), days=2).changed == ["service:audit"]
    assert is_for_sale("audit")


def test_a_service_may_be_retired_while_its_owner_turns_out_to_be_a_human() -> None:
    sync(feed())
    result = sync(spoilt(lambda f: drop(f, "audit"), lambda f: of(f, "themis", "agents").update(is_agent=False)))
    assert (result.outcome, result.retired, result.quarantined) == ("applied", ["service:audit"], [])
    assert not Agent.objects.get(key="themis").is_agent


def test_another_owner_adds_a_version_and_leaves_terms_alone() -> None:
    sync(feed())
    result = sync(spoilt(lambda f: of(f, "blueprint").update(owner="noah")), days=1)
    assert result.changed == ["service:blueprint"]
    owners = ServiceOwner.objects.filter(service="blueprint").values_list("revision", "agent", "agent_name")
    assert list(owners) == [(1, "leo", "Leo"), (2, "noah", "Noah")]
    assert Service.objects.get(key="blueprint").owner_revision == 2
    assert Terms.objects.filter(service="blueprint").count() == 1


def test_an_owner_who_comes_back_gets_a_version_of_its_own() -> None:
    sync(feed())
    sync(spoilt(lambda f: of(f, "blueprint").update(owner="noah")))
    sync(feed())
    assert Service.objects.get(key="blueprint").owner_revision == 3


def test_a_service_that_is_not_for_sale_may_lack_an_owner() -> None:
    sync(feed())
    result = sync(spoilt(lambda f: of(f, "audit").update(owner=None, sellable=False)))
    assert (result.changed, result.quarantined) == (["service:audit"], [])
    sync(feed())
    assert Service.objects.get(key="audit").owner_revision == 2


def test_terms_that_the_feed_drops_end_today_and_count_as_retired() -> None:
    sync(feed())
    result = sync(spoilt(lambda f: of(f, "audit").update(commission=[])))
    assert result.retired == ["terms:audit EUR 2026-01-01"]
    assert Terms.objects.filter(service="audit").values_list("kind", flat=True).last() == "ended"


def test_designs_follow_their_store() -> None:
    sync(feed(), store=designs("audit", "blueprint"))
    result = sync(feed(), store=designs("blueprint", "nowhere"))
    assert result.retired == ["design:audit offer"]
    assert [row["key"] for row in result.quarantined] == ["design:nowhere"]
    assert Design.objects.get(service="audit").retired_at == NOW


def test_without_a_design_store_designs_stay() -> None:
    sync(feed(), store=designs("blueprint"))
    assert sync(feed()).outcome == "unchanged"
    assert Design.objects.get().retired_at is None


def test_not_modified_is_a_good_read() -> None:
    first = sync(feed())
    later = NOW + timedelta(hours=20)
    result = sync_facts(None, None, source="test:", by=AURORA, now=later)
    assert (result.outcome, result.digest) == ("unchanged", first.digest)
    read = last_good_read()
    assert read and (read.at, read.digest) == (later, first.digest)


def test_an_old_feed_is_a_finding_and_no_more() -> None:
    assert sync(feed()).notes == []
    result = sync(feed(), days=2)
    assert result.outcome == "unchanged"
    assert "2026-03-02 02:00" in result.notes[0]


def test_a_registry_without_sales_is_told() -> None:
    result = sync(spoilt(lambda f: drop(f, "sales")))
    assert "'sales'" in result.notes[0]


def test_a_registry_that_gives_sales_no_owner_is_noted() -> None:
    result = sync(spoilt(lambda f: of(f, "sales").update(owner=None)))
    assert "gives the service 'sales' no owner" in result.notes[0]


def test_a_registry_that_drops_sales_is_noted() -> None:
    sync(feed())
    result = sync(spoilt(lambda f: drop(f, "sales")))
    assert "no service 'sales'" in result.notes[0]


def test_seats_are_proposed_from_owner_and_team() -> None:
    sync(feed())
    seats = Seat.objects.exclude(role="service_owner").values_list("agent_key", "role", "region_key", "state")
    assert list(seats) == [
        ("arwen", "regional_head", "EU", "proposed"),
        ("atlas", "regional_agent", "USA", "proposed"),
        ("aurora", "sales_owner", "", "proposed"),
        ("carol", "regional_agent", "EU", "proposed"),
    ]
    owners = set(Seat.objects.filter(role="service_owner").values_list("agent_key", flat=True))
    assert owners == {"themis", "leo", "noah", "hermione", "galadriel"}


def test_a_seat_that_exists_is_never_overwritten() -> None:
    sync(feed())
    Seat.objects.filter(agent_key="arwen").update(state="confirmed")
    Seat.objects.filter(agent_key="atlas").update(state="withdrawn")
    assert sync(feed()).outcome == "unchanged"
    assert Seat.objects.get(agent_key="arwen").state == "confirmed"
    assert Seat.objects.get(agent_key="atlas").state == "withdrawn"


def test_a_proposed_seat_goes_and_comes_with_its_agent() -> None:
    sync(feed())
    Seat.objects.filter(agent_key="arwen").update(state="confirmed")
    sync(spoilt(lambda f: drop(f, "atlas", "arwen", table="agents")))
    assert Seat.objects.get(agent_key="atlas").state == "withdrawn"
    assert Seat.objects.get(agent_key="arwen").state == "confirmed"
    sync(feed())
    assert Seat.objects.get(agent_key="atlas").state == "proposed"


@pytest.mark.parametrize("count", [10, 400])
def test_the_number_of_statements_does_not_follow_the_number_of_rows(count: int) -> None:
    document = feed()
    document["agents"] += [agent(f"agent-{number}") for number in range(count)]
    with CaptureQueriesContext(connection) as queries:
        sync(document)
    assert len(queries) < 60


def test_eight_thousand_rows_take_a_moment() -> None:
    document = feed()
    document["agents"] += [agent(f"agent-{number}") for number in range(7_000)]
    for number in range(1_000):
        row = of(document, "audit") | {"key": f"service-{number}", "commission": [terms()], "owner": "themis"}
        document["services"].append(row)
    facts = registry_facts(document, source="test:")
    for outcome in ("applied", "unchanged"):
        assert sync_facts(facts, None, source="test:", by=AURORA, now=NOW).outcome == outcome
    assert Agent.objects.count() > 7_000
