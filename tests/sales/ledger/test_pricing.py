"""sales.ledger.pricing"""

from datetime import date

import pytest

from sales.blocks.closing.forms import BadAmount
from sales.blocks.closing.work import book_wins
from sales.blocks.commission.work import PricingRefused, price_wins
from sales.ledger import reconcile
from sales.ledger.models import CommissionEntry
from sales.money import MAX_MINOR
from sales.wins.models import Win, WinPricing
from tests.makers import (
    ARWEN,
    AURORA,
    MIDAS,
    NOW,
    Organisation,
    make_lead,
    make_terms,
    make_win,
    organisation,
    win_form,
)

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY = date(2026, 1, 20), date(2026, 2, 20)


def terms_of_two_scopes(earlier: str) -> Organisation:
    """Of WhatsApp: counted in one scope until the end of January, by the quarter from February on."""
    org = organisation()
    make_terms(org.whatsapp, scope=earlier)
    make_terms(org.whatsapp, starts=date(2026, 2, 1), scope="quarter", cap_minor=10_000_000)
    return org


@pytest.mark.parametrize("earlier", ["win", "month", "quarter", "year"])
@pytest.mark.parametrize("days", [(JANUARY, FEBRUARY), (FEBRUARY, JANUARY), (FEBRUARY, JANUARY, FEBRUARY)])
def test_a_win_counts_what_its_own_batch_sold_before_under_terms_of_another_scope(
    earlier: str, days: tuple[date, ...]
) -> None:
    org = terms_of_two_scopes(earlier)
    leads = [make_lead(org, service=org.whatsapp, amount_minor=1_000) for _ in days]
    book_wins([win_form(lead, sold_date=day) for lead, day in zip(leads, days, strict=True)], by=ARWEN, now=NOW)
    last = WinPricing.objects.order_by("-win_id").first()
    assert last is not None
    if days[-1] == FEBRUARY:
        assert (last.before_minor, last.used_minor) == (1_000 * (len(days) - 1), 100 * (len(days) - 1))
    assert reconcile.run(now=NOW).ok


def test_a_win_whose_volume_before_is_beyond_the_largest_amount_is_refused_and_those_beside_it_are_not() -> None:
    org = organisation()
    make_terms(org.whatsapp, scope="quarter")
    leads = [make_lead(org, service=org.whatsapp, amount_minor=amount) for amount in (MAX_MINOR, 1, 1_000)]
    *booked, beyond, beside = book_wins([win_form(lead) for lead in (*leads, make_lead(org))], by=ARWEN, now=NOW)
    assert isinstance(beyond.refusal, BadAmount) and "sold before in the terms' quarter" in beyond.refusal.sentence
    assert all(outcome.is_new for outcome in (*booked, beside)) and Win.objects.count() == 3
    assert reconcile.run(now=NOW).ok


def test_a_commission_beyond_the_largest_amount_is_refused_in_words() -> None:
    org = organisation()
    make_terms(org.whatsapp, rate_bp=10_000, fixed_minor=1)
    lead, other = make_lead(org, service=org.whatsapp, amount_minor=MAX_MINOR), make_lead(org)
    refused, booked = book_wins([win_form(lead), win_form(other)], by=ARWEN, now=NOW)
    assert isinstance(refused.refusal, BadAmount) and str(MAX_MINOR) in refused.refusal.sentence
    assert booked.is_new and Win.objects.count() == 1
    assert reconcile.run(now=NOW).ok


def test_so_is_it_when_a_win_is_priced_later() -> None:
    org = organisation()
    win = make_win(org, lead_service=org.whatsapp, amount_minor=MAX_MINOR).win
    assert win is not None
    make_terms(org.whatsapp, rate_bp=10_000, fixed_minor=1)
    with pytest.raises(PricingRefused, match=f"{win.key} can't be priced"):
        price_wins([win], by=AURORA, approver=MIDAS, now=NOW)
    assert not CommissionEntry.objects.exists()
