"""What is earned: C(G) of the ledger's "Terms and commission", and of each instalment.

It isn't the booking: B (sold before in the scope) and U (earned before in the scope) are read and pinned
under the write lock by whoever books. Amounts are integers of minor units of the terms' currency. Nothing is
rounded but the sum of the bands, once.
"""

from collections.abc import Sequence

from sales.ledger.rules.terms import WHOLE_BP, TermsRule
from sales.money import check_minor, divide_round


class ScopeIsTheWin(ValueError):
    """Volume of before was given for terms that count within the win."""


class NoSuchInstalment(ValueError):
    """The instalment isn't one of the win's."""


def slices(minor: int, before_minor: int, terms: TermsRule) -> list[tuple[int, int]]:
    """How much of an amount falls into each band: (minor units, rate_bp), empty bands left out."""
    found, start = [], 0
    low, high = before_minor, before_minor + minor
    for end, rate_bp in terms.marginal_bands:
        top = high if end is None else min(high, end)
        part = top - max(low, start)
        if part > 0:
            found.append((part, rate_bp))
        start = top
    return found


def band_sum(minor: int, terms: TermsRule) -> int:
    """F: the bands' shares of an amount, summed exactly and rounded once."""
    exact = sum(part * rate_bp for part, rate_bp in slices(minor, 0, terms))
    return divide_round(exact, WHOLE_BP, terms.rounding)


def unbounded_minor(gross_minor: int, before_minor: int, terms: TermsRule) -> int:
    """Fixed part and bands, before floor and cap."""
    return terms.fixed_minor + band_sum(before_minor + gross_minor, terms) - band_sum(before_minor, terms)


def headroom_minor(used_minor: int, terms: TermsRule) -> int | None:
    """What the cap leaves: the cap itself within a win, max(0, cap - U) over a period; None without a cap."""
    return None if terms.cap_minor is None else max(0, terms.cap_minor - used_minor)


def commission_minor(*, gross_minor: int, terms: TermsRule, before_minor: int = 0, used_minor: int = 0) -> int:
    """C(G) = min(cap, max(floor, fixed + F(B+G) - F(B))), in minor units; the cap is a period's headroom.

    ``gross_minor`` is the cumulative base before refunds; ``before_minor`` is B and ``used_minor`` U in the
    terms' scope, both 0 when the scope is the win.

    Raises:
        ScopeIsTheWin: B or U given for terms per win.
        NotAnAmount, AmountOutOfRange: a base that is not an amount, or a commission above the largest one.
    """
    check_minor(gross_minor)
    check_minor(before_minor)
    if terms.is_per_win and (before_minor or used_minor):
        raise ScopeIsTheWin("These terms count within the win. Give no volume of before, it is 0.")
    owed = max(terms.floor_minor, unbounded_minor(gross_minor, before_minor, terms))
    headroom = headroom_minor(used_minor, terms)
    return check_minor(owed if headroom is None else min(headroom, owed))


def instalment_commission(
    *, instalment: int, bases: Sequence[int], terms: TermsRule, before_minor: int = 0, used_minor: int = 0
) -> int:
    """Commission of one instalment; ``bases`` are those of instalments 1, 2, … at least up to it.

    Within a win instalment 1 earns C(G1) and n earns C(Gn) - C(Gn-1), so that they add up to C of the whole.
    In a wider scope each instalment stands as a win of its own, with its own B and U.

    Raises:
        NoSuchInstalment: below 1 or beyond ``bases``.
    """
    if not 1 <= instalment <= len(bases):
        raise NoSuchInstalment(f"There is no instalment {instalment} among {len(bases)}. Give the bases up to it.")
    if not terms.is_per_win:
        own = bases[instalment - 1]
        return commission_minor(gross_minor=own, terms=terms, before_minor=before_minor, used_minor=used_minor)
    so_far = commission_minor(
        gross_minor=sum(bases[:instalment]), terms=terms, before_minor=before_minor, used_minor=used_minor
    )
    if instalment == 1:
        return so_far
    return so_far - commission_minor(gross_minor=sum(bases[: instalment - 1]), terms=terms)
