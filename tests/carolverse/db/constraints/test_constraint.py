"""carolverse.db.constraints.constraint: what a migration writes down is what it reads."""

import pytest
from django.db.migrations.serializer import serializer_factory
from django.db.models import BaseConstraint

import carolverse.db.constraints as ours
from carolverse.db.constraints import AppendOnly, PinnedKey, Refuse

RULES = [
    AppendOnly(name="a"),
    AppendOnly(name="a", unique=("key", ["source", "reference"])),
    PinnedKey(name="p", fields=["terms", "service"], to="shop.Terms", to_fields=["id", "service"]),
    Refuse(name="r", when="insert", condition="NEW.\"x\" LIKE '%s %'", message="it's so", after=True),
    Refuse(name="r", when="update", condition="1 = 1", message="m", violation_error_message="In words."),
]


@pytest.mark.parametrize("rule", RULES)
def test_a_migration_writes_it_and_reads_an_equal_one(rule: BaseConstraint) -> None:
    text, imports = serializer_factory(rule).serialize()
    assert imports == {"import carolverse.db.constraints"}
    assert eval(text, {"carolverse": __import__("carolverse.db.constraints")}) == rule


@pytest.mark.parametrize("rule", RULES)
def test_a_clone_is_equal_and_of_the_same_hash(rule: BaseConstraint) -> None:
    assert rule.clone() == rule
    assert hash(rule.clone()) == hash(rule)


def test_no_two_of_them_are_equal() -> None:
    assert all(RULES[a] != RULES[b] for a in range(len(RULES)) for b in range(a))


def test_every_name_that_migrations_may_use_is_exported() -> None:
    assert {rule.deconstruct()[0].rpartition(".")[2] for rule in RULES} <= set(ours.__all__)


def test_a_name_that_postgresql_would_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        AppendOnly(name="a" * 53)
