"""Reads one version of a service's commission terms; what it comes to is for `sales.ledger` to compute.

Two versions of one currency that start on one day are both readable: the sync decides what they mean.
"""

from carolverse.registry.facts import Band, TermsFacts
from carolverse.sources import fields
from carolverse.sources.errors import Unreadable
from carolverse.sources.fields import Row
from carolverse.sources.limits import MAX_MINOR

ALL_BP = 10_000
MAX_HOLD_DAYS = 3_660
MAX_INSTALMENTS = 120
SCOPES = ("win", "month", "quarter", "year")
BASES = ("list", "after_credit")
ROUNDINGS = ("HALF_UP", "HALF_EVEN", "DOWN")


def terms(row: Row) -> TermsFacts:
    """One version of terms, with the defaults of LEDGER.md for the fields that it lacks."""
    rate_bp = fields.optional_whole(row, "rate_bp", low=0, high=ALL_BP)
    bands = _bands(row)
    if (rate_bp is None) == (not bands):
        raise Unreadable("Terms have either rate_bp or bands, and never both.")
    return TermsFacts(
        currency=fields.currency(row),
        starts=fields.day(row, "starts"),
        rate_bp=rate_bp,
        bands=bands,
        fixed_minor=fields.minor(row, "fixed_minor", default=0),
        floor_minor=fields.minor(row, "floor_minor", default=0),
        cap_minor=fields.optional_minor(row, "cap_minor"),
        scope=fields.choice(row, "scope", allowed=SCOPES, default="win"),
        base=fields.choice(row, "base", allowed=BASES, default="list"),
        instalments=fields.whole(row, "instalments", low=1, high=MAX_INSTALMENTS, default=1),
        hold_days=fields.whole(row, "hold_days", low=0, high=MAX_HOLD_DAYS, default=0),
        rounding=fields.choice(row, "rounding", allowed=ROUNDINGS, default="HALF_UP"),
        sample=fields.flag(row, "sample", default=False),
    )


def _bands(row: Row) -> tuple[Band, ...]:
    bands = tuple(
        Band(
            up_to_minor=fields.optional_whole(band, "up_to_minor", low=1, high=MAX_MINOR),
            rate_bp=fields.whole(band, "rate_bp", low=0, high=ALL_BP),
        )
        for band in fields.objects(row, "bands")
    )
    _check_order(bands)
    return bands


def _check_order(bands: tuple[Band, ...]) -> None:
    """Every amount lies in exactly one band: ends rise, and only the last band, always, has none."""
    reached = 0
    for band in bands[:-1]:
        if band.up_to_minor is None:
            raise Unreadable("bands after one without up_to_minor are never reached.")
        if band.up_to_minor <= reached:
            raise Unreadable(f"bands overlap: up_to_minor {band.up_to_minor} comes after {reached}.")
        reached = band.up_to_minor
    if bands and bands[-1].up_to_minor is not None:
        raise Unreadable("bands leave a gap: the last one must have up_to_minor null, so that it has no end.")
