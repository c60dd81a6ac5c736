"""Tables of access: logins, seats, and the signature that every event row carries.

Below the registry, so agents and regions are cited by key, never by foreign key (DESIGN section 3).
"""

from django.contrib.auth.models import AbstractUser
from django.db import models

from sales.access.actor import Actor


class Signed(models.Model):
    """Who did it, on every event row: keys for machines, the names of the day for people (DESIGN section 4)."""

    by_agent = models.CharField(max_length=64)
    by_agent_name = models.CharField(max_length=120)
    by_operator = models.CharField(max_length=150, blank=True)
    by_operator_name = models.CharField(max_length=150, blank=True)
    by_droid = models.CharField(max_length=64, blank=True)
    by_run = models.CharField(max_length=64, blank=True)
    by_channel = models.CharField(max_length=16)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_signed", condition=~models.Q(by_agent="") & ~models.Q(by_channel="")
            ),
        ]

    @property
    def signer(self) -> Actor:
        """The actor as it was signed."""
        return Actor(
            agent=self.by_agent,
            agent_name=self.by_agent_name,
            operator=self.by_operator,
            operator_name=self.by_operator_name,
            droid=self.by_droid,
            run=self.by_run,
            channel=self.by_channel,
        )


class Login(AbstractUser):
    """A human's login. It acts for one agent at a time; people are deactivated, never deleted."""

    acts_for = models.CharField("acts for agent", max_length=64, blank=True, help_text="Key of the agent.")

    class Meta:
        verbose_name = "login"
        verbose_name_plural = "logins"
        ordering = ["username"]

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username


class Seat(Signed):
    """Agent × role × region: who may do what. The sync proposes, the console confirms; titles are never parsed."""

    class Role(models.TextChoices):
        SALES_OWNER = "sales_owner", "Owner of Sales"
        REGIONAL_HEAD = "regional_head", "Regional head"
        REGIONAL_AGENT = "regional_agent", "Regional agent"
        SERVICE_OWNER = "service_owner", "Service owner"
        FINANCE = "finance", "Finance"
        AUDITOR = "auditor", "Auditor"
        OPERATOR = "operator", "Operator"

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        CONFIRMED = "confirmed", "Confirmed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    agent_key = models.CharField(max_length=64)
    agent_name = models.CharField(max_length=120)
    role = models.CharField(max_length=16, choices=Role)
    region_key = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    since = models.DateTimeField()

    class Meta(Signed.Meta):
        ordering = ["agent_key", "role", "region_key"]
        constraints = [
            *Signed.Meta.constraints,
            models.UniqueConstraint(fields=["agent_key", "role", "region_key"], name="seat_once"),
            models.CheckConstraint(name="seat_has_agent", condition=~models.Q(agent_key="")),
        ]

    def __str__(self) -> str:
        return f"{self.agent_name}, {self.get_role_display()} {self.region_key}".strip()
