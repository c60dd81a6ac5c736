"""Takes named rules out of the database and puts them back, by Django's own operations, on both engines.

Outside any transaction, because SQLite can't remake a table in one. A pinned key leans on its parent's unique
constraint, so it goes with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import BaseConstraint, Model, UniqueConstraint

from carolverse.db.constraints import PinnedKey
from tests.sales.breaches.breach import rule_of, sales_models

Rule = tuple[type[Model], BaseConstraint]


@contextmanager
def without(*names: str) -> Iterator[None]:
    """The database without these rules, inside the block."""
    rules = _with_leaning([rule_of(name) for name in names])
    for model, rule in rules:
        take_out(model, rule)
    try:
        yield
    finally:
        for model, rule in reversed(rules):
            put_back(model, rule)


def take_out(model: type[Model], rule: BaseConstraint) -> None:
    """Remove one rule; SQLite's remake reads the rules from the model."""
    before = model._meta.constraints
    model._meta.constraints = [kept for kept in before if kept is not rule]
    try:
        with connection.schema_editor() as editor:
            editor.remove_constraint(model, rule)
    except BaseException:
        model._meta.constraints = before
        raise


def put_back(model: type[Model], rule: BaseConstraint) -> None:
    model._meta.constraints = [*model._meta.constraints, rule]
    with connection.schema_editor() as editor:
        editor.add_constraint(model, rule)


def _with_leaning(rules: list[Rule]) -> list[Rule]:
    """The rules, after the pinned keys that lean on one of them."""
    uniques = {(model._meta.label, rule.fields) for model, rule in rules if isinstance(rule, UniqueConstraint)}
    leaning = [
        (model, rule)
        for model in sales_models()
        for rule in model._meta.constraints
        if isinstance(rule, PinnedKey) and (rule.to, rule.to_fields) in uniques
    ]
    return [*leaning, *(found for found in rules if found not in leaning)]
