"""The rules of commission: pure functions over integers, of which bookings and reconciliation both are made.

No database, no clock and no account is known here; the rules are the ledger's "Terms and commission" and
"Events".
"""

from sales.ledger.rules.commission import (
    NoSuchInstalment,
    ScopeIsTheWin,
    band_sum,
    commission_minor,
    instalment_commission,
)
from sales.ledger.rules.credit import CreditDoesNotAddUp, recredit_moves, spread_credit
from sales.ledger.rules.dates import hold_end, instalment_due
from sales.ledger.rules.refunds import RefundBeyondBase, taken_back
from sales.ledger.rules.terms import TermsNotReadable, TermsRule
from sales.ledger.rules.words import describe_terms, explain_commission, percent

__all__ = [
    "CreditDoesNotAddUp",
    "NoSuchInstalment",
    "RefundBeyondBase",
    "ScopeIsTheWin",
    "TermsNotReadable",
    "TermsRule",
    "band_sum",
    "commission_minor",
    "describe_terms",
    "explain_commission",
    "hold_end",
    "instalment_commission",
    "instalment_due",
    "percent",
    "recredit_moves",
    "spread_credit",
    "taken_back",
]
