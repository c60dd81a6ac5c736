"""The verbs of the leads room: each changes one lead, in one transaction, with its event (R50, DESIGN section 6).

None of them books a win: WON is reached by the closing block. Callers pass who and when.
"""

import secrets
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from sales.access.actor import Actor
from sales.customers.models import Person
from sales.leads.forms import LeadForm, LeadMovedMeanwhile, LeadRefused, MoveRefused
from sales.leads.lifecycle import TABLE_VERSION, step, why_not
from sales.leads.models import Cadence, Interaction, Lead, LeadEvent, Note, Offer, State
from sales.money import check_minor, unit_of
from sales.registry.models import Agent, Region, Service


def new_reference(source: str) -> str:
    """A reference for something made here: the source and ten unguessable characters."""
    alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
    return f"{source}:{''.join(secrets.choice(alphabet) for _ in range(10))}"


def create_lead(form: LeadForm, *, by: Actor, now: datetime) -> Lead:
    """Create a lead in NEW, or in ROUTED when agent and region are known.

    Raises:
        LeadRefused: the service is retired or not accepted, or the amount has no known currency.
    """
    if not form.service.is_live:
        raise LeadRefused(f"{form.service.name} can't get new leads. {form.service.why_not_sold}")
    return _created(form, detail={}, by=by, now=now)


def open_sister(lead: Lead, *, service: Service, by: Actor, now: datetime) -> Lead:
    """'Also interested in': another lead of the same customer, for another service (DESIGN section 6).

    It keeps region, agent, campaign and first touch; its first event names the lead that it comes from.

    Raises:
        LeadRefused: it is the same service, or one that can't be sold.
    """
    if service.pk == lead.service_id:
        raise LeadRefused(f"This lead is about {service.name} already. Choose another service.")
    if not service.can_be_sold:
        raise LeadRefused(f"{service.name} can't get new leads. {service.why_not_sold}")
    form = LeadForm(
        service=service,
        customer=lead.customer,
        region=lead.region,
        agent=lead.agent,
        source="also-interested",
        campaign=lead.campaign,
        first_touch=lead.first_touch,
    )
    return _created(form, detail={"sister_of": lead.reference}, by=by, now=now)


def _created(form: LeadForm, *, detail: dict[str, Any], by: Actor, now: datetime) -> Lead:
    state = State.ROUTED if form.agent and form.region else State.NEW
    return _insert(form, state=state, kind=LeadEvent.Kind.CREATED, detail=detail, by=by, now=now)


def enter_lead(form: LeadForm, *, state: str, detail: dict[str, Any], by: Actor, now: datetime) -> Lead:
    """Create a lead at a later state; only an import may, with one event that says so (DESIGN section 6)."""
    return _insert(form, state=state, kind=LeadEvent.Kind.ENTERED, detail=detail, by=by, now=now)


def built_lead(form: LeadForm, *, state: str, by: Actor, now: datetime) -> Lead:
    """The unsaved lead of a form, checked; for callers that insert many at once.

    Raises:
        LeadRefused: amount or currency can't be.
    """
    if form.amount_minor is not None:
        unit_of(form.currency)
        if check_minor(form.amount_minor) < 0:
            raise LeadRefused("An expected amount can't be negative. Leave it empty if it isn't known.")
    values = {name: getattr(form, name) for name in LeadForm.__slots__ if name != "reference"}
    return Lead(
        **values,
        reference=form.reference or new_reference(by.channel),
        state=state,
        state_since=now,
        created_at=now,
        **by.signature(),
    )


@transaction.atomic
def _insert(form: LeadForm, *, state: str, kind: str, detail: dict[str, Any], by: Actor, now: datetime) -> Lead:
    lead = built_lead(form, state=state, by=by, now=now)
    lead.save(force_insert=True)
    event_of(lead, number=1, kind=kind, to_state=state, detail=detail, by=by, now=now).save(force_insert=True)
    return lead


def event_of(
    lead: Lead,
    *,
    number: int,
    kind: str,
    by: Actor,
    now: datetime,
    from_state: str = "",
    to_state: str = "",
    reason_code: str = "",
    detail: dict[str, Any] | None = None,
    note: Note | None = None,
) -> LeadEvent:
    """An unsaved event of a lead, signed, with the version of the table that allowed it."""
    return LeadEvent(
        lead=lead,
        number=number,
        kind=kind,
        from_state=from_state,
        to_state=to_state,
        reason_code=reason_code,
        detail=detail or {},
        note=note,
        at=now,
        table_version=TABLE_VERSION,
        **by.signature(),
    )


def next_number(lead: Lead) -> int:
    """The number of the lead's next event. Read it inside the transaction that writes the event."""
    return (lead.events.aggregate(last=Max("number"))["last"] or 0) + 1


def _change(lead: Lead, *, by: Actor, now: datetime, event: dict[str, Any], **values: Any) -> Lead:
    """Compare-and-set the lead by its version and write the event; the caller is in a transaction."""
    changed = Lead.objects.filter(pk=lead.pk, version=lead.version).update(version=F("version") + 1, **values)
    if not changed:
        last = LeadEvent.objects.filter(lead=lead).order_by("-number").first()
        who = f" {last.signer.words} did that at {last.at:%H:%M} UTC." if last else ""
        raise LeadMovedMeanwhile(f"This lead changed while you looked at it.{who} Look again, then repeat your step.")
    event_of(lead, number=next_number(lead), by=by, now=now, **event).save(force_insert=True)
    lead.refresh_from_db()
    return lead


