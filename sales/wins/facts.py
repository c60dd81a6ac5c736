"""The frozen facts of a win as one digest, which every ledger row of the win cites (LEDGER.md, Rows). Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

from sales.coding import digest
from sales.leads.models import Cadence
from sales.wins.models import Win


def bases_of(win: Win, *, instalments: int) -> list[int]:
    """The bases of the instalments that earn commission: one, or a payment for each month that the terms cover."""
    if win.cadence == Cadence.ONCE:
        return [win.amount_minor]
    return [win.amount_minor] * max(1, min(win.term_months or 1, instalments))


def facts_digest(
    *,
    service: str,
    customer: str,
    agent: str,
    bases: Sequence[int],
    currency: str,
    sold_date: date,
    before_minor: int,
    used_minor: int,
    shares: Mapping[str, int],
) -> str:
    """Service, customer, agent, bases, currency, sale date, B, U and shares in the chain's coding."""
    return digest(
        [
            ("service", service),
            ("customer", customer),
            ("agent", agent),
            ("bases", ",".join(str(base) for base in bases)),
            ("currency", currency),
            ("sold_date", sold_date),
            ("before", before_minor),
            ("used", used_minor),
            ("shares", ",".join(f"{key}:{weight}" for key, weight in sorted(shares.items()))),
        ]
    )
