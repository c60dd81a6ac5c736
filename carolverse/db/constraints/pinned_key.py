"""A composite foreign key: several columns of this row must stand together in one row of another table.

Not for nullable columns: SQL checks nothing where one of them is NULL, so such a key is refused by a system
check.
"""

from collections.abc import Iterable
from typing import Any

from django.core import checks
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import Model

from carolverse.db.constraints.constraint import DatabaseRule
from carolverse.db.constraints.tables import OtherTable, column_of, field_of, find_model

_KEY = "CONSTRAINT %(name)s FOREIGN KEY (%(columns)s) REFERENCES %(parent)s (%(parent_columns)s)"


class PinnedKey(DatabaseRule):
    """``fields`` must equal ``to_fields`` of a row of ``to`` ("app.Model"), which are UNIQUE there.

    Not deferred: the statement itself fails, on both engines.
    """

    arguments = ("fields", "to", "to_fields")

    def __init__(self, *, name: str, fields: Iterable[str], to: str, to_fields: Iterable[str], **kwargs: Any) -> None:
        self.fields, self.to, self.to_fields = tuple(fields), to, tuple(to_fields)
        if len(self.fields) != len(self.to_fields):
            raise ValueError(f"'{name}' pins {len(self.fields)} fields to {len(self.to_fields)}. Name as many of each.")
        super().__init__(name=name, **kwargs)

    def constraint_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        """Inline on SQLite, which can't add it later; queued on PostgreSQL, which wants the parent first."""
        assert model is not None and schema_editor is not None
        if schema_editor.connection.vendor == "sqlite":
            return str(self._statement(_KEY, model, schema_editor))
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return None

    def create_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        return self._statement(f"ALTER TABLE %(table)s ADD {_KEY}", model, schema_editor)

    def remove_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        return self._statement("ALTER TABLE %(table)s DROP CONSTRAINT %(name)s", model, schema_editor)

    def validate(self, model: type[Model], instance: Model, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        """Asks the parent's table, unless a field of the key is left out of the validation."""
        parent = find_model(self.to, model)
        if parent is None or set(self.fields) & set(exclude or ()):
            return
        values = [getattr(instance, field_of(model, name).attname) for name in self.fields]
        where = {field_of(parent, name).attname: value for name, value in zip(self.to_fields, values, strict=True)}
        if not parent._base_manager.using(using).filter(**where).exists():
            raise ValidationError(self.get_violation_error_message(), code="pinned_key")

    def _check(self, model: type[Model], connection: BaseDatabaseWrapper) -> list[checks.CheckMessage]:
        nullable = [name for name in self.fields if field_of(model, name).null]
        return [
            checks.Error(
                f"'{self.name}' pins '{name}', which may be NULL and then isn't checked.",
                obj=model,
                id="db.E002",
            )
            for name in nullable
        ]

    def _statement(
        self, template: str, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Statement:
        assert model is not None and schema_editor is not None
        quote = schema_editor.quote_name
        parent = find_model(self.to, model, schema_editor)
        if parent is None:
            raise LookupError(f"'{self.name}' pins to '{self.to}', which isn't there. Create that model first.")
        return Statement(
            template,
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            columns=", ".join(quote(column_of(model, name)) for name in self.fields),
            parent=OtherTable(parent._meta.db_table, quote),
            parent_columns=", ".join(quote(column_of(parent, name)) for name in self.to_fields),
        )
