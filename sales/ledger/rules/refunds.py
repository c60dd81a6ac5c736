"""What a refund takes back: T(x) of the ledger's "Events".

It isn't the pairing of accounts (posting does that) and never prices again: what was booked goes back in
proportion.
"""


class RefundBeyondBase(ValueError):
    """The refunds of an instalment are together from 0 to its base."""


def taken_back(*, commission: int, base: int, refunded: int, voided: bool = False) -> int:
    """T(x) = floor(c * x / g) per instalment, in minor units; T(g) = c, so nothing is left over.

    A refund r after R refunded takes back T(R+r) - T(R). An instalment with base 0 gives nothing back
    until it is voided, then all of it.

    Raises:
        RefundBeyondBase: ``refunded`` is negative or above ``base``.
    """
    if not 0 <= refunded <= base:
        raise RefundBeyondBase(
            f"Refunded {refunded} of a base of {base} minor units. Refund at most what is left of the base."
        )
    if base == 0:
        return commission if voided else 0
    return commission * refunded // base
