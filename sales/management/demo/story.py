"""A lead's story: what it is about, and what was done about it, act by act. Frozen values, no database.

Each act is one call of a verb at a time. Stories are cut off at the demo's day, so what is open then is open because
its next act lies ahead. Amounts are in minor units, without tax, per payment.
"""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a lead is about. Without an agent it arrives unassigned; without a customer it isn't known who asks."""

    reference: str
    service: str
    title: str
    region: str
    amount_minor: int
    currency: str
    cadence: str
    term_months: int | None
    source: str
    campaign: str
    first_touch: str
    customer: str = ""
    person: str = ""
    agent: str = ""
    days_to_close: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrive:
    """The lead is created."""

    at: datetime
    assigned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """The lead is given to its agent by the region's head."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Something is said; generated stories say it without a text, or with the offer's subject."""

    at: datetime
    channel: str
    direction: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The lead moves along the lifecycle; an end has a reason, with its words."""

    at: datetime
    to: str
    reason_code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose:
    """An offer is made."""

    at: datetime
    amount_minor: int
    subject: str
    valid_days: int = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Intend:
    """What the agent means to do next, and when; nothing clears it."""

    at: datetime
    next_step: str
    next_step_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sell:
    """The customer has ordered; it is booked at the next hour for bookings."""

    at: datetime
    amount_minor: int
    evidence: str
    shares: tuple[tuple[str, int], ...] = ()


Act = Arrive | Assign | Say | Move | Propose | Intend | Sell


@dataclass(frozen=True, slots=True)
class Story:
    """A subject and its acts, in order."""

    subject: Subject
    acts: tuple[Act, ...]

    def until(self, now: datetime, *, last_sale: datetime) -> "Story":
        """The story as far as it has got: a sale later than the last hour for bookings hasn't happened yet."""
        acts = [act for act in self.acts if act.at <= (last_sale if isinstance(act, Sell) else now)]
        return replace(self, acts=tuple(acts))

    @property
    def state(self) -> str:
        """Where the acts leave the lead."""
        state = "NEW"
        for act in self.acts:
            match act:
                case Arrive(assigned=True) | Assign():
                    state = "ROUTED"
                case Move(to=to):
                    state = to
                case Sell():
                    state = "WON"
        return state
