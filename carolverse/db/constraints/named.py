"""Which constraint an IntegrityError speaks of."""

import re

from django.apps import apps
from django.db import IntegrityError
from django.db.models import UniqueConstraint

_NAMED = re.compile(r"^(?:CHECK constraint failed: |UNIQUE constraint failed: index ')?([A-Za-z_]\w*)(?:'|:|$)")
_COLUMNS = re.compile(r"^UNIQUE constraint failed: (\w+\.\w+(?:, \w+\.\w+)*)$")


def constraint_of(error: IntegrityError) -> str | None:
    """The name of the broken constraint where the engine gives it, else None.

    SQLite says the columns of a plain unique constraint, which lead to its name, and nothing about a foreign
    key.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return diagnosis.constraint_name or None
    text = str(error)
    if columns := _COLUMNS.match(text):
        return _unique_constraint(columns[1])
    named = _NAMED.match(text)
    return named[1] if named else None


def _unique_constraint(listed: str) -> str | None:
    """The name for SQLite's "table.column, table.column"."""
    table = listed.partition(".")[0]
    columns = [part.partition(".")[2] for part in listed.split(", ")]
    for model in apps.get_models():
        if model._meta.db_table == table:
            for rule in model._meta.constraints:
                if isinstance(rule, UniqueConstraint) and columns == [
                    getattr(model._meta.get_field(name), "column", None) for name in rule.fields
                ]:
                    return rule.name
    return None
