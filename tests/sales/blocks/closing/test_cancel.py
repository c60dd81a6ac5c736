"""Cancelling a win in full: before its release and after it."""

from datetime import timedelta

import pytest

from sales.blocks.closing.reversal import CancelRefused, cancel_win
from sales.blocks.commission.work import price_wins, release_due
from sales.leads.models import State
from sales.ledger import reconcile
from sales.ledger.balances import standings
from sales.ledger.models import CommissionEntry
from sales.wins.models import Win
from tests.makers import ARWEN, AURORA, MIDAS, NOW, make_terms, make_win, organisation

pytestmark = pytest.mark.django_db


def rows_after(seq: int) -> list[tuple[str, str, str, int]]:
    return list(CommissionEntry.objects.filter(seq__gt=seq).values_list("kind", "debit", "credit", "amount"))


def test_a_win_in_hold_is_voided_against_its_receivable() -> None:
    win = make_win(organisation()).win
    assert win is not None
    cancel_win(win, by=ARWEN, now=NOW, reason_code="customer_withdrew", lead_goes_to="PROPOSED", text="Too early.")
    assert rows_after(3) == [
        ("unsold", "M:volume", "M:sold:blueprint", 123465),
        ("void", "L:held:blueprint", "A:recv:blueprint", 12347),
        ("uncredit", "M:agent:arwen", "M:pool", 12347),
    ]
    win.lead.refresh_from_db()
    assert win.lead.state == State.PROPOSED
    last = win.lead.events.last()
    assert last is not None and last.reason_code == "customer_withdrew"


def test_after_the_release_what_was_earned_is_clawed_back() -> None:
    win = make_win(organisation()).win
    assert win is not None
    later = NOW + timedelta(days=14)
    assert release_due(by=ARWEN, now=later - timedelta(days=1)) == 0
    assert release_due(by=ARWEN, now=later) == 1
    assert release_due(by=ARWEN, now=later) == 0
    cancel_win(win, by=ARWEN, now=later, reason_code="duplicate", lead_goes_to="LOST")
    assert rows_after(3) == [
        ("release", "L:held:blueprint", "I:comm:blueprint", 12347),
        ("unsold", "M:volume", "M:sold:blueprint", 123465),
        ("clawback", "K:clawback:blueprint", "A:recv:blueprint", 12347),
        ("uncredit", "M:agent:arwen", "M:pool", 12347),
    ]


def test_a_cancelled_win_is_not_cancelled_again() -> None:
    win = make_win(organisation()).win
    assert win is not None
    cancel_win(win, by=ARWEN, now=NOW, reason_code="duplicate", lead_goes_to="LOST")
    with pytest.raises(CancelRefused, match="cancelled already"):
        cancel_win(win, by=ARWEN, now=NOW, reason_code="duplicate", lead_goes_to="LOST")


@pytest.mark.parametrize(("reason", "to"), [("", "LOST"), ("duplicate", "ROUTED"), ("duplicate", "GHOST")])
def test_cancelling_needs_a_reason_and_a_place_for_the_lead(reason: str, to: str) -> None:
    win = make_win(organisation()).win
    assert win is not None
    with pytest.raises(CancelRefused):
        cancel_win(win, by=ARWEN, now=NOW, reason_code=reason, lead_goes_to=to)
    assert CommissionEntry.objects.count() == 3


def test_a_win_that_was_priced_since_it_was_looked_at_gives_its_commission_back() -> None:
    org = organisation()
    win = make_win(org, lead_service=org.whatsapp).win
    assert win is not None
    looked_at = Win.objects.select_related("pricing").get(pk=win.pk)
    assert not hasattr(looked_at, "pricing")
    make_terms(org.whatsapp)
    price_wins([win], by=AURORA, approver=MIDAS, now=NOW)
    cancel_win(looked_at, by=ARWEN, now=NOW, reason_code="duplicate", lead_goes_to="LOST")
    assert standings([win.key])[win.key, 1].commission == 0
    assert reconcile.run(now=NOW).ok
