"""Reconciliation: the ledger recomputed from facts, never trusted (LEDGER.md, "Reconciliation recomputes").

One file per equation, R0 to R6. It isn't a repair: it names the row, what was expected and what was found, and
changes nothing. Equations over settlements, closes and anchors come with those tables.
"""

from sales.ledger.reconcile.fault import Fault
from sales.ledger.reconcile.report import Report, Result
from sales.ledger.reconcile.run import run

__all__ = ["Fault", "Report", "Result", "run"]