@transaction.atomic
def move(lead: Lead, *, to: str, by: Actor, now: datetime, reason_code: str = "", text: str = "") -> Lead:
    """Move a lead along the lifecycle's table.

    Raises:
        MoveRefused: the table has no such step, a reason is missing, or customer or agent is.
        LeadMovedMeanwhile: the lead changed since it was read.
    """
    refusal = why_not(
        from_state=lead.state,
        to_state=to,
        has_customer=lead.customer_id is not None,
        has_agent=lead.agent_id is not None,
        has_region=lead.region_id is not None,
    )
    entry = step(lead.state, to) if not refusal else None
    if entry is None:
        raise MoveRefused(refusal)
    if entry.by_booking:
        raise MoveRefused("A lead is won by booking its win, and un-won by cancelling it. Use those buttons.")
    if entry.needs_reason and not reason_code:
        raise MoveRefused("This step needs a reason. Choose one, then move it.")
    note = add_note(lead, text=text, by=by, now=now) if text else None
    event = {
        "kind": LeadEvent.Kind.MOVED,
        "from_state": lead.state,
        "to_state": to,
        "reason_code": reason_code,
        "note": note,
    }
    return _change(lead, by=by, now=now, event=event, state=to, state_since=now)


@transaction.atomic
def assign(lead: Lead, *, agent: Agent, region: Region, by: Actor, now: datetime, reason_code: str) -> Lead:
    """Give an open lead to an agent of a region; a NEW one becomes ROUTED (R7, R23).

    Raises:
        LeadRefused: the agent is retired or not an agent, or the lead is closed.
    """
    if not (agent.is_live and agent.is_agent):
        raise LeadRefused(f"{agent.name} can't take leads: not an active agent of the registry. Choose another.")
    if not lead.is_open:
        raise LeadRefused(f"This lead is '{lead.get_state_display()}'. Reopen it first.")
    state = State.ROUTED if lead.state == State.NEW else lead.state
    event = {
        "kind": LeadEvent.Kind.ASSIGNED,
        "from_state": lead.state,
        "to_state": state,
        "reason_code": reason_code,
        "detail": {"agent": agent.key, "before": lead.agent_id, "region": region.key},
    }
    since = {"state": state, "state_since": now} if state != lead.state else {}
    return _change(lead, by=by, now=now, event=event, agent=agent, region=region, **since)


CHANGEABLE = frozenset(
    {"title", "service", "customer", "amount_minor", "currency", "quantity", "cadence", "term_months"}
    | {"expected_close_date", "next_step", "next_step_at"}
)


@transaction.atomic
def change(lead: Lead, *, by: Actor, now: datetime, **values: Any) -> Lead:
    """Change what an open lead says; the event names the fields, and keys where a field is a key.

    Raises:
        LeadRefused: the lead is closed, or a field can't be changed here.
    """
    if unknown := set(values) - CHANGEABLE:
        raise LeadRefused(f"These can't be changed here: {', '.join(sorted(unknown))}.")
    if not lead.is_open:
        raise LeadRefused(f"This lead is '{lead.get_state_display()}'. Reopen it before changing it.")
    detail: dict[str, Any] = {"fields": sorted(values)}
    if "service" in values:
        detail |= {"service": values["service"].pk, "before": lead.service_id}
    return _change(lead, by=by, now=now, event={"kind": LeadEvent.Kind.CHANGED, "detail": detail}, **values)


def add_note(lead: Lead, *, text: str, by: Actor, now: datetime) -> Note:
    """Keep free text about a lead, where it can be erased."""
    return Note.objects.create(lead=lead, text=text, at=now, **by.signature())


def log_interaction(
    lead: Lead,
    *,
    agent: Agent,
    channel: str,
    direction: str,
    at: datetime,
    by: Actor,
    text: str = "",
    person: Person | None = None,
    reference: str = "",
) -> Interaction:
    """Log something said to or by the customer, tagged to the agent that drove it (R10)."""
    return Interaction.objects.create(
        lead=lead,
        agent=agent,
        droid=by.droid,
        person=person,
        reference=reference or new_reference("say"),
        channel=channel,
        direction=direction,
        at=at,
        text=text,
        **by.signature(),
    )


@transaction.atomic
def make_offer(
    lead: Lead,
    *,
    amount_minor: int,
    currency: str,
    by: Actor,
    now: datetime,
    quantity: int = 1,
    cadence: str = Cadence.ONCE,
    term_months: int | None = None,
    valid_until: date | None = None,
    subject: str = "",
) -> Offer:
    """Record what was proposed. Moving the lead to PROPOSED is a step of its own.

    Raises:
        LeadRefused: the lead is closed.
    """
    if not lead.is_open:
        raise LeadRefused(f"This lead is '{lead.get_state_display()}'. Reopen it before making an offer.")
    unit_of(currency)
    last = lead.offers.aggregate(last=Max("number"))["last"] or 0
    return Offer.objects.create(
        lead=lead,
        number=last + 1,
        amount_minor=check_minor(amount_minor),
        currency=currency,
        quantity=quantity,
        cadence=cadence,
        term_months=term_months,
        valid_until=valid_until,
        subject=subject,
        made_at=now,
        **by.signature(),
    )
