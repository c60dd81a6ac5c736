"""What the demo's files say, as frozen values. Not models: the command that fills a database turns them into rows.

Amounts are integers in minor units of their currency and without tax, except `ServicePhrases.amounts` (whole units).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A named human at a customer; `language` is an ISO 639-1 code, `phone` is in a range kept for fiction."""

    name: str
    role: str
    language: str
    decides: bool
    email: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class DemoCustomer:
    """An invented company; `country` is ISO 3166-1 alpha-2, `seats` how many people work there."""

    key: str
    name: str
    country: str
    region: str
    city: str
    seats: int
    industry: str
    people: tuple[DemoPerson, ...]

    def person(self, name: str) -> DemoPerson:
        """The person of that name. Raises KeyError when nobody here is called so."""
        by_name = {person.name: person for person in self.people}
        return by_name[name]


@dataclass(frozen=True, slots=True)
class DemoMessage:
    """One thing said; `day` counts from the first message, `at` is local to the agent's region."""

    day: int
    at: time
    direction: str
    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class DemoConversation:
    """A conversation with its end; without `term_months` the sale is paid once, else that many monthly payments."""

    key: str
    customer: str
    person: str
    agent: str
    service: str
    language: str
    title: str
    days_ago: int
    outcome: str
    amount_minor: int
    currency: str
    messages: tuple[DemoMessage, ...]
    term_months: int | None = None
    reason: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ServicePhrases:
    """What leads for one service are made of; `amounts` is smallest and largest payment in whole units."""

    key: str
    cadence: str
    amounts: Mapping[str, tuple[int, int]]
    titles: tuple[str, ...]
    offer_subjects: tuple[str, ...]
    term_months: int | None = None


@dataclass(frozen=True, slots=True)
class LeadSource:
    """Where leads come from; `campaigns` is empty where none is run."""

    key: str
    name: str
    campaigns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something ended: the code is stored, the words are read."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """All that generated leads are put together from; `next_steps` is by the lead's state."""

    services: tuple[ServicePhrases, ...]
    next_steps: Mapping[str, tuple[str, ...]]
    sources: tuple[LeadSource, ...]
    lost_reasons: tuple[Reason, ...]
    disqualified_reasons: tuple[Reason, ...]
    dormant_reasons: tuple[Reason, ...]
    cancelled_reasons: tuple[Reason, ...]
    evidence: tuple[str, ...]

    def service(self, key: str) -> ServicePhrases:
        """The phrases of one service. Raises KeyError when the file has none for it."""
        by_key = {service.key: service for service in self.services}
        return by_key[key]
