"""What all our constraints share: how a migration writes them down, and when two are equal."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BaseConstraint, Model

# Suffixes come on top, and PostgreSQL cuts names silently at 63 bytes.
NAME_LIMIT_CHARACTERS = 52


class DatabaseRule(BaseConstraint):
    """A constraint of ours; subclasses list their own arguments in `arguments`."""

    arguments: tuple[str, ...] = ()

    def __init__(self, *, name: str, **kwargs: Any) -> None:
        if len(name) > NAME_LIMIT_CHARACTERS:
            raise ValueError(f"'{name}' is too long for a constraint. Use at most {NAME_LIMIT_CHARACTERS} characters.")
        super().__init__(name=name, **kwargs)

    def expected_names(self, connection: BaseDatabaseWrapper, model: type[Model]) -> set[str]:
        """The names that the database must know when this constraint is in place."""
        return {self.name}

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        _, args, kwargs = super().deconstruct()
        kwargs |= {argument: getattr(self, argument) for argument in self.arguments}
        # Not the file's own path: files may move, migrations stay.
        return f"carolverse.db.constraints.{type(self).__name__}", args, kwargs

    def __eq__(self, other: object) -> bool:
        if type(other) is type(self):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), self.name))

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: name={self.name!r}>"
