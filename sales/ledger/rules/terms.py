"""The terms that price a win, as the rules see them.

It isn't the stored version of terms (the registry's room keeps those) and reads nothing: whoever books builds
it from the pinned version. The defaults are what a field means that the feed lacks (the ledger's "Terms and
commission").
"""

from dataclasses import dataclass
from itertools import pairwise

from sales.money import ROUNDINGS

SCOPES = ("win", "month", "quarter", "year")
BASES = ("list", "after_credit")
WHOLE_BP = 10_000
"""Basis points of the whole: 100 %."""

Band = tuple[int | None, int]
"""Up to how many minor units (None: without end) at how many basis points."""


class TermsNotReadable(ValueError):
    """The terms leave open what is owed, so a win under them has to stay unpriced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRule:
    """One version of terms: a rate or marginal bands, and what bounds, spreads and holds the commission.

    Raises:
        TermsNotReadable: neither or both of rate and bands, bands out of order or without an open last one,
            an unknown word, or a negative figure.
    """

    rate_bp: int | None = None
    bands: tuple[Band, ...] = ()
    fixed_minor: int = 0
    floor_minor: int = 0
    cap_minor: int | None = None
    rounding: str = "HALF_UP"
    scope: str = "win"
    base: str = "list"
    instalments: int = 1
    hold_days: int = 0

    def __post_init__(self) -> None:
        fault = _fault(self)
        if fault:
            raise TermsNotReadable(f"{fault} Correct the terms at their source and sync; the win stays unpriced.")

    @property
    def marginal_bands(self) -> tuple[Band, ...]:
        """The bands; a flat rate is one band without end."""
        return self.bands if self.rate_bp is None else ((None, self.rate_bp),)

    @property
    def is_per_win(self) -> bool:
        """Bands and cap count within the win; in every other scope they count over a period."""
        return self.scope == "win"


def _fault(terms: TermsRule) -> str:
    if (terms.rate_bp is None) == (not terms.bands):
        return "Terms have a rate or bands, never both and never neither."
    if terms.rounding not in ROUNDINGS or terms.scope not in SCOPES or terms.base not in BASES:
        return f"Unknown rounding, scope or base: {terms.rounding!r}, {terms.scope!r}, {terms.base!r}."
    figures = (
        terms.fixed_minor,
        terms.floor_minor,
        terms.cap_minor or 0,
        terms.hold_days,
        terms.instalments - 1,
    )
    if min(figures) < 0:
        return "Terms have no negative figure and at least one instalment."
    return _bands_fault(terms.marginal_bands)


def _bands_fault(bands: tuple[Band, ...]) -> str:
    ends = [end for end, _ in bands]
    if ends[-1] is not None or None in ends[:-1]:
        return "The last band, and only the last, has no end."
    inner = [0, *(end for end in ends if end is not None)]
    if any(low >= high for low, high in pairwise(inner)):
        return "The ends of the bands do not rise."
    if not all(0 <= rate_bp <= WHOLE_BP for _, rate_bp in bands):
        return f"A rate is from 0 to {WHOLE_BP} basis points."
    return ""
