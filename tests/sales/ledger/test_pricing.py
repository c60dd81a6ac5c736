"""sales.ledger.pricing"""

from datetime import date

import pytest

from sales.blocks.closing.work import book_wins
from sales.ledger import reconcile
from sales.wins.models import WinPricing
from tests.makers import ARWEN, NOW, Organisation, make_lead, make_terms, organisation, win_form

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
