"""Booking a win: what it writes, and what it refuses."""

import pytest

from sales.leads.models import State
from sales.ledger.models import CommissionEntry
from tests.makers import make_win, organisation

pytestmark = pytest.mark.django_db


def test_a_booked_win_is_priced_posted_and_handed_off() -> None:
    outcome = make_win(organisation())
    win = outcome.win
    assert win is not None and outcome.is_new
    assert win.lead.state == State.WON
    assert win.pricing.terms.rate_bp == 1000
    assert win.hand_off.to_agent_id == "leo"
    rows = list(CommissionEntry.objects.values_list("seq", "kind", "debit", "credit", "amount", "unit"))
    assert rows == [
        (1, "sold", "M:sold:blueprint", "M:volume", 123465, "EUR/2"),
        (2, "book", "A:recv:blueprint", "L:held:blueprint", 12347, "EUR/2"),
        (3, "credit", "M:pool", "M:agent:arwen", 12347, "EUR/2"),
    ]
