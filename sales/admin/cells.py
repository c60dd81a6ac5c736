"""Cells of lists: days, moments, amounts, badges, links. Words and figures as the rest of the pages write them."""

from datetime import UTC, date, datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sales.access.models import Signed
from sales.money import format_minor
from sales.monitor.badges import badge_html
from sales.monitor.words import StateWords, day_words

NOTHING = "—"


def day(of: date | datetime | None) -> str:
    """A UTC day: "19 Nov 2026"."""
    if of is None:
        return NOTHING
    return day_words(of.astimezone(UTC).date() if isinstance(of, datetime) else of)


def moment(at: datetime | None) -> str:
    """A day and a time in UTC."""
    return NOTHING if at is None else f"{day(at)}, {at.astimezone(UTC):%H:%M}"


def amount(minor: int | None, currency: str) -> SafeString | str:
    """An amount that doesn't break, its figures tabular."""
    return (
        NOTHING
        if minor is None or not currency
        else format_html('<span class="num">{}</span>', format_minor(minor, currency))
    )


def two_lines(first: object, second: object) -> SafeString:
    """A name, and who or what below it."""
    return format_html("<span>{}</span><small>{}</small>", first, second) if second else format_html("{}", first)


def who(row: Signed) -> str:
    """Who did it: agent first, then droid or operator."""
    return row.signer.words


def page_of(model: str, pk: object) -> str:
    """The address of one row's page."""
    return reverse(f"admin:sales_{model}_change", args=[pk])


def link(model: str, pk: object, text: object) -> SafeString:
    """A link to one row's page."""
    return format_html('<a href="{}">{}</a>', page_of(model, pk), text)


def mark(word: str, shape: str, tone: str) -> SafeString:
    """A badge for what isn't a state of a lead or a win."""
    return badge_html(StateWords(word, shape, tone), money=False)


def standing(*, retired: bool, refused: bool) -> SafeString:
    """Whether a mirrored row is in use: registered, no longer there, or not accepted."""
    if retired:
        return mark("Retired", "lead-dash", "neutral")
    return mark("Row not accepted", "fault", "bad") if refused else mark("Registered", "done", "good")
