"""Filters of the lists. Their parameters are those of ``sales.monitor.links``, so that every figure opens its rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

from sales.registry.models import Agent, Region, Service

Choices = Sequence[tuple[str, str]]


class ByKey(SimpleListFilter):
    """Rows whose ``column`` has the chosen key."""

    column = ""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.column: self.value()}) if self.value() else queryset


class ByService(ByKey):
    title, parameter_name, column = "service", "service", "service_id"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(Service.objects.values_list("key", "name"))


class ByRegion(ByKey):
    title, parameter_name, column = "region", "region", "region_id"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(Region.objects.values_list("key", "name"))


class ByAgent(ByKey):
    title, parameter_name, column = "agent", "agent", "agent_id"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(Agent.objects.filter(is_agent=True).values_list("key", "name"))


class ByCurrency(ByKey):
    """The currencies that the list's own rows have."""

    title, parameter_name, column = "currency", "currency", "currency"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        codes = model_admin.model.objects.order_by("currency").values_list("currency", flat=True).distinct()
        return [(code, code) for code in codes if code]


class ByDay(SimpleListFilter):
    """Rows from or up to a day in the address; the list of choices is the one that is set."""

    def narrowed(self, queryset: QuerySet[Any], day: date) -> QuerySet[Any]:
        raise NotImplementedError

    def has_output(self) -> bool:
        return bool(self.value())

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        chosen = request.GET.get(str(self.parameter_name), "")
        return [(chosen, chosen)] if chosen else [("", "")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        try:
            chosen = date.fromisoformat(self.value() or "")
        except ValueError:
            return queryset
        return self.narrowed(queryset, chosen)


class SoldFrom(ByDay):
    title, parameter_name = "sold from", "sold_from"

    def narrowed(self, queryset: QuerySet[Any], day: date) -> QuerySet[Any]:
        return queryset.filter(sold_date__gte=day)


class SoldTo(ByDay):
    title, parameter_name = "sold until", "sold_to"

    def narrowed(self, queryset: QuerySet[Any], day: date) -> QuerySet[Any]:
        return queryset.filter(sold_date__lte=day)


class ByStanding(SimpleListFilter):
    """Mirrored rows by whether they are in use."""

    title, parameter_name = "standing", "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("live", "Registered"), ("retired", "Retired"), ("refused", "Row not accepted")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "live":
            return queryset.filter(retired_at=None, quarantine="")
        if self.value() == "retired":
            return queryset.filter(retired_at__isnull=False)
        return queryset.exclude(quarantine="") if self.value() == "refused" else queryset


class ForSale(SimpleListFilter):
    """Services that can be sold, or not."""

    title, parameter_name = "for sale", "for_sale"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("yes", "For sale"), ("no", "Not for sale")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Service]) -> QuerySet[Service]:
        sellable = Service.objects.sellable().values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=sellable)
        return queryset.exclude(pk__in=sellable) if self.value() == "no" else queryset
