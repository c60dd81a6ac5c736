"""What each parameter of ``links.py`` keeps of a list, so that a list shows exactly the rows that a figure counted.

The console's filters call these; they know nothing of the console. An unknown value keeps nothing, never everything.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

from django.db.models import QuerySet

from sales.leads.lifecycle import FORWARD
from sales.leads.models import OPEN_STATES, Lead
from sales.monitor.funnel import leads_between, leads_that_reached
from sales.monitor.lead_checks import LACKS
from sales.monitor.placing import PlacedWin, placed_wins
from sales.monitor.reading import late_hand_offs
from sales.monitor.states import State
from sales.wins.models import HandOff, Win

YES = "yes"


def wins_in_state(wins: QuerySet[Win], state: str, *, now: datetime) -> QuerySet[Win]:
    """Parameter ``state``: wins in a state as of now."""
    return wins.filter(key__in=[win.key for win in placed_wins(now=now) if win.state == state])


COUNTED: dict[str, Callable[[PlacedWin], bool]] = {
    YES: lambda win: win.is_counted,
    "no": lambda win: not win.is_counted,
    "past-hold": lambda win: win.is_counted and win.state != State.HELD,
    "waiting": lambda win: not win.is_counted and win.state != State.REVERSED,
}


def wins_counted(wins: QuerySet[Win], value: str, *, now: datetime) -> QuerySet[Win]:
    """Parameter ``counted``: in totals (yes, or past-hold alone) or not (no, or waiting: those not cancelled)."""
    if value not in COUNTED:
        return wins.none()
    return wins.filter(key__in=[win.key for win in placed_wins(now=now) if COUNTED[value](win)])


def wins_found(wins: QuerySet[Win], code: str, *, now: datetime) -> QuerySet[Win]:
    """Parameter ``finding``: the wins that a finding is about."""
    if code != "release_overdue":
        return wins.none()
    late = [win.key for win in placed_wins(now=now) if win.is_release_overdue(now.astimezone(UTC).date())]
    return wins.filter(key__in=late)


def leads_found(leads: QuerySet[Lead], code: str, *, now: datetime) -> QuerySet[Lead]:
    """Parameter ``finding``: the open leads that lack something."""
    return leads.filter(LACKS[code].where(now), state__in=OPEN_STATES) if code in LACKS else leads.none()


def leads_open(leads: QuerySet[Lead], value: str) -> QuerySet[Lead]:
    """Parameter ``open``: yes for leads that can still be won."""
    return leads.filter(state__in=OPEN_STATES) if value == YES else leads.exclude(state__in=OPEN_STATES)


def leads_reached(leads: QuerySet[Lead], state: str) -> QuerySet[Lead]:
    """Parameter ``reached``: leads that were ever in this state or a later one."""
    return leads_that_reached(leads, state) if state in FORWARD else leads.none()


def leads_created(leads: QuerySet[Lead], *, first: date | None = None, last: date | None = None) -> QuerySet[Lead]:
    """Parameters ``created_from`` and ``created_to``, UTC days."""
    return leads_between(leads, first, last)


def hand_offs_found(hand_offs: QuerySet[HandOff], code: str, *, now: datetime) -> QuerySet[HandOff]:
    """Parameter ``finding``: hand-offs that nobody acknowledged for a week."""
    return late_hand_offs(hand_offs, now) if code == "hand_off_late" else hand_offs.none()
