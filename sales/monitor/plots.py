"""Plots as plain values: SVG path data, bars and steps of a table. Pure; templates draw them, words come from callers.

Pictures are 100 by 100 (bars: 100 by 10) and are stretched by the page; every word stays HTML. The zero line is
always shown, no line is smoothed, and no two currencies meet in one plot (UI.md, Plots).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SIDE = 100
HEAT_STEPS = 5
GRID_LINES = 4


@dataclass(frozen=True, slots=True)
class Tick:
    """A word on an axis; ``minor`` of an amount axis is formatted by the page."""

    label: str
    minor: int = 0


@dataclass(frozen=True, slots=True)
class AreaPlot:
    """Cumulative commission: due below, hold above, and the period before as a dashed line."""

    hold_path: str
    due_path: str
    before_path: str
    grid_path: str
    top_minor: int
    y_ticks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar from the zero line; ``width`` of 100, ``of_before`` the share of the bar before, in percent."""

    key: str
    label: str
    minor: int
    count: int = 0
    width: str = "0"
    of_before: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a heat table; ``step`` is 0 (nothing) to 5 (most). A sum has no step."""

    minor: int | None
    step: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    label: str
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class HeatTable:
    """Rows by columns, with the sums of both sides; ``columns`` are (key, label)."""

    columns: tuple[tuple[str, str], ...] = ()
    rows: tuple[HeatRow, ...] = ()
    totals: tuple[Cell, ...] = field(default=())


def nice_top(largest: int) -> int:
    """The smallest of 1, 2, 4, 8 × 10ⁿ that is at least the largest value: four equal steps read well."""
    top = 1
    while top < largest:
        top *= 10
    below = top // 10
    return next((step * below for step in (1, 2, 4, 8) if below and step * below >= largest), top)


def area_plot(
    *, hold: Sequence[int], due: Sequence[int], before: Sequence[int], steps: int, least_top: int = 4
) -> AreaPlot:
    """Running sums by day, one value a day from the first; ``steps`` days fill the width.

    ``hold`` and ``due`` are of equal length and stacked; both may end before the last day.
    """
    stacked = [a + b for a, b in zip(hold, due, strict=True)]
    top = nice_top(max([*stacked, *before, least_top]))
    return AreaPlot(
        hold_path=_closed(stacked, top, steps),
        due_path=_closed(due, top, steps),
        before_path=_line(before, top, steps),
        grid_path="".join(f"M0 {_figure(SIDE * n / GRID_LINES)}H{SIDE}" for n in range(GRID_LINES + 1)),
        top_minor=top,
        y_ticks=tuple(top * n // GRID_LINES for n in range(GRID_LINES, -1, -1)),
    )


def _points(values: Sequence[int], top: int, steps: int) -> list[str]:
    """Each value at the end of its day; day 0 is the zero of the axis."""
    width = max(steps, 1)
    return [
        f"{_figure(SIDE * day / width)} {_figure(SIDE - SIDE * max(value, 0) / top)}"
        for day, value in enumerate([0, *values])
    ]


def _line(values: Sequence[int], top: int, steps: int) -> str:
    return "M" + "L".join(_points(values, top, steps)) if values else ""


def _closed(values: Sequence[int], top: int, steps: int) -> str:
    if not values:
        return ""
    end = _figure(SIDE * len(values) / max(steps, 1))
    return f"{_line(values, top, steps)}L{end} {SIDE}z"


def _figure(value: float) -> str:
    """A coordinate with two decimals at most; coordinates aren't money."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def bars(items: Sequence[Bar]) -> tuple[Bar, ...]:
    """Widths against the largest, and each bar's share of the one before, in whole percent."""
    largest = max((item.minor for item in items), default=0)
    drawn: list[Bar] = []
    for item in items:
        before = drawn[-1].minor if drawn else 0
        drawn.append(
            Bar(
                key=item.key,
                label=item.label,
                minor=item.minor,
                count=item.count,
                width=_figure(SIDE * item.minor / largest) if largest else "0",
                of_before=(200 * item.minor + before) // (2 * before) if before else None,
                url=item.url,
            )
        )
    return tuple(drawn)


def steepest(drawn: Sequence[Bar]) -> Bar | None:
    """The bar that keeps the least of the one before it; None where nothing is lost."""
    lossy = [bar for bar in drawn if bar.of_before is not None and bar.of_before < SIDE]
    return min(lossy, key=lambda bar: bar.of_before or 0) if lossy else None


def heat_table(
    amounts: Mapping[tuple[str, str], int],
    *,
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    urls: Mapping[tuple[str, str], str],
) -> HeatTable:
    """A table of amounts by (row, column); in ``urls`` the key "" stands for a sum's side. Absent isn't zero."""
    largest = max(amounts.values(), default=0)

    def cell(row: str, column: str) -> Cell:
        minor = amounts.get((row, column))
        return Cell(minor=minor, step=_step(minor or 0, largest), url=urls.get((row, column), ""))

    def total(row: str, column: str) -> Cell:
        parts = [minor for (r, c), minor in amounts.items() if row in ("", r) and column in ("", c)]
        return Cell(minor=sum(parts) if parts else None, url=urls.get((row, column), ""))

    return HeatTable(
        columns=tuple(columns),
        rows=tuple(
            HeatRow(label, tuple(cell(key, column) for column, _ in columns), total(key, "")) for key, label in rows
        ),
        totals=tuple(total("", column) for column, _ in columns),
    )


def _step(minor: int, largest: int) -> int:
    """1 to 5 by fifths of the largest; 0 for nothing."""
    return 0 if minor <= 0 else -(-HEAT_STEPS * minor // largest)
