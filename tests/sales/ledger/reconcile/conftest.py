"""The book that the tests of faults go round."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from sales.blocks.closing.reversal import cancel_win
from sales.blocks.commission.work import price_wins
from sales.ledger.models import CommissionEntry
from sales.ledger.reconcile import run
from sales.wins.models import Win
from tests.makers import ARWEN, AURORA, MIDAS, NOW, Organisation, make_terms, organisation
from tests.sales.ledger.won import won


@dataclass(frozen=True)
class Book:
    """Rows 1-3 a win in hold; 4-8 one shared by three; 9-12 one released at once; 13-18 one cancelled; 19-21 one
    priced later."""

    org: Organisation
    held: Win
    shared: Win
    released: Win
    cancelled: Win
    later: Win


@pytest.fixture
def book(db: None) -> Book:
    org = organisation()
    make_terms(org.migration, rate_bp=1_250)
    held = won(org)
    shared = won(org, amount_minor=30, shares={"arwen": 5_000, "atlas": 3_000, "kiran": 2_000})
    released = won(org, lead_service=org.migration, sold_date=date(2026, 1, 5))
    cancelled = won(org)
    cancel_win(cancelled, by=ARWEN, now=NOW, reason_code="withdrew", lead_goes_to="LOST")
    later = won(org, lead_service=org.whatsapp, now=NOW - timedelta(minutes=1))
    make_terms(org.whatsapp, rate_bp=500)
    price_wins([later], by=AURORA, approver=MIDAS, now=NOW)
    assert run(now=NOW).ok and CommissionEntry.objects.count() == 21
    return Book(org, held, shared, released, cancelled, later)
