"""Whether our triggers stand, and how to set them aside for a moment.

Not for production code paths: parking is for a test's flush, for the injection of a fault, and for a
migration that mends data. Parked triggers are gone for every connection until they are restored.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from carolverse.db.constraints import TriggerConstraint

# A trigger that is switched off is as good as none.
_STANDING = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid) "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)"
    ),
}


def missing_triggers(connection: BaseDatabaseWrapper, models: Iterable[type[Model]] | None = None) -> set[str]:
    """The triggers that the constraints of the models (all, unless given) need and the database lacks."""
    missing = _expected(connection, models) - _standing(connection).keys()
    return {name for _, name in missing}


@contextmanager
def parked_triggers(connection: BaseDatabaseWrapper, models: Iterable[type[Model]] | None = None) -> Iterator[None]:
    """No trigger of our constraints stands inside the block; those that stood before it do so after it."""
    standing = _standing(connection)
    parked = {key: standing[key] for key in sorted(_expected(connection, models)) if key in standing}
    _run(connection, [_drop(connection, table, name) for table, name in parked])
    try:
        yield
    finally:
        # A transaction that must roll back restores them by itself, and would refuse us.
        if not connection.needs_rollback:
            _run(connection, list(parked.values()))


def _expected(connection: BaseDatabaseWrapper, models: Iterable[type[Model]] | None) -> set[tuple[str, str]]:
    return {
        (model._meta.db_table, name)
        for model in (apps.get_models() if models is None else models)
        if model._meta.managed and not model._meta.proxy
        for rule in model._meta.constraints
        if isinstance(rule, TriggerConstraint)
        for name in rule.expected_names(connection, model)
    }


def _standing(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    with connection.cursor() as cursor:
        cursor.execute(_STANDING[connection.vendor])
        return {(table, name): sql for table, name, sql in cursor.fetchall()}


def _drop(connection: BaseDatabaseWrapper, table: str, name: str) -> str:
    quote: Any = connection.ops.quote_name
    on = f" ON {quote(table)}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER {quote(name)}{on}"


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql" and statements:
            # PostgreSQL alters no table that still has deferred checks to run.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for sql in statements:
            cursor.execute(sql)
