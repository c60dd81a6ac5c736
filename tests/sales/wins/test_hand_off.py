"""Acknowledging a hand-off: once, by the agent who got it."""

import pytest

from sales.access.actor import Actor
from sales.wins.hand_off import HandOffRefused, acknowledge
from tests.makers import ARWEN, NOW, make_win, organisation

LEO = Actor(agent="leo", agent_name="Leo", channel="test")


@pytest.mark.django_db
def test_the_owner_acknowledges_a_hand_off_once() -> None:
    win = make_win(organisation()).win
    assert win is not None
    done = acknowledge(win.hand_off, by=LEO, now=NOW)
    assert (done.acknowledged_at, done.acknowledged_by) == (NOW, "leo")
    with pytest.raises(HandOffRefused, match="acknowledged already"):
        acknowledge(win.hand_off, by=LEO, now=NOW)


@pytest.mark.django_db
def test_nobody_else_acknowledges_it() -> None:
    win = make_win(organisation()).win
    assert win is not None
    with pytest.raises(HandOffRefused, match="handed to 'leo'"):
        acknowledge(win.hand_off, by=ARWEN, now=NOW)
