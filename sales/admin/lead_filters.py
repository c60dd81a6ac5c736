"""Filters of the list of leads, with the parameters that the monitor's links carry."""

from datetime import timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from sales.admin.acting import now
from sales.admin.filters import ByDay, ByKey, Choices
from sales.leads.lifecycle import FORWARD
from sales.leads.models import OPEN_STATES, Lead
from sales.monitor.words import LEAD_STATES
from sales.wins.models import HandOff

FINDINGS = {
    "unassigned": "Without an agent",
    "no_next_step": "Without a next step",
    "next_step_overdue": "Next step is late",
}


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
        return queryset.exclude(state__in=OPEN_STATES) if self.value() == "0" else queryset


class Reached(SimpleListFilter):
    """Leads that stand at a state or further on the way to a win."""

    title, parameter_name = "reached", "reached"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(state.value, f"{LEAD_STATES[state.value].word}, or further") for state in FORWARD]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Lead]) -> QuerySet[Lead]:
        if self.value() not in FORWARD:
            return queryset
        return queryset.filter(state__in=FORWARD[[state.value for state in FORWARD].index(self.value() or "") :])


class CreatedFrom(ByDay):
    title, parameter_name, lookup = "opened from", "created_from", "created_at__date__gte"


class CreatedTo(ByDay):
    title, parameter_name, lookup = "opened until", "created_to", "created_at__date__lte"


class LeadFinding(SimpleListFilter):
    title, parameter_name = "finding", "finding"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(FINDINGS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Lead]) -> QuerySet[Lead]:
        lacks = {
            "unassigned": Q(agent=None),
            "no_next_step": Q(next_step=""),
            "next_step_overdue": Q(next_step_at__lt=now()),
        }
        chosen = self.value() or ""
        return queryset.filter(lacks[chosen], state__in=OPEN_STATES) if chosen in lacks else queryset


class HandOffFinding(SimpleListFilter):
    """Hand-offs that nobody acknowledged for a week; those of cancelled wins wait for nobody."""

    title, parameter_name = "finding", "finding"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("hand_off_late", "Not acknowledged for a week")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[HandOff]) -> QuerySet[HandOff]:
        if self.value() != "hand_off_late":
            return queryset
        late = queryset.filter(acknowledged_at=None, opened_at__lte=now() - timedelta(days=7))
        return late.exclude(win__refunds__kind="void")
