"""Form fields that the console's forms share: amounts with their currency, days, moments, and how often one pays."""

from datetime import UTC, datetime
from typing import Any

from django import forms

from sales.leads.models import Cadence
from sales.money import EXPONENTS, AmountOutOfRange, NotAnAmount, format_figure, parse_minor

CURRENCIES = [(code, code) for code in sorted(EXPONENTS)]


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day, picked or typed."""
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=picker, help_text=help_text)


def moment_field(label: str, *, required: bool = True, help_text: str = "UTC.") -> forms.DateTimeField:
    """A day and a time in UTC."""
    picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
    return forms.DateTimeField(
        label=label, required=required, widget=picker, input_formats=formats, help_text=help_text
    )


def words_field(label: str, *, required: bool = True, help_text: str = "", rows: int = 3) -> forms.CharField:
    """Free text."""
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


def typed_amount(minor: int | None, currency: str) -> str:
    """An amount as a person types it: "24000.00"."""
    return "" if minor is None or not currency else format_figure(minor, currency).replace(",", "")


class AmountForm(forms.Form):
    """Amount, currency, quantity, once or monthly: what a lead expects, an offer proposes, a booking freezes."""

    amount = forms.CharField(label="Amount, without tax", help_text="Digits and one decimal point, such as 24000.00.")
    currency = forms.ChoiceField(label="Currency", choices=CURRENCIES, initial="EUR")
    quantity = forms.IntegerField(label="Quantity", min_value=1, initial=1)
    cadence = forms.ChoiceField(label="Paid", choices=Cadence.choices, initial=Cadence.ONCE)
    term_months = forms.IntegerField(
        label="Number of months", min_value=1, required=False, help_text="Only if paid every month."
    )

    def clean(self) -> dict[str, Any]:
        """Read the amount in its currency's decimals, and see that months and cadence fit."""
        data = super().clean() or {}
        typed, currency = data.get("amount", ""), data.get("currency", "")
        data["amount_minor"] = None
        if typed and currency:
            try:
                data["amount_minor"] = parse_minor(typed, currency)
            except (NotAnAmount, AmountOutOfRange) as fault:
                self.add_error("amount", str(fault))
        monthly, months = data.get("cadence") == Cadence.MONTHLY, data.get("term_months")
        if monthly and not months:
            self.add_error("term_months", "Say for how many months.")
        if months and not monthly:
            self.add_error("term_months", "Leave it empty, or choose 'Every month'.")
        return data


AMOUNTS = ("amount_minor", "currency", "quantity", "cadence", "term_months")


def amounts_of(data: dict[str, Any]) -> dict[str, Any]:
    """The cleaned values under the names that the verbs take."""
    return {name: data[name] for name in AMOUNTS}


def in_utc(at: datetime | None) -> datetime | None:
    """A typed moment with its zone."""
    return at if at is None or at.tzinfo else at.replace(tzinfo=UTC)
