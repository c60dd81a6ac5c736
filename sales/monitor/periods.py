"""Periods to look at, each with the one it is compared with: the same number of days of the period before. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from sales.monitor.words import day_words

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
QUARTERS = ("1st", "2nd", "3rd", "4th")
DEFAULT = "month"
SPANS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` to ``last``, both included, of which those after today have nothing yet."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def has(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A span and what to compare it with. ``before`` is the whole span before, ``alike`` as many days of it as passed.

    ``until`` is the last day that is looked at: today, or the end of a span that is over. "All" has no span.
    """

    code: str
    title: str
    label: str
    span: Span | None = None
    until: date | None = None
    before: Span | None = None
    alike: Span | None = None
    before_label: str = ""


def choices(today: date) -> list[Period]:
    """The periods one can choose, as of a day."""
    month, quarter, year = (_current(code, today) for code in SPANS)
    assert month.before is not None
    return [
        month,
        _whole("last-month", month.before),
        quarter,
        year,
        Period(code="all", title="All time", label="All time"),
    ]


def period_of(code: str, today: date) -> Period:
    """The period of a code; this month for a code that isn't one."""
    found = {period.code: period for period in choices(today)}
    return found.get(code, found[DEFAULT])


def _span(day: date, months: int) -> Span:
    """The month, quarter or year that a day lies in."""
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    return Span(date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1]))


def _name(span: Span) -> str:
    """Such as "March 2026", "3rd quarter 2026", "2026"."""
    if span.days > 100:
        return str(span.first.year)
    if span.days < 32:
        return f"{MONTH_NAMES[span.first.month - 1]} {span.first.year}"
    return f"{QUARTERS[span.first.month // 3]} quarter {span.first.year}"


def _period(code: str, span: Span, before: Span, *, today: date, title: str) -> Period:
    until = min(span.last, today)
    passed = (until - span.first).days
    alike = Span(before.first, min(before.first + timedelta(days=passed), before.last))
    whole = until == span.last
    before_label = _name(before) if before.first.year != span.first.year else _short(before)
    article = "the " if "quarter" in before_label else ""
    return Period(
        code=code,
        title=title,
        label=f"{_name(span)}, against {article}{before_label}",
        span=span,
        until=until,
        before=before,
        alike=before if whole else alike,
        before_label=f"{article}{before_label}",
    )


def _current(code: str, today: date) -> Period:
    months = SPANS[code]
    span = _span(today, months)
    before = _span(span.first - timedelta(days=1), months)
    return _period(code, span, before, today=today, title=f"{_short(span)} so far")


def _whole(code: str, span: Span) -> Period:
    before = _span(span.first - timedelta(days=1), 1)
    return _period(code, span, before, today=span.last, title=_name(span))


def _short(span: Span) -> str:
    """Without the year, where the year says nothing new."""
    name = _name(span)
    return name if span.days > 100 else name.removesuffix(f" {span.first.year}")


def days_label(span: Span) -> str:
    """Such as "1 Mar to 31 Mar 2026"."""
    return f"{day_words(span.first, today=span.last)} to {day_words(span.last)}"
