"""Turns the rows of a table into facts: a faulty row becomes a fault, keys in disorder a refusal.

What a fact is made of is for each reader to say.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from carolverse.sources import fields
from carolverse.sources.errors import FeedRefused, Unreadable
from carolverse.sources.fields import Row

Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True, order=True)
class RowFault:
    """A row that can't be read, and why in a sentence."""

    table: str
    key: str
    reason: str


def table_of(document: Mapping[str, object], name: str, *, required: bool = False) -> list[Row]:
    """The rows of a table.

    Raises:
        FeedRefused: not a list of objects, or required and missing or empty.
    """
    rows = document.get(name)
    if rows is None and not required:
        return []
    if not isinstance(rows, list):
        raise FeedRefused(f"The feed has no table {name}. Check that it was written in full.")
    if required and not rows:
        raise FeedRefused(f"The table {name} is empty. Nothing is changed by an empty feed; check its source.")
    for position, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise FeedRefused(f"Row {position} of {name} isn't an object. Mend the feed at its source.")
    return rows


def keyed(rows: Iterable[Row], *, table: str, name: str = "key") -> dict[str, Row]:
    """The rows by key, in the order of their keys.

    Raises:
        FeedRefused: a row without a readable key, since nobody can tell which row it is; or a key twice.
    """
    found: dict[str, Row] = {}
    for position, row in enumerate(rows, start=1):
        try:
            key = fields.key(row, name)
        except Unreadable as error:
            raise FeedRefused(f"Row {position} of {table}: {error} Mend the feed at its source.") from error
        if key in found:
            raise FeedRefused(f"The key {key!r} occurs twice in {table}. Only the source can say which is right.")
        found[key] = row
    return dict(sorted(found.items()))


def read_each(
    rows: Mapping[str, Row], build: Callable[[str, Row], Fact], *, table: str
) -> tuple[tuple[Fact, ...], list[RowFault]]:
    """The facts of the rows that can be read, and the faults of the others."""
    facts: list[Fact] = []
    faults: list[RowFault] = []
    for key, row in rows.items():
        try:
            facts.append(build(key, row))
        except Unreadable as error:
            faults.append(RowFault(table=table, key=key, reason=str(error)))
    return tuple(facts), faults
