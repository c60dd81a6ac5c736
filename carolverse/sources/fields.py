"""Reads one field of one row, or says in a sentence why it can't be read.

A field that is null counts as one that the row lacks. Numbers are whole and within a range: no float, no text
that looks like a number. Which fields a row has is for each reader to say.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from carolverse.sources.errors import Unreadable
from carolverse.sources.limits import MAX_KEY_LENGTH, MAX_MINOR, MAX_TEXT_LENGTH

Row = Mapping[str, object]

CURRENCY = re.compile(r"[A-Z]{3}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Control characters and halves of surrogate pairs: no database stores all of them, no page shows them.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def text(row: Row, name: str, *, limit: int = MAX_TEXT_LENGTH) -> str:
    """A text that says something."""
    found = optional_text(row, name, limit=limit)
    if found is None:
        raise Unreadable(f"{name} is missing.")
    return found


def optional_text(row: Row, name: str, *, limit: int = MAX_TEXT_LENGTH) -> str | None:
    """A text, or None where it is missing or blank."""
    value = row.get(name)
    return None if value is None else _checked_text(value, name, limit=limit) or None


def texts(row: Row, name: str, *, limit: int = MAX_TEXT_LENGTH) -> tuple[str, ...]:
    """A list of texts; empty where it is missing."""
    found = tuple(_checked_text(value, name, limit=limit) for value in items(row, name))
    if not all(found):
        raise Unreadable(f"{name} holds a blank.")
    return found


def _checked_text(value: object, name: str, *, limit: int) -> str:
    if not isinstance(value, str):
        raise Unreadable(f"{name} must be text, not {_shown(value)}.")
    if len(value) > limit:
        raise Unreadable(f"{name} is longer than {limit} characters.")
    if UNPRINTABLE.search(value):
        raise Unreadable(f"{name} holds a character that can't be stored.")
    return value.strip()


def key(row: Row, name: str = "key") -> str:
    """A key of this row or of another, exactly as it is written."""
    found = optional_key(row, name)
    if found is None:
        raise Unreadable(f"{name} is missing.")
    return found


def optional_key(row: Row, name: str) -> str | None:
    """A key of another row, or None where it is missing or blank."""
    found = optional_text(row, name, limit=MAX_KEY_LENGTH)
    if found is not None and (found != row[name] or not found.isprintable()):
        raise Unreadable(f"{name} {_shown(row[name])} has spaces or line breaks around or in it.")
    return found


def items(row: Row, name: str) -> Sequence[object]:
    """A list of anything; empty where it is missing."""
    value = row.get(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise Unreadable(f"{name} must be a list, not {_shown(value)}.")
    return value


def objects(row: Row, name: str) -> Sequence[Row]:
    """A list of objects; empty where it is missing."""
    found = []
    for value in items(row, name):
        if not isinstance(value, dict):
            raise Unreadable(f"{name} must hold objects, not {_shown(value)}.")
        found.append(value)
    return found


def whole(row: Row, name: str, *, low: int, high: int, default: int | None = None) -> int:
    """A whole number from `low` to `high`, both included."""
    found = optional_whole(row, name, low=low, high=high)
    if found is None:
        found = default
    if found is None:
        raise Unreadable(f"{name} is missing.")
    return found


def optional_whole(row: Row, name: str, *, low: int, high: int) -> int | None:
    """A whole number from `low` to `high`, or None where it is missing."""
    value = row.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unreadable(f"{name} must be a whole number, not {_shown(value)}.")
    if not low <= value <= high:
        raise Unreadable(f"{name} must be from {low} to {high}, not {_shown(value)}.")
    return value


def minor(row: Row, name: str, *, default: int | None = None) -> int:
    """An amount in minor units, never negative."""
    return whole(row, name, low=0, high=MAX_MINOR, default=default)


def optional_minor(row: Row, name: str) -> int | None:
    """An amount in minor units, never negative, or None where it is missing."""
    return optional_whole(row, name, low=0, high=MAX_MINOR)


def flag(row: Row, name: str, *, default: bool | None = None) -> bool:
    """True or false; databases without booleans write 1 and 0."""
    value = row.get(name)
    if value is None:
        value = default
    if value is None:
        raise Unreadable(f"{name} is missing.")
    if isinstance(value, bool | int) and value in (0, 1):
        return bool(value)
    raise Unreadable(f"{name} must be true or false, not {_shown(value)}.")


def choice(row: Row, name: str, *, allowed: Sequence[str], default: str) -> str:
    """One of a few words; the default where it is missing."""
    value = row.get(name)
    if value is None:
        return default
    if not isinstance(value, str) or value not in allowed:
        raise Unreadable(f"{name} must be one of {', '.join(allowed)}, not {_shown(value)}.")
    return value


def currency(row: Row, name: str = "currency") -> str:
    """A currency in the shape of ISO 4217; whether it is in use isn't asked here."""
    found = optional_currency(row, name)
    if found is None:
        raise Unreadable(f"{name} is missing.")
    return found


def optional_currency(row: Row, name: str = "currency") -> str | None:
    """A currency in the shape of ISO 4217, or None where it is missing."""
    value = row.get(name)
    if value is None or (isinstance(value, str) and CURRENCY.fullmatch(value)):
        return value
    raise Unreadable(f"{name} must be three capital letters like EUR, not {_shown(value)}.")


def day(row: Row, name: str) -> date:
    """A date, written YYYY-MM-DD."""
    value = row.get(name)
    if value is None:
        raise Unreadable(f"{name} is missing.")
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise Unreadable(f"{name} must be a date like 2026-01-31, not {_shown(value)}.")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise Unreadable(f"{name} {value} isn't a day of the calendar.") from error


def _shown(value: object) -> str:
    """The value as an error may repeat it: short, in ASCII, a container only by its kind."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return ascii(value[:40])
    if isinstance(value, int | float):
        return str(value) if abs(value) < 10**30 else "a number too large to show"
    if isinstance(value, dict):
        return "an object"
    return "a list" if isinstance(value, list) else "bytes"
