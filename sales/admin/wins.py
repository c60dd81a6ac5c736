"""Wins, hand-offs and booking requests as lists. A win's own page is put together in ``win_page``."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sales.admin import cells, win_page, win_steps
from sales.admin.acting import actor_of, now
from sales.admin.base import ConsoleChangeList, KeptAdmin
from sales.admin.booking import decide
from sales.admin.filters import ByAgent, ByCurrency, ByRegion, ByService, SoldFrom, SoldTo
from sales.admin.lead_filters import HandOffFinding
from sales.admin.win_filters import ByWinState, InTotals, WinFinding, placed_of
from sales.blocks.closing.requests import book_request, withdraw_request
from sales.monitor.badges import badge_html
from sales.monitor.words import win_state
from sales.wins.models import BookingRequest, HandOff, Win


class StatedChangeList(ConsoleChangeList):
    """A page of wins with their states and commissions, read once for the page."""

    def get_results(self, request: HttpRequest) -> None:
        self.result_list: Any
        super().get_results(request)
        self.result_list = list(self.result_list)
        placed = placed_of(request, self.result_list)
        for win in self.result_list:
            win.placed = placed[win.key]


@admin.register(Win)
class WinAdmin(KeptAdmin):
    list_display = ["named", "sold", "sum", "commission", "agent_and_region", "state_badge"]
    list_filter = [
        *(ByWinState, InTotals, WinFinding, ByService, ByRegion, ByAgent, ByCurrency),
        *(SoldFrom, SoldTo),
    ]
    list_select_related = ["service", "customer", "region"]
    search_fields = ["key", "customer__name", "evidence_reference"]
    empty_says = "Nothing is won yet. Book a win on a lead's page, or import a pipeline."
    empty_url = "admin:sales_lead_changelist"
    empty_action = "Open leads"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return StatedChangeList

    @admin.display(description="Win", ordering="customer__name")
    def named(self, row: Win) -> SafeString:
        return cells.two_lines(f"{row.service.name} for {row.customer.name}", row.key)

    @admin.display(description="Sold", ordering="sold_date")
    def sold(self, row: Win) -> str:
        return cells.day(row.sold_date)

    @admin.display(description="Amount", ordering="amount_minor")
    def sum(self, row: Win) -> str:
        return cells.amount(row.amount_minor, row.currency)

    @admin.display(description="Commission")
    def commission(self, row: Any) -> str:
        return cells.amount(row.placed.commission_minor, row.currency)

    @admin.display(description="Agent", ordering="agent_name")
    def agent_and_region(self, row: Win) -> SafeString:
        return cells.two_lines(row.agent_name, row.region.name)

    @admin.display(description="State")
    def state_badge(self, row: Any) -> SafeString:
        state = win_state(row.placed.state, held_until=row.placed.hold_end, today=now().date())
        return badge_html(state, money=True)

    def get_urls(self) -> list[Any]:
        def wrap(view: Any) -> Any:
            return self.admin_site.admin_view(lambda request, object_id: view(self, request, object_id))

        steps = [
            path(f"<path:object_id>/{name}/", wrap(view), name=f"sales_win_{name}")
            for name, view in win_steps.STEPS.items()
        ]
        return [*steps, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return win_page.show(self, request, object_id)


@admin.register(HandOff)
class HandOffAdmin(KeptAdmin):
    list_display = ["of_win", "to", "opened", "stands"]
    list_filter = [HandOffFinding]
    list_select_related = ["win__service", "win__customer", "to_agent"]
    search_fields = ["win__key", "win__customer__name", "to_agent__name"]
    empty_says = "No hand-off yet: each win opens one for the service's owner."
    empty_url = "admin:sales_lead_changelist"
    empty_action = "Open leads"

    @admin.display(description="Win")
    def of_win(self, row: HandOff) -> SafeString:
        return cells.link("win", row.win_id, f"{row.win.service.name} for {row.win.customer.name}")

    @admin.display(description="To", ordering="to_agent__name")
    def to(self, row: HandOff) -> str:
        return row.to_agent.name

    @admin.display(description="Opened", ordering="opened_at")
    def opened(self, row: HandOff) -> str:
        return cells.moment(row.opened_at)

    @admin.display(description="State", ordering="acknowledged_at")
    def stands(self, row: HandOff) -> SafeString:
        if row.acknowledged_at:
            return cells.mark(f"Acknowledged {cells.day(row.acknowledged_at)}", "done", "good")
        return cells.mark("Waits for the owner", "wait", "hold")

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        return ["opened"]


@admin.register(BookingRequest)
class BookingRequestAdmin(KeptAdmin):
    list_display = ["of_lead", "stands", "reason", "asked", "steps"]
    list_filter = ["state", "reason_code"]
    list_select_related = ["lead__service", "lead__customer", "win"]
    search_fields = ["key", "lead__reference", "lead__customer__name"]
    empty_says = "No booking waits. A booking that is refused for a reason that passes can be kept here."
    empty_url = "admin:sales_lead_changelist"
    empty_action = "Open leads"
    list_before_template = "console/requests_form.html"

    @admin.display(description="Lead")
    def of_lead(self, row: BookingRequest) -> SafeString:
        customer = row.lead.customer.name if row.lead.customer else row.lead.reference
        return cells.link("lead", row.lead_id, f"{row.lead.service.name} for {customer}")

    @admin.display(description="State", ordering="state")
    def stands(self, row: BookingRequest) -> SafeString:
        shape, tone = {"waiting": ("wait", "hold"), "booked": ("done", "good")}.get(row.state, ("lead-dash", "neutral"))
        return cells.mark(row.get_state_display(), shape, tone)

    @admin.display(description="Asked", ordering="asked_at")
    def asked(self, row: BookingRequest) -> SafeString:
        return cells.two_lines(cells.moment(row.asked_at), cells.who(row))

    @admin.display(description="What may be done")
    def steps(self, row: BookingRequest) -> SafeString | str:
        if row.state != BookingRequest.State.WAITING:
            return cells.link("win", row.win_id, "The win") if row.win_id else cells.NOTHING
        button = '<button class="btn" form="decide" formaction="{}">{}</button> '
        return format_html(button + button, *self._steps_of(row))

    def _steps_of(self, row: BookingRequest) -> tuple[str, str, str, str]:
        book, withdraw = (reverse(f"admin:sales_bookingrequest_{name}", args=[row.pk]) for name in ("book", "withdraw"))
        return book, "Book it", withdraw, "Withdraw it"

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        return ["asked"]

    def get_urls(self) -> list[Any]:
        def wrap(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        return [
            path("<int:pk>/book/", wrap(self.book_view), name="sales_bookingrequest_book"),
            path("<int:pk>/withdraw/", wrap(self.withdraw_view), name="sales_bookingrequest_withdraw"),
            *super().get_urls(),
        ]

    def book_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Book a waiting request."""
        return self._decide(request, pk, book_request, "The win is booked.")

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Withdraw a waiting request."""
        return self._decide(request, pk, withdraw_request, "The booking doesn't wait any more.")

    def _decide(self, request: HttpRequest, pk: int, verb: Any, done: str) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        row = BookingRequest.objects.filter(pk=pk).first()
        if row is None:
            raise Http404
        return decide(request, lambda: verb(row, by=actor_of(request), now=now()), done)
