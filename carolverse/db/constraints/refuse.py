"""A row that a condition in SQL refuses: for rules that look at other rows or at the row before.

Not for what a CheckConstraint or a key can say.
"""

from typing import Any, Literal

from django.core import checks
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from carolverse.db.constraints.tables import find_model, labels_in
from carolverse.db.constraints.trigger import Trigger, TriggerConstraint

When = Literal["insert", "update", "insert_update"]


class Refuse(TriggerConstraint):
    """Refuses the row, with an IntegrityError that reads "<name>: <message>", where ``condition`` is true.

    ``condition`` is one text for both engines: NEW."column" and OLD."column" (OLD only for "update"), tables
    as `{app.Model}` (its own as `{table}`), booleans bare (not `= 1`). NULL doesn't refuse. Before the insert
    SQLite doesn't know an automatic primary key yet; ``after`` fires when the row is in its table.
    """

    arguments = ("when", "condition", "message", "after")

    def __init__(
        self, *, name: str, when: When, condition: str, message: str, after: bool = False, **kwargs: Any
    ) -> None:
        if when not in ("insert", "update", "insert_update"):
            raise ValueError(f"'{when}' is no time to refuse at. Use insert, update or insert_update.")
        self.when, self.condition, self.message, self.after = when, condition, message, after
        super().__init__(name=name, **kwargs)

    def triggers(self, vendor: str, model: type[Model]) -> list[Trigger]:
        time = "AFTER" if self.after else "BEFORE"
        return [Trigger(event, f"{time} {event.upper()}", self.condition) for event in self.when.split("_")]

    def _check(self, model: type[Model], connection: BaseDatabaseWrapper) -> list[checks.CheckMessage]:
        unknown = sorted(label for label in labels_in(self.condition) if find_model(label, model) is None)
        return [
            checks.Error(f"'{self.name}' names the model '{label}', which doesn't exist.", obj=model, id="db.E001")
            for label in unknown
        ]
