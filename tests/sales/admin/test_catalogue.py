"""The catalogue's page of one service: what may be said, and its terms through time."""

from datetime import date

import pytest

from sales.admin.catalogue import history, price_words, said
from sales.registry.models import Design
from tests.makers import make_terms, organisation

pytestmark = pytest.mark.django_db


def test_each_currency_keeps_its_own_line_of_terms() -> None:
    org = organisation()
    make_terms(org.blueprint, currency="USD")
    make_terms(org.blueprint, currency="USD", starts=date(2026, 3, 1), rate_bp=1200)
    found = [(version.currency, version.starts) for version in history(org.blueprint.terms.all())]
    assert found == [("USD", date(2026, 3, 1)), ("EUR", date(2026, 1, 1)), ("USD", date(2026, 1, 1))]


def test_a_price_is_an_amount_with_its_rhythm() -> None:
    price = {"label": "monthly subscription", "amount_minor": 2000, "currency": "EUR", "per": "month"}
    assert price_words(price) == "Monthly subscription: EUR\u00a020.00 per month"
    assert price_words(price | {"per": "once"}).endswith("once")


def test_of_a_design_that_is_not_approved_nothing_may_be_said() -> None:
    org = organisation()
    design = Design(service=org.blueprint, status="draft", facts=["Secret."], prices=[], hand_off_to="leo")
    assert said(design).facts == [] and not said(design).approved
    assert said(design).hand_off == "Leo"
