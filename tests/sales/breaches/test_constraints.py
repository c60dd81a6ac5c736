"""Each breach is refused by the rule that it breaks, in every way in, and in none once that rule is taken out."""

from itertools import groupby

import pytest
from django.db import DatabaseError, connection

from tests.sales.breaches.breach import Breach, rule_of
from tests.sales.breaches.table import ANCHORS, BREACHES
from tests.sales.breaches.tries import refusal_of, says, ways_of
from tests.sales.breaches.ways import rolled_back
from tests.sales.breaches.without import take_out, without
from tests.sales.breaches.world import World

TRIES = [pytest.param(breach, way, id=f"{breach.name}-{way}") for breach in BREACHES for way in ways_of(breach)]


def same_rules(breach: Breach) -> tuple[str, tuple[str, ...]]:
    return breach.constraint, breach.behind


GROUPS = [(*rules, list(found)) for rules, found in groupby(sorted(BREACHES, key=same_rules), key=same_rules)]


@pytest.mark.parametrize(
    "breach", [breach for breach in BREACHES if breach.stands_alone], ids=lambda breach: breach.name
)
def test_the_row_is_good_before_it_is_spoilt(world: World, breach: Breach) -> None:
    with rolled_back():
        breach.good(world).save(force_insert=True)
        connection.check_constraints()


@pytest.mark.parametrize(("breach", "way"), TRIES)
def test_a_breach_is_refused_and_leaves_the_rows_as_they_were(world: World, breach: Breach, way: str) -> None:
    rows = rule_of(breach.constraint)[0]._base_manager.order_by("pk")
    before = list(rows.values())
    refusal = refusal_of(breach, way, world)
    assert says(refusal, breach.constraint, *breach.behind), refusal
    assert list(rows.values()) == before


@pytest.mark.parametrize(("constraint", "behind", "breaches"), GROUPS, ids=lambda part: part if part else "alone")
def test_without_its_rule_a_breach_passes(
    world: World, constraint: str, behind: tuple[str, ...], breaches: list[Breach]
) -> None:
    tries = [(breach, way) for breach in breaches for way in ways_of(breach)]
    if behind:
        with without(*behind):
            for breach, way in tries:
                refusal = refusal_of(breach, way, world)
                assert says(refusal, constraint), (breach.name, way, refusal)
    with without(constraint, *behind):
        for breach, way in tries:
            refusal = refusal_of(breach, way, world)
            assert refusal is None, (breach.name, way, refusal)


@pytest.mark.parametrize(("anchor", "pin"), ANCHORS.items())
def test_an_anchor_can_not_be_taken_from_its_pin(world: World, anchor: str, pin: str) -> None:
    with pytest.raises(DatabaseError):
        take_out(*rule_of(anchor))
    assert rule_of(pin)
