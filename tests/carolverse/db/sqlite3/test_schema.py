"""carolverse.db.sqlite3.schema; what remakes keep is in constraints/test_remakes.py"""

import pytest
from django.db import IntegrityError, connection, models
from django.db.migrations import operations

from tests.carolverse.db.workshop import Workshop

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL remakes no table")


class RealError(Exception):
    """What went wrong."""


def keys_are_checked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")
        return bool(cursor.fetchone()[0])


def test_triggers_of_others_that_no_model_knows_are_kept(workshop: Workshop) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER by_hand BEFORE INSERT ON shop_sale"
            " WHEN NEW.amount > (SELECT SUM(rate) FROM shop_terms) BEGIN SELECT RAISE(ABORT, 'by_hand: no'); END"
        )
    workshop.migrate(operations.AlterField("Terms", "rate", models.BigIntegerField()))
    with pytest.raises(IntegrityError, match="by_hand"):
        workshop.sell(amount=10**6)


def test_the_real_error_is_not_hidden_behind_the_keys(workshop: Workshop) -> None:
    with pytest.raises(RealError), connection.schema_editor() as editor:
        editor.execute("DROP TABLE shop_service")
        raise RealError
    assert not connection.in_atomic_block
    assert keys_are_checked()
    workshop.sell()


def test_a_broken_key_undoes_the_change_and_leaves_the_connection_whole(workshop: Workshop) -> None:
    with (
        pytest.raises(IntegrityError, match="service_id is in no row of 'shop_service'"),
        connection.schema_editor() as editor,
    ):
        editor.execute("DELETE FROM shop_service WHERE key = 'report'")
    assert not connection.in_atomic_block
    assert keys_are_checked()
    assert workshop.model("Service").objects.count() == 3
