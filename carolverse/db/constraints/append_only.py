"""Rows that are only ever added.

Not a guard against whoever may alter the table: `carolverse.db.triggers.missing_triggers` finds that.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, UniqueConstraint

from carolverse.db.constraints.tables import column_of
from carolverse.db.constraints.trigger import Trigger, TriggerConstraint

_ALWAYS = "1 = 1"


class AppendOnly(TriggerConstraint):
    """No UPDATE, no DELETE, no INSERT OR REPLACE, no TRUNCATE.

    REPLACE deletes the row that is in its way without firing delete triggers, so on SQLite an insert that
    clashes is refused before. The primary key, unique fields and plain unique constraints are found by
    themselves; name in ``unique`` (a field, or a tuple of fields) what only a conditional unique constraint
    keeps apart.
    """

    arguments = ("unique",)
    message = "rows are only ever added, never changed or removed"

    def __init__(self, *, name: str, unique: Iterable[str | Iterable[str]] = (), **kwargs: Any) -> None:
        self.unique = tuple(item if isinstance(item, str) else tuple(item) for item in unique)
        super().__init__(name=name, **kwargs)

    def triggers(self, vendor: str, model: type[Model]) -> list[Trigger]:
        guards = [Trigger("update", "BEFORE UPDATE", _ALWAYS), Trigger("delete", "BEFORE DELETE", _ALWAYS)]
        if vendor == "sqlite":
            return [
                *guards,
                Trigger(
                    "replace",
                    "BEFORE INSERT",
                    "EXISTS (SELECT 1 FROM {table} WHERE " + self._clash(model) + ")",
                ),
            ]
        return [*guards, Trigger("truncate", "BEFORE TRUNCATE", _ALWAYS, each="STATEMENT")]

    def validate(self, model: type[Model], instance: Model, *args: Any, **kwargs: Any) -> None:
        """A row that is already stored doesn't validate, so no form can offer to change it."""
        if not instance._state.adding:
            raise ValidationError(self.get_violation_error_message(), code="append_only")

    def _clash(self, model: type[Model]) -> str:
        return " OR ".join(
            "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in columns) + ")"
            for columns in sorted(self._groups(model))
        )

    def _groups(self, model: type[Model]) -> set[tuple[str, ...]]:
        """The groups of columns that no two rows share."""
        meta = model._meta
        named = [(item,) if isinstance(item, str) else item for item in (*self.unique, *meta.unique_together)]
        plain = [
            rule.fields
            for rule in meta.constraints
            if isinstance(rule, UniqueConstraint) and rule.fields and rule.condition is None
        ]
        alone = [(field.name,) for field in meta.local_concrete_fields if field.unique]
        return {tuple(column_of(model, name) for name in group) for group in (*named, *plain, *alone)}
