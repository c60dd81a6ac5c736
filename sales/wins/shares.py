"""Reading a win's credit: the latest set of its shares stands."""

from collections.abc import Iterable

from sales.wins.models import CreditShare, Win


def latest_shares(rows: Iterable[CreditShare]) -> dict[str, int]:
    """The weights of the highest set among a win's rows, by agent."""
    sets: dict[int, dict[str, int]] = {}
    for row in rows:
        sets.setdefault(row.set_number, {})[row.agent_id] = row.weight
    return sets[max(sets)] if sets else {}


def shares_of(win: Win) -> dict[str, int]:
    """The latest set of a stored win's shares, of 10,000."""
    return latest_shares(win.shares.all())
