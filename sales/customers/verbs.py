"""The verbs of the customers room."""

import secrets
import unicodedata
from datetime import datetime

from sales.access.actor import Actor
from sales.customers.models import ContactPoint, Customer, Person
from sales.refusal import Refusal
from sales.registry.models import Region


class CustomerRefused(Refusal):
    """The customer or person can't be made like this."""

    code = "customer_refused"


def folded(name: str) -> str:
    """A name for comparing: compatibility forms, case and spaces folded. Never shown."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def built_customer(
    *,
    name: str,
    by: Actor,
    now: datetime,
    reference: str = "",
    country: str = "",
    city: str = "",
    region: Region | None,
) -> Customer:
    """The unsaved customer, for callers that insert many at once.

    Raises:
        CustomerRefused: the name is empty or too long.
    """
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise CustomerRefused("A customer needs a name of 1 to 200 characters.")
    return Customer(
        reference=reference or f"customer:{secrets.token_hex(6)}",
        name=name,
        folded_name=folded(name)[:200],
        country=country,
        city=city,
        region=region,
        created_at=now,
        **by.signature(),
    )


def create_customer(
    *,
    name: str,
    by: Actor,
    now: datetime,
    reference: str = "",
    country: str = "",
    city: str = "",
    region: Region | None = None,
) -> Customer:
    """Create a customer. Recognising doubles is a matter of intake, not of this verb."""
    customer = built_customer(name=name, by=by, now=now, reference=reference, country=country, city=city, region=region)
    customer.save(force_insert=True)
    return customer


def add_person(
    customer: Customer,
    *,
    name: str,
    by: Actor,
    now: datetime,
    role: str = "",
    language: str = "",
    decides: bool = False,
) -> Person:
    """Add a named human at a customer."""
    if not name.strip():
        raise CustomerRefused("A person needs a name.")
    return Person.objects.create(
        customer=customer,
        name=name.strip(),
        role=role,
        language=language,
        decides=decides,
        created_at=now,
        **by.signature(),
    )


def add_contact_point(person: Person, *, kind: str, value: str, by: Actor, now: datetime) -> ContactPoint:
    """Add an address of a person."""
    return ContactPoint.objects.create(person=person, kind=kind, value=value, created_at=now, **by.signature())
