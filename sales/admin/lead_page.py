"""A lead's page: what to do next, what happened in one timeline, and the facts beside it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from sales.admin.base import ConsoleAdmin
from sales.admin.timeline import offer_words, timeline
from sales.leads.lifecycle import steps_from, why_not
from sales.leads.models import Lead, State
from sales.monitor.badges import badge_html
from sales.monitor.words import lead_state


@dataclass(frozen=True, slots=True)
class Button:
    """Something that may be done next; ``why_not`` says why it can't be pressed."""

    text: str
    url: str
    icon: str = "arrow"
    why_not: str = ""


def step_url(lead: Lead, name: str) -> str:
    """The address of one of a lead's steps."""
    return reverse(f"admin:sales_lead_{name}", args=[lead.pk])


def refusal_of(lead: Lead, to_state: str) -> str:
    """Why the lifecycle refuses a move; the verb asks the same function."""
    return why_not(
        from_state=lead.state,
        to_state=to_state,
        has_customer=lead.customer_id is not None,
        has_agent=lead.agent_id is not None,
        has_region=lead.region_id is not None,
    )


def booking_button(lead: Lead) -> Button | None:
    """The booking, the loudest thing on an open lead; what the form can mend doesn't disable it."""
    if not lead.is_open:
        return None
    reason = refusal_of(lead, State.WON)
    if not reason and not lead.service.can_be_sold:
        reason = f"{lead.service.name} can't be sold. {lead.service.why_not_sold}"
    return Button("Book the win", step_url(lead, "book"), "wins", reason)


def moves(lead: Lead) -> list[Button]:
    """One button per step that the table allows from here."""
    return [
        Button(
            f"Move to '{State(step.to).label}'",
            f"{step_url(lead, 'move')}?to={step.to}",
            why_not=refusal_of(lead, step.to),
        )
        for step in steps_from(lead.state)
    ]


def other_steps(lead: Lead) -> list[Button]:
    """What else may be done: talk, note, another service, offer, assign, change."""
    always = [
        Button("Log what was said", step_url(lead, "log"), "talk"),
        Button("Add a note", step_url(lead, "note"), "edit"),
        Button("Also interested in", step_url(lead, "sister"), "plus"),
    ]
    if not lead.is_open:
        return always
    return [
        *always,
        Button("Make an offer", step_url(lead, "offer"), "file"),
        Button("Assign", step_url(lead, "assign"), "people"),
        Button("Change", step_url(lead, "edit"), "edit"),
    ]


def show(admin: ConsoleAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The page."""
    lead = admin.get_object(request, object_id)
    if not isinstance(lead, Lead):
        missing: HttpResponse = admin._get_obj_does_not_exist_redirect(request, admin.opts, object_id)
        return missing
    offer = lead.offers.order_by("-number").first()
    works = request.user.is_superuser
    context = {
        **admin.admin_site.each_context(request),
        "title": lead.customer.name if lead.customer else "Customer not known",
        "lead": lead,
        "badge": badge_html(lead_state(lead.state), money=False),
        "booking": booking_button(lead) if works else None,
        "moves": moves(lead) if works else [],
        "steps": other_steps(lead) if works else [],
        "timeline": timeline(lead),
        "offer_words": offer_words(offer) if offer else "",
        "wins": list(lead.wins.order_by("-id")),
        "requests": list(lead.booking_requests.order_by("-asked_at")),
        "people": list(lead.customer.people.prefetch_related("contact_points")) if lead.customer else [],
    }
    return TemplateResponse(request, "console/lead.html", context)


def context_of(lead: Lead) -> dict[str, Any]:
    """What the pages of a lead's steps share."""
    return {"lead": lead, "back": reverse("admin:sales_lead_change", args=[lead.pk])}
