"""Tables of the registry room: the mirror of the outside registry and design store, and what each sync did.

Mirrored rows are written by ``sync`` alone and read-only everywhere else. Nothing is deleted: what is gone is
retired, what is wrong is quarantined, and neither can be sold. Owners and terms are append-only versions, so that
a win stays tied to what was in force on its day (R3, R5, R39).
"""

from django.db import models
from django.db.models import F, Q

from carolverse.db.constraints import AppendOnly, Refuse
from sales.access.models import Signed


class Mirrored(models.Model):
    """One row of an outside table: its key, whether it is still there, why it isn't accepted."""

    key = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=120)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    quarantine = models.TextField("why the row is not accepted", blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        return self.retired_at is None and not self.quarantine


class Region(Mirrored):
    """A region with its local context."""

    countries = models.JSONField(default=list, help_text="ISO 3166 codes of its countries.")
    currency = models.CharField(max_length=3, blank=True)
    timezone = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=16, blank=True)


class Agent(Mirrored):
    """An accountable member. ``is_agent`` false marks a human or a tool: it may never own a service (R36)."""

    outside_id = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=120, blank=True)
    department = models.CharField(max_length=64, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="agents")
    reports_to = models.CharField(max_length=64, blank=True)
    is_agent = models.BooleanField()
    status = models.CharField(max_length=32, blank=True)


class ServiceQuerySet(models.QuerySet["Service"]):
    def sellable(self) -> "ServiceQuerySet":
        """Registered, owned, accepted and for sale."""
        return self.filter(sellable=True, retired_at=None, quarantine="", owner__isnull=False)


class Service(Mirrored):
    """Something that can be sold for its owner. Owner and revision name the row of ServiceOwner in force now."""

    owner = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="services")
    owner_revision = models.PositiveIntegerField(null=True, blank=True)
    category = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=64, blank=True)
    cost_center = models.CharField(max_length=32, blank=True)
    sellable = models.BooleanField(default=False)
    list_price_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    team = models.JSONField(default=list, help_text="Agents of the service's team, with their roles.")

    objects = ServiceQuerySet.as_manager()

    class Meta(Mirrored.Meta):
        constraints = [
            models.CheckConstraint(
                name="service_for_sale_has_owner",
                condition=Q(sellable=False) | ~Q(quarantine="") | Q(retired_at__isnull=False) | Q(owner__isnull=False),
            ),
            models.CheckConstraint(
                name="service_owner_has_revision",
                condition=Q(owner__isnull=True, owner_revision__isnull=True)
                | Q(owner__isnull=False, owner_revision__isnull=False),
            ),
            Refuse(
                name="service_owner_is_an_agent",
                when="insert_update",
                condition='NEW."owner_id" IS NOT NULL AND NEW."quarantine" = \'\' AND NOT EXISTS (SELECT 1 FROM'
                ' {sales.Agent} a WHERE a."key" = NEW."owner_id" AND a."is_agent")',
                message="the owner of a service is an agent, never a human or a tool",
            ),
        ]

    @property
    def can_be_sold(self) -> bool:
        return self.sellable and self.is_live and self.owner_id is not None

    @property
    def why_not_sold(self) -> str:
        """A sentence, empty when the service can be sold."""
        if self.retired_at:
            return f"Retired on {self.retired_at:%Y-%m-%d}: it is no longer in the registry."
        if self.quarantine:
            return f"Row not accepted: {self.quarantine}"
        if not self.sellable:
            return "The registry does not offer it for sale."
        return "" if self.owner_id else "It has no owner."


