"""The verbs of intake: a batch of plans becomes leads and customers, in the caller's transaction (DESIGN section 6).

Won rows enter as offers made; what is to be booked is handed back, because booking is closing's. A row that was
imported before is compared by what it means: unchanged, it is counted and nothing is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sales.access.actor import Actor
from sales.blocks.intake.changes import change_lead
from sales.blocks.intake.plans import RowPlan
from sales.customers.models import Customer
from sales.customers.verbs import built_customer, folded
from sales.intake.models import Import, ImportRow
from sales.leads.forms import LeadForm
from sales.leads.models import Cadence, Lead, LeadEvent, State
from sales.leads.verbs import built_lead, event_of
from sales.refusal import Refusal

Outcome = ImportRow.Outcome


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a plan. ``to_book`` where its win is to be booked now; ``reason`` where it was rejected."""

    plan: RowPlan
    outcome: Outcome
    to_book: bool = False
    reason: str = ""


def enter_batch(plans: Sequence[RowPlan], *, run: Import, by: Actor, now: datetime) -> list[Entered]:
    """Write the leads of a batch, in the order given. The caller holds the write lock.

    Returns one outcome for each plan: created, updated, unchanged, or rejected with its reason.
    """
    references = [plan.reference for plan in plans]
    leads = {
        lead.reference: lead
        for lead in Lead.objects.filter(reference__in=references).select_related("service", "customer")
    }
    contents = _last_contents(references)
    same = {plan.reference for plan in plans if contents.get(plan.reference) == plan.content_sha256}
    wanted = [plan for plan in plans if plan.reference not in same]
    customers = _customers(wanted, by=by, now=now)
    entered, fresh = [], []
    for plan in plans:
        lead, customer = leads.get(plan.reference), customers.get(folded(plan.customer))
        if lead is None:
            fresh.append(_built(plan, customer, by=by, now=now))
            entered.append(Entered(plan, Outcome.CREATED, to_book=plan.is_won))
        elif plan.reference in same:
            entered.append(Entered(plan, Outcome.UNCHANGED))
        else:
            entered.append(_updated(lead, plan, customer, by=by, now=now))
    _insert(fresh, [plan for plan in plans if plan.reference not in leads], run=run, by=by, now=now)
    return entered


def _last_contents(references: Sequence[str]) -> dict[str, str]:
    """What each reference's row meant when it was last accepted, by an import that still stands."""
    rows = ImportRow.objects.filter(
        lead_reference__in=references,
        outcome__in=(Outcome.CREATED, Outcome.UPDATED),
        batch__undone_at=None,
    )
    return dict(rows.order_by("pk").values_list("lead_reference", "content_sha256"))


def _customers(plans: Sequence[RowPlan], *, by: Actor, now: datetime) -> dict[str, Customer]:
    """The batch's customers by folded name, the missing ones made; of doubles the oldest."""
    named = {folded(plan.customer): plan for plan in reversed(plans) if plan.customer}
    found = {
        customer.folded_name: customer for customer in Customer.objects.filter(folded_name__in=named).order_by("-pk")
    }
    missing = [
        built_customer(name=plan.customer, region=plan.region, by=by, now=now)
        for name, plan in sorted(named.items(), key=lambda item: item[1].line)
        if name not in found
    ]
    Customer.objects.bulk_create(missing)
    return found | {customer.folded_name: customer for customer in missing}


def _built(plan: RowPlan, customer: Customer | None, *, by: Actor, now: datetime) -> Lead:
    form = LeadForm(
        reference=plan.reference,
        service=plan.service,
        title=plan.title,
        customer=customer,
        region=plan.region,
        agent=plan.agent,
        amount_minor=plan.amount_minor,
        currency=plan.currency,
        quantity=plan.quantity,
        cadence=Cadence.MONTHLY if plan.months else Cadence.ONCE,
        term_months=plan.months,
        expected_close_date=plan.expected_close,
        source=plan.lead_source,
        campaign=plan.campaign,
    )
    lead = built_lead(form, state=State.PROPOSED if plan.is_won else plan.state, by=by, now=now)
    if plan.created_date:
        lead.created_at = min(now, _midnight(plan.created_date))
    return lead


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _insert(leads: list[Lead], plans: list[RowPlan], *, run: Import, by: Actor, now: datetime) -> None:
    """Write new leads, each with the one event that says that an import entered it there."""
    Lead.objects.bulk_create(leads)
    LeadEvent.objects.bulk_create(
        event_of(
            lead,
            number=1,
            kind=LeadEvent.Kind.ENTERED,
            to_state=lead.state,
            reason_code="" if lead.is_open else plan.lost_reason,
            detail={"import": run.pk, "line": plan.line},
            by=by,
            now=now,
        )
        for lead, plan in zip(leads, plans, strict=True)
    )


def _updated(lead: Lead, plan: RowPlan, customer: Customer | None, *, by: Actor, now: datetime) -> Entered:
    try:
        change_lead(lead, plan, customer=customer, by=by, now=now)
    except Refusal as refusal:
        return Entered(plan, Outcome.REJECTED, reason=refusal.sentence)
    return Entered(plan, Outcome.UPDATED, to_book=plan.is_won)
