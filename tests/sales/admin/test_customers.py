"""Customers and people are made by verbs, from forms."""

from django.test import Client
from django.urls import reverse

from sales.customers.models import Customer, Person
from tests.makers import Organisation, make_customer


def test_a_customer_is_added(console: Client, org: Organisation) -> None:
    form = {"name": "Harbor & Finch LLC", "country": "US", "region": "USA"}
    answer = console.post(reverse("admin:sales_customer_add"), form)
    customer = Customer.objects.get()
    assert answer.headers["Location"] == reverse("admin:sales_customer_change", args=[customer.pk])
    assert (customer.region_id, customer.by_agent, customer.by_operator) == ("USA", "aurora", "ida")


def test_a_country_that_is_none_is_refused_with_what_was_typed(console: Client, org: Organisation) -> None:
    shown = console.post(reverse("admin:sales_customer_add"), {"name": "Finch", "country": "usa"}).content.decode()
    assert 'value="Finch"' in shown and 'value="usa"' in shown and not Customer.objects.exists()


def test_a_person_is_added_with_a_way_to_reach_them(console: Client, org: Organisation) -> None:
    customer = make_customer()
    form = {"customer": customer.pk, "name": "Anna", "kind": "phone", "value": "+46 8 000", "decides": "on"}
    console.post(reverse("admin:sales_person_add"), form)
    anna = Person.objects.get()
    assert anna.decides and anna.contact_points.get().value == "+46 8 000"
    assert "Anna" in console.get(reverse("admin:sales_customer_change", args=[customer.pk])).content.decode()
