"""carolverse.db.constraints.named"""

import pytest
from django.db import IntegrityError, connection

from carolverse.db.constraints import constraint_of, named
from tests.carolverse.db.workshop import Workshop


@pytest.fixture
def installed(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.setattr(named, "apps", workshop.apps)
    return workshop


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"amount": 0}, "sale_amount_above_zero"),
        ({"service_id": "fax", "terms_id": 3}, "sale_service_for_sale"),
        ({"amount": None}, None),
    ],
)
def test_the_error_leads_to_its_constraint(installed: Workshop, values: dict[str, object], name: str | None) -> None:
    with pytest.raises(IntegrityError) as error:
        installed.sell(**values)
    assert constraint_of(error.value) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("UNIQUE constraint failed: shop_sale.source, shop_sale.reference", "sale_once"),
        ("UNIQUE constraint failed: shop_sale.amount", None),
        ("UNIQUE constraint failed: elsewhere.id", None),
        ("UNIQUE constraint failed: index 'one_live'", "one_live"),
        ("CHECK constraint failed: sale_amount_above_zero", "sale_amount_above_zero"),
        ('CHECK constraint failed: "amount" >= 0', None),
        ("NOT NULL constraint failed: shop_sale.amount", None),
        ("FOREIGN KEY constraint failed", None),
        ("sale_append_only: rows are only ever added", "sale_append_only"),
    ],
)
def test_what_sqlite_says(installed: Workshop, text: str, name: str | None) -> None:
    assert constraint_of(IntegrityError(text)) == name


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite's own guard comes first")
def test_postgresql_names_the_unique_constraint(installed: Workshop) -> None:
    installed.sell()
    with pytest.raises(IntegrityError) as error:
        installed.sell(key="web:other")
    assert constraint_of(error.value) == "sale_once"
    assert connection.vendor == "postgresql"
