"""What every list and page of the console has in common. The console writes by verbs, so nothing is saved here."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.views import ChangeList


class ConsoleChangeList(ChangeList):
    """A list that knows its full number without asking twice, where nothing narrows it."""

    def get_results(self, request: HttpRequest) -> None:
        self.full_result_count: int | None
        super().get_results(request)
        if not self.query and not self.has_active_filters:
            self.full_result_count = self.result_count


class ConsoleAdmin(ModelAdmin):
    """A list and its pages; ``empty_says`` tells what to do first where there is nothing yet."""

    list_per_page = 50
    show_full_result_count = False
    list_filter_sheet = True
    actions: Any = None
    empty_says = "Nothing is here yet."
    empty_url = ""
    empty_action = ""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return ConsoleChangeList

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted in the console: rows are retired, cancelled or deactivated."""
        return False


class KeptAdmin(ConsoleAdmin):
    """Rows that the console only shows: mirrored, append-only, or written by verbs alone."""

    list_display_links: Any = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        """The first column opens the row."""
        return self.list_display_links or list(list_display)[:1]
