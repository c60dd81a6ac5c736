"""Booking requests: a booking that had to wait for a reason that passes (DESIGN section 7).

Not a win and not counted. Booked once, when it has become possible, on its own sale date; asked again if the
service's owner or terms changed since the person saw them.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from sales.access.actor import Actor
from sales.blocks.closing.forms import WinForm, WinRefused
from sales.blocks.closing.work import Outcome, book_win
from sales.leads.models import Lead
from sales.refusal import Refusal
from sales.registry.models import Terms
from sales.registry.terms import that_price
from sales.wins.models import BookingRequest, EvidenceKind

KEPT = [
    "lead",
    "amount_minor",
    "currency",
    "sold_date",
    "evidence_reference",
    "evidence_kind",
    "service",
    "agent",
    "shares",
    "quantity",
    "cadence",
    "term_months",
    "replaces",
]


class RequestRefused(Refusal):
    """The request can't be kept or taken up; nothing was written."""

    code = "request_refused"


def _kept(form: WinForm) -> dict[str, Any]:
    plain = {name: getattr(form, name) for name in KEPT}
    return plain | {"sold_date": form.sold_date.isoformat(), "shares": dict(form.shares)}


def _form(request: BookingRequest) -> WinForm:
    kept = dict(request.form)
    return WinForm(**kept | {"sold_date": date.fromisoformat(kept["sold_date"])})


@transaction.atomic
def keep_request(form: WinForm, refusal: WinRefused, *, by: Actor, now: datetime) -> BookingRequest:
    """Keep a booking that was refused for a reason that passes; the same lead waits once.

    Raises:
        RequestRefused: the reason doesn't pass by waiting, the evidence is a file, or there is no such lead.
    """
    if not refusal.passes:
        raise RequestRefused(f"Waiting won't help here. {refusal.sentence}")
    if form.evidence_kind == EvidenceKind.FILE:
        raise RequestRefused("A booking that waits keeps no file. Give a reference as evidence, or book it later.")
    # Locked, so that of two who ask for one lead at once the second sees that it waits already.
    asked = Lead.objects.select_for_update(of=("self",)).select_related("service")
    lead = asked.filter(reference=form.lead).first()
    if lead is None:
        raise RequestRefused(f"There is no lead '{form.lead}'. Check the reference.")
    terms = that_price(Terms.objects.filter(service=lead.service, currency=form.currency), form.sold_date)
    generation = lead.booking_requests.count() + 1
    waiting = lead.booking_requests.filter(state=BookingRequest.State.WAITING).first()
    if waiting:
        raise RequestRefused("This lead has a booking that waits already. Withdraw that one first.")
    return BookingRequest.objects.create(
        lead=lead,
        key=f"{lead.reference}#request-{generation}",
        form=_kept(form),
        owner_seen=lead.service.owner_id or "",
        terms_seen=terms.digest if terms else "none",
        reason_code=refusal.code,
        reason=refusal.sentence,
        asked_at=now,
        **by.signature(),
    )


@transaction.atomic
def book_request(request: BookingRequest, *, by: Actor, now: datetime) -> Outcome:
    """Book a waiting request, once, with the owner and terms that the person saw.

    Raises:
        RequestRefused: it doesn't wait any more.
        WinRefused: still refused, or owner or terms changed since.
    """
    waiting = BookingRequest.objects.filter(pk=request.pk, state=BookingRequest.State.WAITING)
    # The write takes the row's lock, so that of two who book the same request one sees that it waits no more.
    if not waiting.update(asked_at=F("asked_at")):
        raise RequestRefused("This booking doesn't wait any more. Look at the lead's wins.")
    form = replace(_form(request), owner_seen=request.owner_seen, terms_seen=request.terms_seen)
    outcome = book_win(form, by=by, now=now)
    BookingRequest.objects.filter(pk=request.pk).update(
        state=BookingRequest.State.BOOKED, win=outcome.win, decided_at=now, decided_by=by.label
    )
    return outcome


@transaction.atomic
def withdraw_request(request: BookingRequest, *, by: Actor, now: datetime) -> None:
    """Withdraw a waiting request.

    Raises:
        RequestRefused: it doesn't wait any more.
    """
    changed = BookingRequest.objects.filter(pk=request.pk, state=BookingRequest.State.WAITING).update(
        state=BookingRequest.State.WITHDRAWN, decided_at=now, decided_by=by.label
    )
    if not changed:
        raise RequestRefused("This booking doesn't wait any more. There is nothing to withdraw.")
