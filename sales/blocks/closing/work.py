"""The booking verb: from forms to wins, priced where terms are in force, in one transaction (R4, R5, R29).

One booking takes at most 16 SQL statements, and on PostgreSQL one more that locks the lead
(tests/sales/blocks/closing/test_statements.py). A repeated booking with the same content returns the first win; with
other content it is refused by the name of the field.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F

from sales.access.actor import Actor
from sales.blocks.closing import forms, rules
from sales.blocks.closing.desk import Desk, DeskLead, lay_out
from sales.blocks.closing.forms import WinForm, WinRefused
from sales.customers.models import Customer
from sales.leads.models import Lead, LeadEvent, State
from sales.leads.verbs import event_of
from sales.ledger.drafts import Draft
from sales.ledger.posting import Book, open_book, store
from sales.ledger.pricing import CommissionUnknown, Volumes, price
from sales.registry.freshness import age_words, is_stale
from sales.registry.terms import that_price
from sales.wins.models import CreditShare, HandOff, Win, WinPricing
from sales.wins.shares import shares_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one form: a win, new or from before, or a refusal."""

    win: Win | None = None
    is_new: bool = False
    refusal: WinRefused | None = None


@dataclass(slots=True)
class Batch:
    """What a batch will write, in the order of its keys."""

    wins: list[Win] = field(default_factory=list)
    shares: list[CreditShare] = field(default_factory=list)
    pricings: list[WinPricing] = field(default_factory=list)
    events: list[LeadEvent] = field(default_factory=list)
    hand_offs: list[HandOff] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)


def book_win(form: WinForm, *, by: Actor, now: datetime) -> Outcome:
    """Book one win.

    Raises:
        WinRefused: a named one, with a sentence that helps; nothing was written.
    """
    outcome = book_wins([form], by=by, now=now)[0]
    if outcome.refusal:
        raise outcome.refusal
    return outcome


@transaction.atomic
def book_wins(forms_: Sequence[WinForm], *, by: Actor, now: datetime) -> list[Outcome]:
    """Book a batch: what is refused is refused row by row, the rest is written together or not at all.

    Raises:
        RegistryStale: the mirror is too old; then nothing of the batch is booked.
    """
    book = open_book(now=now)
    if is_stale(read_at=book.registry_read_at, now=now):
        raise forms.RegistryStale(
            f"The registry was {age_words(read_at=book.registry_read_at, now=now)}: too long ago to book wins on it."
            " Sync the registry, then book again."
        )
    desk, batch, volumes = lay_out(forms_), Batch(), Volumes()
    outcomes = []
    for form in forms_:
        try:
            outcomes.append(_prepare(form, desk, batch, volumes, book, by=by, now=now))
        except WinRefused as refusal:
            outcomes.append(Outcome(refusal=refusal))
    _write(batch, book, now=now)
    return outcomes


