"""One timeline of a lead and its wins: what happened, what was said, offered and noted, newest first.

It reads the rows of one lead in a constant number of statements and writes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sales.admin import reasons
from sales.leads.models import Interaction, Lead, LeadEvent, Note, Offer
from sales.ledger.models import CommissionEntry
from sales.money import format_in_unit, format_minor
from sales.monitor.words import LEAD_STATES, day_words
from sales.registry.models import Agent
from sales.wins.models import HandOff, Refund, Win

DID = {
    "book": "booked the commission",
    "release": "ended the hold",
    "void": "took the commission back in hold",
    "clawback": "took the commission back after the hold",
}
"""What an actor did with a row of money."""
ICONS = {"email": "talk", "call": "call", "whatsapp": "talk", "meeting": "people", "web": "inbox"}
Names = dict[str, str]
"""Agents' names by their keys."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line: who did what, and what was said. ``ours`` tells our words from the customer's."""

    at: datetime
    who: str
    what: str
    icon: str
    tone: str = "neutral"
    said: str = ""
    ours: bool = False
    detail: str = ""


def timeline(lead: Lead) -> list[Happening]:
    """Everything that happened to a lead, newest first."""
    names: Names = dict(Agent.objects.values_list("key", "name"))
    found = [*_events(lead, names), *_said(lead), *_offers(lead), *_notes(lead), *_money(lead, names)]
    return sorted(found, key=lambda line: line.at)[::-1]


def _state(code: str) -> str:
    return LEAD_STATES[code].word if code in LEAD_STATES else code


def event_words(event: LeadEvent, names: Names) -> str:
    """What a lead's event says, with agents by their names."""
    if event.kind == LeadEvent.Kind.CREATED:
        sister = event.detail.get("sister_of")
        return f"opened the lead: also interested, beside {sister}" if sister else "opened the lead"
    if event.kind == LeadEvent.Kind.ENTERED:
        return f"brought it in by import as '{_state(event.to_state)}'"
    if event.kind == LeadEvent.Kind.ASSIGNED:
        agent = event.detail.get("agent", "")
        return f"assigned it to {names.get(agent, agent)}"
    if event.kind == LeadEvent.Kind.CHANGED:
        fields = ", ".join(name.removesuffix("_minor").replace("_", " ") for name in event.detail.get("fields", []))
        return f"changed {fields}"
    if event.to_state == "WON":
        return f"booked the win {event.detail.get('win', '')}"
    return f"moved it from '{_state(event.from_state)}' to '{_state(event.to_state)}'"


def _events(lead: Lead, names: Names) -> Iterator[Happening]:
    for event in lead.events.all():
        won = event.to_state == "WON"
        reason = f"Because: {reasons.words(event.reason_code)}." if event.reason_code else ""
        yield Happening(
            event.at,
            event.signer.words,
            event_words(event, names),
            icon="wins" if won else "arrow",
            tone="good" if won else "neutral",
            detail=reason,
        )


def _said(lead: Lead) -> Iterator[Happening]:
    for row in lead.interactions.select_related("person", "agent"):
        person = row.person.name if row.person else "the customer"
        ours = row.direction == Interaction.Direction.OUT
        channel = row.get_channel_display().lower()
        yield Happening(
            row.at,
            row.signer.words if ours else person[0].upper() + person[1:],
            f"to {person}, {channel}" if ours else f"to {row.agent.name}, {channel}",
            icon=ICONS[row.channel],
            tone="lead",
            said=row.text,
            ours=ours,
        )


def offer_words(offer: Offer) -> str:
    """What was offered: "EUR 24,000.00 once, valid until 30 Nov 2026"."""
    words = f"{format_minor(offer.amount_minor, offer.currency)} {offer.get_cadence_display().lower()}"
    if offer.term_months:
        words += f" for {offer.term_months} months"
    if offer.quantity > 1:
        words += f", {offer.quantity} pieces"
    return f"{words}, valid until {day_words(offer.valid_until)}" if offer.valid_until else words


def _offers(lead: Lead) -> Iterator[Happening]:
    for offer in lead.offers.all():
        yield Happening(
            offer.made_at,
            offer.signer.words,
            f"made an offer: {offer_words(offer)}",
            "file",
            "lead",
            detail=offer.subject,
        )


def _notes(lead: Lead) -> Iterator[Happening]:
    for note in Note.objects.filter(lead=lead):
        yield Happening(note.at, note.signer.words, "noted", "edit", detail=note.text)


def named(label: str, names: Names) -> str:
    """An actor's label for people: "Aurora · by ida", "Arwen"."""
    agent, _, operator = label.partition("/")
    who = names.get(agent, agent)
    return f"{who} · by {operator}" if operator else who


def _money(lead: Lead, names: Names) -> Iterator[Happening]:
    """Ledger events, one line each, then cancellations and hand-offs."""
    rows = CommissionEntry.objects.filter(lead=lead, book="money").order_by("seq")
    for row in rows:
        words = f"{DID[row.kind]}, {format_in_unit(row.amount, row.unit)}"
        detail = f"Ledger row {row.seq:,}, effective {day_words(row.effective_on)}."
        yield Happening(row.recorded_at, named(row.actor, names), words, "commission", "due", detail=detail)
    wins = Win.objects.filter(lead=lead)
    for refund in Refund.objects.filter(win__in=wins.values("key")).select_related("win"):
        amount = format_minor(refund.amount_minor, refund.win.currency)
        detail = f"Because: {reasons.words(refund.reason_code)}."
        yield Happening(
            refund.recorded_at, refund.signer.words, f"cancelled the win, {amount}", "back", "bad", detail=detail
        )
    for hand_off in HandOff.objects.filter(win__in=wins).select_related("to_agent"):
        yield Happening(
            hand_off.opened_at, hand_off.signer.words, f"handed over to {hand_off.to_agent.name}", "hand-off"
        )
        if hand_off.acknowledged_at:
            who = named(hand_off.acknowledged_by, names)
            yield Happening(hand_off.acknowledged_at, who, "acknowledged the hand-off", "check", "good")
