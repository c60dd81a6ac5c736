"""What a new lead says, and the named ways in which a lead's verbs refuse."""

from dataclasses import dataclass
from datetime import date, datetime

from sales.customers.models import Customer
from sales.leads.models import Cadence
from sales.refusal import Refusal
from sales.registry.models import Agent, Region, Service


class MoveRefused(Refusal):
    """The lifecycle's table, or what the lead lacks, forbids the move."""

    code = "move_refused"


class LeadMovedMeanwhile(Refusal):
    """Somebody else changed the lead since it was read."""

    code = "lead_moved_meanwhile"


class LeadRefused(Refusal):
    """The lead can't be made or changed like this."""

    code = "lead_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadForm:
    """What a new lead says. ``amount_minor`` is net of tax, per payment."""

    service: Service
    title: str = ""
    customer: Customer | None = None
    region: Region | None = None
    agent: Agent | None = None
    amount_minor: int | None = None
    currency: str = ""
    quantity: int = 1
    cadence: str = Cadence.ONCE
    term_months: int | None = None
    expected_close_date: date | None = None
    next_step: str = ""
    next_step_at: datetime | None = None
    source: str = ""
    campaign: str = ""
    first_touch: str = ""
    reference: str = ""
