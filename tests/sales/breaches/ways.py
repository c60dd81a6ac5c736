"""The ways in which a row gets into the database or is changed there: the ORM's, and raw SQL."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from carolverse.db.constraints.tables import field_of

Insert = Callable[[Model], object]
Update = Callable[[Model, Mapping[str, Any]], object]


@contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction that never commits."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def columns(row: Model) -> dict[str, Any]:
    """Column and value of each field, as the engine takes it; an automatic key that isn't given is left out."""
    pairs = [(field, field.value_from_object(row)) for field in row._meta.concrete_fields]
    return {
        str(field.column): field.get_db_prep_save(value, connection)
        for field, value in pairs
        if not (field.primary_key and value is None)
    }


def raw_insert(row: Model, verb: str = "INSERT") -> None:
    values = columns(row)
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f'{verb} INTO "{row._meta.db_table}" ({names}) VALUES ({marks})', list(values.values()))


def raw_update(row: Model, changes: Mapping[str, Any]) -> None:
    meta = row._meta
    fields = {name: field_of(type(row), name) for name in changes}
    sets = ", ".join(f'"{field.column}" = %s' for field in fields.values())
    values = [field.get_db_prep_save(changes[name], connection) for name, field in fields.items()]
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{meta.db_table}" SET {sets} WHERE "{meta.pk.column}" = %s', [*values, row.pk])


def save_again(row: Model, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_update=True)


def bulk_update(row: Model, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    type(row)._base_manager.bulk_update([row], list(changes))


INSERTS: dict[str, Insert] = {
    "save": lambda row: row.save(force_insert=True),
    "bulk_create": lambda row: type(row)._base_manager.bulk_create([row]),
    "INSERT": raw_insert,
}
UPDATES: dict[str, Update] = {
    "save again": save_again,
    "update()": lambda row, changes: type(row)._base_manager.filter(pk=row.pk).update(**changes),
    "bulk_update": bulk_update,
    "UPDATE": raw_update,
}
