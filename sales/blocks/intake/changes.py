"""What an import does to a lead that is there already: it changes and moves it by the leads' own verbs.

Not for new leads. A lead that has ended is left alone, unless it was this tool that withdrew it: then its row brings
it back.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from sales.access.actor import Actor
from sales.blocks.intake.plans import RowPlan
from sales.customers.models import Customer
from sales.leads.lifecycle import ENDS
from sales.leads.models import Cadence, Lead, State
from sales.leads.verbs import assign, change, move
from sales.refusal import Refusal

BY_IMPORT = "import"
UNDONE = "import_undone"


class LeadHasEnded(Refusal):
    """The row of a lead that was won or has ended says something else now."""

    code = "lead_has_ended"


@transaction.atomic
def change_lead(lead: Lead, plan: RowPlan, *, customer: Customer | None, by: Actor, now: datetime) -> None:
    """Make a lead say what its row says now. A won row is left open, for its win to be booked.

    Raises:
        LeadHasEnded: the lead isn't open.
        Refusal: what the leads' verbs refuse, such as a move that the lifecycle hasn't got.
    """
    if lead.state in ENDS and is_withdrawn(lead):
        lead = move(lead, to=State.ROUTED, reason_code=BY_IMPORT, by=by, now=now)
    if not lead.is_open:
        raise LeadHasEnded(
            f"The row has changed, and its lead is '{lead.get_state_display()}'. Cancel its win, or reopen the"
            " lead, then import again."
        )
    values = {name: value for name, value in _said(plan, customer).items() if getattr(lead, name) != value}
    if values:
        lead = change(lead, by=by, now=now, **values)
    if plan.agent and plan.region and (lead.agent_id, lead.region_id) != (plan.agent.key, plan.region.key):
        lead = assign(lead, agent=plan.agent, region=plan.region, reason_code=BY_IMPORT, by=by, now=now)
    if not plan.is_won and lead.state != plan.state:
        reason = BY_IMPORT if plan.state not in ENDS else plan.lost_reason
        move(lead, to=plan.state, reason_code=reason, by=by, now=now)


def is_withdrawn(lead: Lead) -> bool:
    """Whether the last thing that happened to the lead is that its import was undone."""
    return lead.events.order_by("-number").values_list("reason_code", flat=True).first() == UNDONE


def _said(plan: RowPlan, customer: Customer | None) -> dict[str, Any]:
    """What the row says about the lead; what it leaves empty stays as it is."""
    said: dict[str, Any] = {"service": plan.service, "quantity": plan.quantity}
    said |= {"customer": customer} if customer else {}
    said |= {"title": plan.title} if plan.title else {}
    said |= {"expected_close_date": plan.expected_close} if plan.expected_close else {}
    if plan.amount_minor is not None:
        said |= {"amount_minor": plan.amount_minor, "currency": plan.currency}
    if plan.months:
        said |= {"cadence": Cadence.MONTHLY, "term_months": plan.months}
    return said
