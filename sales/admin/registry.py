"""The registry's mirror: people, places and versions as they were last read. Read-only everywhere (DESIGN section 5).

The catalogue of services and the syncs have files of their own.
"""

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from sales.admin import cells
from sales.admin.base import KeptAdmin
from sales.admin.filters import ByCurrency, ByRegion, ByService, ByStanding
from sales.admin.freshness import freshness
from sales.admin.sentences import says
from sales.registry.models import Agent, Block, Design, Droid, Mirrored, Region, ServiceOwner, Terms

SYNC_FIRST = "The registry was not read yet. Open Syncs and press 'Sync now'."


class FromRegistry(KeptAdmin):
    """Rows that a sync wrote: above each list, where they come from and how old they are."""

    list_before_template = "console/freshness.html"
    empty_says = SYNC_FIRST
    empty_url = "admin:sales_registrysync_changelist"
    empty_action = "Open Syncs"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response: HttpResponse = super().changelist_view(request, freshness() | (extra_context or {}))
        return response


class MirrorAdmin(FromRegistry):
    """A mirrored table: name, key, standing."""

    search_fields = ["name", "key"]

    @admin.display(description="Name", ordering="name")
    def named(self, row: Mirrored) -> SafeString:
        return cells.two_lines(row.name, row.key)

    @admin.display(description="Standing")
    def stands(self, row: Mirrored) -> SafeString:
        return cells.standing(retired=row.retired_at is not None, refused=bool(row.quarantine))


@admin.register(Region)
class RegionAdmin(MirrorAdmin):
    list_display = ["named", "covers", "currency", "timezone", "stands"]
    list_filter = [ByStanding]

    @admin.display(description="Countries")
    def covers(self, row: Region) -> str:
        return ", ".join(row.countries) or cells.NOTHING


@admin.register(Agent)
class AgentAdmin(MirrorAdmin):
    list_display = ["named", "title", "region", "head", "kind", "stands"]
    list_filter = [ByRegion, "is_agent", ByStanding]
    list_select_related = ["region"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agent]:
        head = Agent.objects.filter(key=OuterRef("reports_to")).values("name")
        rows: QuerySet[Agent] = super().get_queryset(request).annotate(head_name=Subquery(head))
        return rows

    @admin.display(description="Reports to")
    def head(self, row: Any) -> str:
        return row.head_name or row.reports_to or cells.NOTHING

    @admin.display(description="Kind", ordering="is_agent")
    def kind(self, row: Agent) -> str:
        return "Agent" if row.is_agent else "Human or tool: may own no service"


@admin.register(Terms)
class TermsAdmin(FromRegistry):
    list_display = ["of_service", "currency", "from_day", "says", "revision", "recorded"]
    list_filter = [ByService, ByCurrency, "kind", "sample"]
    list_select_related = ["service"]
    search_fields = ["service__name", "service__key", "digest"]

    @admin.display(description="Service", ordering="service__name")
    def of_service(self, row: Terms) -> str:
        return row.service.name

    @admin.display(description="In force from", ordering="starts")
    def from_day(self, row: Terms) -> str:
        return cells.day(row.starts)

    @admin.display(description="Commission")
    def says(self, row: Terms) -> SafeString:
        return cells.two_lines(says(row), "sample" if row.sample else "")

    @admin.display(description="Recorded", ordering="recorded_at")
    def recorded(self, row: Terms) -> str:
        return cells.moment(row.recorded_at)


@admin.register(ServiceOwner)
class ServiceOwnerAdmin(FromRegistry):
    list_display = ["of_service", "agent_name", "since_day", "revision"]
    list_filter = [ByService]
    list_select_related = ["service"]
    search_fields = ["service__name", "agent_name"]

    @admin.display(description="Service", ordering="service__name")
    def of_service(self, row: ServiceOwner) -> str:
        return row.service.name

    @admin.display(description="Owner since", ordering="since")
    def since_day(self, row: ServiceOwner) -> str:
        return cells.day(row.since)


@admin.register(Design)
class DesignAdmin(FromRegistry):
    list_display = ["of_service", "design_type", "usable", "hand_off_to"]
    list_filter = [ByService, "status"]
    list_select_related = ["service"]
    search_fields = ["service__name", "design_type"]
    empty_says = (
        "No design was read yet. Set DESIGNS_URL, then sync: without an approved design nothing may be promised."
    )

    @admin.display(description="Service", ordering="service__name")
    def of_service(self, row: Design) -> str:
        return row.service.name

    @admin.display(description="May be said", ordering="status")
    def usable(self, row: Design) -> SafeString:
        if row.retired_at:
            return cells.mark("Retired", "lead-dash", "neutral")
        approved = row.status == "approved"
        return cells.mark(
            "Approved" if approved else "Not approved", "done" if approved else "wait", "good" if approved else "hold"
        )


@admin.register(Block)
class BlockAdmin(MirrorAdmin):
    list_display = ["named", "position", "owner", "stands"]
    list_filter = [ByStanding]


@admin.register(Droid)
class DroidAdmin(MirrorAdmin):
    list_display = ["named", "owner", "block", "process_type", "schedule", "stands"]
    list_filter = [ByStanding, "process_type"]
