"""State code → the word, the shape and the tone that people see: the one place that decides them.

It isn't where a state is worked out (that is ``states.py`` for wins and the lifecycle for leads), and it
draws nothing (``badges.py`` does). Codes stay in the database and in JSON; the words are the glossary's.
Each state differs from its siblings by word and by shape, so a page printed in grey still says the same.
"""

from dataclasses import dataclass
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class StateWords:
    """What a person reads. ``ended`` draws an outline and no fill: nothing more will happen here."""

    word: str
    shape: str
    tone: str
    ended: bool = False


# Circles are leads: the fuller, the further.
LEAD_STATES: dict[str, StateWords] = {
    "NEW": StateWords("New", "lead-dashed", "neutral"),
    "ROUTED": StateWords("Assigned", "lead-empty", "lead"),
    "QUALIFIED": StateWords("Qualified", "lead-third", "lead"),
    "ENGAGED": StateWords("In conversation", "lead-most", "lead"),
    "PROPOSED": StateWords("Offer made", "lead-nearly", "lead"),
    "WON": StateWords("Won", "lead-full", "good"),
    "DISQUALIFIED": StateWords("Not a fit", "lead-slash", "neutral", ended=True),
    "LOST": StateWords("Lost", "lead-cross", "neutral", ended=True),
    "DORMANT": StateWords("Dormant", "lead-dash", "neutral", ended=True),
}

# Squares are money; a triangle is a fault, a flag a dispute. These are the short words, for tables.
WIN_STATES: dict[str, StateWords] = {
    "UNPRICED": StateWords("Waiting for commission terms", "money-question", "terms"),
    "HELD": StateWords("In hold", "money-pause", "hold"),
    "EARNED": StateWords("Due", "money-play", "due"),
    "PART_SETTLED": StateWords("Part paid", "money-half", "due"),
    "SETTLED": StateWords("Paid", "money-full", "good"),
    "WRITTEN_OFF": StateWords("Written off", "money-slash", "neutral", ended=True),
    "REVERSED": StateWords("Cancelled", "money-cross", "neutral", ended=True),
    "UNPLACED": StateWords("Needs repair", "fault", "bad"),
    "DISPUTED": StateWords("Disputed", "flag", "dispute"),
}


def lead_state(code: str) -> StateWords:
    """The words of a lead's state.

    Raises:
        KeyError: the code isn't a lead's state; a page must not invent a word for it.
    """
    return LEAD_STATES[code]


def win_state(
    code: str, *, held_until: date | None = None, service_name: str = "", today: date | None = None
) -> StateWords:
    """The words of a win's state: short without its facts, in full ("In hold until 3 Dec") with them.

    Raises:
        KeyError: the code isn't a win's state; a page must not invent a word for it.
    """
    short = WIN_STATES[code]
    if code == "HELD" and held_until is not None:
        return StateWords(f"In hold until {day_words(held_until, today=today)}", short.shape, short.tone)
    if code == "EARNED" and service_name:
        return StateWords(f"Due from {service_name}", short.shape, short.tone)
    return short


def day_words(day: date, *, today: date | None = None) -> str:
    """A date for people: "19 Nov 2026", and "19 Nov" when ``today`` is known and of the same year."""
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if today is not None and today.year == day.year else f"{words} {day.year}"
