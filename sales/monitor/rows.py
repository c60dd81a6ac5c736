"""What the parameters of ``links.py`` keep of a list, so that it shows exactly the rows that a figure counted.

The console's filters take their choices from here; this knows nothing of the console. An unknown value keeps nothing,
never everything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import QuerySet

from sales.leads.lifecycle import FORWARD
from sales.leads.models import OPEN_STATES, Lead
from sales.monitor.funnel import leads_that_reached
from sales.monitor.lead_checks import LACKS
from sales.monitor.placing import PlacedWin
from sales.monitor.reading import late_hand_offs
from sales.monitor.states import State
from sales.wins.models import HandOff


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a parameter: its words, and whether a placed win belongs to it as of a day."""

    words: str
    has: Callable[[PlacedWin, date], bool]


COUNTED = {
    "1": Choice("In totals", lambda win, today: win.is_counted),
    "past-hold": Choice("In totals, past the hold", lambda win, today: win.is_counted and win.state != State.HELD),
    "waiting": Choice("Sold, but not in totals", lambda win, today: not win.is_counted and win.state != State.REVERSED),
    "0": Choice("Not in totals", lambda win, today: not win.is_counted),
}
WIN_FINDINGS = {
    "release_overdue": Choice("Past the hold and not released", lambda win, today: win.is_release_overdue(today)),
}


def win_test(choices: dict[str, Choice], value: str, *, now: datetime) -> Callable[[PlacedWin], bool]:
    """Whether a win belongs to a value as of now."""
    today = now.astimezone(UTC).date()
    return lambda win: value in choices and choices[value].has(win, today)


def leads_found(leads: QuerySet[Lead], code: str, *, now: datetime) -> QuerySet[Lead]:
    """Parameter ``finding``: the open leads that lack something."""
    return leads.filter(LACKS[code].where(now), state__in=OPEN_STATES) if code in LACKS else leads.none()


def leads_reached(leads: QuerySet[Lead], state: str) -> QuerySet[Lead]:
    """Parameter ``reached``: leads that were ever in this state or in a later one, wherever they are now."""
    return leads_that_reached(leads, state) if state in FORWARD else leads.none()


def hand_offs_found(hand_offs: QuerySet[HandOff], code: str, *, now: datetime) -> QuerySet[HandOff]:
    """Parameter ``finding``: hand-offs that nobody acknowledged for a week."""
    return late_hand_offs(hand_offs, now) if code == "hand_off_late" else hand_offs.none()
