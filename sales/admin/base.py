"""What every list and page of the console has in common. The console writes by verbs, so nothing is saved here."""

from collections.abc import Callable
from typing import Any

from django.db.models import BinaryField, DateField, DateTimeField, Model
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.views import ChangeList

from sales.access.models import Signed
from sales.admin import cells

SIGNATURE = frozenset(field.name for field in Signed._meta.get_fields())


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

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Who may enter the console may see its rows; the site decides who may enter."""
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted in the console: rows are retired, cancelled or deactivated."""
        return False


class KeptAdmin(ConsoleAdmin):
    """Rows that the console only shows: mirrored, append-only, or written by verbs alone."""

    list_display_links: Any = None
    more_fields: tuple[str, ...] = ()
    hidden_fields: tuple[str, ...] = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        """The first column opens the row."""
        return self.list_display_links or list(list_display)[:1]

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """All columns of a row: amounts as amounts, and the seven columns of its signature as one line."""
        hidden = {*SIGNATURE, *self.hidden_fields}
        columns = [column for column in self.opts.concrete_fields if column.name not in hidden]
        shown = [_shown(column) for column in columns if not isinstance(column, BinaryField)]
        return [*shown, *self.more_fields, *([_signed_by] if issubclass(self.model, Signed) else [])]


def _shown(column: Any) -> Any:
    """A column as it is; an amount in its row's currency, a day and a moment as everywhere else."""
    if column.name.endswith("_minor"):
        return _named(column, lambda row: cells.amount(getattr(row, column.name), _currency(row)))
    if isinstance(column, DateTimeField):
        return _named(column, lambda row: cells.moment(getattr(row, column.name)))
    if isinstance(column, DateField):
        return _named(column, lambda row: cells.day(getattr(row, column.name)))
    return column.name


def _currency(row: Any) -> str:
    """The row's own currency, or that of its win."""
    return str(row.currency if hasattr(row, "currency") else row.win.currency)


def _named(column: Any, shows: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A cell that stands for a column, under the column's words."""
    words = str(column.verbose_name).removesuffix(" minor")
    shows.short_description = words[0].upper() + words[1:]  # type: ignore[attr-defined]
    return shows


def _signed_by(row: Any) -> str:
    return cells.who(row)


_signed_by.short_description = "By"  # type: ignore[attr-defined]
