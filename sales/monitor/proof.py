"""The proof beside the money: the last run of reconciliation for the ledger's head, kept for a few minutes.

A page can't recompute the whole ledger each minute, so a run is kept as long as the head stands, and says when it was
made. It isn't the authority: ``reconcile`` is, and it runs anew each time.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from sales.ledger.models import CommissionEntry
from sales.ledger.reconcile import Report, run

KEPT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Proof:
    """A run of reconciliation, and when it was made."""

    report: Report
    at: datetime

    @property
    def holding(self) -> int:
        return sum(equation.ok for equation in self.report.equations)

    @property
    def of(self) -> int:
        return len(self.report.equations)


def proof(*, now: datetime) -> Proof:
    """The proof for the ledger's head, from the cache if it was made for this head in the last minutes."""
    head = CommissionEntry.objects.order_by("-seq").values_list("seq", "hash").first() or (0, "empty")
    key = f"proof:{head[0]}:{head[1]}"
    kept = cache.get(key)
    if isinstance(kept, Proof):
        return kept
    made = Proof(run(now=now), now)
    cache.set(key, made, KEPT_SECONDS)
    return made
