"""Customers and their people. Made by verbs; what a customer bought stands on its page."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from sales.access.actor import Actor
from sales.admin import cells
from sales.admin.acting import actor_of, now
from sales.admin.base import KeptAdmin
from sales.admin.filters import ByRegion
from sales.admin.steps import step_page
from sales.customers.models import ContactPoint, Customer, Person
from sales.customers.verbs import add_contact_point, add_person, create_customer
from sales.leads.models import Lead
from sales.money import format_minor
from sales.registry.models import Region
from sales.wins.models import Win


class CustomerForm(forms.Form):
    """Who buys."""

    name = forms.CharField(label="Name", max_length=200)
    city = forms.CharField(label="City", max_length=100, required=False)
    country = forms.RegexField("^[A-Z]{2}$", label="Country", required=False, help_text="Two letters, such as SE.")
    region = forms.ModelChoiceField(
        Region.objects.filter(retired_at=None, quarantine=""), label="Region", required=False
    )


def _count_of(model: type[Model]) -> Coalesce:
    """How many rows of a model a customer has."""
    of_customer = model._default_manager.filter(customer=OuterRef("pk")).order_by().values("customer")
    return Coalesce(Subquery(of_customer.annotate(n=Count("pk")).values("n")), 0)


class PersonForm(forms.Form):
    """Whom one speaks to there, and one way to reach them."""

    customer = forms.ModelChoiceField(Customer.objects.all(), label="Customer")
    name = forms.CharField(label="Name", max_length=200)
    role = forms.CharField(label="Role", max_length=120, required=False)
    language = forms.CharField(label="Language", max_length=16, required=False, help_text="Such as sv or en.")
    decides = forms.BooleanField(label="Decides", required=False)
    kind = forms.ChoiceField(label="Reached by", choices=ContactPoint.Kind.choices, required=False)
    value = forms.CharField(label="Address or number", max_length=200, required=False)


@transaction.atomic
def _add(data: dict[str, Any], *, by: Actor, at: datetime) -> Person:
    """The person, and the way to reach them where one was typed."""
    of_person = {name: data[name] for name in ("customer", "name", "role", "language", "decides")}
    person = add_person(of_person.pop("customer"), **of_person, by=by, now=at)
    if data["value"]:
        add_contact_point(person, kind=data["kind"], value=data["value"], by=by, now=at)
    return person


@admin.register(Customer)
class CustomerAdmin(KeptAdmin):
    list_display = ["named", "place", "region", "leads_count", "wins_count", "since"]
    list_filter = [ByRegion]
    list_select_related = ["region"]
    search_fields = ["name", "folded_name", "reference"]
    hidden_fields = ("folded_name",)
    more_fields = ("its_people", "its_leads", "its_wins")
    empty_says = "Add the first customer, or import a pipeline."
    add_words = "New customer"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        def send(data: dict[str, Any]) -> tuple[str, str]:
            customer = create_customer(**data, by=actor_of(request), now=now())
            return cells.page_of("customer", customer.pk), f"{customer.name} is a customer now."

        return step_page(
            self,
            request,
            form=CustomerForm(request.POST or None),
            send=send,
            title="New customer",
            button="Add the customer",
            back=reverse("admin:sales_customer_changelist"),
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Customer]:
        rows: QuerySet[Customer] = super().get_queryset(request)
        # Counted apart: joined to each other, leads and wins multiply.
        return rows.annotate(n_leads=_count_of(Lead), n_wins=_count_of(Win))

    @admin.display(description="People")
    def its_people(self, row: Customer) -> SafeString | str:
        people = ((cells.page_of("person", one.pk), one.name, one.role) for one in row.people.all())
        return format_html_join("", '<div><a href="{}">{}</a> {}</div>', people) or cells.NOTHING

    @admin.display(description="Leads")
    def its_leads(self, row: Customer) -> SafeString | str:
        leads = row.leads.select_related("service")
        lines = ((cells.page_of("lead", one.pk), one.service.name, one.get_state_display()) for one in leads)
        return format_html_join("", '<div><a href="{}">{}</a> {}</div>', lines) or cells.NOTHING

    @admin.display(description="Wins")
    def its_wins(self, row: Customer) -> SafeString | str:
        wins = row.wins.select_related("service")
        lines = (
            (cells.page_of("win", one.pk), one.service.name, format_minor(one.amount_minor, one.currency))
            for one in wins
        )
        return format_html_join("", '<div><a href="{}">{}</a> {}</div>', lines) or cells.NOTHING

    @admin.display(description="Customer", ordering="name")
    def named(self, row: Customer) -> SafeString:
        return cells.two_lines(row.name, row.reference)

    @admin.display(description="Place")
    def place(self, row: Customer) -> str:
        return ", ".join(part for part in (row.city, row.country) if part) or cells.NOTHING

    @admin.display(description="Leads", ordering="n_leads")
    def leads_count(self, row: Customer) -> int:
        return row.n_leads  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="Wins", ordering="n_wins")
    def wins_count(self, row: Customer) -> int:
        return row.n_wins  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="Known since", ordering="created_at")
    def since(self, row: Customer) -> str:
        return cells.day(row.created_at)


@admin.register(Person)
class PersonAdmin(KeptAdmin):
    list_display = ["named", "customer", "language", "decides"]
    list_filter = ["decides", "language"]
    list_select_related = ["customer"]
    search_fields = ["name", "customer__name"]
    empty_says = "Add whom you speak to at a customer."
    add_words = "New person"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        def send(data: dict[str, Any]) -> tuple[str, str]:
            person = _add(data, by=actor_of(request), at=now())
            return cells.page_of("customer", person.customer_id), f"{person.name} is known now."

        return step_page(
            self,
            request,
            form=PersonForm(request.POST or None, initial={"customer": request.GET.get("customer")}),
            send=send,
            title="New person",
            button="Add the person",
            back=reverse("admin:sales_person_changelist"),
        )

    @admin.display(description="Person", ordering="name")
    def named(self, row: Person) -> SafeString:
        return cells.two_lines(row.name, row.role)
