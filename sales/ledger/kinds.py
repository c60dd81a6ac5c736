"""The kinds of ledger rows and the pair of accounts that each moves between (LEDGER.md, Events).

The same table makes the database's constraint and reconciliation's R0, so that they can't drift apart.
"""

from typing import NamedTuple


class Pair(NamedTuple):
    """Prefixes of the debited and the credited account's code."""

    debit: str
    credit: str


KINDS: dict[str, tuple[Pair, ...]] = {
    "sold": (Pair("M:sold:", "M:volume"),),
    "unsold": (Pair("M:volume", "M:sold:"),),
    "book": (Pair("A:recv:", "L:held:"),),
    "credit": (Pair("M:pool", "M:agent:"),),
    "uncredit": (Pair("M:agent:", "M:pool"),),
    "release": (Pair("L:held:", "I:comm:"),),
    "void": (Pair("L:held:", "A:recv:"), Pair("L:held:", "X:writeoff"), Pair("L:held:", "L:dueto:")),
    "clawback": (
        Pair("K:clawback:", "A:recv:"),
        Pair("K:clawback:", "X:writeoff"),
        Pair("K:clawback:", "L:dueto:"),
    ),
}
MEMO_KINDS = frozenset({"sold", "unsold", "credit", "uncredit"})
SERVICE_PREFIXES = (
    "A:recv:",
    "L:held:",
    "L:dueto:",
    "L:unapplied:",
    "I:comm:",
    "K:clawback:",
    "M:sold:",
    "C:offset:",
)


def book_of(kind: str) -> str:
    """``memo`` or ``money``: both accounts of a row are of one book."""
    return "memo" if kind in MEMO_KINDS else "money"
