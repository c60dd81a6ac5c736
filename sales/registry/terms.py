"""Which version of terms is in force, and what a version's digest is. Pure: rows in, a row out (LEDGER.md, Terms).

Of one service and currency: the highest revision of each start counts, a withdrawn one does not, and the latest
start on or before the date is in force unless it says that the terms ended. The trigger ``win_terms_in_force``
says the same in SQL.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sales.coding import digest
from sales.registry.models import Terms

DIGESTED = (
    "service", "currency", "starts", "revision", "kind", "rate_bp", "bands", "fixed_minor", "floor_minor",
    "cap_minor", "scope", "base", "instalments", "hold_days", "rounding",
)  # fmt: skip


def bands_text(bands: Iterable[dict[str, Any]]) -> str:
    """The bands as one text for the digest: ``1000000:500,*:800``."""
    return ",".join(
        f"{'*' if band['up_to_minor'] is None else band['up_to_minor']}:{band['rate_bp']}" for band in bands
    )


def terms_digest(values: dict[str, Any]) -> str:
    """SHA-256 of a version's fields in the chain's coding; ``values`` has every name of ``DIGESTED``."""
    coded = {**values, "bands": bands_text(values["bands"]) or None}
    return digest((name, coded[name]) for name in DIGESTED)


def digest_of(terms: Terms) -> str:
    """The digest of a stored version, worked out again from its fields."""
    values = {name: getattr(terms, name) for name in DIGESTED if name != "service"}
    return terms_digest(values | {"service": terms.service_id, "kind": str(terms.kind)})


def versions_that_count(versions: Iterable[Terms]) -> list[Terms]:
    """The highest revision of each start that isn't withdrawn, by start."""
    top: dict[date, Terms] = {}
    for version in versions:
        if version.starts not in top or top[version.starts].revision < version.revision:
            top[version.starts] = version
    return [top[start] for start in sorted(top) if top[start].kind != Terms.Kind.WITHDRAWN]


def in_force(versions: Iterable[Terms], on: date) -> Terms | None:
    """The terms of one service and currency in force on a date, or None where a win is unpriced."""
    started = [version for version in versions_that_count(versions) if version.starts <= on]
    return started[-1] if started and started[-1].kind == Terms.Kind.TERMS else None


def that_price(versions: Iterable[Terms], on: date) -> Terms | None:
    """The terms in force by which a win can be priced now, or None where it waits.

    Terms on the base after a trial credit can't price yet: no booking records the credit, and a commission on the
    list price would be too high (LEDGER.md, example 20). Such a win waits and isn't counted.
    """
    terms = in_force(versions, on)
    return None if terms and terms.base == Terms.Base.AFTER_CREDIT else terms


def next_after(versions: Iterable[Terms], on: date) -> Terms | None:
    """The next version that starts after a date, its end included."""
    return next((version for version in versions_that_count(versions) if version.starts > on), None)
