"""What a breach is: how a good row is spoilt so that exactly one named rule of the database is broken.

Not the proof: ``test_constraints.py`` tries each breach in every way, with its rule in place and without it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import BaseConstraint, Model

from tests.sales.breaches.rows import good_row
from tests.sales.breaches.world import World

Changes = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """``spoil`` changes columns of the good row, ``before`` changes what stands around it.

    ``behind`` names rules that refuse the same breach first. ``row`` makes another good row than the model's usual
    one; ``stands_alone`` is false where no second good row can be.
    """

    constraint: str
    case: str = ""
    spoil: Changes | Callable[[World], Changes] | None = None
    before: Callable[[World], object] | None = None
    row: Callable[[World], Model] | None = None
    behind: tuple[str, ...] = ()
    stands_alone: bool = True

    @property
    def name(self) -> str:
        return f"{self.constraint}-{self.case}" if self.case else self.constraint

    def good(self, world: World) -> Model:
        """The unsaved row that nothing is wrong with."""
        return self.row(world) if self.row else good_row(rule_of(self.constraint)[0], world)

    def changes(self, world: World) -> Changes:
        """The columns, by attribute, that spoil it."""
        return self.spoil(world) if callable(self.spoil) else self.spoil or {}


def sales_models() -> list[type[Model]]:
    return list(apps.get_app_config("sales").get_models())


@cache
def rule_of(name: str) -> tuple[type[Model], BaseConstraint]:
    """The model and the constraint of a name; remembered, because a rule may be taken out meanwhile."""
    for model in sales_models():
        for rule in model._meta.constraints:
            if rule.name == name:
                return model, rule
    raise LookupError(f"No model of sales has a constraint '{name}'. Mend or remove its breach.")