def _prepare(
    form: WinForm, desk: Desk, batch: Batch, volumes: Volumes, book: Book, *, by: Actor, now: datetime
) -> Outcome:
    lead = desk.leads.get(form.lead)
    if lead is None:
        raise forms.UnknownLead(f"There is no lead '{form.lead}'. Check the reference.")
    if (live := desk.live_wins.get(lead.pk)) is not None:
        return _again(form, live, lead, desk)
    terms = that_price(desk.terms.get((lead.service_id, form.currency), []), form.sold_date)
    rules.check_service(form, lead, terms)
    customer = rules.buyer_of(lead)
    whose = rules.attribution(form, lead, desk.agents)
    rules.check_content(form, region=whose.region, now=now, terms=terms)
    win = _win(form, lead, desk, customer=customer, whose=whose, book=book, by=by, now=now)
    after = book.seq + len(batch.drafts)
    if terms:
        try:
            priced = price(
                win,
                terms=terms,
                shares=whose.shares,
                volumes=volumes,
                cost_center=book.cost_center,
                by=by,
                now=now,
                customer_reference=customer.reference,
                lead_reference=lead.reference,
            )
        except CommissionUnknown as unknown:
            raise forms.BadAmount(str(unknown)) from unknown
        batch.pricings.append(priced.pricing)
        after += priced.booking_rows
        priced.pricing.after_seq = after
        batch.drafts += priced.drafts
    win.after_seq = after
    batch.wins.append(win)
    signature = by.signature()
    batch.shares += [
        CreditShare(
            win=win,
            agent_id=key,
            agent_name=desk.agents[key].name,
            weight=weight,
            after_seq=after,
            **signature,
        )
        for key, weight in sorted(whose.shares.items())
    ]
    batch.hand_offs.append(HandOff(win=win, to_agent_id=win.owner_id, opened_at=now, **signature))
    batch.events.append(
        event_of(
            lead,
            number=lead.last_event + 1,
            kind=LeadEvent.Kind.MOVED,
            from_state=lead.state,
            to_state=State.WON,
            detail={"win": win.key},
            by=by,
            now=now,
        )
    )
    desk.live_wins[lead.pk] = win
    desk.shares[lead.pk] = whose.shares
    desk.customers_won.add(customer.pk)
    return Outcome(win=win, is_new=True)


def _again(form: WinForm, live: Win, lead: Lead, desk: Desk) -> Outcome:
    """The lead has a live win: the same booking again returns it, another one is refused."""
    shares = desk.shares.get(lead.pk) or shares_of(live)
    different = rules.differences(form, live, lead=lead, shares=shares)
    if different:
        raise forms.AnotherWinHere(
            f"The win {live.key} is booked with another {', '.join(different)}. Cancel it before booking it anew."
        )
    return Outcome(win=live)


def _win(
    form: WinForm,
    lead: DeskLead,
    desk: Desk,
    *,
    customer: Customer,
    whose: rules.Attribution,
    book: Book,
    by: Actor,
    now: datetime,
) -> Win:
    service = lead.service
    replaces = Win.objects.filter(key=form.replaces).first() if form.replaces else None
    if form.replaces and replaces is None:
        raise forms.UnknownWin(f"There is no win '{form.replaces}' to replace. Check its key.")
    return Win(
        key=f"{lead.reference}#{lead.wins_count + 1}",
        lead=lead,
        service=service,
        owner=whose.owner,
        owner_revision=service.owner_revision or 0,
        owner_name=whose.owner.name,
        customer=customer,
        region=whose.region,
        agent=whose.agent,
        agent_name=whose.agent.name,
        amount_minor=form.amount_minor,
        currency=form.currency,
        quantity=form.quantity,
        cadence=form.cadence,
        term_months=form.term_months,
        sold_date=form.sold_date,
        booked_at=now,
        evidence_kind=form.evidence_kind,
        evidence_reference=form.evidence_reference.strip(),
        evidence_file=form.evidence_file,
        is_new_customer=not (lead.customer_won_before or customer.pk in desk.customers_won),
        source=lead.source,
        campaign=lead.campaign,
        first_touch=lead.first_touch,
        interactions_count=lead.interactions_count,
        replaces=replaces,
        batch=form.batch,
        registry_digest=book.registry_digest,
        **by.signature(),
    )


def _write(batch: Batch, book: Book, *, now: datetime) -> None:
    """Write the batch. Shares come before pricing, because pricing is refused until they make a whole."""
    if not batch.wins:
        return
    Win.objects.bulk_create(batch.wins)
    CreditShare.objects.bulk_create(batch.shares)
    WinPricing.objects.bulk_create(batch.pricings)
    Lead.objects.filter(pk__in=[win.lead_id for win in batch.wins]).update(
        state=State.WON, state_since=now, version=F("version") + 1
    )
    for win in batch.wins:
        win.lead.state, win.lead.state_since, win.lead.version = State.WON, now, win.lead.version + 1
    LeadEvent.objects.bulk_create(batch.events)
    HandOff.objects.bulk_create(batch.hand_offs)
    if batch.drafts:
        store(book.sealed(batch.drafts))
