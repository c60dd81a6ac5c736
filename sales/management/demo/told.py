"""Stories of the hand-written conversations: what was said, and the moves that what was said led to. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from sales.management.demo.facts import DemoConversation, DemoCustomer, DemoMessage, Phrases
from sales.management.demo.intentions import with_next_step
from sales.management.demo.plan import DemoPlan
from sales.management.demo.story import Act, Arrive, Move, Propose, Say, Sell, Story, Subject
from sales.management.demo.world import World

SOURCES = {"web": "web-form", "whatsapp": "whatsapp"}
AFTER = timedelta(minutes=1)
OFFERED = frozenset({"PROPOSED", "WON", "LOST"})


def told_stories(
    conversations: tuple[DemoConversation, ...],
    plan: DemoPlan,
    phrases: Phrases,
    customers: tuple[DemoCustomer, ...],
    world: World,
) -> tuple[Story, ...]:
    """The conversations as stories, each with a next step where it is still open."""
    by_key = {customer.key: customer for customer in customers}
    return tuple(_told(told, plan, phrases, by_key[told.customer], world) for told in conversations)


def _told(told: DemoConversation, plan: DemoPlan, phrases: Phrases, buyer: DemoCustomer, world: World) -> Story:
    rng = Random(f"{plan.seed} {told.key}")
    story = Story(_subject(told, buyer, phrases), tuple(_acts(told, phrases, buyer, world)))
    late = replace(plan, chances={**plan.chances, "no_next_step": 0, "overdue_next_step": 0})
    return with_next_step(story, late, phrases, buyer, world, rng)


def _subject(told: DemoConversation, buyer: DemoCustomer, phrases: Phrases) -> Subject:
    channel = told.messages[0].channel
    source = next(row for row in phrases.sources if row.key == SOURCES.get(channel, "referral"))
    return Subject(
        reference=f"demo:{told.key}",
        service=told.service,
        title=told.title,
        region=buyer.region,
        amount_minor=told.amount_minor,
        currency=told.currency,
        cadence="monthly" if told.term_months else "once",
        term_months=told.term_months,
        source=source.key,
        campaign="",
        first_touch=source.name,
        customer=told.customer,
        person=told.person,
        agent=told.agent,
    )


def _acts(told: DemoConversation, phrases: Phrases, buyer: DemoCustomer, world: World) -> list[Act]:
    times = [world.local(world.day(told.days_ago - message.day), message.at, buyer.region) for message in told.messages]
    acts: list[Act] = [Arrive(at=times[0], assigned=True)]
    steps = _steps(told)
    for place, (message, at) in enumerate(zip(told.messages, times, strict=True)):
        acts.append(Say(at=at, channel=message.channel, direction=message.direction, text=message.text))
        acts += _moves(steps.get(place, ()), told, at + AFTER)
    return [*acts, *_end(told, times[-1] + 2 * AFTER, phrases)]


def _steps(told: DemoConversation) -> dict[int, tuple[str, ...]]:
    """After which message the lead moves on: qualified by our first answer, in conversation by theirs."""
    answered = _first(told.messages, "out", after=0)
    if told.outcome == "DISQUALIFIED":
        return {}
    steps: dict[int, tuple[str, ...]] = {answered: ("QUALIFIED",)}
    steps[_first(told.messages, "in", after=answered)] = ("ENGAGED",)
    if (offer := _offer(told)) is not None:
        steps[offer] = (*steps.get(offer, ()), "PROPOSED")
    return steps


def _first(messages: tuple[DemoMessage, ...], direction: str, *, after: int) -> int:
    return next(place for place in range(after, len(messages)) if messages[place].direction == direction)


def _offer(told: DemoConversation) -> int | None:
    """The offer is the last e-mail of ours that they answered; a talk over WhatsApp alone ended without one."""
    answer = max(place for place, message in enumerate(told.messages) if message.direction == "in")
    ours = [
        place
        for place, message in enumerate(told.messages[:answer])
        if message.direction == "out" and message.channel == "email"
    ]
    return ours[-1] if ours and told.outcome in OFFERED else None


def _moves(steps: tuple[str, ...], told: DemoConversation, at: datetime) -> list[Act]:
    acts: list[Act] = []
    for step in steps:
        if step == "PROPOSED":
            acts.append(Propose(at=at, amount_minor=told.amount_minor, subject=told.title))
        acts.append(Move(at=at, to=step))
    return acts


def _end(told: DemoConversation, at: datetime, phrases: Phrases) -> list[Act]:
    if told.outcome == "WON":
        return [Sell(at=at, amount_minor=told.amount_minor, evidence=told.evidence)]
    if not told.reason:
        return []
    reasons = (*phrases.lost_reasons, *phrases.disqualified_reasons, *phrases.dormant_reasons)
    words = next(reason.words for reason in reasons if reason.code == told.reason)
    return [Move(at=at, to=told.outcome, reason_code=told.reason, text=words)]
