"""Tables of customers: who buys, the people there, and how to reach either. Consent comes with outreach."""

from django.db import models
from django.db.models import Q

from sales.access.models import Signed
from sales.registry.models import Region


class Customer(Signed):
    """Who buys. ``reference`` is what wins, files and statements cite; ``folded_name`` is for finding doubles."""

    reference = models.CharField(max_length=160, unique=True)
    name = models.CharField(max_length=200)
    folded_name = models.CharField(max_length=200, db_index=True)
    country = models.CharField(max_length=2, blank=True)
    city = models.CharField(max_length=100, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="customers")
    created_at = models.DateTimeField()

    class Meta(Signed.Meta):
        ordering = ["name"]
        constraints = [
            *Signed.Meta.constraints,
            models.CheckConstraint(name="customer_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Person(Signed):
    """A named human at a customer."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=16, blank=True)
    decides = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta(Signed.Meta):
        verbose_name_plural = "people"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ContactPoint(Signed):
    """An address of a customer or of a person, of exactly one of them."""

    class Kind(models.TextChoices):
        EMAIL = "email", "E-mail"
        PHONE = "phone", "Phone"
        WHATSAPP = "whatsapp", "WhatsApp"
        WEB = "web", "Web"

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="contact_points"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="contact_points")
    kind = models.CharField(max_length=8, choices=Kind)
    value = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta(Signed.Meta):
        ordering = ["kind", "value"]
        constraints = [
            *Signed.Meta.constraints,
            models.CheckConstraint(
                name="contact_point_of_one",
                condition=Q(customer__isnull=True, person__isnull=False)
                | Q(customer__isnull=False, person__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.value
