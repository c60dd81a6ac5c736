"""A row that is only ever added: no way of changing, removing or replacing it, until its guard is taken out."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Field, Model, UniqueConstraint

from carolverse.db.constraints.tables import field_of
from sales.ledger.models import CommissionEntry, LedgerBook
from sales.wins.models import Win
from tests.sales.breaches import rows
from tests.sales.breaches.table import APPEND_ONLY
from tests.sales.breaches.tries import says
from tests.sales.breaches.ways import UPDATES, raw_insert, rolled_back
from tests.sales.breaches.without import without
from tests.sales.breaches.world import World

Way = Callable[[Model, World], object]
TEXTS = ("CharField", "DateTimeField", "UUIDField")


def stored(model: type[Model], world: World) -> Model:
    """A row that nothing points to, so that no foreign key saves it. The ledger's book is one and stays that."""
    if model is LedgerBook:
        return LedgerBook.objects.get()
    row = rows.good_row(model, world)
    row.save(force_insert=True)
    return row


def some_change(row: Model) -> dict[str, object]:
    """The same value again, in a column that no rule looks at: even that is a change."""
    fields: Iterator[Field[Any, Any]] = (f for f in row._meta.concrete_fields if f.get_internal_type() in TEXTS)
    name = next(field.attname for field in fields if not field.unique)
    return {name: getattr(row, name)}


def changing(way: str) -> Way:
    return lambda row, world: UPDATES[way](row, some_change(row))


def delete(row: Model, world: World) -> None:
    """The ORM's statement, without its own look at what points to the row."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    rows._raw_delete(rows.db)


def raw_delete(row: Model, world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{row._meta.db_table}" WHERE "{row._meta.pk.column}" = %s', [row.pk])


def truncate(row: Model, world: World) -> None:
    """Of no use while keys wait for their check, so that comes first."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f'TRUNCATE "{row._meta.db_table}" CASCADE')


def groups(model: type[Model]) -> list[tuple[str, ...]]:
    """The groups of fields that no two rows share, the primary key among them. NULL equals nothing."""
    alone = [(field.attname,) for field in model._meta.concrete_fields if field.unique and not field.null]
    together = [
        tuple(field_of(model, name).attname for name in rule.fields)
        for rule in model._meta.constraints
        if isinstance(rule, UniqueConstraint) and rule.condition is None and "id" not in rule.fields
    ]
    return [*alone, *together]


def replacing(group: tuple[str, ...]) -> Way:
    """INSERT OR REPLACE of another row that agrees in one group alone; REPLACE would delete the first."""

    def replace(row: Model, world: World) -> None:
        other = another(row, world)
        for name in group:
            setattr(other, name, getattr(row, name))
        raw_insert(other, verb="INSERT OR REPLACE")

    return replace


def another(row: Model, world: World) -> Model:
    """An unsaved row that could stand beside the first, but for what the caller makes equal."""
    if isinstance(row, LedgerBook):
        return LedgerBook(id=row.pk, ledger_id=uuid4(), opened_at=row.opened_at)
    if isinstance(row, Win):
        return rows.win(world, lead_id=world.other_lead)
    return rows.good_row(type(row), world)


def upsert(row: Model, world: World) -> None:
    """INSERT … ON CONFLICT DO UPDATE, by a key on which no other rule comes first."""
    key = "hash" if isinstance(row, CommissionEntry) else row._meta.pk.attname
    other = another(row, world)
    setattr(other, key, getattr(row, key))
    type(row)._base_manager.bulk_create(
        [other], update_conflicts=True, unique_fields=[key], update_fields=list(some_change(row))
    )


WAYS: dict[str, Way] = {
    **{name: changing(name) for name in UPDATES},
    "delete()": delete,
    "DELETE": raw_delete,
    "upsert": upsert,
}


def ways_of(model: type[Model]) -> dict[str, Way]:
    if connection.vendor != "sqlite":
        return WAYS
    return WAYS | {f"REPLACE by {', '.join(group)}": replacing(group) for group in groups(model)}


def refusal_of(model: type[Model], way: Way, world: World) -> IntegrityError | None:
    """Why the database refuses; None where it lets it happen. Nothing stays."""
    with rolled_back():
        row = stored(model, world)
        before = list(model._base_manager.order_by("pk").values())
        try:
            with transaction.atomic():
                way(row, world)
        except IntegrityError as refusal:
            assert list(model._base_manager.order_by("pk").values()) == before
            return refusal
    return None


@pytest.mark.parametrize(("name", "model"), APPEND_ONLY.items())
def test_no_row_is_changed_removed_or_replaced(world: World, name: str, model: type[Model]) -> None:
    for label, way in ways_of(model).items():
        refusal = refusal_of(model, way, world)
        # On SQLite the next number is asked for before the clash is seen, and refuses as well.
        also = {"REPLACE by seq": ("entry_seq_is_gapless",)}.get(label, ())
        assert says(refusal, name, *also), (label, refusal)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize(("name", "model"), APPEND_ONLY.items())
def test_no_table_is_emptied_at_once(world: World, name: str, model: type[Model]) -> None:
    assert says(refusal_of(model, truncate, world), name)


@pytest.mark.parametrize(("name", "model"), APPEND_ONLY.items())
def test_without_its_guard_a_row_is_changed_removed_and_replaced(world: World, name: str, model: type[Model]) -> None:
    gapless = ("entry_seq_is_gapless",) if model is CommissionEntry else ()
    with without(name, *gapless):
        for label, way in ways_of(model).items():
            assert refusal_of(model, way, world) is None, label
