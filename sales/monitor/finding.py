"""A finding: what is so, about which rows, and what to do. A value and its words; ``checks`` looks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sales.monitor.reading import Named

ROWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is so, how many rows it is about, what to do. ``severity`` is a tone: bad, terms, hold or neutral."""

    code: str
    severity: str
    words: str
    detail: str
    count: int
    rows: tuple[str, ...]
    url: str
    shape: str = "wait"


def many(count: int, one: str, more: str) -> str:
    """Such as "1 win" or "3 wins"."""
    return f"{count:,} {one if count == 1 else more}"


def days_words(since: datetime, now: datetime) -> str:
    days = max(0, (now - since).days)
    return "since today" if days == 0 else f"for {many(days, 'day', 'days')}"


def about(
    rows: Sequence[str], *, code: str, severity: str, words: str, detail: str, url: str, shape: str = "wait"
) -> list[Finding]:
    """The finding about these rows; none about no row."""
    first = tuple(rows[:ROWS])
    finding = Finding(
        code=code, severity=severity, words=words, detail=detail, count=len(rows), rows=first, url=url, shape=shape
    )
    return [finding] if rows else []


def name_in(named: dict[str, Named], key: str) -> str:
    return named[key].name if key in named else key
