"""Sums over placed wins: the only way in which a total comes about. Pure.

Wins that aren't in the totals (Needs repair, Cancelled, Waiting for commission terms) add nothing, and amounts of
different currencies are never added up.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from sales.monitor.placing import PlacedWin
from sales.monitor.states import State, counts

Key = TypeVar("Key", bound=Hashable)


class Keyed(Protocol):
    """A win, a lead or a group of leads: what a scope can narrow by."""

    @property
    def region(self) -> str | None: ...
    @property
    def service(self) -> str: ...
    @property
    def agent(self) -> str | None: ...
    @property
    def currency(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which wins and leads are looked at; what is None or empty doesn't narrow. Dates are sale dates, both included."""

    region: str = ""
    service: str = ""
    agent: str = ""
    currency: str = ""
    sold_from: date | None = None
    sold_to: date | None = None

    def has(self, row: Keyed) -> bool:
        """Whether a win or a lead is within by its keys; dates aside."""
        pairs = (
            (self.region, row.region),
            (self.service, row.service),
            (self.agent, row.agent),
            (self.currency, row.currency),
        )
        return all(not wanted or wanted == value for wanted, value in pairs)

    @property
    def keys(self) -> dict[str, str]:
        """What narrows, as the lists of wins and of leads name it."""
        return {"region": self.region, "service": self.service, "agent": self.agent, "currency": self.currency}

    @property
    def win_filters(self) -> dict[str, str | date | None]:
        """All that narrows, as the list of wins names it."""
        return {**self.keys, "sold_from": self.sold_from, "sold_to": self.sold_to}

    def has_win(self, win: PlacedWin) -> bool:
        after = self.sold_from is None or self.sold_from <= win.sold_date
        before = self.sold_to is None or win.sold_date <= self.sold_to
        return after and before and self.has(win)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Counted wins of one currency, in its minor units."""

    wins: int = 0
    sold_minor: int = 0
    refunded_minor: int = 0
    commission_minor: int = 0
    held_minor: int = 0
    due_minor: int = 0

    @property
    def rate_bp(self) -> int | None:
        """The effective rate: commission of what stayed sold, in basis points, half up; None where nothing did."""
        stayed = self.sold_minor - self.refunded_minor
        return (20_000 * self.commission_minor + stayed) // (2 * stayed) if stayed > 0 else None


def sums(wins: Iterable[PlacedWin]) -> Sums:
    """The sum of counted wins; the caller passes wins of one currency."""
    counted = [win for win in wins if win.is_counted]
    return Sums(
        wins=len(counted),
        sold_minor=sum(win.sold_minor for win in counted),
        refunded_minor=sum(win.refunded_minor for win in counted),
        commission_minor=sum(win.commission_minor for win in counted),
        held_minor=sum(win.held_minor for win in counted),
        due_minor=sum(win.due_minor for win in counted),
    )


def sums_by(wins: Iterable[PlacedWin], key: Callable[[PlacedWin], Key]) -> dict[Key, Sums]:
    """Sums of counted wins by a key, which has the currency in it or is the currency."""
    groups: dict[Key, list[PlacedWin]] = {}
    for win in wins:
        if win.is_counted:
            groups.setdefault(key(win), []).append(win)
    return {name: sums(group) for name, group in groups.items()}


def credit_by_agent(wins: Iterable[PlacedWin]) -> dict[tuple[str, str], int]:
    """What agents are credited with on counted wins, by agent and currency."""
    found: Counter[tuple[str, str]] = Counter()
    for win in wins:
        if win.is_counted:
            for agent, minor in win.credit.items():
                found[agent, win.currency] += minor
    return dict(found)


def state_counts(wins: Iterable[PlacedWin]) -> dict[str, int]:
    """How many wins are in each state; every state is named, also those with none."""
    found = Counter(win.state for win in wins)
    return {state.value: found[state] for state in State}


def counted_and_not(by_state: dict[str, int]) -> tuple[int, int]:
    """Wins in the totals, and wins that aren't."""
    counted = sum(count for code, count in by_state.items() if counts(State(code)))
    return counted, sum(by_state.values()) - counted
