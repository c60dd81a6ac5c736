"""Rules that count other rows count those of the same statement too."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from tests.sales.breaches import rows
from tests.sales.breaches.tries import says
from tests.sales.breaches.ways import raw_insert, rolled_back
from tests.sales.breaches.world import World


def two_wins(world: World) -> list[Model]:
    return [rows.win(world), rows.win(world)]


def two_shares(world: World) -> list[Model]:
    first = rows.share(world, weight=5001)
    return [first, rows.share(world, win_id=first.win_id, weight=5001, agent_id="atlas", agent_name="Atlas")]


def two_refunds(world: World) -> list[Model]:
    return [rows.refund(world, amount_minor=100_000), rows.refund(world, amount_minor=100_000)]


def void_and_refund(world: World) -> list[Model]:
    return [rows.refund(world, kind="void", amount_minor=1), rows.refund(world, amount_minor=1)]


def one_number_left_out(world: World) -> list[Model]:
    return [rows.entry(world), rows.entry(world, seq=world.head + 3)]


TOGETHER: dict[str, Callable[[World], list[Model]]] = {
    "win_lead_has_one_live_win": two_wins,
    "credit_shares_not_above_a_whole": two_shares,
    "refunds_not_above_the_base": two_refunds,
    "refund_not_after_void": void_and_refund,
    "entry_seq_is_gapless": one_number_left_out,
}


@pytest.mark.parametrize(("name", "make"), TOGETHER.items())
def test_two_rows_of_one_statement_are_counted_together(
    world: World, name: str, make: Callable[[World], list[Model]]
) -> None:
    with rolled_back():
        pair = make(world)
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            type(pair[0])._base_manager.bulk_create(pair)
        assert says(refusal.value, name)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
def test_a_second_void_does_not_take_the_place_of_the_first(world: World) -> None:
    with rolled_back():
        rows.refund(world, kind="void", amount_minor=0).save(force_insert=True)
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            raw_insert(rows.refund(world, kind="void", amount_minor=0), verb="INSERT OR REPLACE")
        assert says(refusal.value, "refund_not_after_void")
