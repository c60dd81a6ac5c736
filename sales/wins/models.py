"""Tables of the wins room: the win, what priced it, who gets credit, what was taken back, who delivers.

A win is a sale of a registered service, with its evidence. It is written once and never edited: a wrong service,
customer or amount is a reversal and a new win (R5, R11, R29, R39; DESIGN section 7).

``after_seq`` is the ledger's last row when the fact was written, or the last row of the event that wrote it.
"""

from django.db import models
from django.db.models import Q

from carolverse.db.constraints import AppendOnly, PinnedKey
from sales.access.models import Signed
from sales.customers.models import Customer
from sales.intake.models import Import, StoredFile
from sales.leads.models import Cadence, Lead, Note
from sales.money import MAX_MINOR
from sales.registry.models import Agent, Region, Service, Terms
from sales.wins.conditions import (
    CREDIT_SHARES_NOT_ABOVE_A_WHOLE,
    REFUND_NOT_AFTER_VOID,
    REFUNDS_NOT_ABOVE_THE_BASE,
    WIN_LEAD_HAS_ONE_LIVE_WIN,
    WIN_OWNER_IN_FORCE,
    WIN_SERVICE_FOR_SALE,
    WIN_SHARES_MAKE_A_WHOLE,
    WIN_TERMS_IN_FORCE,
)


class EvidenceKind(models.TextChoices):
    FILE = "file", "File"
    MESSAGE = "message", "Message"
    REFERENCE = "reference", "Reference"


class WinQuerySet(models.QuerySet["Win"]):
    def live(self) -> "WinQuerySet":
        """Wins that are not cancelled."""
        void = Refund.objects.filter(win=models.OuterRef("key"), kind=Refund.Kind.VOID)
        return self.exclude(models.Exists(void))


class Win(Signed):
    """A sale, frozen. ``amount_minor`` is what the customer owes without tax, after discounts, per payment."""

    key = models.CharField(max_length=170, unique=True, help_text="source:reference#generation")
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="wins")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="wins")
    owner = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="wins_owned")
    owner_revision = models.PositiveIntegerField()
    owner_name = models.CharField(max_length=120)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="wins")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="wins")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="wins_driven")
    agent_name = models.CharField(max_length=120)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    quantity = models.PositiveIntegerField(default=1)
    cadence = models.CharField(max_length=7, choices=Cadence, default=Cadence.ONCE)
    term_months = models.PositiveIntegerField(null=True, blank=True)
    sold_date = models.DateField(help_text="A date in the region's zone.")
    booked_at = models.DateTimeField()
    evidence_kind = models.CharField(max_length=9, choices=EvidenceKind)
    evidence_reference = models.CharField(max_length=200)
    evidence_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_new_customer = models.BooleanField()
    source = models.CharField(max_length=64, blank=True)
    campaign = models.CharField(max_length=64, blank=True)
    first_touch = models.CharField(max_length=120, blank=True)
    interactions_count = models.PositiveIntegerField(default=0)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    batch = models.ForeignKey(Import, on_delete=models.PROTECT, null=True, blank=True, related_name="wins")
    registry_digest = models.CharField(max_length=64, help_text="Digest of the registry as it was read.")
    after_seq = models.BigIntegerField()

    objects = WinQuerySet.as_manager()

    class Meta(Signed.Meta):
        ordering = ["-sold_date", "-id"]
        constraints = [
            *Signed.Meta.constraints,
            models.UniqueConstraint(fields=["id", "service", "currency", "sold_date"], name="win_pricing_pin"),
            models.CheckConstraint(
                name="win_amount_in_range", condition=Q(amount_minor__gte=0, amount_minor__lte=MAX_MINOR)
            ),
            models.CheckConstraint(name="win_has_currency", condition=~Q(currency="")),
            models.CheckConstraint(name="win_has_quantity", condition=Q(quantity__gte=1)),
            models.CheckConstraint(
                name="win_recurring_has_term",
                condition=Q(cadence=Cadence.ONCE, term_months__isnull=True)
                | Q(cadence=Cadence.MONTHLY, term_months__isnull=False, term_months__gte=1),
            ),
            models.CheckConstraint(
                name="win_has_evidence",
                condition=~Q(evidence_reference="")
                & Q(evidence_kind__in=EvidenceKind.values)
                & (~Q(evidence_kind="file") | Q(evidence_file__isnull=False)),
            ),
            PinnedKey(
                name="win_owner_was_registered",
                fields=("service", "owner", "owner_revision"),
                to="sales.ServiceOwner",
                to_fields=("service", "agent", "revision"),
            ),
            WIN_SERVICE_FOR_SALE,
            WIN_OWNER_IN_FORCE,
            WIN_LEAD_HAS_ONE_LIVE_WIN,
            AppendOnly(name="win_append_only", unique=("id", "key")),
        ]

    def __str__(self) -> str:
        return self.key


