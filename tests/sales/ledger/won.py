"""A booked win where a test of the ledger needs no more of the booking than that."""

from typing import Any

from sales.wins.models import Win
from tests.makers import Organisation, make_win


def won(org: Organisation, **values: Any) -> Win:
    """As ``make_win``, but the win itself."""
    win = make_win(org, **values).win
    assert win is not None
    return win
