"""carolverse.db.constraints.refuse"""

import pytest
from django.db import IntegrityError, connection, models
from django.db.migrations import operations

from carolverse.db.constraints import Refuse, constraint_of
from tests.carolverse.db.workshop import Workshop

FAX = {"service_id": "fax", "terms_id": 3}


def refused(error: pytest.ExceptionInfo[IntegrityError]) -> bool:
    text = "sale_service_for_sale: it's not for sale"
    return constraint_of(error.value) == "sale_service_for_sale" and text in str(error.value)


def test_the_orm_can_not_insert_what_the_condition_refuses(workshop: Workshop) -> None:
    with pytest.raises(IntegrityError) as error:
        workshop.sell(**FAX)
    assert refused(error)


def test_one_bad_row_refuses_the_whole_bulk(workshop: Workshop) -> None:
    sale = workshop.model("Sale")
    with pytest.raises(IntegrityError) as error:
        sale.objects.bulk_create([sale(**workshop.sale()), sale(**workshop.sale(reference="A2", key="web:A2", **FAX))])
    assert refused(error)
    assert not sale.objects.exists()


def test_raw_sql_is_refused_too(workshop: Workshop) -> None:
    with pytest.raises(IntegrityError) as error, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO shop_sale (id, source, reference, key, service_id, terms_id, amount, note, label)"
            " VALUES (1, 'web', 'A1', 'web:A1', 'fax', 3, 500, '', '')"
        )
    assert refused(error)


def test_an_update_compares_the_row_before_with_the_row_after(workshop: Workshop) -> None:
    workshop.sell()
    terms = workshop.model("Terms").objects
    assert terms.filter(id=2).update(rate=2000) == 1
    assert terms.filter(id=1).update(rate=1000) == 1
    with pytest.raises(IntegrityError, match="a sale goes 100 % by them") as error:
        terms.filter(id=1).update(rate=2000)
    assert constraint_of(error.value) == "terms_of_no_sale"


def test_a_percent_sign_in_the_condition_means_what_it_says(workshop: Workshop) -> None:
    workshop.sell()
    assert workshop.model("Terms").objects.filter(id=1).update(rate=2000, note="his mended rate") == 1
    workshop.migrate(operations.AlterField("Terms", "rate", models.BigIntegerField()))
    assert workshop.model("Terms").objects.filter(id=1).update(rate=3000, note="his mended rate") == 1


def test_at_both_times_means_insert_and_update(workshop: Workshop) -> None:
    rule = Refuse(name="no_zero", when="insert_update", condition='NEW."rate" = 0', message="zero")
    workshop.migrate(operations.AddConstraint("Terms", rule))
    terms = workshop.model("Terms").objects
    with pytest.raises(IntegrityError, match="no_zero: zero"):
        terms.create(service_id="report", rate=0)
    with pytest.raises(IntegrityError, match="no_zero: zero"):
        terms.update(rate=0)


def test_after_the_insert_the_row_is_in_its_table(workshop: Workshop) -> None:
    crowd = '(SELECT COUNT(*) FROM {table} t WHERE t."service_id" = NEW."service_id") > 2'
    rule = Refuse(name="two_terms_at_most", when="insert", condition=crowd, message="enough", after=True)
    workshop.migrate(operations.AddConstraint("Terms", rule))
    terms = workshop.model("Terms").objects
    terms.create(service_id="report", rate=1, id=50)
    with pytest.raises(IntegrityError, match="two_terms_at_most"):
        terms.create(service_id="report", rate=2, id=51)
    assert terms.filter(service_id="report").count() == 2


def test_a_condition_that_is_null_refuses_nothing(workshop: Workshop) -> None:
    workshop.migrate(
        operations.AddConstraint("Terms", Refuse(name="n", when="insert", condition="NULL", message="never"))
    )
    workshop.model("Terms").objects.create(service_id="report", rate=1, id=50)


def test_an_unknown_model_is_found_by_the_system_check(workshop: Workshop) -> None:
    rule = Refuse(name="r", when="insert", condition="EXISTS (SELECT 1 FROM {shop.Trems})", message="m")
    (error,) = rule._check(workshop.model("Sale"), connection)
    assert "'shop.Trems'" in str(error.msg)


def test_there_is_no_other_time_to_refuse_at() -> None:
    with pytest.raises(ValueError, match="insert, update or insert_update"):
        Refuse(name="r", when="delete", condition="1 = 1", message="m")  # type: ignore[arg-type]
