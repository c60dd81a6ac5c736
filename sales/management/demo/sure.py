"""Stories that the demo shows on any day: sales in hold, sales that waited for terms, and one that can't be.

Pure.
"""

from datetime import timedelta
from random import Random

from sales.management.demo.facts import DemoCustomer, Phrases
from sales.management.demo.generated import amount_of
from sales.management.demo.plan import DemoPlan
from sales.management.demo.story import Act, Arrive, Intend, Move, Propose, Say, Sell, Story, Subject
from sales.management.demo.world import World

CAME, OFFERED = 26, 9
"""Days from arrival and from the offer to the sale."""
Customers = tuple[DemoCustomer, ...]


def sure_stories(plan: DemoPlan, phrases: Phrases, customers: Customers, world: World) -> tuple[Story, ...]:
    """The sales of the plan that happen whatever the chances say."""
    stories = []
    for place, sale in enumerate(plan.sure, start=1):
        rng = Random(f"{plan.seed} sure {place}")
        subject = _subject(f"demo:sure-{place}", sale.service, sale.customer, phrases, customers, world, rng)
        sold = world.at_work(world.day(sale.days_ago), subject.region, rng)
        order = Sell(at=sold, amount_minor=subject.amount_minor, evidence=rng.choice(phrases.evidence))
        acts = [*_until_offered(subject, sale.days_ago, phrases, world, rng), order]
        stories.append(Story(subject, tuple(acts)))
    return tuple(stories)


def left_over_story(plan: DemoPlan, phrases: Phrases, customers: Customers, world: World) -> Story:
    """An offer of the retired service that is still open: who books it reads why it can't be."""
    told, rng = plan.retired, Random(f"{plan.seed} left over")
    subject = _subject("demo:left-over", told.service, told.left_over_customer, phrases, customers, world, rng)
    acts = _until_offered(subject, told.days_ago, phrases, world, rng)
    words = f"Tell {subject.person} that {world.services[told.service]} was retired"
    step = Intend(at=acts[-1].at, next_step=words, next_step_at=world.now + timedelta(days=1))
    return Story(subject, (*acts, step))


def _subject(
    reference: str,
    service: str,
    customer: str,
    phrases: Phrases,
    customers: Customers,
    world: World,
    rng: Random,
) -> Subject:
    buyer = {row.key: row for row in customers}[customer]
    asked, place, source = phrases.service(service), world.places[buyer.region], rng.choice(phrases.sources)
    return Subject(
        reference=reference,
        service=service,
        title=rng.choice(asked.titles),
        region=buyer.region,
        amount_minor=amount_of(asked, place.currency, rng),
        currency=place.currency,
        cadence=asked.cadence,
        term_months=asked.term_months,
        source=source.key,
        campaign="",
        first_touch=source.name,
        customer=buyer.key,
        person=buyer.people[0].name,
        agent=rng.choice(place.agents),
    )


def _until_offered(subject: Subject, days_ago: int, phrases: Phrases, world: World, rng: Random) -> list[Act]:
    came = world.at_work(world.day(days_ago + CAME), subject.region, rng)
    offered = world.at_work(world.day(days_ago + OFFERED), subject.region, rng)
    words = rng.choice(phrases.service(subject.service).offer_subjects)
    return [
        Arrive(at=came, assigned=True),
        Say(at=came, channel="email", direction="in"),
        Propose(at=offered, amount_minor=subject.amount_minor, subject=words),
        Say(at=offered, channel="email", direction="out", text=words),
        Move(at=offered, to="PROPOSED"),
    ]