class WinPricing(Signed):
    """What ties a win to the terms in force on its sale date. B is ``before_minor``, U is ``used_minor``."""

    win = models.OneToOneField(Win, on_delete=models.PROTECT, related_name="pricing")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    sold_date = models.DateField()
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="pricings")
    terms_digest = models.CharField(max_length=64)
    before_minor = models.BigIntegerField(default=0)
    used_minor = models.BigIntegerField(default=0)
    facts_digest = models.CharField(max_length=64)
    approver = models.CharField(max_length=220, blank=True, help_text="agent/operator of the second person.")
    priced_at = models.DateTimeField()
    after_seq = models.BigIntegerField()

    class Meta(Signed.Meta):
        ordering = ["win"]
        constraints = [
            *Signed.Meta.constraints,
            PinnedKey(
                name="win_pricing_is_of_its_win",
                fields=("win", "service", "currency", "sold_date"),
                to="sales.Win",
                to_fields=("id", "service", "currency", "sold_date"),
            ),
            PinnedKey(
                name="win_pricing_is_by_its_terms",
                fields=("terms", "service", "currency", "terms_digest"),
                to="sales.Terms",
                to_fields=("id", "service", "currency", "digest"),
            ),
            WIN_TERMS_IN_FORCE,
            WIN_SHARES_MAKE_A_WHOLE,
            AppendOnly(name="win_pricing_append_only", unique=("id", "win")),
        ]

    def __str__(self) -> str:
        return f"{self.win_id} by {self.terms_id}"


class CreditShare(Signed):
    """One agent's share of a win's credit, of 10000. A later set replaces an earlier one (recredit)."""

    win = models.ForeignKey(Win, on_delete=models.PROTECT, related_name="shares")
    set_number = models.PositiveIntegerField(default=1)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="credit_shares")
    agent_name = models.CharField(max_length=120)
    weight = models.PositiveIntegerField()
    after_seq = models.BigIntegerField()

    class Meta(Signed.Meta):
        ordering = ["win", "set_number", "agent"]
        constraints = [
            *Signed.Meta.constraints,
            models.UniqueConstraint(fields=["win", "set_number", "agent"], name="credit_share_once"),
            models.CheckConstraint(name="credit_share_in_range", condition=Q(weight__gte=1, weight__lte=10_000)),
            CREDIT_SHARES_NOT_ABOVE_A_WHOLE,
            AppendOnly(name="credit_share_append_only", unique=("id", ("win", "set_number", "agent"))),
        ]

    def __str__(self) -> str:
        return f"{self.agent_name} {self.weight / 100:g} %"


class Refund(Signed):
    """Base that a customer got back, of one instalment. A ``void`` refunds all that is left and cancels the win."""

    class Kind(models.TextChoices):
        REFUND = "refund", "Refund"
        VOID = "void", "Cancelled in full"

    win = models.ForeignKey(Win, to_field="key", on_delete=models.PROTECT, related_name="refunds")
    instalment = models.PositiveIntegerField(default=1)
    reference = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=6, choices=Kind)
    amount_minor = models.BigIntegerField()
    reason_code = models.CharField(max_length=64)
    note = models.ForeignKey(
        Note, on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_constraint=False
    )
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    after_seq = models.BigIntegerField()

    class Meta(Signed.Meta):
        ordering = ["win", "id"]
        constraints = [
            *Signed.Meta.constraints,
            models.CheckConstraint(name="refund_not_negative", condition=Q(amount_minor__gte=0)),
            models.CheckConstraint(name="refund_has_reason", condition=~Q(reason_code="")),
            models.UniqueConstraint(fields=["win"], condition=Q(kind="void"), name="win_voided_once"),
            REFUNDS_NOT_ABOVE_THE_BASE,
            REFUND_NOT_AFTER_VOID,
            AppendOnly(name="refund_append_only", unique=("id", "reference")),
        ]

    def __str__(self) -> str:
        return self.reference


class HandOff(Signed):
    """The record that passes a won customer to the service's owner. Delivery is theirs (R40, R41)."""

    win = models.OneToOneField(Win, on_delete=models.PROTECT, related_name="hand_off")
    to_agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="hand_offs")
    opened_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=220, blank=True)

    class Meta(Signed.Meta):
        verbose_name = "hand-off"
        ordering = ["-opened_at"]
        constraints = [
            *Signed.Meta.constraints,
            models.CheckConstraint(
                name="hand_off_acknowledged_by_someone",
                condition=Q(acknowledged_at__isnull=True, acknowledged_by="")
                | (Q(acknowledged_at__isnull=False) & ~Q(acknowledged_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.win_id} to {self.to_agent_id}"


class BookingRequest(Signed):
    """A booking that had to wait for a reason that passes. Not a win, not counted, visible, booked once."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        BOOKED = "booked", "Booked"
        WITHDRAWN = "withdrawn", "Withdrawn"

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="booking_requests")
    key = models.CharField(max_length=170, unique=True)
    form = models.JSONField(help_text="The booking as it was asked for.")
    owner_seen = models.CharField(max_length=64, blank=True)
    terms_seen = models.CharField(max_length=64, blank=True)
    reason_code = models.CharField(max_length=64)
    reason = models.TextField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=220, blank=True)
    win = models.OneToOneField(Win, on_delete=models.PROTECT, null=True, blank=True, related_name="booking_request")

    class Meta(Signed.Meta):
        ordering = ["-asked_at"]
        constraints = [
            *Signed.Meta.constraints,
            models.CheckConstraint(
                name="booking_request_booked_has_win",
                condition=Q(state="booked", win__isnull=False) | (~Q(state="booked") & Q(win__isnull=True)),
            ),
            models.CheckConstraint(
                name="booking_request_decided_at",
                condition=Q(state="waiting", decided_at__isnull=True, decided_by="")
                | (~Q(state="waiting") & Q(decided_at__isnull=False) & ~Q(decided_by="")),
            ),
        ]

    def __str__(self) -> str:
        return self.key
