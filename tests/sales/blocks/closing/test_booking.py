"""Booking a win: what it writes, and what it refuses."""

import pytest

from sales.blocks.closing.reversal import cancel_win
from sales.leads.models import State
from sales.ledger import reconcile
from sales.ledger.models import CommissionEntry
from sales.registry.models import Agent, Service
from sales.wins.models import CreditShare, Win
from tests.makers import ARWEN, NOW, make_terms, make_win, organisation, set_owner

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


def test_a_share_may_go_to_an_agent_who_is_retired_by_now() -> None:
    org = organisation()
    Agent.objects.filter(key="atlas").update(retired_at=NOW)
    assert make_win(org, shares={"arwen": 5_000, "atlas": 5_000}).is_new


def test_what_was_booked_stands_when_names_change_agents_retire_and_another_owns_the_service() -> None:
    org = organisation()
    win = make_win(org, shares={"arwen": 5_000, "atlas": 5_000}).win
    assert win is not None
    Agent.objects.update(name="Renamed", retired_at=NOW)
    Service.objects.filter(key="blueprint").update(name="Renamed")
    set_owner(org.blueprint, org.aurora)
    stored = Win.objects.get()
    assert (stored.agent_name, stored.owner_name, stored.owner_id) == ("Arwen", "Leo", "leo")
    assert set(CreditShare.objects.values_list("agent_name", flat=True)) == {"Arwen", "Atlas"}
    cancel_win(stored, by=ARWEN, now=NOW, reason_code="why", lead_goes_to="LOST")
    assert set(CommissionEntry.objects.values_list("owner", flat=True)) == {"leo"}
    assert reconcile.run(now=NOW).ok


def test_terms_after_a_credit_that_nobody_can_record_leave_the_win_unpriced() -> None:
    org = organisation()
    make_terms(org.whatsapp, base="after_credit")
    win = make_win(org, lead_service=org.whatsapp).win
    assert win is not None
    assert not hasattr(win, "pricing")
    assert not CommissionEntry.objects.exists()
