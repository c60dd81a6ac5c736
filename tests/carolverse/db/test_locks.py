"""carolverse.db.locks"""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from carolverse.db.locks import write_lock
from tests.carolverse.db.workshop import Workshop


def test_without_a_transaction_nothing_would_be_held(workshop: Workshop) -> None:
    with pytest.raises(transaction.TransactionManagementError, match="atomic"):
        write_lock()


def test_it_costs_one_statement_on_postgresql_and_none_on_sqlite(db: None) -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        write_lock()
    assert len(queries) == (1 if connection.vendor == "postgresql" else 0)


def test_numbers_given_under_the_lock_have_no_gap(workshop: Workshop) -> None:
    services = workshop.model("Service").objects
    errors: list[BaseException] = []

    def number(times: int) -> None:
        try:
            for _ in range(times):
                with transaction.atomic():
                    write_lock()
                    services.create(key=f"s{services.filter(key__startswith='s').count()}")
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=number, args=(10,)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert errors == []
    assert set(services.filter(key__startswith="s").values_list("key", flat=True)) == {f"s{n}" for n in range(40)}
