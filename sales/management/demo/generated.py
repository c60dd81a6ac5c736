"""Stories put together from phrases: the same plan, files and day give the same stories. Pure.

Each lead has a random generator of its own, so that a change to one leaves the others alone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sales.management.demo.courses import course
from sales.management.demo.facts import DemoCustomer, LeadSource, Phrases, ServicePhrases
from sales.management.demo.intentions import with_next_step
from sales.management.demo.plan import DemoPlan
from sales.management.demo.story import Arrive, Story, Subject
from sales.management.demo.world import World

LATEST = 2
"""So many days ago the last generated lead arrived; after that come the ones that wait."""


def generated_stories(
    plan: DemoPlan, phrases: Phrases, customers: Sequence[DemoCustomer], world: World
) -> tuple[Story, ...]:
    """All generated leads, each as far as it has got by the world's day."""
    rng = Random(plan.seed)
    buyers = _buyers(customers, plan.leads, rng)
    return tuple(
        generated_story(number, days_ago, buyer, plan, phrases, world)
        for number, (days_ago, buyer) in enumerate(zip(_arrivals(plan, world, rng), buyers, strict=True), start=1)
    )


def _arrivals(plan: DemoPlan, world: World, rng: Random) -> list[int]:
    """On which days leads arrived, as days ago, the earliest first: more in spring and autumn, more as time goes on."""
    days = range(LATEST, plan.days + 1)
    growth = [1 + (plan.growth - 1) * (plan.days - days_ago) / plan.days for days_ago in days]
    weights = [grown * plan.seasons[world.day(ago).month - 1] for ago, grown in zip(days, growth, strict=True)]
    return sorted(rng.choices(days, weights, k=plan.leads), reverse=True)


def _buyers(customers: Sequence[DemoCustomer], count: int, rng: Random) -> list[DemoCustomer]:
    """Every customer once, then some more often than others."""
    first = rng.sample(customers, len(customers))
    weights = [rng.choice((1, 2, 4)) for _ in customers]
    return [*first, *rng.choices(customers, weights, k=count - len(first))]


def generated_story(
    number: int, days_ago: int, buyer: DemoCustomer, plan: DemoPlan, phrases: Phrases, world: World
) -> Story:
    """One lead from its arrival to its end, cut off at the world's day."""
    rng = Random(f"{plan.seed} {number}")
    asked = _asked(days_ago, plan, phrases, rng)
    subject = _subject(number, buyer, asked, rng.choice(phrases.sources), world, rng)
    arrives = world.at_work(world.day(days_ago), subject.region, rng)
    story = Story(subject, course(subject, arrives, plan, phrases, world, rng))
    if asked.key == plan.retired.service:
        return story
    cut = story.until(world.now, last_sale=world.last_sale)
    return with_next_step(cut, plan, phrases, buyer, world, rng)


def _asked(days_ago: int, plan: DemoPlan, phrases: Phrases, rng: Random) -> ServicePhrases:
    """The service that is asked for; the retired one only in its time."""
    gone = days_ago < plan.retired.last_lead_days_ago
    return rng.choice([row for row in phrases.services if not (gone and row.key == plan.retired.service)])


def _subject(
    number: int, buyer: DemoCustomer, asked: ServicePhrases, source: LeadSource, world: World, rng: Random
) -> Subject:
    place = world.places[buyer.region]
    campaign = rng.choice(source.campaigns) if source.campaigns else ""
    person = rng.choice(buyer.people)
    return Subject(
        reference=f"demo:{number:04}",
        service=asked.key,
        title=rng.choice(asked.titles),
        region=buyer.region,
        amount_minor=amount_of(asked, place.currency, rng),
        currency=place.currency,
        cadence=asked.cadence,
        term_months=asked.term_months,
        source=source.key,
        campaign=campaign,
        first_touch=f"{source.name}: {campaign}" if campaign else source.name,
        customer=buyer.key,
        person=person.name,
        agent=rng.choice(place.agents),
        days_to_close=rng.randrange(30, 91, 5),
    )


def amount_of(asked: ServicePhrases, currency: str, rng: Random) -> int:
    """An amount between the service's smallest and largest, small ones more often, in steps as they are quoted."""
    smallest, largest = asked.amounts[currency]
    whole = smallest + (largest - smallest) * rng.random() ** 2
    step = 1 if whole < 100 else 10 if whole < 1000 else 100
    return max(smallest, round(whole / step) * step) * 100


def waiting_stories(
    plan: DemoPlan, phrases: Phrases, customers: Sequence[DemoCustomer], world: World
) -> tuple[Story, ...]:
    """The leads of the last days that nobody has worked on."""
    return tuple(
        _waiting(place, plan, phrases, {customer.key: customer for customer in customers}, world)
        for place in range(len(plan.waiting))
    )


def _waiting(place: int, plan: DemoPlan, phrases: Phrases, customers: dict[str, DemoCustomer], world: World) -> Story:
    waiting, rng = plan.waiting[place], Random(f"{plan.seed} waiting {place}")
    buyer = customers[waiting.customer] if waiting.customer else rng.choice(list(customers.values()))
    asked = phrases.service(waiting.service)
    known = _subject(plan.leads + 1 + place, buyer, asked, phrases.sources[0], world, rng)
    values = {name: getattr(known, name) for name in Subject.__slots__} | {
        "agent": known.agent if waiting.assigned else ""
    }
    unknown = {} if waiting.customer else {"customer": "", "person": ""}
    return Story(
        Subject(**values | unknown), (Arrive(at=_lately(world, waiting.days_ago, place), assigned=waiting.assigned),)
    )


def _lately(world: World, days_ago: int, place: int) -> datetime:
    """A time that isn't after the demo's, whatever hour that is."""
    return world.now - timedelta(days=days_ago, minutes=37 * (place + 1))
