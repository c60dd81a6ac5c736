"""Constraints that are triggers.

Not a place for a rule: `AppendOnly` and `Refuse` say when; this writes it for each engine. `constraint_sql`
returns nothing inline; it queues the triggers, which the schema editor makes after the table, also after a
remake.
"""

from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import Model

from carolverse.db.constraints.constraint import DatabaseRule
from carolverse.db.constraints.tables import mentions

_SQLITE = """CREATE TRIGGER %(trigger)s {event} ON %(table)s FOR EACH ROW WHEN {condition}
BEGIN SELECT RAISE(ABORT, {text}); END"""
_POSTGRESQL = """CREATE OR REPLACE FUNCTION %(trigger)s() RETURNS trigger LANGUAGE plpgsql AS $refuse$
BEGIN
  IF {condition} THEN RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = {name}, MESSAGE = {text}; END IF;
  RETURN NEW;
END $refuse$;
CREATE TRIGGER %(trigger)s {event} ON %(table)s FOR EACH {each} EXECUTE FUNCTION %(trigger)s()"""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: the end of its name, when it fires, and the condition on which it refuses."""

    suffix: str
    event: str
    condition: str
    each: str = "ROW"


class TriggerConstraint(DatabaseRule):
    """A rule kept by triggers named `<name>_<suffix>`; the error reads "<name>: <message>"."""

    message: str = ""

    def triggers(self, vendor: str, model: type[Model]) -> list[Trigger]:
        """The triggers for an engine."""
        raise NotImplementedError

    def expected_names(self, connection: BaseDatabaseWrapper, model: type[Model]) -> set[str]:
        return {f"{self.name}_{trigger.suffix}" for trigger in self.triggers(connection.vendor, model)}

    def constraint_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        assert model is not None and schema_editor is not None
        schema_editor.deferred_sql.extend(self.statements(model, schema_editor))
        return None

    def create_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        """The last statement; the others are queued. On SQLite Django remakes the table instead."""
        assert model is not None and schema_editor is not None
        *others, last = self.statements(model, schema_editor)
        schema_editor.deferred_sql.extend(others)
        return last

    def remove_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        assert model is not None and schema_editor is not None
        quote = schema_editor.quote_name
        table = quote(model._meta.db_table)
        names = [quote(name) for name in sorted(self.expected_names(schema_editor.connection, model))]
        if schema_editor.connection.vendor == "sqlite":
            return ";\n".join(f"DROP TRIGGER IF EXISTS {name}" for name in names)
        return ";\n".join(f"DROP TRIGGER IF EXISTS {n} ON {table};\nDROP FUNCTION IF EXISTS {n}()" for n in names)

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing before the database: it alone sees the other rows."""

    def statements(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        """One statement for each trigger."""
        vendor = schema_editor.connection.vendor
        return [self._statement(trigger, model, schema_editor) for trigger in self.triggers(vendor, model)]

    def _statement(self, trigger: Trigger, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:
        quote = schema_editor.quote_name
        condition, parts = mentions(trigger.condition, model, schema_editor)
        template = _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL
        return Statement(
            template.format(
                event=trigger.event,
                each=trigger.each,
                condition=f"({condition})",
                name=_literal(self.name),
                text=_literal(f"{self.name}: {self.message}"),
            ),
            trigger=quote(f"{self.name}_{trigger.suffix}"),
            table=Table(model._meta.db_table, quote),
            **parts,
        )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"
