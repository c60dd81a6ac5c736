"""Every named constraint and trigger of a sales model has a breach that fails without it (tests/sales/breaches)."""

from collections import Counter

from tests.sales.breaches.breach import sales_models
from tests.sales.breaches.rows import ROWS
from tests.sales.breaches.table import BREACHES, proved

NAMED = [rule.name for model in sales_models() for rule in model._meta.constraints]


def test_every_constraint_has_its_breach() -> None:
    unproved = sorted(set(NAMED) - proved())
    assert not unproved, f"Add a breach to tests/sales/breaches for: {', '.join(unproved)}."


def test_no_breach_names_a_constraint_that_is_gone() -> None:
    behind = {name for breach in BREACHES for name in breach.behind}
    assert (proved() | behind) - set(NAMED) == set()


def test_no_name_is_used_twice() -> None:
    assert [name for name, times in Counter(NAMED).items() if times > 1] == []
    assert [name for name, times in Counter(breach.name for breach in BREACHES).items() if times > 1] == []


def test_every_model_with_a_constraint_has_a_good_row() -> None:
    without = [model.__name__ for model in sales_models() if model._meta.constraints and model not in ROWS]
    assert not without, f"Add a good row to tests/sales/breaches/rows.py for: {', '.join(without)}."
