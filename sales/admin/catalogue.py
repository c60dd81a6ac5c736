"""The catalogue: what may be sold, for whom, on what terms, and why not (R3, R5, R49).

Read-only: it mirrors the registry and the design store. Terms are said in sentences, now and next.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sales.admin import cells
from sales.admin.acting import now
from sales.admin.filters import ByStanding, ForSale
from sales.admin.freshness import freshness
from sales.admin.registry import MirrorAdmin
from sales.admin.sentences import NO_TERMS, now_and_next, says
from sales.money import format_minor
from sales.registry.models import Agent, Design, Service, Terms
from sales.registry.terms import versions_that_count


@dataclass(frozen=True, slots=True)
class Said:
    """What one design lets Sales say of a service; of one that isn't approved, nothing."""

    approved: bool
    facts: list[str]
    prices: list[str]
    ask_first: bool
    hand_off: str


def said(design: Design) -> Said:
    """A design as people read it: each price as an amount with its rhythm."""
    approved = design.status == "approved"
    hand_off = Agent.objects.filter(key=design.hand_off_to).values_list("name", flat=True).first()
    return Said(
        approved=approved,
        facts=list(design.facts) if approved else [],
        prices=[price_words(price) for price in design.prices] if approved else [],
        ask_first=design.check_subscription_first,
        hand_off=hand_off or design.hand_off_to,
    )


def price_words(price: dict[str, Any]) -> str:
    """A price of the design store in one line: what, how much, per what."""
    amount = format_minor(price["amount_minor"], price["currency"])
    rhythm = "once" if price["per"] == "once" else f"per {price['per']}"
    return f"{price['label'][:1].upper()}{price['label'][1:]}: {amount} {rhythm}"


def history(versions: Iterable[Terms]) -> list[Terms]:
    """Every version that counts, of each currency on its own, the newest first."""
    lines: dict[str, list[Terms]] = {}
    for version in versions:
        lines.setdefault(version.currency, []).append(version)
    counting = [version for line in lines.values() for version in versions_that_count(line)]
    return sorted(counting, key=lambda version: (-version.starts.toordinal(), version.currency))


@admin.register(Service)
class ServiceAdmin(MirrorAdmin):
    list_display = ["named", "owned_by", "terms_now", "for_sale"]
    list_filter = [ForSale, ByStanding]
    list_select_related = ["owner"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Service]:
        rows: QuerySet[Service] = super().get_queryset(request).prefetch_related("terms")
        return rows

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"title": "Catalogue"} | (extra_context or {})
        response: HttpResponse = super().changelist_view(request, context)
        return response

    @admin.display(description="Owner", ordering="owner__name")
    def owned_by(self, row: Service) -> str:
        return row.owner.name if row.owner else "No owner"

    @admin.display(description="Commission, now and next")
    def terms_now(self, row: Service) -> SafeString:
        sentences = now_and_next(row.terms.all(), on=now().date())
        missing = not any(sentence.version for sentence in sentences)
        if missing and row.can_be_sold:
            return cells.mark("Missing: a win would wait for terms", "money-question", "terms")
        said = ((s.currency, s.words, " Sample." if s.sample else "") for s in sentences)
        # One element around all: on a phone the theme sets what is in a cell side by side.
        return format_html("<div>{}</div>", format_html_join("", "<div>{}: {}{}</div>", said) or cells.NOTHING)

    @admin.display(description="For sale")
    def for_sale(self, row: Service) -> SafeString:
        if row.can_be_sold:
            return cells.mark("For sale", "done", "good")
        return cells.two_lines(cells.mark("Not for sale", "lead-slash", "neutral"), row.why_not_sold)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        service = self.get_object(request, object_id)
        if not isinstance(service, Service):
            missing: HttpResponse = self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
            return missing
        return TemplateResponse(
            request,
            "console/service.html",
            {**self.admin_site.each_context(request), "title": service.name, **page(service)},
        )


def page(service: Service) -> dict[str, Any]:
    """What the catalogue says about one service."""
    versions = list(service.terms.all())
    designs = Design.objects.filter(service=service, retired_at=None)
    return {
        **freshness(),
        "service": service,
        "sentences": now_and_next(versions, on=now().date()),
        "no_terms": NO_TERMS,
        "history": [(version, says(version)) for version in history(versions)],
        "owners": service.owners.order_by("-revision"),
        "designs": [said(design) for design in designs],
    }
