"""Booking a win: the form prefilled from the latest offer, what it will mean, then one verb.

What is shown before is worked out by the same rules as the booking itself; owner and terms that were seen travel
with the form, so that a booking on other terms than those on the page is refused. Refused for a reason that passes,
it may be kept as a booking request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from sales.admin import cells
from sales.admin.acting import actor_of, now
from sales.admin.base import ConsoleAdmin
from sales.admin.fields import AMOUNTS, AmountForm, amounts_of, day_field, typed_amount
from sales.admin.lead_forms import live_agents
from sales.admin.lead_page import context_of
from sales.admin.sentences import says
from sales.admin.steps import Sent, step_page
from sales.blocks.closing.forms import WinForm, WinRefused
from sales.blocks.closing.requests import keep_request
from sales.blocks.closing.rules import today_in
from sales.blocks.closing.work import book_win
from sales.leads.models import Lead
from sales.ledger.pricing import Volumes, rule_of
from sales.ledger.rules import explain_commission, hold_end, instalment_commission
from sales.money import allocate
from sales.refusal import Refusal
from sales.registry.models import Agent, Terms
from sales.registry.terms import that_price
from sales.wins.facts import bases_of
from sales.wins.models import EvidenceKind, Win

WHOLE = 10_000
EVIDENCE = [(EvidenceKind.REFERENCE, "A reference, such as the order's number"), (EvidenceKind.MESSAGE, "A message")]


class BookingForm(AmountForm):
    """What a booking says. Credit is the lead's agent's, less what is typed for others."""

    sold_date = day_field("Sold on", help_text="A day in the region's time zone.")
    evidence_kind = forms.ChoiceField(label="Evidence", choices=EVIDENCE)
    evidence_reference = forms.CharField(
        label="Where it is found", max_length=200, help_text="Such as order 4711, or the message's id."
    )
    also = forms.ModelChoiceField(
        Agent.objects.none(), label="Credit is shared with", required=False, empty_label="Nobody"
    )
    percent = forms.DecimalField(label="Their share in %", min_value=0, max_value=100, decimal_places=2, required=False)
    field_order = [
        *("amount", "currency", "quantity", "cadence", "term_months", "sold_date"),
        *("evidence_kind", "evidence_reference", "also", "percent"),
    ]

    def __init__(self, *args: Any, lead: Lead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lead = lead
        also = self.fields["also"]
        assert isinstance(also, forms.ModelChoiceField)
        also.queryset = live_agents().exclude(key=lead.agent_id or "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("also")) != bool(data.get("percent")):
            self.add_error("percent", "Name the agent and the share, or neither.")
        return data

    def shares(self) -> dict[str, int]:
        """The credit of 10,000, by agent; empty where all of it is the lead's agent's."""
        other, percent = self.cleaned_data.get("also"), self.cleaned_data.get("percent")
        if not other or not percent or not self.lead.agent_id:
            return {}
        weight = int(percent * 100)
        shares = {str(self.lead.agent_id): WHOLE - weight, str(other.key): weight}
        return {key: part for key, part in shares.items() if part}


def first_values(lead: Lead) -> dict[str, Any]:
    """What the form says at first: the latest offer, else the lead; sold today in the lead's region."""
    source: Any = lead.offers.order_by("-number").first() or lead
    values = {name: getattr(source, name) for name in AMOUNTS}
    values["amount"] = typed_amount(values["amount_minor"], values["currency"])
    values["sold_date"] = today_in(lead.region, now()) if lead.region else now().date()
    return {name: value for name, value in values.items() if value not in (None, "")}


@dataclass(frozen=True, slots=True)
class Preview:
    """What the booking will mean: terms in force, commission, credit, and until when it is held."""

    owner: str
    terms: Terms | None
    sentence: str
    commission_minor: int = 0
    currency: str = ""
    how: str = ""
    held_until: str = ""
    credit: tuple[tuple[str, int], ...] = ()

    @property
    def digest(self) -> str:
        """What the booking checks: the terms that were on the page."""
        return self.terms.digest if self.terms else "none"


