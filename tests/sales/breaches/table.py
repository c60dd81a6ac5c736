"""The whole table of breaches, and the rules that are proved in a way of their own.

``tests/house/test_every_constraint_is_proved.py`` demands a place here for every constraint of every model.
"""

from carolverse.db.constraints import AppendOnly
from tests.sales.breaches import of_access, of_leads, of_ledger, of_registry, of_wins
from tests.sales.breaches.breach import Breach, sales_models

BREACHES: list[Breach] = [
    *of_access.BREACHES,
    *of_registry.BREACHES,
    *of_leads.BREACHES,
    *of_wins.BREACHES,
    *of_ledger.BREACHES,
]

# Proved in test_append_only.py, on a stored row of each model.
APPEND_ONLY = {
    rule.name: model for model in sales_models() for rule in model._meta.constraints if isinstance(rule, AppendOnly)
}

# These hold a primary key, so no two rows can break them: they are there for a pinned key to point at, and are
# proved by its falling with them (test_constraints.py).
ANCHORS = {"terms_pin": "win_pricing_is_by_its_terms", "win_pricing_pin": "win_pricing_is_of_its_win"}


def proved() -> set[str]:
    """The names of all constraints that a test breaks."""
    return {breach.constraint for breach in BREACHES} | APPEND_ONLY.keys() | ANCHORS.keys()
