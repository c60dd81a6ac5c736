"""No rule is lost when a table changes: each step, then each rule is tried."""

import pytest
from django.db import IntegrityError, connection, models
from django.db.migrations import operations
from django.db.migrations.operations.base import Operation

from carolverse.db.constraints import AppendOnly, Refuse
from carolverse.db.triggers import missing_triggers
from tests.carolverse.db.workshop import FIRST, SALE_RULES, Workshop

SUCCESSOR = models.ForeignKey("shop.Terms", models.PROTECT, null=True, related_name="+")
LONGER_KEY = models.CharField(max_length=30, primary_key=True)
SMALL = models.CheckConstraint(condition=models.Q(amount__lt=10**9), name="sale_small")
STEPS: dict[str, list[Operation]] = {
    "alter a field": [operations.AlterField("Sale", "note", models.TextField(default="x"))],
    "alter the primary key": [operations.AlterField("Service", "key", LONGER_KEY)],
    "alter the parent": [operations.AlterField("Terms", "rate", models.BigIntegerField())],
    "add a nullable field": [operations.AddField("Sale", "more", models.IntegerField(null=True))],
    "add a field with a default": [operations.AddField("Sale", "more", models.IntegerField(default=1))],
    "add a key": [operations.AddField("Terms", "successor", SUCCESSOR)],
    "rename a field": [operations.RenameField("Sale", "label", "title")],
    "rename a field of another table": [
        operations.RenameField("Service", "retired", "gone"),
        operations.RenameField("Service", "gone", "retired"),
    ],
    "remove a field": [operations.RemoveField("Sale", "note")],
    "remove an indexed field": [operations.RemoveField("Sale", "label")],
    "add a constraint": [operations.AddConstraint("Sale", SMALL)],
    "remove a constraint": [operations.RemoveConstraint("Sale", "sale_amount_above_zero")],
    "add a constraint to the parent": [
        operations.AddConstraint("Terms", AppendOnly(name="terms_of_the_shop_append_only"))
    ],
    "several at once": [
        operations.AddField("Service", "more", models.IntegerField(default=1)),
        operations.AddField("Terms", "more", models.IntegerField(default=1)),
        operations.AddField("Sale", "more", models.IntegerField(default=1)),
        operations.RemoveField("Terms", "more"),
    ],
}


def assert_every_rule_holds(workshop: Workshop, sale: str = "Sale") -> None:
    rows = workshop.model(sale).objects
    assert missing_triggers(connection, workshop.models()) == set()
    assert rows.get().amount == 500
    with pytest.raises(IntegrityError, match="sale_append_only"):
        rows.update(amount=1)
    with pytest.raises(IntegrityError, match="sale_append_only"):
        rows.all().delete()
    with pytest.raises(IntegrityError, match="sale_service_for_sale"):
        rows.create(**workshop.sale(reference="A2", key="web:A2", service_id="fax", terms_id=3))
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        rows.create(**workshop.sale(reference="A2", key="web:A2", service_id="report", terms_id=1))
    rows.create(**workshop.sale(reference="A2", key="web:A2"))


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS.keys())
def test_no_rule_is_lost(workshop: Workshop, steps: list[Operation]) -> None:
    workshop.sell()
    workshop.migrate(*steps)
    with pytest.raises(IntegrityError, match="terms_"):
        workshop.model("Terms").objects.filter(id=1).update(rate=1)
    assert_every_rule_holds(workshop)


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS.keys())
def test_no_rule_is_lost_in_the_migration_that_made_it(django_db_setup: None, django_db_blocker, steps) -> None:
    with django_db_blocker.unblock():
        workshop = Workshop()
        try:
            workshop.migrate(*FIRST, *steps)
            workshop.stock()
            workshop.sell()
            assert_every_rule_holds(workshop)
        finally:
            workshop.demolish()


def test_a_renamed_table_keeps_its_rules(workshop: Workshop) -> None:
    workshop.sell()
    workshop.migrate(
        operations.RemoveConstraint("Terms", "terms_of_no_sale"),
        operations.RenameModel("Sale", "Deal"),
        operations.AddField("Deal", "more", models.IntegerField(default=1)),
    )
    assert_every_rule_holds(workshop, sale="Deal")


def test_a_renamed_parent_is_followed_when_the_rules_follow(workshop: Workshop) -> None:
    workshop.sell()
    retired = next(rule for rule in SALE_RULES if isinstance(rule, Refuse)).clone()
    retired.condition = retired.condition.replace("shop.Service", "shop.Product")
    workshop.migrate(
        operations.RemoveConstraint("Sale", retired.name),
        operations.RenameModel("Service", "Product"),
        operations.AddConstraint("Sale", retired),
    )
    assert_every_rule_holds(workshop)


def test_a_removed_rule_is_gone_and_nothing_of_it_stays(workshop: Workshop) -> None:
    workshop.sell()
    workshop.migrate(operations.RemoveConstraint("Sale", "sale_append_only"))
    assert workshop.model("Sale").objects.update(amount=1) == 1
    workshop.migrate(operations.AddConstraint("Sale", AppendOnly(name="sale_append_only")))
    with pytest.raises(IntegrityError, match="sale_append_only"):
        workshop.model("Sale").objects.update(amount=2)


def test_a_removed_table_takes_its_rules_along(workshop: Workshop) -> None:
    workshop.migrate(
        operations.RemoveConstraint("Terms", "terms_of_no_sale"),
        operations.DeleteModel("Sale"),
        operations.AddField("Service", "more", models.IntegerField(default=1)),
    )
    assert missing_triggers(connection, workshop.models()) == set()
