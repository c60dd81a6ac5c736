"""Tables of the leads room: the lead, what happened to it, what was said, what was offered.

A lead is one chance to sell one service to one customer. LeadEvent is append-only and holds keys and codes; free
text lives in Note and Interaction, which can be erased (DESIGN section 3).
"""

from django.db import models
from django.db.models import Q

from carolverse.db.constraints import AppendOnly
from sales.access.models import Signed
from sales.customers.models import Customer, Person
from sales.registry.models import Agent, Region, Service


class State(models.TextChoices):
    """Where a lead stands; the words are those of DESIGN section 2."""

    NEW = "NEW", "New"
    ROUTED = "ROUTED", "Assigned"
    QUALIFIED = "QUALIFIED", "Qualified"
    ENGAGED = "ENGAGED", "In conversation"
    PROPOSED = "PROPOSED", "Offer made"
    WON = "WON", "Won"
    DISQUALIFIED = "DISQUALIFIED", "Not a fit"
    LOST = "LOST", "Lost"
    DORMANT = "DORMANT", "Dormant"


class Cadence(models.TextChoices):
    ONCE = "once", "Once"
    MONTHLY = "monthly", "Every month"


class LeadQuerySet(models.QuerySet["Lead"]):
    def open(self) -> "LeadQuerySet":
        """Leads that can still be won."""
        return self.filter(state__in=OPEN_STATES)


OPEN_STATES = (State.NEW, State.ROUTED, State.QUALIFIED, State.ENGAGED, State.PROPOSED)


class Lead(Signed):
    """One chance to sell one service to one customer. Amounts are net of tax, in minor units of ``currency``."""

    reference = models.CharField(max_length=160, unique=True, help_text="source:number, as files and wins cite it.")
    title = models.CharField(max_length=200, blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="leads")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="leads")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="leads")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="leads")
    state = models.CharField(max_length=12, choices=State, default=State.NEW, db_index=True)
    state_since = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)
    amount_minor = models.BigIntegerField("expected amount", null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    quantity = models.PositiveIntegerField(default=1)
    cadence = models.CharField(max_length=7, choices=Cadence, default=Cadence.ONCE)
    term_months = models.PositiveIntegerField(null=True, blank=True)
    expected_close_date = models.DateField(null=True, blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    next_step_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=64, blank=True)
    campaign = models.CharField(max_length=64, blank=True)
    first_touch = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()

    objects = LeadQuerySet.as_manager()

    class Meta(Signed.Meta):
        ordering = ["-created_at", "-id"]
        constraints = [
            *Signed.Meta.constraints,
            models.CheckConstraint(name="lead_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="lead_past_engaged_has_customer",
                condition=~Q(state__in=[State.PROPOSED, State.WON]) | Q(customer__isnull=False),
            ),
            models.CheckConstraint(
                name="lead_assigned_has_agent_and_region",
                condition=~Q(state__in=[State.ROUTED, State.QUALIFIED, State.ENGAGED, State.PROPOSED, State.WON])
                | Q(agent__isnull=False, region__isnull=False),
            ),
            models.CheckConstraint(
                name="lead_amount_has_currency",
                condition=Q(amount_minor__isnull=True) | (Q(amount_minor__gte=0) & ~Q(currency="")),
            ),
            models.CheckConstraint(
                name="lead_recurring_has_term",
                condition=Q(cadence=Cadence.ONCE, term_months__isnull=True)
                | Q(cadence=Cadence.MONTHLY, term_months__isnull=False, term_months__gte=1),
            ),
            models.CheckConstraint(
                name="lead_next_step_has_time",
                condition=Q(next_step="", next_step_at__isnull=True)
                | (~Q(next_step="") & Q(next_step_at__isnull=False)),
            ),
            models.CheckConstraint(name="lead_has_quantity", condition=Q(quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return self.title or self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class Note(Signed):
    """Free text about a lead. Not an interaction: nothing counts it, no model sees it, and it can be erased."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta(Signed.Meta):
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.text[:60]


class LeadEvent(Signed):
    """One thing that happened to a lead. ``table_version`` is the version of the lifecycle's table (R25)."""

    class Kind(models.TextChoices):
        CREATED = "created", "Created"
        ENTERED = "entered", "Entered by import"
        MOVED = "moved", "Moved"
        ASSIGNED = "assigned", "Assigned"
        CHANGED = "changed", "Changed"

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12, blank=True)
    reason_code = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict, help_text="Keys, codes and numbers; never free text.")
    note = models.ForeignKey(
        Note, on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_constraint=False
    )
    at = models.DateTimeField()
    table_version = models.PositiveIntegerField()

    class Meta(Signed.Meta):
        ordering = ["lead", "number"]
        constraints = [
            *Signed.Meta.constraints,
            models.UniqueConstraint(fields=["lead", "number"], name="lead_event_number_once"),
            AppendOnly(name="lead_event_append_only", unique=("id", ("lead", "number"))),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.from_state} {self.to_state}".strip()


class Interaction(Signed):
    """Anything said to or by a customer. Never without the agent that drove it (R10); a droid too when one did it."""

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        CALL = "call", "Call"
        WHATSAPP = "whatsapp", "WhatsApp"
        MEETING = "meeting", "Meeting"
        WEB = "web", "Web form"

    class Direction(models.TextChoices):
        IN = "in", "From the customer"
        OUT = "out", "To the customer"

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="interactions")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="interactions")
    droid = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="interactions")
    reference = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=8, choices=Channel)
    direction = models.CharField(max_length=3, choices=Direction)
    at = models.DateTimeField()
    text = models.TextField(blank=True)

    class Meta(Signed.Meta):
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {self.at:%Y-%m-%d %H:%M}"


class Offer(Signed):
    """What was proposed. A booking is prefilled from the latest one."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="offers")
    number = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    quantity = models.PositiveIntegerField(default=1)
    cadence = models.CharField(max_length=7, choices=Cadence, default=Cadence.ONCE)
    term_months = models.PositiveIntegerField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()

    class Meta(Signed.Meta):
        ordering = ["lead", "-number"]
        constraints = [
            *Signed.Meta.constraints,
            models.UniqueConstraint(fields=["lead", "number"], name="offer_number_once"),
            models.CheckConstraint(
                name="offer_amount_has_currency", condition=Q(amount_minor__gte=0) & ~Q(currency="")
            ),
            models.CheckConstraint(
                name="offer_recurring_has_term",
                condition=Q(cadence=Cadence.ONCE, term_months__isnull=True)
                | Q(cadence=Cadence.MONTHLY, term_months__isnull=False, term_months__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or f"Offer {self.number}"
