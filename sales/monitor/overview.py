"""What the monitor's page and the console's front show of one currency and period: figures, plots, wins by state.

Values only, over one reading; templates show them. Every figure has the address of its rows. Currencies are never
added up: an overview is of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sales.money import format_figure
from sales.monitor.badges import badge_html
from sales.monitor.commission_plot import CommissionPlot, commission_plot
from sales.monitor.finding import many
from sales.monitor.funnel import Step
from sales.monitor.links import rows_url
from sales.monitor.more_plots import FunnelPlot, HeatPlot, funnel_plot, heat_plot
from sales.monitor.periods import Period, Span
from sales.monitor.placing import PlacedWin
from sales.monitor.reading import Reading
from sales.monitor.states import State, counts
from sales.monitor.totals import Scope, Sums, sums
from sales.monitor.trends import Trend, amount_trend, rate_trend
from sales.monitor.words import WIN_STATES

NOTHING = "—"
Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """One figure that opens its rows, as ``parts/kpi.html`` shows it."""

    label: str
    value: str
    url: str
    note: str = ""
    trend: str = ""
    trend_shape: str = ""
    trend_tone: str = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """One currency and period. ``has_wins`` is about all time and currencies, ``is_empty`` about this one."""

    currency: str
    currencies: tuple[str, ...]
    period: Period
    scope: Scope
    has_wins: bool
    is_empty: bool
    kpis: tuple[Kpi, ...]
    outside: Kpi
    commission: CommissionPlot
    funnel: FunnelPlot
    heat: HeatPlot
    state_columns: tuple[dict[str, str], ...]
    state_rows: tuple[Row, ...]
    elsewhere: tuple[tuple[str, str, str], ...]


def currencies_of(reading: Reading) -> tuple[str, ...]:
    """The currencies of wins and open leads, the one with most wins first."""
    codes = [win.currency for win in reading.wins]
    more = {group.currency for group in reading.leads if group.currency}
    return tuple(sorted({*codes, *more}, key=lambda code: (-codes.count(code), code)))


def overview(reading: Reading, *, period: Period, currency: str, steps: Sequence[Step], region: str = "") -> Overview:
    """The overview; ``steps`` is the funnel of leads created in the same period, region and currency."""
    span, until = period.span, period.until
    scope = Scope(region=region, currency=currency, sold_from=span.first if span else None, sold_to=until)
    here = [win for win in reading.wins if Scope(region=region, currency=currency).has_win(win)]
    wins = [win for win in here if scope.has_win(win)]
    return Overview(
        currency=currency,
        currencies=currencies_of(reading),
        period=period,
        scope=scope,
        has_wins=bool(reading.wins),
        is_empty=not wins,
        kpis=_kpis(reading, scope, now=sums(wins), before=_alike(here, period), period=period),
        outside=_outside(wins, scope),
        commission=commission_plot(here, period=period, scope=scope, today=reading.today),
        funnel=funnel_plot(steps, scope=scope, period=period),
        heat=heat_plot(wins, reading=reading, scope=scope, period=period),
        state_columns=STATE_COLUMNS,
        state_rows=_state_rows(wins, scope),
        elsewhere=_elsewhere(reading, scope),
    )


def _between(wins: Sequence[PlacedWin], span: Span) -> list[PlacedWin]:
    return [win for win in wins if span.has(win.sold_date)]


def _alike(wins: Sequence[PlacedWin], period: Period) -> Sums | None:
    """The sums of as many days of the period before; None where nothing is compared."""
    return sums(_between(wins, period.alike)) if period.alike else None


def _kpis(reading: Reading, scope: Scope, *, now: Sums, before: Sums | None, period: Period) -> tuple[Kpi, ...]:
    currency = scope.currency
    counted = rows_url("win", counted="1", **scope.win_filters)
    open_ = [group for group in reading.leads if group.is_open and scope.has(group)]
    split = f"in hold {format_figure(now.held_minor, currency)}, due {format_figure(now.due_minor, currency)}"
    sold = amount_trend(now.sold_minor, before.sold_minor if before else None, currency)
    booked = amount_trend(now.commission_minor, before.commission_minor if before else None, currency)
    rate = rate_trend(now.rate_bp, before.rate_bp if before else None)
    return (
        _kpi("Sold, in totals", format_figure(now.sold_minor, currency), counted, sold),
        _kpi("Commission booked", format_figure(now.commission_minor, currency), counted, booked, split),
        _kpi("Effective rate", _rate(now.rate_bp), counted, rate),
        Kpi(
            label="Open pipeline",
            value=format_figure(sum(group.amount_minor for group in open_), currency),
            url=rows_url("lead", open="1", **scope.keys),
            note=f"expected of {many(sum(group.leads for group in open_), 'lead', 'leads')}, today",
        ),
    )


def _kpi(label: str, value: str, url: str, trend: Trend, split: str = "") -> Kpi:
    note = "; ".join(part for part in (trend.beside, split) if part)
    return Kpi(
        label=label, value=value, url=url, trend=trend.words, trend_shape=trend.shape, trend_tone=trend.tone, note=note
    )


def _rate(bp: int | None) -> str:
    return NOTHING if bp is None else f"{bp // 100}.{bp % 100:02d} %"


def _outside(wins: Sequence[PlacedWin], scope: Scope) -> Kpi:
    """Sold and not in totals: waiting for terms, or in need of repair. What is cancelled isn't sold any more."""
    out = [win for win in wins if not win.is_counted and win.state != State.REVERSED]
    return Kpi(
        label="Sold, not in totals",
        value=format_figure(sum(win.amount_minor for win in out), scope.currency),
        url=rows_url("win", counted="waiting", **scope.win_filters),
        note=many(len(out), "win", "wins"),
    )


