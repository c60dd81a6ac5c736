"""Pricing what waited for terms (example 9), with a second person, and releasing what was held."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sales.access.actor import Actor
from sales.access.second_person import NeedsSecondPerson
from sales.blocks.closing.reversal import cancel_win
from sales.blocks.commission.work import PricingRefused, price_wins, release_due, unpriced
from sales.ledger.models import CommissionEntry
from sales.registry.models import Terms
from sales.wins.models import Win, WinPricing
from tests.makers import ARWEN, AURORA, DAY, MIDAS, NOW, Organisation, make_terms, make_win, organisation

pytestmark = pytest.mark.django_db

SOLD = date(2026, 2, 10)
PRICED = datetime(2026, 4, 21, 10, 0, tzinfo=UTC)


def waiting_win(org: Organisation, **values: Any) -> Win:
    """W1 of example 9: a migration for 480.00, sold by Kiran when no terms were known."""
    sold: dict[str, Any] = {"lead_service": org.migration, "amount_minor": 48_000, "sold_date": SOLD, "agent": "kiran"}
    win = make_win(org, **sold | values).win
    assert win is not None
    return win


def late_terms(org: Organisation, **values: Any) -> Terms:
    fields: dict[str, Any] = {"starts": date(2026, 2, 1), "rate_bp": 1250}
    return make_terms(org.migration, **fields | values)


def rows() -> list[tuple[Any, ...]]:
    return list(
        CommissionEntry.objects.values_list(
            "seq", "event_key", "line", "kind", "debit", "credit", "amount", "effective_on"
        )
    )


def test_a_win_without_terms_is_booked_without_an_entry() -> None:
    win = waiting_win(organisation())
    assert rows() == []
    assert not hasattr(win, "pricing")
    assert list(unpriced()) == [win]


def test_terms_that_appear_later_price_it_as_of_its_sale_date() -> None:
    org = organisation()
    win = waiting_win(org)
    terms = late_terms(org)
    assert price_wins([win], by=AURORA, approver=MIDAS, now=PRICED) == 1
    book, release = f"win:{win.key}:1:book", f"win:{win.key}:1:release"
    assert rows() == [
        (1, book, 1, "sold", "M:sold:migration", "M:volume", 48_000, SOLD),
        (2, book, 2, "book", "A:recv:migration", "L:held:migration", 6_000, SOLD),
        (3, book, 3, "credit", "M:pool", "M:agent:kiran", 6_000, SOLD),
        (4, release, 1, "release", "L:held:migration", "I:comm:migration", 6_000, date(2026, 2, 24)),
    ]
    pricing = WinPricing.objects.get(win=win)
    assert (pricing.terms, pricing.approver, pricing.by_agent) == (terms, "midas/finn", "aurora")
    assert set(CommissionEntry.objects.values_list("actor", "approver")) == {("aurora/ida", "midas/finn")}
    assert not unpriced().exists()


def test_a_priced_win_is_not_priced_again() -> None:
    org = organisation()
    win = waiting_win(org)
    late_terms(org)
    price_wins([win], by=AURORA, approver=MIDAS, now=PRICED)
    late_terms(org, revision=2, rate_bp=100)
    with pytest.raises(PricingRefused, match="priced or cancelled already"):
        price_wins([win], by=AURORA, approver=MIDAS, now=PRICED)
    assert CommissionEntry.objects.count() == 4


def test_a_win_that_is_named_twice_is_priced_once() -> None:
    org = organisation()
    win = waiting_win(org)
    late_terms(org)
    assert price_wins([win, Win.objects.get(pk=win.pk)], by=AURORA, approver=MIDAS, now=PRICED) == 1


def test_a_win_sold_before_the_terms_started_stays_unpriced_and_so_do_those_beside_it() -> None:
    org = organisation()
    early, late = waiting_win(org, sold_date=date(2026, 1, 31)), waiting_win(org)
    late_terms(org)
    with pytest.raises(PricingRefused, match=r"No terms of migration in EUR cover 2026-01-31. Ask Noah"):
        price_wins([late, early], by=AURORA, approver=MIDAS, now=PRICED)
    assert rows() == [] and unpriced().count() == 2


def test_a_cancelled_win_is_not_priced() -> None:
    org = organisation()
    win = waiting_win(org)
    cancel_win(win, by=AURORA, now=NOW, reason_code="duplicate", lead_goes_to="LOST")
    late_terms(org)
    assert not unpriced().exists()
    with pytest.raises(PricingRefused):
        price_wins([win], by=AURORA, approver=MIDAS, now=PRICED)
    assert rows() == []


@pytest.mark.parametrize(
    ("approver", "part"),
    [
        (AURORA, "its own step"),
        (Actor(agent="midas", agent_name="Midas", operator="ida", operator_name="Ida Moreau"), "its own step"),
        (Actor(agent="kiran", agent_name="Kiran"), "credited on this win"),
        (Actor(agent="noah", agent_name="Noah"), "owns the service"),
    ],
)
def test_whoever_acts_benefits_or_owes_does_not_approve(approver: Actor, part: str) -> None:
    org = organisation()
    win = waiting_win(org)
    late_terms(org)
    with pytest.raises(NeedsSecondPerson, match=part):
        price_wins([win], by=AURORA, approver=approver, now=PRICED)
    assert rows() == [] and not WinPricing.objects.exists()


def test_wins_of_a_quarter_climb_its_bands_in_the_order_of_their_sale() -> None:
    org = organisation()
    second, first = waiting_win(org, sold_date=date(2026, 2, 20)), waiting_win(org)
    late_terms(
        org,
        scope="quarter",
        bands=[{"up_to_minor": 48_000, "rate_bp": 1000}, {"up_to_minor": None, "rate_bp": 2000}],
        rate_bp=None,
    )
    price_wins([second, first], by=AURORA, approver=MIDAS, now=PRICED)
    booked = CommissionEntry.objects.filter(kind="book").order_by("seq").values_list("win__key", "amount")
    assert list(booked) == [(first.key, 4_800), (second.key, 9_600)]


def test_what_is_held_is_released_on_the_day_its_hold_ends_and_once() -> None:
    win = make_win(organisation()).win
    assert win is not None
    ends = NOW + timedelta(days=14)
    assert release_due(by=AURORA, now=ends - timedelta(days=1)) == 0
    assert release_due(by=AURORA, now=ends + timedelta(days=5)) == 1
    last = CommissionEntry.objects.get(seq=4)
    assert (last.kind, last.amount, last.effective_on) == ("release", 12_347, DAY + timedelta(days=14))
    assert release_due(by=AURORA, now=ends + timedelta(days=5)) == 0
    assert CommissionEntry.objects.count() == 4


def test_a_win_that_was_cancelled_in_hold_releases_nothing() -> None:
    win = make_win(organisation()).win
    assert win is not None
    cancel_win(win, by=AURORA, now=NOW, reason_code="duplicate", lead_goes_to="LOST")
    before = rows()
    assert release_due(by=AURORA, now=NOW + timedelta(days=30)) == 0
    assert rows() == before


def test_nothing_to_release_writes_nothing() -> None:
    organisation()
    assert release_due(by=ARWEN, now=NOW) == 0
    assert rows() == []
