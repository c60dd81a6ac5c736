"""Template tags of the look: states, shapes, icons, amounts and days. Display only; no rule and no query.

No template writes a state, an amount or a date by hand: the words come from ``sales.monitor.words``, the
figures from ``sales.money``. "Today" is the page's ``now``, so that a page can be shown as of any time.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from sales import money as amounts
from sales.monitor.badges import badge_html
from sales.monitor.drawings import icon_svg, shape_svg
from sales.monitor.words import StateWords, day_words, lead_state, win_state

register = template.Library()

NOTHING = "—"

# A message's kind (Django's level tags) → tone and icon. A refusal is an alert: it speaks at once.
NOTES = {
    "error": ("bad", "warning"),
    "warning": ("hold", "clock"),
    "success": ("good", "check"),
    "info": ("lead", "info"),
    "debug": ("neutral", "info"),
}


def _day_of(moment: date | datetime | None) -> date | None:
    """The UTC day of a date or a time; None where a page has neither."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).date()
    return moment


@register.simple_tag
def lead_badge(code: str) -> SafeString:
    """A lead's state: circle, word, tone."""
    return badge_html(lead_state(code), money=False)


@register.simple_tag(takes_context=True)
def win_badge(
    context: Context, code: str, held_until: date | datetime | None = None, service_name: str = ""
) -> SafeString:
    """A win's state: square, word, tone. Short in tables, in full with ``held_until`` or ``service_name``."""
    today = _day_of(context.get("now"))
    state = win_state(code, held_until=_day_of(held_until), service_name=service_name, today=today)
    return badge_html(state, money=True)


@register.simple_tag
def mark(word: str, shape: str, tone: str) -> SafeString:
    """A badge for what isn't a state ("9 of 9 hold", "sample"); states have tags of their own."""
    return badge_html(StateWords(word, shape, tone), money=False)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside a word; search, more and snooze alone may stand without one."""
    return icon_svg(name)


@register.simple_tag
def shape(name: str) -> SafeString:
    """A state shape without its badge, as in plots and lists of things to do."""
    return shape_svg(name)


@register.filter
def money(amount_minor: int | None, currency: str) -> str:
    """Such as "EUR 24,000.00": minor units with their currency; a dash where there is no amount."""
    return NOTHING if amount_minor is None else amounts.format_minor(amount_minor, currency)


@register.filter
def figure(amount_minor: int | None, currency: str) -> str:
    """Such as "24,000.00", where the table's heading names the currency; a dash where there is no amount."""
    return NOTHING if amount_minor is None else amounts.format_figure(amount_minor, currency)


@register.filter
def day(moment: date | datetime | None, now: date | datetime | None = None) -> str:
    """Such as "19 Nov 2026"; with ``now`` of the same year, "19 Nov". Days are UTC days."""
    the_day = _day_of(moment)
    return NOTHING if the_day is None else day_words(the_day, today=_day_of(now))


@register.filter
def moment(at: datetime | None, now: datetime | None = None) -> str:
    """Such as "today, 12:00", "yesterday, 16:00", else the day and the time, in UTC."""
    if at is None:
        return NOTHING
    the_day, today = at.astimezone(UTC).date(), _day_of(now)
    ago = (today - the_day).days if today is not None else None
    words = {0: "today", 1: "yesterday"}.get(-1 if ago is None else ago) or day_words(the_day, today=today)
    return f"{words}, {at.astimezone(UTC):%H:%M}"


@register.filter
def note_tone(kind: str) -> str:
    """The tone of a message of this kind."""
    return NOTES[kind][0]


@register.filter
def note_icon(kind: str) -> str:
    """The icon of a message of this kind."""
    return NOTES[kind][1]


@register.filter
def note_role(kind: str) -> str:
    """How a screen reader hears a message of this kind: at once, or when it is free."""
    return "alert" if kind == "error" else "status"


@register.filter
def beside(columns: Sequence[Any], cells: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Each column with its cell; a row with a cell too many or too few is a mistake of the page."""
    return list(zip(columns, cells, strict=True))
