"""sales.monitor.placing"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from sales.blocks.closing.reversal import cancel_win
from sales.blocks.commission.work import price_wins
from sales.monitor.placing import placed_wins
from sales.monitor.states import State
from sales.wins.models import Win
from tests.makers import ARWEN, AURORA, MIDAS, NOW, make_terms, make_win, organisation

pytestmark = pytest.mark.django_db


def cancel(win: Win) -> None:
    cancel_win(win, by=ARWEN, now=NOW, reason_code="why", lead_goes_to="PROPOSED")


def price(win: Win) -> None:
    price_wins([win], by=AURORA, approver=MIDAS, now=NOW)


@contextmanager
def after_statement(number: int, act: Callable[[], object]) -> Iterator[None]:
    """Do something right before the statement that follows a number of them, as another desk might."""
    seen, acting = 0, False

    def watch(execute: Any, *statement: Any) -> Any:
        nonlocal seen, acting
        if not acting:
            if seen == number:
                acting = True
                act()
                acting = False
            seen += 1
        return execute(*statement)

    with connection.execute_wrapper(watch):
        yield


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize(("act", "before"), [(cancel, State.HELD), (price, State.UNPRICED)])
def test_a_win_that_changes_while_it_is_read_is_shown_as_it_stood(
    act: Callable[[Win], None], before: State, number: int
) -> None:
    org = organisation()
    win = make_win(org, lead_service=org.blueprint if act is cancel else org.whatsapp).win
    assert win is not None
    make_terms(org.whatsapp)
    with after_statement(number, lambda: act(win)):
        (placed,) = placed_wins(now=NOW)
    assert (placed.why, placed.state) == ((), before)
    (after,) = placed_wins(now=NOW)
    assert after.state not in (before, State.UNPLACED)
