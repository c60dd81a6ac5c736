"""Leads and offers as lists. A lead's own page, with its buttons, is put together in ``lead_page``."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.safestring import SafeString

from sales.admin import cells, lead_page, lead_steps
from sales.admin.base import KeptAdmin
from sales.admin.filters import ByAgent, ByCurrency, ByRegion, ByService
from sales.admin.lead_filters import ByLeadState, CreatedFrom, CreatedTo, IsOpen, LeadFinding, Reached
from sales.leads.models import Lead, Offer
from sales.monitor.badges import badge_html
from sales.monitor.words import lead_state


@admin.register(Lead)
class LeadAdmin(KeptAdmin):
    list_display = ["named", "service", "sum", "agent_and_region", "next", "state_badge", "created"]
    list_filter = [
        *(ByLeadState, IsOpen, LeadFinding, ByService, ByRegion, ByAgent, ByCurrency),
        *(Reached, CreatedFrom, CreatedTo),
    ]
    list_select_related = ["service", "customer", "agent", "region"]
    search_fields = ["reference", "title", "customer__name"]
    empty_says = "Add the first lead, or import a pipeline."
    add_words = "New lead"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    @admin.display(description="Lead", ordering="customer__name")
    def named(self, row: Lead) -> SafeString:
        customer = row.customer.name if row.customer else "Customer not known"
        return cells.two_lines(customer, row.title or row.reference)

    @admin.display(description="Expected", ordering="amount_minor")
    def sum(self, row: Lead) -> str:
        return cells.amount(row.amount_minor, row.currency)

    @admin.display(description="Agent", ordering="agent__name")
    def agent_and_region(self, row: Lead) -> SafeString:
        return cells.two_lines(row.agent.name if row.agent else "Not assigned", row.region.name if row.region else "")

    @admin.display(description="Next step", ordering="next_step_at")
    def next(self, row: Lead) -> SafeString:
        if not row.next_step:
            return cells.two_lines("None" if row.is_open else cells.NOTHING, "")
        return cells.two_lines(row.next_step, cells.moment(row.next_step_at))

    @admin.display(description="State", ordering="state")
    def state_badge(self, row: Lead) -> SafeString:
        return badge_html(lead_state(row.state), money=False)

    @admin.display(description="Since", ordering="created_at")
    def created(self, row: Lead) -> str:
        return cells.day(row.created_at)

    def get_urls(self) -> list[Any]:
        def wrap(view: Any) -> Any:
            return self.admin_site.admin_view(lambda request, object_id: view(self, request, object_id))

        steps = [
            path(f"<path:object_id>/{name}/", wrap(view), name=f"sales_lead_{name}")
            for name, view in lead_steps.STEPS.items()
        ]
        return [*steps, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return lead_steps.create(self, request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return lead_page.show(self, request, object_id)


@admin.register(Offer)
class OfferAdmin(KeptAdmin):
    list_display = ["named", "of_lead", "sum", "cadence", "valid", "made"]
    list_filter = ["currency", "cadence"]
    list_select_related = ["lead__customer", "lead__service"]
    search_fields = ["subject", "lead__reference", "lead__customer__name"]
    ordering = ["-made_at"]
    empty_says = "No offer was made yet. Make one on a lead's page."
    empty_url = "admin:sales_lead_changelist"
    empty_action = "Open leads"

    @admin.display(description="Offer", ordering="subject")
    def named(self, row: Offer) -> SafeString:
        return cells.two_lines(row.subject or f"Offer {row.number}", cells.who(row))

    @admin.display(description="Lead")
    def of_lead(self, row: Offer) -> SafeString:
        customer = row.lead.customer.name if row.lead.customer else row.lead.reference
        return cells.link("lead", row.lead_id, f"{row.lead.service.name} for {customer}")

    @admin.display(description="Amount", ordering="amount_minor")
    def sum(self, row: Offer) -> str:
        return cells.amount(row.amount_minor, row.currency)

    @admin.display(description="Valid until", ordering="valid_until")
    def valid(self, row: Offer) -> str:
        return cells.day(row.valid_until)

    @admin.display(description="Made", ordering="made_at")
    def made(self, row: Offer) -> str:
        return cells.moment(row.made_at)
