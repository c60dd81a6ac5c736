"""The course of a generated lead: from its arrival through the lifecycle to its end. Pure.

The chances and the pace are the plan's. A course may reach past the demo's day; the story is cut off there.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sales.management.demo.facts import Phrases, Reason
from sales.management.demo.plan import DemoPlan
from sales.management.demo.story import Act, Arrive, Assign, Move, Propose, Say, Sell, Subject
from sales.management.demo.world import World


class _Course:
    """Acts so far, and the time that has come."""

    def __init__(self, subject: Subject, at: datetime, plan: DemoPlan, world: World, rng: Random) -> None:
        self.subject, self.at, self.plan, self.world, self.rng = subject, at, plan, world, rng
        self.acts: list[Act] = []

    def chance(self, name: str) -> bool:
        return self.rng.randrange(100) < self.plan.chances[name]

    def later(self, pace: str) -> None:
        least, most = self.plan.pace[pace]
        day = self.at.date() + timedelta(days=self.rng.randint(least, most))
        self.at = max(self.world.at_work(day, self.subject.region, self.rng), self.at + timedelta(minutes=10))

    def minutes(self) -> None:
        self.at += timedelta(minutes=self.rng.randint(3, 25))

    def say(self, channel: str, direction: str, text: str = "") -> None:
        self.acts.append(Say(at=self.at, channel=channel, direction=direction, text=text))
        self.minutes()

    def move(self, to: str, reason: Reason | None = None) -> None:
        code, words = (reason.code, reason.words) if reason else ("", "")
        self.acts.append(Move(at=self.at, to=to, reason_code=code, text=words))
        self.minutes()


def course(
    subject: Subject, at: datetime, plan: DemoPlan, phrases: Phrases, world: World, rng: Random
) -> tuple[Act, ...]:
    """The acts of one lead. A lead for the retired service ends when that leaves the registry, if not before."""
    told = _Course(subject, at, plan, world, rng)
    _arrives(told)
    _goes_on(told, phrases)
    if subject.service != plan.retired.service:
        return tuple(told.acts)
    return _until_retired(told)


def _arrives(told: _Course) -> None:
    unassigned = told.chance("arrives_unassigned")
    told.acts.append(Arrive(at=told.at, assigned=not unassigned))
    opening = told.plan.openings[told.subject.source]
    told.say(opening.channel, opening.direction)
    if unassigned:
        told.at += timedelta(hours=told.rng.randint(1, 30))
        told.acts.append(Assign(at=told.at))


def _goes_on(told: _Course, phrases: Phrases) -> None:
    told.later("qualify")
    told.say("call", "out")
    if told.chance("not_a_fit"):
        return told.move("DISQUALIFIED", told.rng.choice(phrases.disqualified_reasons))
    told.move("QUALIFIED")
    told.later("engage")
    if told.chance("dormant_after_qualifying"):
        return told.move("DORMANT", told.rng.choice(phrases.dormant_reasons))
    told.say("email", "in")
    told.say(told.rng.choice(("email", "call", "meeting")), "out")
    told.move("ENGAGED")
    told.later("propose")
    if told.chance("lost_before_offer"):
        return told.move("LOST", told.rng.choice(phrases.lost_reasons))
    _offers(told, phrases)
    return _ends(told, phrases)


def _offers(told: _Course, phrases: Phrases) -> None:
    subject = told.rng.choice(phrases.service(told.subject.service).offer_subjects)
    told.acts.append(Propose(at=told.at, amount_minor=told.subject.amount_minor, subject=subject))
    told.say("email", "out", subject)
    told.move("PROPOSED")


def _ends(told: _Course, phrases: Phrases) -> None:
    told.later("decide")
    if told.chance("sold_after_offer"):
        told.say("email", "in")
        return told.acts.append(_sale(told, phrases.evidence))
    told.say("call", "out")
    if told.chance("dormant_after_offer"):
        return told.move("DORMANT", told.rng.choice(phrases.dormant_reasons))
    return told.move("LOST", told.rng.choice(phrases.lost_reasons))


def _sale(told: _Course, patterns: Sequence[str]) -> Sell:
    """The order: mostly of what was offered, at times of a tenth less, and at times won by two or three agents."""
    amount = told.subject.amount_minor
    if told.rng.randrange(6) == 0 and amount >= 100_000:
        amount = amount * 9 // 1000 * 100
    shares = _shares(told) if told.chance("shared") else ()
    return Sell(at=told.at, amount_minor=amount, evidence=told.rng.choice(patterns), shares=shares)


def _shares(told: _Course) -> tuple[tuple[str, int], ...]:
    """The lead's agent and one or two others of its region share the credit."""
    others = [key for key in told.world.places[told.subject.region].agents if key != told.subject.agent]
    helpers = told.rng.sample(others, min(len(others), told.rng.choice((1, 1, 2))))
    weights = (7000, 3000) if len(helpers) == 1 else (5000, 3000, 2000)
    return tuple(zip((told.subject.agent, *helpers), weights, strict=True))


def _until_retired(told: _Course) -> tuple[Act, ...]:
    """What happened before the service was retired; what was open then is lost, for that reason."""
    retired = told.plan.retired
    gone = told.world.now - timedelta(days=retired.days_ago)
    acts = [act for act in told.acts if act.at < gone - timedelta(days=1)]
    last = acts[-1]
    ended = isinstance(last, Sell) or (isinstance(last, Move) and bool(last.reason_code))
    if not ended:
        after = told.world.at_work(told.world.day(retired.days_ago - 2), told.subject.region, told.rng)
        acts.append(Move(at=after, to="LOST", reason_code=retired.reason.code, text=retired.reason.words))
    return tuple(acts)
