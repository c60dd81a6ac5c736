"""carolverse.db.triggers"""

import pytest
from django.db import IntegrityError, connection, transaction

from carolverse.db.triggers import missing_triggers, parked_triggers
from tests.carolverse.db.workshop import Workshop


class Halt(Exception):
    """Stops a block halfway."""


def test_all_triggers_of_the_installed_models_stand(db: None) -> None:
    assert missing_triggers(connection) == set()


def test_a_dropped_trigger_is_missing(workshop: Workshop) -> None:
    on = " ON shop_sale" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER sale_append_only_delete{on}")
    assert missing_triggers(connection, workshop.models()) == {"sale_append_only_delete"}


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite can't switch one off")
def test_a_trigger_that_is_switched_off_is_missing(workshop: Workshop) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shop_sale DISABLE TRIGGER sale_append_only_delete")
    assert missing_triggers(connection, workshop.models()) == {"sale_append_only_delete"}


def test_parked_triggers_let_all_through_and_return(workshop: Workshop) -> None:
    workshop.sell()
    sales = workshop.model("Sale").objects
    with parked_triggers(connection, workshop.models()):
        assert len(missing_triggers(connection, workshop.models())) == 5
        assert sales.update(amount=1) == 1
    with pytest.raises(IntegrityError, match="sale_append_only"):
        sales.update(amount=2)
    assert missing_triggers(connection, workshop.models()) == set()


def test_they_return_after_an_error(workshop: Workshop) -> None:
    with pytest.raises(Halt), parked_triggers(connection, workshop.models()):
        raise Halt
    assert missing_triggers(connection, workshop.models()) == set()


def test_they_return_when_the_transaction_around_them_is_rolled_back(workshop: Workshop) -> None:
    with pytest.raises(Halt), transaction.atomic(), parked_triggers(connection, workshop.models()):
        raise Halt
    with pytest.raises(IntegrityError), transaction.atomic(), parked_triggers(connection, workshop.models()):
        workshop.sell(amount=0)
    assert missing_triggers(connection, workshop.models()) == set()


def test_they_are_parked_in_a_transaction_that_has_written(workshop: Workshop) -> None:
    with transaction.atomic():
        workshop.sell()
        with parked_triggers(connection, workshop.models()):
            workshop.model("Sale").objects.update(amount=7)
    assert workshop.model("Sale").objects.get().amount == 7
    assert missing_triggers(connection, workshop.models()) == set()
