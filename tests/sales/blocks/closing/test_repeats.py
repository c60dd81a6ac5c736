"""A booking that is sent again: the same returns the first win, another is refused by the name of its field."""

from datetime import date, timedelta
from typing import Any

import pytest

from sales.blocks.closing import forms
from sales.blocks.closing.reversal import cancel_win
from sales.blocks.closing.work import book_win, book_wins
from sales.intake.models import StoredFile
from sales.leads.models import State
from tests.makers import ARWEN, NOW, make_lead, organisation, win_form
from tests.sales.blocks.closing.refused import everything, refused

pytestmark = pytest.mark.django_db


def test_the_same_booking_again_returns_the_first_win_and_writes_nothing() -> None:
    form = win_form(make_lead(organisation()), shares={"arwen": 5000, "atlas": 5000})
    first = book_win(form, by=ARWEN, now=NOW)
    before = everything()
    again = book_win(form, by=ARWEN, now=NOW + timedelta(hours=1))
    assert (again.win, again.is_new) == (first.win, False)
    assert everything() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount_minor", 123_466),
        ("currency", "USD"),
        ("quantity", 2),
        ("sold_date", date(2026, 3, 1)),
        ("evidence_kind", "message"),
        ("evidence_reference", "order 4712"),
        ("agent", "atlas"),
        ("shares", {"arwen": 9999, "atlas": 1}),
        ("service", "whatsapp"),
        ("replaces", "web:0#1"),
    ],
)
def test_another_content_is_refused_by_the_name_of_its_field(field: str, value: Any) -> None:
    lead = make_lead(organisation())
    book_win(win_form(lead), by=ARWEN, now=NOW)
    refusal = refused(win_form(lead, **{field: value}))
    assert isinstance(refusal, forms.AnotherWinHere)
    assert field in refusal.sentence and "Cancel it" in refusal.sentence


def test_another_file_is_another_content() -> None:
    lead = make_lead(organisation())
    first, second = (
        StoredFile.objects.create(
            sha256=letter * 64, name=f"{letter}.pdf", size_bytes=1, content=b"x", stored_at=NOW, **ARWEN.signature()
        )
        for letter in "ab"
    )
    book_win(win_form(lead, evidence_kind="file", evidence_file=first), by=ARWEN, now=NOW)
    refusal = refused(win_form(lead, evidence_kind="file", evidence_file=second))
    assert isinstance(refusal, forms.AnotherWinHere) and "evidence_file" in refusal.sentence


def test_after_a_cancelled_win_the_lead_is_won_again_by_a_win_that_names_it() -> None:
    lead = make_lead(organisation())
    old = book_win(win_form(lead), by=ARWEN, now=NOW).win
    assert old is not None
    cancel_win(old, by=ARWEN, now=NOW, reason_code="wrong_amount", lead_goes_to=State.PROPOSED)
    new = book_win(win_form(lead, amount_minor=100, replaces=old.key), by=ARWEN, now=NOW).win
    assert new is not None
    assert (new.key, new.replaces) == (f"{lead.reference}#2", old)


def test_in_a_batch_a_refused_row_leaves_the_others_alone() -> None:
    org = organisation()
    good, bad, other = (make_lead(org) for _ in range(3))
    outcomes = book_wins(
        [win_form(good), win_form(bad, amount_minor=-1), win_form(other), win_form(good)], by=ARWEN, now=NOW
    )
    assert [outcome.is_new for outcome in outcomes] == [True, False, True, False]
    assert isinstance(outcomes[1].refusal, forms.BadAmount)
    assert outcomes[3].win == outcomes[0].win
