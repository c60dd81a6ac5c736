"""The ledger's rows, accounts and pricings: append-only, so only shown (LEDGER.md)."""

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.safestring import SafeString

from sales.admin import cells
from sales.admin.base import KeptAdmin
from sales.admin.filters import ByService
from sales.admin.sentences import says
from sales.ledger.models import Account, CommissionEntry
from sales.money import format_in_unit
from sales.wins.models import Refund, WinPricing

KIND_WORDS = {
    "sold": "Sold",
    "unsold": "Sale taken back",
    "book": "Commission booked",
    "credit": "Credited",
    "uncredit": "Credit taken back",
    "release": "Hold ended",
    "void": "Taken back in hold",
    "clawback": "Taken back after the hold",
}
BOOK_FIRST = "Nothing is booked yet. Book a win on a lead's page: its rows appear here."


@admin.register(CommissionEntry)
class EntryAdmin(KeptAdmin):
    list_display = ["number", "what", "sum", "accounts", "of_win", "on_day"]
    list_filter = [ByService, "kind", "book", "unit", "period"]
    search_fields = ["win__key", "event_key", "debit", "credit", "hash"]
    ordering = ["-seq"]
    hidden_fields = ("amount",)
    more_fields = ("sum",)
    empty_says = BOOK_FIRST
    empty_url = "admin:sales_lead_changelist"
    empty_action = "Open leads"

    @admin.display(description="Row", ordering="seq")
    def number(self, row: CommissionEntry) -> str:
        return f"{row.seq:,}"

    @admin.display(description="What", ordering="kind")
    def what(self, row: CommissionEntry) -> SafeString:
        return cells.two_lines(KIND_WORDS[row.kind], row.get_book_display())

    @admin.display(description="Amount", ordering="amount")
    def sum(self, row: CommissionEntry) -> str:
        return format_in_unit(row.amount, row.unit)

    @admin.display(description="Debit, credit")
    def accounts(self, row: CommissionEntry) -> SafeString:
        return cells.two_lines(row.debit, row.credit)

    @admin.display(description="Win", ordering="win")
    def of_win(self, row: CommissionEntry) -> str:
        return row.win_id or cells.NOTHING

    @admin.display(description="Effective", ordering="effective_on")
    def on_day(self, row: CommissionEntry) -> str:
        return cells.day(row.effective_on)


def _side(column: str) -> Coalesce:
    sums = (
        CommissionEntry.objects.filter(**{column: OuterRef("code")}, unit=OuterRef("unit"))
        .order_by()
        .values(column)
        .annotate(n=Sum("amount"))
        .values("n")
    )
    return Coalesce(Subquery(sums), Value(0))


@admin.register(Account)
class AccountAdmin(KeptAdmin):
    list_display = ["code", "book", "debits", "credits", "balance"]
    list_filter = ["book", "unit"]
    search_fields = ["code"]
    empty_says = BOOK_FIRST

    def get_queryset(self, request: HttpRequest) -> QuerySet[Account]:
        rows: QuerySet[Account] = super().get_queryset(request)
        return rows.annotate(debit_sum=_side("debit"), credit_sum=_side("credit"))

    @admin.display(description="Debit")
    def debits(self, row: Account) -> str:
        return format_in_unit(row.debit_sum, row.unit)  # type: ignore[attr-defined]

    @admin.display(description="Credit")
    def credits(self, row: Account) -> str:
        return format_in_unit(row.credit_sum, row.unit)  # type: ignore[attr-defined]

    @admin.display(description="Debit less credit")
    def balance(self, row: Account) -> str:
        return format_in_unit(row.debit_sum - row.credit_sum, row.unit)  # type: ignore[attr-defined]


@admin.register(WinPricing)
class PricingAdmin(KeptAdmin):
    list_display = ["of_win", "by_terms", "sold", "approved_by", "priced"]
    list_filter = [ByService, "currency"]
    list_select_related = ["win", "terms"]
    search_fields = ["win__key", "terms_digest"]
    empty_says = BOOK_FIRST

    @admin.display(description="Win")
    def of_win(self, row: WinPricing) -> str:
        return row.win.key

    @admin.display(description="Terms in force")
    def by_terms(self, row: WinPricing) -> SafeString:
        return cells.two_lines(says(row.terms), f"since {cells.day(row.terms.starts)}")

    @admin.display(description="Sold", ordering="sold_date")
    def sold(self, row: WinPricing) -> str:
        return cells.day(row.sold_date)

    @admin.display(description="Approved by")
    def approved_by(self, row: WinPricing) -> str:
        return row.approver or "priced at booking"

    @admin.display(description="Priced", ordering="priced_at")
    def priced(self, row: WinPricing) -> str:
        return cells.moment(row.priced_at)


@admin.register(Refund)
class RefundAdmin(KeptAdmin):
    list_display = ["of_win", "kind", "sum", "reason_code", "by", "on_day"]
    list_filter = ["kind"]
    list_select_related = ["win"]
    search_fields = ["win__key", "reference"]
    empty_says = "No win was cancelled. A win is cancelled on its own page, with a reason."
    empty_url = "admin:sales_win_changelist"
    empty_action = "Open wins"

    @admin.display(description="Win")
    def of_win(self, row: Refund) -> str:
        return row.win_id

    @admin.display(description="Amount", ordering="amount_minor")
    def sum(self, row: Refund) -> str:
        return cells.amount(row.amount_minor, row.win.currency)

    @admin.display(description="By")
    def by(self, row: Refund) -> str:
        return cells.who(row)

    @admin.display(description="Effective", ordering="effective_on")
    def on_day(self, row: Refund) -> str:
        return cells.day(row.effective_on)
