"""Tables of the ledger: one row is one balanced transfer, so an unbalanced book can't be stored (LEDGER.md).

Rows cite business keys (account code, win key, terms digest), never row ids, so that both engines and an outside
reader get the same bytes to hash. Corrections are reversals; nothing is edited or deleted, by anyone (R42, R43).
"""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q

from carolverse.db.constraints import AppendOnly, PinnedKey, Refuse
from sales.leads.models import Lead
from sales.ledger.kinds import KINDS, MEMO_KINDS, SERVICE_PREFIXES
from sales.money import MAX_MINOR
from sales.registry.models import Agent, Service, Terms
from sales.wins.models import Win

BOOKS = (("money", "Money"), ("memo", "Memo"))


def _kind_uses_its_accounts() -> Q:
    """A row's kind decides the prefixes of its two accounts."""
    return reduce(
        or_,
        (
            Q(kind=kind, debit__startswith=pair.debit, credit__startswith=pair.credit)
            for kind, pairs in KINDS.items()
            for pair in pairs
        ),
    )


def _foreign_account() -> str:
    """SQL: one of the accounts belongs to another service than the row's."""
    sides = (
        f"""(substr(NEW."{side}", 1, {len(prefix)}) = '{prefix}' AND NEW."{side}" <> '{prefix}' || NEW."service_id")"""
        for side in ("debit", "credit")
        for prefix in SERVICE_PREFIXES
    )
    return " OR ".join(sides)


def _not_a_month() -> str:
    """SQL: the period isn't a year, a dash and one of twelve months."""
    months = ", ".join(f"'{month:02}'" for month in range(1, 13))
    return f"""NEW."period" NOT LIKE '____-__' OR substr(NEW."period", 6, 2) NOT IN ({months})"""


class LedgerBook(models.Model):
    """The ledger's own id, the root of its hash chain. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    ledger_id = models.UUIDField(unique=True)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="ledger_is_one", condition=Q(id=1)),
            AppendOnly(name="ledger_book_append_only", unique=("id",)),
        ]

    def __str__(self) -> str:
        return str(self.ledger_id)


class Account(models.Model):
    """An account of one unit and one book. Its balance is never stored."""

    code = models.CharField(max_length=120)
    unit = models.CharField(max_length=8)
    book = models.CharField(max_length=5, choices=BOOKS)

    class Meta:
        ordering = ["code", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["code", "unit"], name="account_once"),
            models.UniqueConstraint(fields=["code", "unit", "book"], name="account_pin"),
            models.CheckConstraint(
                name="account_book_by_code",
                condition=Q(book="memo", code__startswith="M:") | (Q(book="money") & ~Q(code__startswith="M:")),
            ),
            AppendOnly(name="account_append_only", unique=("id", ("code", "unit"))),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.unit}"


class CommissionEntry(models.Model):
    """One balanced transfer. ``seq`` is gapless and is the ledger's order; the clock is not."""

    seq = models.BigIntegerField(primary_key=True)
    event_key = models.CharField(max_length=220)
    line = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    debit = models.CharField(max_length=120)
    credit = models.CharField(max_length=120)
    amount = models.BigIntegerField(help_text="In minor units.")
    unit = models.CharField(max_length=8, help_text="Currency and decimals, such as EUR/2.")
    book = models.CharField(max_length=5, choices=BOOKS)
    win = models.ForeignKey(Win, to_field="key", on_delete=models.PROTECT, null=True, related_name="entries")
    instalment = models.PositiveIntegerField(null=True)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="entries")
    lead = models.ForeignKey(Lead, to_field="reference", on_delete=models.PROTECT, null=True, related_name="entries")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="entries")
    owner = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="entries_owed")
    terms = models.ForeignKey(Terms, to_field="digest", on_delete=models.PROTECT, null=True, related_name="entries")
    facts = models.CharField(max_length=64, null=True)
    cost_center = models.CharField(max_length=32, null=True)
    period = models.CharField(max_length=7)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    source = models.CharField(max_length=200, null=True)
    actor = models.CharField(max_length=220)
    approver = models.CharField(max_length=220, null=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "ledger row"
        ordering = ["seq"]
        indexes = [models.Index(fields=["debit", "unit"]), models.Index(fields=["credit", "unit"])]
        constraints = [
            models.UniqueConstraint(fields=["event_key", "line"], name="entry_event_line_once"),
            models.CheckConstraint(name="entry_amount_in_range", condition=Q(amount__gte=1, amount__lte=MAX_MINOR)),
            models.CheckConstraint(name="entry_between_two_accounts", condition=~Q(debit=F("credit"))),
            models.CheckConstraint(name="entry_kind_uses_its_accounts", condition=_kind_uses_its_accounts()),
            models.CheckConstraint(
                name="entry_book_by_kind",
                condition=Q(book="memo", kind__in=sorted(MEMO_KINDS))
                | (Q(book="money") & ~Q(kind__in=sorted(MEMO_KINDS))),
            ),
            models.CheckConstraint(
                name="entry_of_a_win",
                condition=Q(
                    win__isnull=False,
                    instalment__isnull=False,
                    lead__isnull=False,
                    service__isnull=False,
                    owner__isnull=False,
                    terms__isnull=False,
                    facts__isnull=False,
                )
                & (~Q(kind__in=["credit", "uncredit"]) | Q(agent__isnull=False)),
            ),
            Refuse(
                name="entry_period_is_a_month",
                when="insert",
                condition=_not_a_month(),
                message="a period is a month, such as 2026-03",
            ),
            models.CheckConstraint(name="entry_is_signed", condition=~Q(actor="")),
            PinnedKey(
                name="entry_debits_an_account",
                fields=("debit", "unit", "book"),
                to="sales.Account",
                to_fields=("code", "unit", "book"),
            ),
            PinnedKey(
                name="entry_credits_an_account",
                fields=("credit", "unit", "book"),
                to="sales.Account",
                to_fields=("code", "unit", "book"),
            ),
            Refuse(
                name="entry_service_and_owner_of_its_win",
                when="insert",
                condition=(
                    'NEW."win_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {sales.Win} w WHERE w."key" = NEW."win_id"'
                    ' AND w."service_id" = NEW."service_id" AND w."owner_id" = NEW."owner_id")'
                ),
                message="another service or owner than the win's",
            ),
            Refuse(
                name="entry_seq_is_gapless",
                when="insert",
                condition='NEW."seq" <> COALESCE((SELECT MAX(e."seq") FROM {sales.CommissionEntry} e), 0) + 1',
                message="the ledger has no gaps: the next row is the last one's number plus one",
            ),
            Refuse(
                name="entry_accounts_of_its_service",
                when="insert",
                condition=_foreign_account(),
                message="an account of another service",
            ),
            AppendOnly(name="entry_append_only", unique=("seq", "hash", ("event_key", "line"))),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.event_key} {self.kind}"
