"""A win's page: what it earned and why, in a sentence; its proof, its rows, its timeline; what may be done with it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from sales.admin import cells, reasons
from sales.admin.acting import now
from sales.admin.base import ConsoleAdmin
from sales.admin.lead_page import Button
from sales.admin.ledger import KIND_WORDS
from sales.admin.timeline import timeline
from sales.ledger.models import CommissionEntry
from sales.ledger.trace import trace
from sales.money import currency_of, format_figure, format_minor
from sales.monitor.badges import badge_html
from sales.monitor.placing import PlacedWin, placed_wins
from sales.monitor.states import State
from sales.monitor.words import win_state
from sales.registry.models import Agent, Terms
from sales.registry.terms import that_price
from sales.wins.models import HandOff, Refund, Win


@dataclass(frozen=True, slots=True)
class Row:
    """One ledger row as the page shows it; figures without the currency, which heads the table."""

    seq: int
    day: str
    what: str
    accounts: str
    figure: str
    book: str


def rows_of(win: Win) -> list[Row]:
    """The win's rows in the ledger's order."""
    rows: Any = CommissionEntry.objects.filter(win_id=win.key).order_by("seq")
    return [
        Row(
            seq=row.seq,
            day=cells.day(row.effective_on),
            what=KIND_WORDS[row.kind],
            accounts=f"{row.debit} → {row.credit}",
            figure=format_figure(row.amount, currency_of(row.unit)),
            book=row.get_book_display(),
        )
        for row in rows
    ]


def sentence(win: Win, placed: PlacedWin, chain: dict[str, Any]) -> str:
    """The win in one sentence: what was sold, what Sales earned by which terms, and what is open."""
    sold = f"{win.owner_name}'s {win.service.name} was sold for {format_minor(win.amount_minor, win.currency)}."
    if placed.state == State.REVERSED:
        return f"{sold} It is cancelled: the commission was taken back in full."
    if not chain["terms"]:
        return f"{sold} No commission terms cover that day, so it waits for terms and is not in totals."
    earned = f"{format_minor(placed.commission_minor, win.currency)} ({chain['rule']['sentence']})"
    held, due = format_minor(placed.held_minor, win.currency), format_minor(placed.due_minor, win.currency)
    if placed.held_minor:
        return f"{sold} Sales earns {earned}; {held} is in hold until {cells.day(placed.hold_end)}."
    return f"{sold} Sales earned {earned}; {due} is due from {win.owner_name}."


def buttons(win: Win, placed: PlacedWin) -> list[Button]:
    """What may be done: cancel while it stands, price while it waits."""
    cancelled = win.refunds.filter(kind=Refund.Kind.VOID).exists()
    found = []
    if placed.state == State.UNPRICED:
        found.append(
            Button("Price it", reverse("admin:sales_win_price", args=[win.pk]), "commission", why_not_priced(win))
        )
    reason = "it is cancelled already." if cancelled else ""
    return [*found, Button("Cancel the win", reverse("admin:sales_win_cancel", args=[win.pk]), "back", reason)]


def why_not_priced(win: Win) -> str:
    """Why pricing would be refused; empty when terms cover the sale date by now."""
    versions = Terms.objects.filter(service=win.service_id, currency=win.currency)
    if that_price(versions, win.sold_date):
        return ""
    day = cells.day(win.sold_date)
    return f"no terms of {win.service.name} in {win.currency} cover {day}. Ask {win.owner_name} for terms, then sync."


def show(admin: ConsoleAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The page."""
    win = admin.get_object(request, object_id)
    if not isinstance(win, Win):
        missing: HttpResponse = admin._get_obj_does_not_exist_redirect(request, admin.opts, object_id)
        return missing
    at = now()
    placed = next(one for one in placed_wins(now=at, lead_ids=[win.lead_id]) if one.key == win.key)
    chain = trace(win.key)
    state = win_state(placed.state, held_until=placed.hold_end, service_name=win.service.name, today=at.date())
    context = {
        **admin.admin_site.each_context(request),
        "title": f"{win.service.name} for {win.customer.name}",
        "win": win,
        "placed": placed,
        "badge": badge_html(state, money=True),
        "sentence": sentence(win, placed, chain),
        "chain": chain,
        "buttons": buttons(win, placed) if request.user.is_superuser else [],
        "rows": rows_of(win),
        "shares": shares(chain, placed),
        "hand_off": HandOff.objects.filter(win=win).select_related("to_agent").first(),
        "refunds": [(refund, reasons.words(refund.reason_code)) for refund in win.refunds.order_by("id")],
        "timeline": timeline(win.lead),
    }
    return TemplateResponse(request, "console/win.html", context)


def shares(chain: dict[str, Any], placed: PlacedWin) -> list[tuple[str, str, int]]:
    """Each agent's name, share and credit."""
    weights = {share["agent"]: share["weight"] for share in chain["shares"]}
    keys = [*weights, *(key for key in placed.credit if key not in weights)]
    names = dict(Agent.objects.filter(key__in=keys).values_list("key", "name"))
    return [(names.get(key, key), f"{weights.get(key, 0) / 100:g} %", placed.credit.get(key, 0)) for key in keys]
