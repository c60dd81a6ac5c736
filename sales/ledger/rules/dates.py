"""When an instalment is due and when its hold ends. Dates are UTC's; the clock is never read here."""

from calendar import monthrange
from datetime import date, timedelta


def hold_end(effective_on: date, hold_days: int) -> date:
    """The first day on which the commission may be released; with a hold of 0 the booking's own day."""
    return effective_on + timedelta(days=hold_days)


def instalment_due(sold_on: date, instalment: int) -> date:
    """The sale's day of the month, or the month's last day; instalment 1 is due on the sale's day."""
    years, month = divmod(sold_on.month - 1 + instalment - 1, 12)
    year = sold_on.year + years
    return date(year, month + 1, min(sold_on.day, monthrange(year, month + 1)[1]))
