"""A throw-away app called `shop`, made by migration operations, so that remakes are Django's own.

Not installed: its models live in a migration's state only. A sale of a service is pinned to its terms, is refused while
its service is retired, and is never changed; a service may be withdrawn only while no sale names it.
"""

from typing import Any

from django.apps.registry import Apps
from django.db import connection, models
from django.db.migrations import operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Model

from carolverse.db.constraints import AppendOnly, PinnedKey, Refuse

RETIRED = 'EXISTS (SELECT 1 FROM {shop.Service} s WHERE s."key" = NEW."service_id" AND s."retired")'

SALE_RULES = [
    models.UniqueConstraint(fields=["source", "reference"], name="sale_once"),
    models.CheckConstraint(condition=models.Q(amount__gt=0), name="sale_amount_above_zero"),
    AppendOnly(name="sale_append_only"),
    PinnedKey(name="sale_by_its_terms", fields=("terms", "service"), to="shop.Terms", to_fields=("id", "service")),
    Refuse(name="sale_service_for_sale", when="insert", condition=RETIRED, message="it's not for sale"),
]
TERMS_RULES = [
    Refuse(
        name="terms_of_no_sale",
        when="update",
        condition=(
            'NEW."rate" <> OLD."rate" AND NEW."note" NOT LIKE \'%s mended %%\''
            ' AND EXISTS (SELECT 1 FROM {shop.Sale} s WHERE s."terms_id" = NEW."id")'
        ),
        message="a sale goes 100 % by them",
    )
]

# Written in the order that is hardest: a trigger of Terms names Sale, which comes later.
FIRST: list[Operation] = [
    operations.CreateModel(
        "Service",
        [
            ("key", models.CharField(max_length=20, primary_key=True)),
            ("retired", models.BooleanField(default=False)),
        ],
    ),
    operations.CreateModel(
        "Terms",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("service", models.ForeignKey("shop.Service", models.PROTECT, related_name="+")),
            ("rate", models.IntegerField()),
            ("note", models.CharField(max_length=20, default="")),
        ],
        {
            "unique_together": {("id", "service")},
            "constraints": TERMS_RULES,
        },
    ),
    operations.CreateModel(
        "Sale",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("source", models.CharField(max_length=20)),
            ("reference", models.CharField(max_length=20)),
            ("key", models.CharField(max_length=40, unique=True)),
            ("service", models.ForeignKey("shop.Service", models.PROTECT, related_name="+")),
            ("terms", models.ForeignKey("shop.Terms", models.PROTECT, related_name="+")),
            ("amount", models.IntegerField()),
            ("note", models.CharField(max_length=20, default="")),
            ("label", models.CharField(max_length=20, default="", db_index=True)),
        ],
        {"constraints": SALE_RULES},
    ),
]


class Workshop:
    """The tables of `shop`, and the state that migrations have brought them to."""

    def __init__(self) -> None:
        self.state = ProjectState()

    @property
    def apps(self) -> Apps:
        return self.state.apps

    def model(self, name: str) -> Any:
        return self.apps.get_model("shop", name)

    def models(self) -> list[type[Model]]:
        return list(self.apps.get_models())

    def migrate(self, *steps: Operation) -> None:
        """All steps in one migration: their queued statements run at its end."""
        with connection.schema_editor() as editor:
            for step in steps:
                before, self.state = self.state, self.state.clone()
                step.state_forwards("shop", self.state)
                step.database_forwards("shop", editor, before, self.state)

    def sell(self, **values: Any) -> Any:
        """One good sale, unless told otherwise."""
        return self.model("Sale").objects.create(**self.sale(**values))

    def sale(self, **values: Any) -> dict[str, Any]:
        """The values of a good sale of `blueprint` by its terms, number 1."""
        key = {"source": "web", "reference": "A1", "key": "web:A1"}
        return key | {"service_id": "blueprint", "terms_id": 1, "amount": 500} | values

    def stock(self) -> None:
        """Two services on sale with terms, and one that is retired."""
        for number, (key, retired) in enumerate({"blueprint": False, "report": False, "fax": True}.items(), start=1):
            self.model("Service").objects.create(key=key, retired=retired)
            self.model("Terms").objects.create(id=number, service_id=key, rate=1000)

    def demolish(self) -> None:
        """Drop every table of the app, whatever a test did to it."""
        with connection.cursor() as cursor:
            tables = [t for t in connection.introspection.table_names(cursor) if t.startswith(("shop_", "new__shop_"))]
            if connection.vendor == "postgresql":
                for table in tables:
                    cursor.execute(f'DROP TABLE "{table}" CASCADE')
                return
            cursor.execute("PRAGMA foreign_keys = OFF")
            for table in tables:
                cursor.execute(f'DROP TABLE "{table}"')
            cursor.execute("PRAGMA foreign_keys = ON")
