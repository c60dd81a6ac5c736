"""carolverse.db.constraints.append_only"""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from carolverse.db.constraints import AppendOnly, constraint_of
from tests.carolverse.db.workshop import Workshop

on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is SQLite's")


def refused(error: pytest.ExceptionInfo[IntegrityError]) -> bool:
    return constraint_of(error.value) == "sale_append_only" and "never changed" in str(error.value)


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_rows_are_added_one_by_one_and_in_bulk(workshop: Workshop) -> None:
    sale = workshop.model("Sale")
    workshop.sell()
    sale.objects.bulk_create([sale(**workshop.sale(reference=f"B{n}", key=f"web:B{n}")) for n in range(3)])
    assert sale.objects.count() == 4


def test_a_row_is_not_saved_again(workshop: Workshop) -> None:
    sale = workshop.sell()
    sale.amount = 1
    with pytest.raises(IntegrityError) as error:
        sale.save()
    assert refused(error)


def test_no_row_is_changed_by_update(workshop: Workshop) -> None:
    workshop.sell()
    with pytest.raises(IntegrityError) as error:
        workshop.model("Sale").objects.update(amount=1)
    assert refused(error)


def test_no_row_is_deleted(workshop: Workshop) -> None:
    workshop.sell()
    with pytest.raises(IntegrityError) as error:
        workshop.model("Sale").objects.all().delete()
    assert refused(error)


@pytest.mark.parametrize("sql", ["UPDATE shop_sale SET note = 'x'", "DELETE FROM shop_sale"])
def test_raw_sql_is_refused_too(workshop: Workshop, sql: str) -> None:
    workshop.sell()
    with pytest.raises(IntegrityError) as error:
        run(sql)
    assert refused(error)


def test_an_upsert_changes_nothing(workshop: Workshop) -> None:
    workshop.sell()
    again = workshop.model("Sale")(**workshop.sale(amount=1))
    with pytest.raises(IntegrityError) as error:
        workshop.model("Sale").objects.bulk_create(
            [again], update_conflicts=True, update_fields=["amount"], unique_fields=["key"]
        )
    assert refused(error)
    assert workshop.model("Sale").objects.get().amount == 500


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_the_table_is_not_emptied_at_once(workshop: Workshop) -> None:
    with pytest.raises(IntegrityError) as error:
        run("TRUNCATE shop_sale")
    assert refused(error)


@on_sqlite
@pytest.mark.parametrize(
    ("number", "key", "reference"),
    [(1, "web:Z9", "Z9"), (9, "web:A1", "Z9"), (9, "web:Z9", "A1")],
    ids=["primary key", "unique field", "unique constraint"],
)
def test_no_row_is_replaced(workshop: Workshop, number: int, key: str, reference: str) -> None:
    workshop.sell(id=1)
    with pytest.raises(IntegrityError) as error:
        run(
            "INSERT OR REPLACE INTO shop_sale (id, source, reference, key, service_id, terms_id, amount, note, label)"
            f" VALUES ({number}, 'web', '{reference}', '{key}', 'blueprint', 1, 1, '', '')"
        )
    assert refused(error)
    assert workshop.model("Sale").objects.get().amount == 500


@on_sqlite
def test_what_only_a_condition_keeps_apart_is_named(workshop: Workshop) -> None:
    rule = AppendOnly(name="r", unique=("note", ("source", "label")))
    (replace,) = [t for t in rule.triggers("sqlite", workshop.model("Sale")) if t.suffix == "replace"]
    assert '("note" = NEW."note")' in replace.condition
    assert '("source" = NEW."source" AND "label" = NEW."label")' in replace.condition


def test_a_new_row_validates_and_a_stored_one_does_not(workshop: Workshop) -> None:
    rule, sale = AppendOnly(name="r"), workshop.model("Sale")
    rule.validate(sale, sale(**workshop.sale()))
    with pytest.raises(ValidationError):
        rule.validate(sale, workshop.sell())
