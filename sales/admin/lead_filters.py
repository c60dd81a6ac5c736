"""Filters of the lists of leads and hand-offs. What each keeps is what ``sales.monitor.rows`` keeps for its figures."""

from datetime import date
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

from sales.admin.acting import now
from sales.admin.filters import ByDay, ByKey, Choices
from sales.leads.lifecycle import FORWARD
from sales.leads.models import OPEN_STATES, Lead
from sales.monitor import rows
from sales.monitor.words import LEAD_STATES
from sales.wins.models import HandOff

FINDINGS = [
    ("unassigned", "Without an agent"),
    ("no_next_step", "Without a next step"),
    ("next_step_overdue", "Next step is late"),
]


class ByLeadState(ByKey):
    title, parameter_name, column = "state", "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(code, words.word) for code, words in LEAD_STATES.items()]


class IsOpen(SimpleListFilter):
    title, parameter_name = "open", "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("1", "Can still be won"), ("0", "Ended or won")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Lead]) -> QuerySet[Lead]:
        if self.value() == "1":
            return queryset.filter(state__in=OPEN_STATES)
        return queryset.exclude(state__in=OPEN_STATES) if self.value() else queryset


class Reached(SimpleListFilter):
    title, parameter_name = "ever reached", "reached"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(state.value, LEAD_STATES[state.value].word) for state in FORWARD]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Lead]) -> QuerySet[Lead]:
        return rows.leads_reached(queryset, self.value() or "") if self.value() else queryset


class CreatedFrom(ByDay):
    title, parameter_name = "opened from", "created_from"

    def narrowed(self, queryset: QuerySet[Any], day: date) -> QuerySet[Any]:
        return queryset.filter(created_at__date__gte=day)


class CreatedTo(ByDay):
    title, parameter_name = "opened until", "created_to"

    def narrowed(self, queryset: QuerySet[Any], day: date) -> QuerySet[Any]:
        return queryset.filter(created_at__date__lte=day)


class LeadFinding(SimpleListFilter):
    title, parameter_name = "finding", "finding"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return FINDINGS

    def queryset(self, request: HttpRequest, queryset: QuerySet[Lead]) -> QuerySet[Lead]:
        return rows.leads_found(queryset, self.value() or "", now=now()) if self.value() else queryset


class HandOffFinding(SimpleListFilter):
    title, parameter_name = "finding", "finding"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("hand_off_late", "Not acknowledged for a week")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[HandOff]) -> QuerySet[HandOff]:
        return rows.hand_offs_found(queryset, self.value() or "", now=now()) if self.value() else queryset
