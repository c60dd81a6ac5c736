"""A figure against the period before, in words with a shape: up or down, and by how much. Pure."""

from dataclasses import dataclass

from sales.money import divide_round, format_figure


@dataclass(frozen=True, slots=True)
class Trend:
    """Such as "10.5 %" up, "from 121,300.00". Empty where nothing is compared."""

    words: str = ""
    shape: str = ""
    tone: str = "neutral"
    beside: str = ""


def _directed(words: str, change: int, beside: str) -> Trend:
    if change == 0:
        return Trend("as before", "", "neutral", beside)
    return Trend(words, "up" if change > 0 else "down", "good" if change > 0 else "bad", beside)


def percent_change(now: int, before: int) -> int | None:
    """The change in tenths of a percent, half up; None from nothing."""
    return divide_round(1000 * (now - before), before, "HALF_UP") if before > 0 else None


def tenths(value: int) -> str:
    """Such as "10.5" of 105, without its sign."""
    return f"{abs(value) // 10}.{abs(value) % 10}"


def amount_trend(now: int, before: int | None, currency: str) -> Trend:
    """An amount against as many days of the period before."""
    if before is None:
        return Trend()
    change = percent_change(now, before)
    beside = f"from {format_figure(before, currency)}"
    return Trend(beside=beside) if change is None else _directed(f"{tenths(change)} %", change, beside)


def rate_trend(now: int | None, before: int | None) -> Trend:
    """A rate in basis points against the one before, in points of a percent."""
    if now is None or before is None:
        return Trend()
    points = f"{abs(now - before) // 100}.{abs(now - before) % 100:02d} points"
    return _directed(points, now - before, f"from {before // 100}.{before % 100:02d} %")
