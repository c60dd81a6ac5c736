"""carolverse.db.sqlite3.operations"""

import pytest
from django.core.management.color import no_style
from django.db import IntegrityError, connection

from carolverse.db.triggers import parked_triggers
from tests.carolverse.db.workshop import Workshop

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL truncates all tables at once")
PARENTS_FIRST = ["shop_service", "shop_terms", "shop_sale"]


def test_a_flush_empties_pinned_tables_in_any_order(workshop: Workshop) -> None:
    workshop.sell()
    with parked_triggers(connection, workshop.models()):
        connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), PARENTS_FIRST))
    assert not workshop.model("Sale").objects.exists()


def test_a_flush_of_the_parents_alone_is_refused(workshop: Workshop) -> None:
    workshop.sell()
    with pytest.raises(IntegrityError):
        connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), PARENTS_FIRST[:2]))
    assert workshop.model("Terms").objects.count() == 3
