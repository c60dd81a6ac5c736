"""The steps of a lead as pages: each shows a form and calls one verb of the leads room.

Booking has a file of its own. ``STEPS`` is the table from which the addresses are made.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from sales.admin import booking
from sales.admin.acting import actor_of, now
from sales.admin.base import ConsoleAdmin
from sales.admin.fields import AMOUNTS, amounts_of, in_utc, typed_amount
from sales.admin.lead_forms import (
    AssignForm,
    LeadFacts,
    LogForm,
    MoveForm,
    NewLeadForm,
    NoteForm,
    OfferForm,
    SisterForm,
)
from sales.admin.lead_page import context_of
from sales.admin.steps import Sent, step_page
from sales.leads import verbs
from sales.leads.forms import LeadForm
from sales.leads.models import Lead, State

View = Callable[[ConsoleAdmin, HttpRequest, str], HttpResponse]


def lead_of(admin: ConsoleAdmin, request: HttpRequest, object_id: str) -> Lead:
    """The lead of an address; a missing one is not found."""
    lead = admin.get_object(request, object_id)
    if not isinstance(lead, Lead):
        raise Http404
    return lead


def _done(lead: Lead, words: str) -> Sent:
    return reverse("admin:sales_lead_change", args=[lead.pk]), words


def create(admin: ConsoleAdmin, request: HttpRequest) -> HttpResponse:
    """A new lead."""

    def send(data: dict[str, Any]) -> Sent:
        plain = {name: data[name] for name in LeadForm.__slots__ if name in data}
        lead = verbs.create_lead(LeadForm(**plain), by=actor_of(request), now=now())
        return _done(lead, "The lead is open. Say what is to be done next.")

    return step_page(
        admin,
        request,
        form=NewLeadForm(request.POST or None, initial=request.GET.dict()),
        send=send,
        title="New lead",
        button="Open the lead",
        back=reverse("admin:sales_lead_changelist"),
        lede="One chance to sell one service to one customer.",
    )


def move(admin: ConsoleAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Along the lifecycle's table."""
    lead = lead_of(admin, request, object_id)

    def send(data: dict[str, Any]) -> Sent:
        moved = verbs.move(lead, by=actor_of(request), now=now(), **data)
        return _done(lead, f"The lead is '{State(moved.state).label}' now.")

    form = MoveForm(request.POST or None, initial=request.GET.dict(), lead=lead)
    return step_page(admin, request, form=form, send=send, title="Move the lead", button="Move it", **context_of(lead))


def assign(admin: ConsoleAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """To an agent of a region."""
    lead = lead_of(admin, request, object_id)

    def send(data: dict[str, Any]) -> Sent:
        verbs.assign(lead, by=actor_of(request), now=now(), **data)
        return _done(lead, f"{data['agent'].name} has the lead now.")

    form = AssignForm(request.POST or None, initial={"agent": lead.agent_id, "region": lead.region_id})
    return step_page(
        admin, request, form=form, send=send, title="Assign the lead", button="Assign it", **context_of(lead)
    )


def edit(admin: ConsoleAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """What the lead says: only what differs is written."""
    lead = lead_of(admin, request, object_id)
    names = ("title", "service", "customer", "expected_close_date", "next_step", "next_step_at", *AMOUNTS)

    def send(data: dict[str, Any]) -> Sent:
        values = {name: data[name] for name in names if data[name] != getattr(lead, name)}
        if values:
            verbs.change(lead, by=actor_of(request), now=now(), **values)
        return _done(lead, "The lead is changed." if values else "Nothing was different.")

    initial = {name: getattr(lead, name) for name in names} | {
        "amount": typed_amount(lead.amount_minor, lead.currency),
        "currency": lead.currency or (lead.region.currency if lead.region else "EUR"),
    }
    form = LeadFacts(request.POST or None, initial=initial)
    return step_page(
        admin, request, form=form, send=send, title="Change the lead", button="Save it", **context_of(lead)
    )


def offer(admin: ConsoleAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Record what was proposed, and move the lead with it where that is wanted."""
    lead = lead_of(admin, request, object_id)

    def send(data: dict[str, Any]) -> Sent:
        by, at = actor_of(request), now()
        with transaction.atomic():
            values = amounts_of(data) | {name: data[name] for name in ("subject", "valid_until")}
            verbs.make_offer(lead, by=by, now=at, **values)
            if data["moves"] and lead.state != State.PROPOSED:
                verbs.move(lead, to=State.PROPOSED, by=by, now=at)
        return _done(lead, "The offer is recorded.")

    initial = {name: getattr(lead, name) for name in AMOUNTS} | {
        "amount": typed_amount(lead.amount_minor, lead.currency)
    }
    form = OfferForm(request.POST or None, initial={name: value for name, value in initial.items() if value})
    return step_page(
        admin, request, form=form, send=send, title="Make an offer", button="Record the offer", **context_of(lead)
    )


def log(admin: ConsoleAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Something said to or by the customer."""
    lead = lead_of(admin, request, object_id)

    def send(data: dict[str, Any]) -> Sent:
        verbs.log_interaction(lead, by=actor_of(request), **data | {"at": in_utc(data["at"])})
        return _done(lead, "It is logged.")

    initial = {"agent": lead.agent_id, "at": now()}
    form = LogForm(request.POST or None, initial=initial, lead=lead)
    return step_page(
        admin, request, form=form, send=send, title="Log what was said", button="Log it", **context_of(lead)
    )


def note(admin: ConsoleAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Free text."""
    lead = lead_of(admin, request, object_id)

    def send(data: dict[str, Any]) -> Sent:
        verbs.add_note(lead, text=data["text"], by=actor_of(request), now=now())
        return _done(lead, "The note is kept.")

    form = NoteForm(request.POST or None)
    return step_page(
        admin, request, form=form, send=send, title="Add a note", button="Keep the note", **context_of(lead)
    )


def sister(admin: ConsoleAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Another lead of the same customer."""
    lead = lead_of(admin, request, object_id)

    def send(data: dict[str, Any]) -> Sent:
        opened = verbs.open_sister(lead, service=data["service"], by=actor_of(request), now=now())
        return _done(opened, f"A lead for {opened.service.name} is open, for the same customer.")

    form = SisterForm(request.POST or None)
    return step_page(
        admin, request, form=form, send=send, title="Also interested in", button="Open the lead", **context_of(lead)
    )


def book(admin: ConsoleAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The booking."""
    return booking.show(admin, request, lead_of(admin, request, object_id))


STEPS: dict[str, View] = {
    "move": move,
    "assign": assign,
    "edit": edit,
    "offer": offer,
    "log": log,
    "note": note,
    "sister": sister,
    "book": book,
}
