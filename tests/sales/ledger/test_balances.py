"""Balances read from the rows: per instalment, per agent, per account, as of a row."""

import pytest

from sales.ledger.balances import Standing, account_balances, credit_of, credits_of, standings
from tests.makers import make_win, organisation
from tests.sales.ledger.won import won

pytestmark = pytest.mark.django_db


def test_a_win_in_hold_has_a_receivable_that_is_not_due() -> None:
    win = won(organisation())
    standing = standings([win.key])[win.key, 1]
    assert standing == Standing(receivable=12_347, held=12_347, sold=123_465, booked=12_347)
    assert (standing.commission, standing.due) == (12_347, 0)
    assert credit_of(win.key) == {"arwen": 12_347}


def test_balances_as_of_a_row_leave_later_rows_out(django_assert_num_queries) -> None:
    org = organisation()
    first, second = won(org), won(org, amount_minor=1_000)
    with django_assert_num_queries(3):
        assert set(standings(as_of=3)) == {(first.key, 1)}
        assert set(credits_of()) == {first.key, second.key}
        assert account_balances(as_of=2)["EUR/2", "L:held:blueprint"] == 12_347


def test_every_account_is_on_its_own_side() -> None:
    make_win(organisation(), amount_minor=1_000)
    assert account_balances() == {
        ("EUR/2", "A:recv:blueprint"): 100,
        ("EUR/2", "L:held:blueprint"): 100,
        ("EUR/2", "M:agent:arwen"): 100,
        ("EUR/2", "M:pool"): 100,
        ("EUR/2", "M:sold:blueprint"): 1_000,
        ("EUR/2", "M:volume"): 1_000,
    }


def test_a_win_without_rows_has_no_standing() -> None:
    assert standings(["nothing#1"]) == {} and credit_of("nothing#1") == {}
