"""Cumulative commission of a period by sale date: how much is safe, and are we ahead? Values; a template draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from sales.money import exponent, format_figure
from sales.monitor.links import rows_url
from sales.monitor.periods import Period, Span
from sales.monitor.placing import PlacedWin
from sales.monitor.plots import AreaPlot, area_plot
from sales.monitor.states import State
from sales.monitor.totals import Scope
from sales.monitor.trends import percent_change, tenths
from sales.monitor.words import day_words

TABLE_ROWS = 6
LABELS = 4
SCALES = ((10**6, "million"), (10**3, "thousand"), (1, ""))


@dataclass(frozen=True, slots=True)
class Point:
    """The running sum at the end of a day, and of the same day of the period before."""

    label: str
    minor: int
    before_minor: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionPlot:
    """The plot with its words. ``answer`` says in a sentence what the picture shows."""

    currency: str
    title: str
    question: str
    answer: str
    hold_minor: int
    due_minor: int
    hold_url: str
    due_url: str
    before_label: str
    area: AreaPlot
    y_labels: tuple[str, ...]
    x_labels: tuple[str, ...]
    table: tuple[Point, ...]


def commission_plot(wins: Sequence[PlacedWin], *, period: Period, scope: Scope, today: date) -> CommissionPlot:
    """The plot of one currency's wins, which reach back to the period before; only those in totals are drawn."""
    counted = [win for win in wins if win.is_counted]
    span = period.span or Span(min((win.sold_date for win in counted), default=today), today)
    until = period.until or today
    hold = _running([(win.sold_date, win.held_minor) for win in counted], Span(span.first, until))
    all_ = _running([(win.sold_date, win.commission_minor) for win in counted], Span(span.first, until))
    before = _running([(win.sold_date, win.commission_minor) for win in counted], period.before)[: span.days]
    due = [total - held for total, held in zip(all_, hold, strict=True)]
    area = area_plot(hold=hold, due=due, before=before, steps=span.days)
    alike = before[min(len(all_), len(before)) - 1] if before else None
    scale, scale_word = _scale(area.top_minor, scope.currency)
    return CommissionPlot(
        currency=scope.currency,
        title=_title(all_[-1], alike, period.before_label),
        question=f"By sale date, {f'{scope.currency} {scale_word}'.strip()}. How much is safe, and are we ahead?",
        answer=_answer(all_[-1], hold[-1], alike, period, scope.currency),
        hold_minor=hold[-1],
        due_minor=due[-1],
        hold_url=rows_url("win", state=State.HELD, **scope.win_filters),
        due_url=rows_url("win", counted="past-hold", **scope.win_filters),
        before_label=period.before_label if before else "",
        area=area,
        y_labels=tuple(f"{tick / scale:g}" for tick in area.y_ticks),
        x_labels=tuple(_day(span, step) for step in _spread(span.days, LABELS)),
        table=tuple(
            Point(_day(span, step), all_[step], before[step] if step < len(before) else None)
            for step in _spread(len(all_), TABLE_ROWS)
        ),
    )


def _running(amounts: Sequence[tuple[date, int]], span: Span | None) -> list[int]:
    """Running sums by day of a span, both ends included; nothing without a span."""
    if span is None:
        return []
    days = [0] * span.days
    for day, minor in amounts:
        if span.has(day):
            days[(day - span.first).days] += minor
    return list(accumulate(days))


def _spread(days: int, wanted: int) -> list[int]:
    """At most ``wanted`` days from the first to the last, evenly."""
    if days <= wanted:
        return list(range(days))
    return [round(step * (days - 1) / (wanted - 1)) for step in range(wanted)]


def _day(span: Span, step: int) -> str:
    return day_words(span.first + timedelta(days=step), today=span.last)


def _scale(top_minor: int, currency: str) -> tuple[int, str]:
    """What the axis counts in, so that its figures stay short, in minor units and as a word."""
    unit: int = 10 ** exponent(currency)
    times, word = next((scale for scale in SCALES if top_minor >= 4 * scale[0] * unit), SCALES[-1])
    return times * unit, word


def _title(now: int, alike: int | None, before_label: str) -> str:
    """The answer: ahead, behind, or how it stands where nothing can be compared."""
    change = percent_change(now, alike) if alike is not None else None
    if change is None:
        return "Commission so far" if now else "No commission yet"
    if change == 0:
        return f"Commission is where it was in {before_label}"
    return f"Commission is {tenths(change)} % {'ahead of' if change > 0 else 'behind'} {before_label}"


def _answer(now: int, hold: int, alike: int | None, period: Period, currency: str) -> str:
    words = (
        f"Commission by sale date, {period.label.split(', against')[0]}: {format_figure(now, currency)} {currency}, "
        f"of which {format_figure(now - hold, currency)} is past its hold."
    )
    if alike is None:
        return words
    return f"{words} {period.before_label} had {format_figure(alike, currency)} after as many days."