STATE_COLUMNS = (
    {"label": "State", "kind": "a"},
    {"label": "Wins", "kind": "r"},
    {"label": "Sold", "kind": "r"},
    {"label": "Commission", "kind": "r"},
    {"label": "In hold", "kind": "r"},
    {"label": "Due", "kind": "r"},
    {"label": "In totals", "kind": ""},
)


def _state_rows(wins: Sequence[PlacedWin], scope: Scope) -> tuple[Row, ...]:
    """A row per state that has wins: first those in totals with their sum, then those that aren't."""
    states = [state for state in WIN_STATES if any(win.state == state for win in wins)]
    inside = [_state_row(State(code), wins, scope) for code in states if counts(State(code))]
    outside = [_state_row(State(code), wins, scope) for code in states if not counts(State(code))]
    total = _figures_row({"text": "In totals"}, sums(wins), scope, rows_url("win", counted="1", **scope.win_filters))
    return (*inside, *([{"cells": [*total, {"text": ""}], "sum": True}] if inside else []), *outside)


def _state_row(state: State, wins: Sequence[PlacedWin], scope: Scope) -> Row:
    of_state = [win for win in wins if win.state == state]
    badge: Row = {"badge": badge_html(WIN_STATES[state], money=True)}
    url = rows_url("win", state=state, **scope.win_filters)
    if counts(state):
        return {"cells": [*_figures_row(badge, sums(of_state), scope, url), {"text": "yes"}]}
    sold = format_figure(sum(win.amount_minor for win in of_state), scope.currency)
    blanks: list[Row] = [{"text": NOTHING}] * 3
    cells = [badge, {"text": f"{len(of_state):,}", "url": url}, {"text": sold}, *blanks, {"text": "no"}]
    return {"cells": cells, "out": True}


def _figures_row(first: Row, figures: Sums, scope: Scope, url: str) -> list[Row]:
    amounts = (figures.sold_minor, figures.commission_minor, figures.held_minor, figures.due_minor)
    texts: list[Row] = [{"text": format_figure(minor, scope.currency)} for minor in amounts]
    return [first, {"text": f"{figures.wins:,}", "url": url}, *texts]


def _elsewhere(reading: Reading, scope: Scope) -> tuple[tuple[str, str, str], ...]:
    """Wins of the same span and region in other currencies: currency, how many, and their list."""
    found = []
    for code in currencies_of(reading):
        there = Scope(region=scope.region, currency=code, sold_from=scope.sold_from, sold_to=scope.sold_to)
        wins = sum(there.has_win(win) for win in reading.wins)
        if wins and code != scope.currency:
            found.append((code, many(wins, "win", "wins"), rows_url("win", **there.win_filters)))
    return tuple(found)
