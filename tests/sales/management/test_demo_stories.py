"""The demo's stories: on any day there is something of everything, and nothing happens after that day."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from sales.leads.models import State
from sales.management.demo.feeds import Feeds
from sales.management.demo.files import load_customers, load_phrases
from sales.management.demo.plan import load_plan
from sales.management.demo.stories import all_stories
from sales.management.demo.story import Sell, Story
from sales.management.demo.world import BOOKING_HOUR, World, world_of

DAYS = [datetime(2026, 1, 3, 2, 0, tzinfo=UTC) + timedelta(days=37 * n, hours=5 * n) for n in range(10)]


def world(now: datetime) -> World:
    feeds = Feeds(load_plan(), now=now, source="demo:test")
    return world_of(feeds.on(now - timedelta(days=540)), sales_service="sales", now=now)


def stories(now: datetime) -> list[Story]:
    return all_stories(load_plan(), load_phrases(), world(now))


@pytest.mark.parametrize("now", DAYS)
def test_on_any_day_there_are_leads_in_every_state(now: datetime) -> None:
    states = Counter(story.state for story in stories(now))
    assert states.keys() == set(State.values)
    assert sum(states.values()) >= 400
    assert states["WON"] >= 120


@pytest.mark.parametrize("now", DAYS)
def test_nothing_is_done_after_the_day_nor_out_of_order(now: datetime) -> None:
    last_sale = world(now).last_sale
    for story in stories(now):
        moments = [act.at for act in story.acts]
        assert moments == sorted(moments), story.subject.reference
        assert moments[-1] <= now
        assert all(act.at <= last_sale for act in story.acts if isinstance(act, Sell))


def test_the_same_day_gives_the_same_stories() -> None:
    assert stories(DAYS[0]) == stories(DAYS[0])


def test_another_day_gives_other_ones() -> None:
    assert stories(DAYS[0]) != stories(DAYS[1])


def test_every_customer_asks_for_something() -> None:
    asking = {story.subject.customer for story in stories(DAYS[0])}
    assert {customer.key for customer in load_customers()} <= asking


def test_references_are_told_apart() -> None:
    references = [story.subject.reference for story in stories(DAYS[0])]
    assert len(references) == len(set(references))


def test_shares_of_a_sale_make_a_whole_and_begin_with_the_leads_agent() -> None:
    sales = [(story, act) for story in stories(DAYS[0]) for act in story.acts if isinstance(act, Sell) and act.shares]
    assert {len(sale.shares) for _, sale in sales} == {2, 3}
    for story, sale in sales:
        assert sum(weight for _, weight in sale.shares) == 10_000
        assert sale.shares[0][0] == story.subject.agent


def test_the_hour_for_bookings_is_one_date_in_every_region() -> None:
    for month in (1, 7):
        at = datetime.combine(datetime(2026, month, 15), BOOKING_HOUR, tzinfo=UTC)
        assert {at.astimezone(place.zone).date() for place in world(DAYS[0]).places.values()} == {at.date()}


def test_every_source_of_leads_has_an_opening() -> None:
    assert {source.key for source in load_phrases().sources} == load_plan().openings.keys()


def test_there_is_more_in_spring_and_autumn_than_in_august_and_december() -> None:
    seasons = load_plan().seasons
    assert len(seasons) == 12
    assert max(seasons[7], seasons[11]) < min(seasons[2], seasons[3], seasons[8], seasons[9])