def preview(lead: Lead, *, values: Mapping[str, Any], shares: dict[str, int]) -> Preview:
    """Worked out by the ledger's rules from what is typed so far; nothing is written."""
    owner = lead.service.owner.name if lead.service.owner else "nobody"
    currency, sold, gross = values.get("currency") or "", values.get("sold_date"), values.get("amount_minor")
    versions = Terms.objects.filter(service=lead.service_id, currency=currency)
    terms = that_price(versions, sold) if isinstance(sold, date) else None
    if terms is None or gross is None or sold is None:
        return Preview(owner, terms, says(terms) if terms else "", currency=currency)
    months = values.get("term_months")
    win = Win(
        service=lead.service,
        currency=currency,
        sold_date=sold,
        amount_minor=gross,
        cadence=values.get("cadence", "once"),
        term_months=months,
    )
    rule, volume = rule_of(terms), Volumes().of(win, terms)
    before, used = volume.before_minor, volume.used_minor
    bases = bases_of(win, instalments=terms.instalments)
    commission = instalment_commission(instalment=1, bases=bases, terms=rule, before_minor=before, used_minor=used)
    effective = min(win.sold_date, now().astimezone(UTC).date())
    return Preview(
        owner,
        terms,
        says(terms),
        commission_minor=commission,
        currency=currency,
        how=explain_commission(rule, gross, currency, before_minor=before, used_minor=used),
        held_until=cells.day(hold_end(effective, terms.hold_days)),
        credit=_credit(lead, commission, shares),
    )


def _credit(lead: Lead, commission: int, shares: dict[str, int]) -> tuple[tuple[str, int], ...]:
    whole = shares or ({str(lead.agent_id): WHOLE} if lead.agent_id else {})
    names = dict(Agent.objects.filter(key__in=whole).values_list("key", "name"))
    order = sorted(whole)
    parts = allocate(commission, [whole[key] for key in order])
    return tuple((names.get(key, key), part) for key, part in zip(order, parts, strict=True))


def win_form(lead: Lead, form: BookingForm, *, seen: dict[str, Any]) -> WinForm:
    """The booking as it is asked for, with the owner and the terms that were on the page."""
    data = form.cleaned_data
    of_page = {name: data[name] for name in ("sold_date", "evidence_kind", "evidence_reference")}
    return WinForm(
        lead=lead.reference, service=lead.service_id, shares=form.shares(), **amounts_of(data), **of_page, **seen
    )


def show(admin: ConsoleAdmin, request: HttpRequest, lead: Lead) -> HttpResponse:
    """The page: look, book, or keep as a request."""
    form = BookingForm(request.POST or None, lead=lead, initial=first_values(lead))
    valid = request.method == "POST" and form.is_valid()
    values = form.cleaned_data if form.is_bound and valid else form.initial
    shown = preview(lead, values=values, shares=form.shares() if valid else {})
    seen = {name: request.POST.get(name, "") for name in ("owner_seen", "terms_seen")}

    def send(data: dict[str, Any]) -> Sent:
        asked = win_form(lead, form, seen=seen)
        win = book_win(asked, by=actor_of(request), now=now()).win
        assert win is not None
        return reverse("admin:sales_win_change", args=[win.pk]), "The win is booked. Its owner has the hand-off."

    context = context_of(lead) | {
        "preview": shown,
        "owner_seen": lead.service.owner_id or "",
        "terms_seen": shown.digest,
    }
    if valid and "look" in request.POST:
        request.method = "GET"
    if valid and "keep" in request.POST:
        return _keep(admin, request, lead, form, context)
    return _page(admin, request, form, send, context)


def _page(
    admin: ConsoleAdmin, request: HttpRequest, form: BookingForm, send: Any, context: dict[str, Any]
) -> HttpResponse:
    return step_page(
        admin,
        request,
        form=form,
        send=send,
        title="Book the win",
        button="Book the win",
        template="console/book.html",
        **context,
    )


def _keep(
    admin: ConsoleAdmin, request: HttpRequest, lead: Lead, form: BookingForm, context: dict[str, Any]
) -> HttpResponse:
    """Book it after all if that is possible by now; else keep it until its reason has passed."""

    def send(data: dict[str, Any]) -> Sent:
        by, at = actor_of(request), now()
        asked = win_form(lead, form, seen={})
        try:
            win = book_win(asked, by=by, now=at).win
        except WinRefused as refusal:
            keep_request(asked, refusal, by=by, now=at)
            return context["back"], "The booking waits. It isn't a win and isn't counted until it is booked."
        assert win is not None
        return reverse("admin:sales_win_change", args=[win.pk]), "The reason has passed meanwhile: the win is booked."

    return _page(admin, request, form, send, context)


def decide(request: HttpRequest, decision: Any, done: str) -> HttpResponse:
    """Run a decision on a booking request, and say what came of it."""
    try:
        decision()
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return HttpResponseRedirect(reverse("admin:sales_bookingrequest_changelist"))