class ServiceOwner(models.Model):
    """One version of who owns a service. A change of owner adds a row and leaves terms alone (LEDGER.md)."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="owners")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    agent_name = models.CharField(max_length=120)
    revision = models.PositiveIntegerField()
    since = models.DateTimeField()

    class Meta:
        ordering = ["service", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["service", "revision"], name="service_owner_revision_once"),
            models.UniqueConstraint(fields=["service", "agent", "revision"], name="service_owner_pin"),
            AppendOnly(name="service_owner_append_only", unique=("id", ("service", "revision"))),
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.agent_name} since {self.since:%Y-%m-%d}"


class Terms(models.Model):
    """One dated version of a service's commission in one currency. Never edited, only followed by another.

    ``ended`` says that from its start no terms are in force; ``withdrawn`` takes back the same start's earlier
    revision. Minor units are ISO 4217's; basis points are of 10,000.
    """

    class Kind(models.TextChoices):
        TERMS = "terms", "Terms"
        ENDED = "ended", "Ended"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Scope(models.TextChoices):
        WIN = "win", "Each win"
        MONTH = "month", "Month"
        QUARTER = "quarter", "Quarter"
        YEAR = "year", "Year"

    class Base(models.TextChoices):
        LIST = "list", "List price"
        AFTER_CREDIT = "after_credit", "After credit"

    class Rounding(models.TextChoices):
        HALF_UP = "HALF_UP", "Half up"
        HALF_EVEN = "HALF_EVEN", "Half even"
        DOWN = "DOWN", "Down"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="terms")
    currency = models.CharField(max_length=3)
    starts = models.DateField()
    revision = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.TERMS)
    rate_bp = models.PositiveIntegerField(null=True, blank=True)
    bands = models.JSONField(default=list, help_text='[{"up_to_minor": …|null, "rate_bp": …}]')
    fixed_minor = models.BigIntegerField(default=0)
    floor_minor = models.BigIntegerField(default=0)
    cap_minor = models.BigIntegerField(null=True, blank=True)
    scope = models.CharField(max_length=7, choices=Scope, default=Scope.WIN)
    base = models.CharField(max_length=12, choices=Base, default=Base.LIST)
    instalments = models.PositiveIntegerField(default=1)
    hold_days = models.PositiveIntegerField(default=0)
    rounding = models.CharField(max_length=9, choices=Rounding, default=Rounding.HALF_UP)
    sample = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "terms"
        ordering = ["service", "currency", "starts", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["service", "currency", "starts", "revision"], name="terms_version_once"),
            models.UniqueConstraint(fields=["id", "service", "currency", "digest"], name="terms_pin"),
            models.CheckConstraint(
                name="terms_rate_in_range", condition=Q(rate_bp__isnull=True) | Q(rate_bp__lte=10_000)
            ),
            models.CheckConstraint(
                name="terms_rate_or_bands",
                condition=~Q(kind="terms")
                | Q(rate_bp__isnull=False, bands=[])
                | (Q(rate_bp__isnull=True) & ~Q(bands=[])),
            ),
            models.CheckConstraint(
                name="terms_amounts_in_order",
                condition=Q(fixed_minor__gte=0, floor_minor__gte=0)
                & (Q(cap_minor__isnull=True) | Q(cap_minor__gte=F("floor_minor"))),
            ),
            models.CheckConstraint(name="terms_have_instalments", condition=Q(instalments__gte=1)),
            AppendOnly(
                name="terms_append_only",
                unique=("id", "digest", ("service", "currency", "starts", "revision")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.currency} from {self.starts} (revision {self.revision})"


class Design(models.Model):
    """What may be said and promised about a service, from the design store. Only an approved row may be used."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="designs")
    design_type = models.CharField(max_length=32)
    status = models.CharField(max_length=32)
    facts = models.JSONField(default=list)
    prices = models.JSONField(default=list)
    check_subscription_first = models.BooleanField(default=False)
    hand_off_to = models.CharField(max_length=64, blank=True)
    urls = models.JSONField(default=list)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["service", "design_type"]
        constraints = [models.UniqueConstraint(fields=["service", "design_type"], name="design_once")]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.design_type} ({self.status})"


class Block(Mirrored):
    """One step of the pipeline as the registry names it, with its accountable agent."""

    owner = models.CharField(max_length=64, blank=True)
    parent_service = models.CharField(max_length=64, blank=True)
    position = models.IntegerField(null=True, blank=True)


class Droid(Mirrored):
    """A registered worker that an agent owns."""

    owner = models.CharField(max_length=64, blank=True)
    block = models.CharField(max_length=64, blank=True)
    process_type = models.CharField(max_length=16, blank=True)
    schedule = models.CharField(max_length=120, blank=True)


class RegistrySync(Signed):
    """One attempt to read the registry: where from, what came of it, what it changed."""

    class Outcome(models.TextChoices):
        APPLIED = "applied", "Applied"
        UNCHANGED = "unchanged", "Nothing changed"
        REFUSED = "refused", "Refused"

    at = models.DateTimeField(db_index=True)
    source = models.CharField(max_length=500)
    designs_source = models.CharField(max_length=500, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome)
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    designs_digest = models.CharField(max_length=64, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    generated_at = models.DateTimeField(null=True, blank=True)
    diff = models.JSONField(default=dict)

    class Meta(Signed.Meta):
        verbose_name = "registry sync"
        ordering = ["-at", "-id"]
        constraints = [
            *Signed.Meta.constraints,
            models.CheckConstraint(
                name="registry_sync_refusal_has_reason", condition=~Q(outcome="refused") | ~Q(reason="")
            ),
            AppendOnly(name="registry_sync_append_only", unique=("id",)),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.at:%Y-%m-%d %H:%M}"
