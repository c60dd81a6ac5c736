"""A booking takes at most 16 SQL statements on either engine, BEGIN and COMMIT apart."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sales.blocks.closing.forms import WinForm
from sales.blocks.closing.work import book_win, book_wins
from sales.ledger.models import Account
from tests.makers import ARWEN, NOW, Organisation, make_lead, make_terms, make_win, organisation, win_form

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 16
THREE = {"arwen": 3334, "atlas": 3333, "kiran": 3333}
BY_QUARTER: dict[str, Any] = {
    "scope": "quarter",
    "bands": [{"up_to_minor": 1_000_000, "rate_bp": 500}, {"up_to_minor": None, "rate_bp": 800}],
}


def statements(forms: list[WinForm]) -> list[str]:
    """The statements of booking these forms together."""
    with CaptureQueriesContext(connection) as seen:
        outcomes = book_wins(forms, by=ARWEN, now=NOW)
    assert all(outcome.is_new for outcome in outcomes)
    return [sql for query in seen.captured_queries if not (sql := query["sql"]).startswith(("BEGIN", "COMMIT"))]


def settled(org: Organisation) -> Organisation:
    """The ledger is open: its first booking writes its book too."""
    make_win(org)
    return org


def test_a_usual_booking_takes_at_most_16() -> None:
    seen = statements([win_form(make_lead(settled(organisation())))])
    assert len(seen) <= MOST, "\n".join(seen)


def test_so_does_one_with_three_shares_new_accounts_and_terms_by_quarter() -> None:
    org = settled(organisation())
    make_terms(org.whatsapp, starts=date(2026, 2, 1), **BY_QUARTER)
    make_win(org, lead_service=org.whatsapp, shares={"leo": 10_000})
    Account.objects.get(code="M:agent:leo")
    seen = statements([win_form(make_lead(org, service=org.whatsapp), shares=THREE)])
    assert Account.objects.filter(code__startswith="M:agent:").count() == 4
    assert len(seen) <= MOST, "\n".join(seen)


def test_so_does_one_that_names_the_win_it_replaces() -> None:
    org = organisation()
    old = make_win(org).win
    assert old is not None
    seen = statements([win_form(make_lead(org), replaces=old.key)])
    assert len(seen) <= MOST, "\n".join(seen)


def test_a_booking_in_hold_that_is_over_releases_within_the_same_number() -> None:
    org = settled(organisation())
    seen = statements([win_form(make_lead(org), sold_date=date(2026, 1, 5))])
    assert len(seen) <= MOST, "\n".join(seen)


def test_a_batch_takes_hardly_more_than_one() -> None:
    org = settled(organisation())
    seen = statements([win_form(make_lead(org)) for _ in range(12)])
    assert len(seen) <= MOST, "\n".join(seen)


def test_a_repeated_booking_writes_nothing() -> None:
    org = settled(organisation())
    form = win_form(make_lead(org))
    book_win(form, by=ARWEN, now=NOW)
    with CaptureQueriesContext(connection) as seen:
        assert not book_win(form, by=ARWEN, now=NOW).is_new
    written = [query["sql"] for query in seen.captured_queries if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert written == []
