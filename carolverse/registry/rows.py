"""Reads a region, an agent, a block or a droid from its row; services and terms have files of their own."""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from carolverse.registry.facts import AgentFacts, BlockFacts, DroidFacts, RegionFacts
from carolverse.sources import fields
from carolverse.sources.errors import Unreadable
from carolverse.sources.fields import Row

COUNTRY = re.compile(r"[A-Z]{2}")
MAX_POSITION = 10_000


def region(key: str, row: Row) -> RegionFacts:
    """A region; its countries form a set, kept in alphabetical order."""
    countries = fields.texts(row, "countries")
    for country in countries:
        if not COUNTRY.fullmatch(country):
            raise Unreadable(f"countries must hold two capital letters each, like DE, not {country[:40]!a}.")
    return RegionFacts(
        key=key,
        name=fields.text(row, "name"),
        countries=tuple(sorted(set(countries))),
        currency=fields.optional_currency(row),
        timezone=_timezone(row),
        language=fields.optional_text(row, "language"),
    )


def _timezone(row: Row) -> str | None:
    name = fields.optional_text(row, "timezone")
    if name is None:
        return None
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Unreadable(f"timezone must be an IANA name like Europe/Berlin, not {name[:40]!a}.") from error


def agent(key: str, row: Row) -> AgentFacts:
    """An agent. `is_agent` has no default: a human or a tool taken for an agent could own a service."""
    return AgentFacts(
        key=key,
        name=fields.text(row, "name"),
        outside_id=fields.optional_text(row, "id"),
        title=fields.optional_text(row, "title"),
        department=fields.optional_text(row, "department"),
        region=fields.optional_key(row, "region"),
        reports_to=fields.optional_key(row, "reports_to"),
        is_agent=fields.flag(row, "is_agent"),
        status=fields.text(row, "status"),
    )


def block(key: str, row: Row) -> BlockFacts:
    """A step of the pipeline."""
    return BlockFacts(
        key=key,
        owner=fields.optional_key(row, "owner"),
        parent_service=fields.optional_key(row, "parent_service"),
        position=fields.optional_whole(row, "position", low=0, high=MAX_POSITION),
    )


def droid(key: str, row: Row) -> DroidFacts:
    """A droid; one without a name goes by its key."""
    return DroidFacts(
        key=key,
        name=fields.optional_text(row, "name") or key,
        owner=fields.optional_key(row, "owner"),
        block=fields.optional_key(row, "block"),
        process_type=fields.optional_text(row, "process_type"),
        schedule=fields.optional_text(row, "schedule"),
    )
