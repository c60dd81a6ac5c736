"""One wrong row is quarantined: as it was, not for sale, with the reason; the rest is applied."""

from types import SimpleNamespace

import pytest

from sales.blocks.closing.work import book_win
from sales.registry.models import Agent, Region, Service, ServiceOwner, Terms
from tests.carolverse.sources.feeds import service, terms
from tests.makers import ARWEN, make_lead, win_form
from tests.sales.registry.feed import NOW, Feed, drop, feed, of, spoilt, sync
from tests.sales.registry.mirror import is_for_sale, mirror

pytestmark = pytest.mark.django_db


def _unowned(document: Feed) -> None:
    of(document, "blueprint").update(owner=None, name="Other")


def _owned_by_a_human(document: Feed) -> None:
    of(document, "blueprint").update(owner="orion", name="Other")


def _owned_by_nobody_known(document: Feed) -> None:
    of(document, "blueprint").update(owner="ghost", name="Other")


def _owned_by_one_who_left(document: Feed) -> None:
    of(document, "midas", "agents").update(status="retired")
    of(document, "blueprint").update(owner="midas", name="Other")


def _two_terms_of_one_day(document: Feed) -> None:
    of(document, "blueprint").update(name="Other", commission=[terms(), terms(rate_bp=900)])


def _rate_out_of_range(document: Feed) -> None:
    of(document, "blueprint").update(name="Other", commission=[terms(rate_bp=10_001)])


def _unreadable(document: Feed) -> None:
    of(document, "blueprint").update(name="", commission=[])


def _name_too_long(document: Feed) -> None:
    of(document, "blueprint").update(name="n" * 121)


CASES = pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_unowned, "no owner"),
        (_owned_by_a_human, "not an agent"),
        (_owned_by_nobody_known, "not among the agents"),
        (_owned_by_one_who_left, "not active"),
        (_two_terms_of_one_day, "start on 2026-01-01"),
        (_rate_out_of_range, "rate_bp"),
        (_unreadable, "name"),
        (_name_too_long, "name is longer than 120"),
    ],
)


@CASES
def test_a_wrong_service_stays_as_it_was_and_can_not_be_sold(spoil: object, words: str) -> None:
    sync(feed())
    before = mirror()
    result = sync(spoilt(spoil, lambda f: of(f, "audit").update(name="Audits")))  # type: ignore[arg-type]
    assert result.outcome == "applied"
    assert [row["key"] for row in result.quarantined] == ["service:blueprint"]
    assert words in result.quarantined[0]["reason"]
    after = mirror()
    reason = after["Service"]["blueprint"].pop("quarantine")
    assert reason == result.quarantined[0]["reason"]
    before["Service"]["blueprint"].pop("quarantine")
    assert after["Service"]["blueprint"] == before["Service"]["blueprint"]
    assert (after["Terms"], after["ServiceOwner"]) == (before["Terms"], before["ServiceOwner"])
    assert after["Service"]["audit"]["name"] == "Audits"
    assert not is_for_sale("blueprint") and is_for_sale("audit")


@CASES
def test_a_wrong_service_is_told_again_and_accepted_when_it_is_mended(spoil: object, words: str) -> None:
    sync(feed())
    first = sync(spoilt(spoil))  # type: ignore[arg-type]
    again = sync(spoilt(spoil))  # type: ignore[arg-type]
    assert (again.outcome, again.quarantined) == ("unchanged", first.quarantined)
    assert "service:blueprint" in sync(feed()).changed
    assert is_for_sale("blueprint")


@CASES
def test_a_new_wrong_service_is_stored_without_owner_and_not_for_sale(spoil: object, words: str) -> None:
    result = sync(spoilt(spoil))  # type: ignore[arg-type]
    assert [row["key"] for row in result.quarantined] == ["service:blueprint"]
    row = Service.objects.get(key="blueprint")
    assert (row.owner_id, row.sellable, bool(row.quarantine)) == (None, False, True)
    assert not Terms.objects.filter(service="blueprint").exists()
    sync(feed())
    assert is_for_sale("blueprint")
    assert ServiceOwner.objects.get(service="blueprint").revision == 1


def test_terms_that_a_win_uses_can_not_be_rewritten() -> None:
    sync(feed())
    org = SimpleNamespace(
        blueprint=Service.objects.get(key="blueprint"),
        eu=Region.objects.get(key="EU"),
        arwen=Agent.objects.get(key="arwen"),
    )
    book_win(win_form(make_lead(org)), by=ARWEN, now=NOW)  # type: ignore[arg-type]
    result = sync(spoilt(lambda f: of(f, "blueprint").update(commission=[terms(rate_bp=900)])))
    assert "rewritten" in result.quarantined[0]["reason"]
    assert Terms.objects.get(service="blueprint").rate_bp == 1000
    assert not is_for_sale("blueprint")
    relabelled = sync(spoilt(lambda f: of(f, "blueprint").update(commission=[terms(sample=True)])))
    assert (relabelled.quarantined, Terms.objects.filter(service="blueprint").count()) == ([], 2)


def test_an_owner_that_stops_being_an_agent_is_not_accepted_and_neither_is_its_service() -> None:
    sync(feed())
    result = sync(spoilt(lambda f: of(f, "leo", "agents").update(is_agent=False)))
    assert [row["key"] for row in result.quarantined] == ["agent:leo", "service:blueprint"]
    assert Agent.objects.get(key="leo").is_agent
    assert not is_for_sale("blueprint")


def test_an_owner_that_vanishes_takes_its_service_off_sale() -> None:
    sync(feed())
    gone = spoilt(lambda f: drop(f, "leo", table="agents"))
    result = sync(gone)
    assert [row["key"] for row in result.quarantined] == ["agent:leo", "service:blueprint"]
    assert result.retired == ["agent:leo"]
    assert not is_for_sale("blueprint")
    assert sync(gone).outcome == "unchanged"
    of(gone, "blueprint")["owner"] = "noah"
    mended = sync(gone)
    assert (mended.outcome, mended.quarantined) == ("applied", [])
    assert is_for_sale("blueprint")
    assert Agent.objects.get(key="leo").retired_at == NOW


def test_an_owner_may_leave_when_its_service_has_another() -> None:
    sync(feed())
    result = sync(
        spoilt(
            lambda f: of(f, "leo", "agents").update(is_agent=False),
            lambda f: of(f, "blueprint").update(owner="noah"),
        )
    )
    assert (result.outcome, result.quarantined) == ("applied", [])
    assert not Agent.objects.get(key="leo").is_agent


def test_an_agent_of_an_unknown_region_is_not_accepted() -> None:
    sync(feed())
    result = sync(spoilt(lambda f: of(f, "carol", "agents").update(region="Moon")))
    assert [row["key"] for row in result.quarantined] == ["agent:carol"]
    assert Agent.objects.get(key="carol").region_id == "EU"


def test_a_region_in_a_currency_that_we_can_not_count_is_not_accepted() -> None:
    result = sync(spoilt(lambda f: of(f, "EU", "regions").update(currency="QQQ")))
    assert [row["key"] for row in result.quarantined] == ["region:EU"]
    assert Agent.objects.get(key="carol").region_id == "EU"


def test_quarantines_of_a_first_sync_count_against_the_feed() -> None:
    new = [service(f"new-{number}", owner=None) for number in range(3)]
    result = sync(spoilt(lambda f: f["services"].extend(new)))
    assert result.outcome == "refused"
    assert not Service.objects.exists()
