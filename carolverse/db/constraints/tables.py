"""From a model's label to its table, also where Django renders a model alone.

A migration builds history, and a SQLite table remake builds its model in an empty registry of its own: a
label is looked up beside the model, then in the registry that our schema editor remembers, then among the
installed models.
"""

import re
from typing import Any

from django.apps import apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Table
from django.db.models import Field, Model

_LABEL = re.compile(r"\{(\w+)\.(\w+)\}")


class OtherTable(Table):
    """A table that a statement only mentions: the statement outlives its remake, and follows its rename."""

    def references_table(self, table: str) -> bool:
        return False


def find_model(
    label: str, near: type[Model], schema_editor: BaseDatabaseSchemaEditor | None = None
) -> type[Model] | None:
    """The model of a label such as "sales.Terms", as seen from another model; None where it isn't known."""
    for registry in (near._meta.apps, getattr(schema_editor, "remade_in", None), apps):
        try:
            if registry is not None:
                return registry.get_model(label)
        except LookupError:
            continue
    return None


def table_of(label: str, near: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
    """The unquoted table of a label; Django's usual name where the model isn't known yet."""
    model = find_model(label, near, schema_editor)
    return model._meta.db_table if model else label.replace(".", "_").lower()


def labels_in(sql: str) -> set[str]:
    """The labels that a text mentions as `{app.Model}`."""
    return {f"{app}.{model}" for app, model in _LABEL.findall(sql)}


def mentions(
    sql: str, model: type[Model], schema_editor: BaseDatabaseSchemaEditor
) -> tuple[str, dict[str, OtherTable]]:
    """A template for a Statement, and its parts: one for each `{app.Model}`; `{table}` is the model's own."""
    parts = {
        _part(label): OtherTable(table_of(label, model, schema_editor), schema_editor.quote_name)
        for label in sorted(labels_in(sql))
    }
    template = _LABEL.sub(lambda found: f"%({_part(found[0][1:-1])})s", sql.replace("%", "%%"))
    return template.replace("{table}", "%(table)s"), parts


def _part(label: str) -> str:
    return label.replace(".", "__")


def field_of(model: type[Model], name: str) -> "Field[Any, Any]":
    """The field of that name, which must have a column."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field), f"{name} of {model.__name__} has no column."
    return field


def column_of(model: type[Model], name: str) -> str:
    """The unquoted column of a field."""
    return str(field_of(model, name).column)
