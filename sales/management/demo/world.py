"""The world in which stories take place: its day, its regions' zones, currencies and agents. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from carolverse.registry.facts import RegistryFacts

BOOKING_HOUR = time(15, 30)
"""UTC. It is one date in all of the sample's regions, from the morning in New York to late in Singapore."""
LAST_BOOKING = timedelta(days=2)
"""Nothing is booked later than this: the mirror isn't refreshed then, so that a booking has to wait for it."""
OPENS, CLOSES = 8, 17
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A region: its zone, its currency, its head and the agents who sell there."""

    zone: ZoneInfo
    currency: str
    head: str
    agents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """The demo's day, its regions, and what its services are called."""

    now: datetime
    places: dict[str, Place]
    services: dict[str, str]

    @property
    def last_sale(self) -> datetime:
        """The last hour for bookings."""
        day = (self.now.astimezone(UTC) - LAST_BOOKING).date()
        return datetime.combine(day, BOOKING_HOUR, tzinfo=UTC)

    def day(self, days_ago: int) -> date:
        """The date so many days ago, in UTC."""
        return self.now.astimezone(UTC).date() - timedelta(days=days_ago)

    def at_work(self, day: date, region: str, rng: Random) -> datetime:
        """Some minute of the region's working hours on that day, or on the Monday after it."""
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
        return self.local(day, time(rng.randrange(OPENS, CLOSES), rng.randrange(60)), region)

    def local(self, day: date, at: time, region: str) -> datetime:
        """A clock time in a region, in UTC."""
        return datetime.combine(day, at, tzinfo=self.places[region].zone).astimezone(UTC)


def world_of(facts: RegistryFacts, *, sales_service: str, now: datetime) -> World:
    """The world that the registry describes: who sells where follows from the team of Sales and who reports to whom."""
    team = {member.agent for service in facts.services if service.key == sales_service for member in service.team}
    places = {}
    for region in facts.regions:
        here = [agent for agent in facts.agents if agent.region == region.key and agent.key in team]
        heads = {agent.reports_to for agent in here}
        head = _first(agent.key for agent in here if agent.key in heads)
        zone = ZoneInfo(region.timezone or "UTC")
        places[region.key] = Place(zone, region.currency or "", head, tuple(agent.key for agent in here))
    return World(now, places, {service.key: service.name for service in facts.services})


def _first(keys: Iterable[str]) -> str:
    return next(iter(keys))
