"""Table remakes that lose no trigger, and errors that stay what they are.

Not a migration. SQLite changes most tables by copying them: the triggers of the copied table return through
its constraints (`carolverse.db.constraints`), those of other tables are parked here, because SQLite refuses
the final rename while any trigger names a table that is gone for the moment.
"""

from types import TracebackType
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement
from django.db.backends.sqlite3 import schema
from django.db.models import Model


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Django's, with the triggers of other tables parked around a remake.

    ``remade_in`` is the registry of the model that is remade: its copy has none, but our constraints name
    others.
    """

    remade_in: Apps | None = None

    def _remake_table(self, model: type[Model], *args: Any, **kwargs: Any) -> None:
        self.remade_in = model._meta.apps
        parked = self._park(model._meta.db_table)
        super()._remake_table(model, *args, **kwargs)  # type: ignore[misc]
        for sql in parked:
            self.execute(sql, None)

    def execute(self, sql: Statement | str, params: Any = ()) -> None:
        # A remake runs queued statements as if they had parameters: a % in a trigger would not survive it.
        super().execute(sql, None if isinstance(sql, Statement) and not params else params)

    def _park(self, remade: str) -> list[str]:
        """Drop the triggers of every other table; returns the SQL that makes them again."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name <> %s ORDER BY name",
                [remade],
            )
            triggers = cursor.fetchall()
        for name, _ in triggers:
            self.execute(f"DROP TRIGGER {self.quote_name(name)}", None)
        return [sql for _, sql in triggers]

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # Django checks all keys first, whatever happened, and leaves the transaction open when they don't hold: the
        # real error is hidden behind the half-made state of the tables.
        outcome = (exc_type, exc_value, traceback)
        try:
            if exc_type is None:
                self._finish()
        except BaseException as error:
            outcome = (type(error), error, error.__traceback__)
            raise
        finally:
            BaseDatabaseSchemaEditor.__exit__(self, *outcome)
            self.connection.enable_constraint_checking()

    def _finish(self) -> None:
        """Run what is queued, then check the keys: a composite one may lean on a unique index that was queued."""
        while self.deferred_sql:
            self.execute(self.deferred_sql.pop(0), None)
        self.connection.check_constraints()
