"""What is meant to be done next on a lead that is open, or asleep, when its story is cut off. Pure.

Most have a next step ahead of them, some one that is overdue, a few none: those are findings of the monitor.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

from sales.management.demo.facts import DemoCustomer, Phrases
from sales.management.demo.plan import DemoPlan
from sales.management.demo.story import Intend, Move, Story, Subject
from sales.management.demo.world import World

ASLEEP_DAYS = (40, 120)
AHEAD_DAYS = (1, 12)
OVERDUE_DAYS = (1, 6)


def with_next_step(
    story: Story,
    plan: DemoPlan,
    phrases: Phrases,
    buyer: DemoCustomer,
    world: World,
    rng: Random,
) -> Story:
    """The story with what is meant to be done next, if its state has a next step and the chance will have it so."""
    if story.state not in phrases.next_steps or story.state == "NEW":
        return story
    words = rng.choice(phrases.next_steps[story.state]).format(
        person=story.subject.person, customer=buyer.name, service=world.services[story.subject.service]
    )
    if story.state == "DORMANT":
        return _asleep(story, words, world, rng)
    chance, last = rng.randrange(100), story.acts[-1].at
    if chance < plan.chances["no_next_step"]:
        return story
    overdue = chance < plan.chances["no_next_step"] + plan.chances["overdue_next_step"]
    due = _overdue(last, story.subject, world, rng) if overdue else _ahead(story.subject, world, rng)
    return replace(story, acts=(*story.acts, Intend(at=last, next_step=words, next_step_at=due)))


def _asleep(story: Story, words: str, world: World, rng: Random) -> Story:
    """A sleeping lead got its next step before it was laid to rest, because a closed one can't be changed."""
    rest = story.acts[-1]
    assert isinstance(rest, Move)
    day = rest.at.date() + timedelta(days=rng.randint(*ASLEEP_DAYS))
    again = Intend(at=rest.at, next_step=words, next_step_at=world.at_work(day, story.subject.region, rng))
    return replace(story, acts=(*story.acts[:-1], again, rest))


def _ahead(subject: Subject, world: World, rng: Random) -> datetime:
    return world.at_work(world.day(-rng.randint(*AHEAD_DAYS)), subject.region, rng)


def _overdue(last: datetime, subject: Subject, world: World, rng: Random) -> datetime:
    """Some days ago, but not before the last thing that was done."""
    day = world.day(rng.randint(*OVERDUE_DAYS))
    due = world.local(day, time(rng.randrange(9, 16), 0), subject.region)
    return max(due, last + timedelta(hours=1))
