"""carolverse.db.constraints.pinned_key"""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations import operations

from carolverse.db.constraints import PinnedKey, constraint_of
from tests.carolverse.db.workshop import SALE_RULES, Workshop

OTHER = {"service_id": "report", "terms_id": 1}
PIN = next(rule for rule in SALE_RULES if isinstance(rule, PinnedKey))


def test_the_terms_of_another_service_are_refused_at_once(workshop: Workshop) -> None:
    with transaction.atomic():
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            workshop.sell(**OTHER)
        # SQLite doesn't say which key; the statement failed, not the commit.
        assert constraint_of(error.value) in (None, "sale_by_its_terms")


def test_no_bulk_brings_them_in(workshop: Workshop) -> None:
    sale = workshop.model("Sale")
    with pytest.raises(IntegrityError):
        sale.objects.bulk_create([sale(**workshop.sale(**OTHER))])


def test_raw_sql_is_refused_too(workshop: Workshop) -> None:
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO shop_sale (id, source, reference, key, service_id, terms_id, amount, note, label)"
            " VALUES (1, 'web', 'A1', 'web:A1', 'report', 1, 500, '', '')"
        )


def test_an_update_of_the_parent_may_not_leave_the_row_behind(workshop: Workshop) -> None:
    workshop.sell()
    with pytest.raises(IntegrityError):
        workshop.model("Terms").objects.filter(id=1).update(service_id="report")


def test_only_the_pin_refuses_it(workshop: Workshop) -> None:
    workshop.migrate(operations.RemoveConstraint("Sale", "sale_by_its_terms"))
    workshop.sell(**OTHER)


def test_a_pin_that_is_added_later_holds(workshop: Workshop) -> None:
    workshop.migrate(operations.RemoveConstraint("Sale", "sale_by_its_terms"))
    workshop.migrate(operations.AddConstraint("Sale", PIN))
    with pytest.raises(IntegrityError):
        workshop.sell(**OTHER)


def test_validation_says_it_before_the_database_does(workshop: Workshop) -> None:
    sale = workshop.model("Sale")
    PIN.validate(sale, sale(**workshop.sale()))
    PIN.validate(sale, sale(**workshop.sale(**OTHER)), exclude={"terms"})
    with pytest.raises(ValidationError):
        PIN.validate(sale, sale(**workshop.sale(**OTHER)))


def test_a_column_that_may_be_null_is_no_pin(workshop: Workshop) -> None:
    workshop.migrate(operations.AddField("Sale", "agreed", models.IntegerField(null=True)))
    rule = PinnedKey(name="p", fields=("agreed",), to="shop.Terms", to_fields=("id",))
    (error,) = rule._check(workshop.model("Sale"), connection)
    assert "may be NULL" in str(error.msg)


def test_as_many_fields_are_pinned_as_they_are_pinned_to() -> None:
    with pytest.raises(ValueError, match="2 fields to 1"):
        PinnedKey(name="p", fields=("a", "b"), to="shop.Terms", to_fields=("id",))


def test_a_parent_that_is_not_there_is_named(workshop: Workshop) -> None:
    rule = PinnedKey(name="p", fields=("terms",), to="shop.Trems", to_fields=("id",))
    with pytest.raises(LookupError, match=r"shop\.Trems"):
        workshop.migrate(operations.AddConstraint("Sale", rule))
