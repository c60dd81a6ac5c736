"""Filters of the list of wins by what isn't stored: state, totals, findings. The monitor's own function decides.

A list may never show other rows than were counted, so the wins are placed as for the report and picked by key.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

from sales.admin.acting import now
from sales.admin.filters import Choices
from sales.monitor.placing import PlacedWin, placed_wins
from sales.monitor.rows import COUNTED, WIN_FINDINGS, win_test
from sales.monitor.words import WIN_STATES
from sales.wins.models import Win


def placed_all(request: HttpRequest) -> dict[str, PlacedWin]:
    """Every win with its state, read once a page."""
    kept: dict[str, PlacedWin] | None = getattr(request, "_placed", None)
    if kept is None:
        kept = {win.key: win for win in placed_wins(now=now())}
        request._placed = kept  # type: ignore[attr-defined]
    return kept


def placed_of(request: HttpRequest, wins: Sequence[Win]) -> dict[str, PlacedWin]:
    """A page's wins with their states: of all that a filter has read already, else read for these alone."""
    if hasattr(request, "_placed"):
        return placed_all(request)
    return {win.key: win for win in placed_wins(now=now(), lead_ids={win.lead_id for win in wins})}


class Placed(SimpleListFilter):
    """Wins that fit once they are placed."""

    def fits(self, chosen: str) -> Callable[[PlacedWin], bool]:
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet[Win]) -> QuerySet[Win]:
        chosen = self.value()
        if not chosen:
            return queryset
        fits = self.fits(chosen)
        return queryset.filter(key__in=[key for key, win in placed_all(request).items() if fits(win)])


class ByWinState(Placed):
    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(code, words.word) for code, words in WIN_STATES.items()]

    def fits(self, chosen: str) -> Callable[[PlacedWin], bool]:
        return lambda win: win.state == chosen


class InTotals(Placed):
    title, parameter_name = "in totals", "counted"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(value, choice.words) for value, choice in COUNTED.items()]

    def fits(self, chosen: str) -> Callable[[PlacedWin], bool]:
        return win_test(COUNTED, chosen, now=now())


class WinFinding(Placed):
    title, parameter_name = "finding", "finding"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(value, choice.words) for value, choice in WIN_FINDINGS.items()]

    def fits(self, chosen: str) -> Callable[[PlacedWin], bool]:
        return win_test(WIN_FINDINGS, chosen, now=now())
