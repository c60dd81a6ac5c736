"""A win's page: the sentence, the proof, and the two steps that move money."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import tests.makers as makers
from sales.access.models import Login
from sales.access.verbs import create_login
from sales.wins.models import Refund, Win
from tests.makers import Organisation, make_terms, make_win
from tests.sales.admin.conftest import PASSWORD


@pytest.fixture
def win(org: Organisation) -> Win:
    booked = make_win(org, now=makers.NOW, sold_date=makers.DAY, shares={"arwen": 7000, "kiran": 3000}).win
    assert booked is not None
    return booked


@pytest.fixture
def unpriced(org: Organisation) -> Win:
    booked = make_win(org, now=makers.NOW, sold_date=makers.DAY, lead_service=org.migration).win
    assert booked is not None
    return booked


@pytest.fixture
def finn(db: None) -> Login:
    """The second person: acts for Midas."""
    return create_login(username="finn", password=PASSWORD, first_name="Finn", acts_for="midas", console=True)


def page(console: Client, win: Win) -> str:
    return console.get(reverse("admin:sales_win_change", args=[win.pk])).content.decode()


def step(console: Client, win: Win, name: str, **form: Any) -> Any:
    return console.post(reverse(f"admin:sales_win_{name}", args=[win.pk]), form)


def test_a_win_is_traced_to_its_terms_in_a_sentence(console: Client, win: Win) -> None:
    shown = page(console, win)
    assert "Leo&#x27;s Blueprint was sold for EUR\N{NO-BREAK SPACE}1,234.65." in shown
    assert "10 % of 1,234.65" in shown and "is in hold until" in shown
    for words in ("Owner as registered", "order 4711", "Arwen, 70 %", "Kiran, 30 %", "A:recv:blueprint", "sample"):
        assert words in shown


def test_a_win_is_cancelled_with_its_key_typed(console: Client, win: Win) -> None:
    form = {"reason_code": "ordered-twice", "lead_goes_to": "PROPOSED", "text": "Twice.", "confirm": win.key}
    assert step(console, win, "cancel", **form).status_code == 302
    void = Refund.objects.get()
    assert (void.kind, void.reason_code, void.by_operator) == ("void", "ordered-twice", "ida")
    shown = page(console, win)
    assert "it is cancelled already." in shown and "The same order was placed twice" in shown


def test_a_cancellation_with_another_key_is_refused_with_what_was_typed(console: Client, win: Win) -> None:
    form = {"reason_code": "ordered-twice", "lead_goes_to": "LOST", "text": "Twice.", "confirm": "web:1#1"}
    shown = step(console, win, "cancel", **form).content.decode()
    assert f"Type {win.key} to cancel this win." in shown and "Twice." in shown
    assert not Refund.objects.exists()


def test_a_second_cancellation_is_refused_in_words(console: Client, win: Win) -> None:
    form = {"reason_code": "ordered-twice", "lead_goes_to": "LOST", "confirm": win.key}
    step(console, win, "cancel", **form)
    assert "is cancelled already" in step(console, win, "cancel", **form).content.decode()


def test_an_unpriced_win_says_why_it_cannot_be_priced_yet(console: Client, unpriced: Win) -> None:
    shown = page(console, unpriced)
    assert "Waiting for commission terms" in shown
    assert "no terms of Migration in EUR cover" in shown


def test_a_win_is_priced_with_a_second_person_who_signs(
    console: Client, org: Organisation, unpriced: Win, finn: Login
) -> None:
    make_terms(org.migration)
    assert step(console, unpriced, "price", approver="finn", password=PASSWORD).status_code == 302
    unpriced.refresh_from_db()
    assert unpriced.pricing.approver == "midas/finn"


@pytest.mark.parametrize(
    ("approver", "password", "words"),
    [("finn", "wrong", "don&#x27;t fit"), ("ida", PASSWORD, "can&#x27;t approve its own step")],
)
def test_without_a_second_person_nothing_is_priced(
    approver: str, password: str, words: str, console: Client, org: Organisation, unpriced: Win, finn: Login
) -> None:
    make_terms(org.migration)
    assert words in step(console, unpriced, "price", approver=approver, password=password).content.decode()
    assert not hasattr(Win.objects.get(pk=unpriced.pk), "pricing")


@pytest.mark.parametrize("name", ["cancel", "price"])
def test_a_missing_win_is_not_found(name: str, console: Client, org: Organisation) -> None:
    assert console.get(reverse(f"admin:sales_win_{name}", args=[0])).status_code == 404
