"""The operator's console: Django's admin with unfold's theme. It shows, translates and calls one verb per step.

No rule is kept here. Rows that are mirrored or append-only are read-only; leads, bookings and cancellations have
pages with buttons, and what a verb refuses is shown in its own words, with what was typed.
"""

from sales.admin import access, catalogue, customers, intake, leads, ledger, registry, syncs, wins

__all__ = ["access", "catalogue", "customers", "intake", "leads", "ledger", "registry", "syncs", "wins"]
