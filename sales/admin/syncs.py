"""What each sync did, and "Sync now", which does the same as the command (DESIGN section 5)."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from sales.admin import cells
from sales.admin.acting import actor_of, now
from sales.admin.base import KeptAdmin
from sales.admin.freshness import diff_words, freshness
from sales.refusal import Refusal
from sales.registry.models import RegistrySync
from sales.registry.result import SyncResult
from sales.registry.sync import addresses, sync_registry

LOOKS = {"applied": ("done", "good"), "unchanged": ("done", "neutral"), "refused": ("fault", "bad")}


def _keys(row: RegistrySync, name: str) -> str:
    return ", ".join(row.diff.get(name, [])) or cells.NOTHING


def outcome_words(result: SyncResult) -> str:
    """What came of a sync, for the person who pressed."""
    if result.outcome == "refused":
        return f"The registry was not accepted and nothing was changed. {result.reason}"
    said = diff_words(result.as_dict())
    faults = " ".join(f"{row['key']}: {row['reason']}" for row in result.quarantined[:5])
    return f"The registry was read: {said}. {faults}".strip()


@admin.register(RegistrySync)
class RegistrySyncAdmin(KeptAdmin):
    list_display = ["at_moment", "result", "what", "source", "short_digest", "by"]
    list_filter = ["outcome"]
    search_fields = ["source", "digest", "reason"]
    list_before_template = "console/sync_now.html"
    hidden_fields = ("diff",)
    more_fields = ("came", "altered", "went", "not_accepted", "notes")
    empty_says = "The registry was never read. Press 'Sync now' above."

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response: HttpResponse = super().changelist_view(request, freshness() | (extra_context or {}))
        return response

    def get_urls(self) -> list[Any]:
        return [
            path("now/", self.admin_site.admin_view(self.sync_now), name="sales_registrysync_now"),
            *super().get_urls(),
        ]

    def sync_now(self, request: HttpRequest) -> HttpResponse:
        """Read the registry and the design store; the outcome is shown in words."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            registry_url, designs_url = addresses()
            result = sync_registry(
                registry_url=registry_url, designs_url=designs_url, by=actor_of(request, vacant=True), now=now()
            )
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            level = {"refused": messages.ERROR}.get(
                result.outcome, messages.WARNING if result.quarantined else messages.SUCCESS
            )
            messages.add_message(request, level, outcome_words(result))
        return HttpResponseRedirect(reverse("admin:sales_registrysync_changelist"))

    @admin.display(description="Added")
    def came(self, row: RegistrySync) -> str:
        return _keys(row, "added")

    @admin.display(description="Changed")
    def altered(self, row: RegistrySync) -> str:
        return _keys(row, "changed")

    @admin.display(description="Retired")
    def went(self, row: RegistrySync) -> str:
        return _keys(row, "retired")

    @admin.display(description="Not accepted")
    def not_accepted(self, row: RegistrySync) -> SafeString | str:
        faults = ((fault["key"], fault["reason"]) for fault in row.diff.get("quarantined", []))
        return format_html_join("", "<div>{}: {}</div>", faults) or cells.NOTHING

    @admin.display(description="Notes")
    def notes(self, row: RegistrySync) -> str:
        return " ".join(row.diff.get("notes", [])) or cells.NOTHING

    @admin.display(description="Read", ordering="at")
    def at_moment(self, row: RegistrySync) -> str:
        return cells.moment(row.at)

    @admin.display(description="Outcome", ordering="outcome")
    def result(self, row: RegistrySync) -> SafeString:
        return cells.mark(row.get_outcome_display(), *LOOKS[row.outcome])

    @admin.display(description="What changed")
    def what(self, row: RegistrySync) -> str:
        return row.reason or diff_words(row.diff)

    @admin.display(description="Digest")
    def short_digest(self, row: RegistrySync) -> str:
        return row.digest[:12] or cells.NOTHING

    @admin.display(description="By")
    def by(self, row: RegistrySync) -> str:
        return cells.who(row)
