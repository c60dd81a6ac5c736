"""A book that nobody went round is in order, whatever happened in it."""

from datetime import date, timedelta

import pytest

from sales.blocks.closing.reversal import cancel_win
from sales.blocks.closing.work import book_wins
from sales.blocks.commission.work import price_wins, release_due
from sales.ledger.models import CommissionEntry
from sales.ledger.reconcile import Report, run
from tests.makers import ARWEN, AURORA, MIDAS, NOW, make_lead, make_terms, make_win, organisation, win_form
from tests.sales.ledger.won import won

pytestmark = pytest.mark.django_db
THREE = {"arwen": 5_000, "atlas": 3_000, "kiran": 2_000}


def in_order(report: Report) -> bool:
    """Show what is wrong, if anything."""
    assert [fault.sentence for equation in report.equations for fault in equation.faults] == []
    return report.ok


def test_an_empty_book_is_in_order() -> None:
    report = run(now=NOW)
    assert in_order(report) and (report.entries, report.head_seq) == (0, 0)
    assert [equation.id for equation in report.equations] == ["R0", "R1", "R2", "R3", "R4", "R5", "R6"]


def test_wins_in_hold_and_leads_without_a_win_are_in_order() -> None:
    org = organisation()
    make_win(org)
    make_win(org, amount_minor=30, shares=THREE)
    make_lead(org)
    report = run(now=NOW)
    assert in_order(report) and report.entries == report.head_seq == 8
    assert report.head_hash == CommissionEntry.objects.get(seq=8).hash


@pytest.mark.parametrize(("currency", "amount"), [("JPY", 12_345), ("KWD", 1_234_567), ("EUR", 1)])
def test_any_currency_and_a_commission_of_nothing_are_in_order(currency: str, amount: int) -> None:
    org = organisation()
    if currency != "EUR":
        make_terms(org.blueprint, currency=currency, rate_bp=725, rounding="HALF_EVEN")
    make_win(org, currency=currency, amount_minor=amount)
    assert in_order(run(now=NOW))


def test_wins_cancelled_before_and_after_their_release_are_in_order() -> None:
    org = organisation()
    early, late = won(org, shares=THREE), won(org)
    unpriced = won(org, lead_service=org.whatsapp)
    for win in (early, unpriced):
        cancel_win(win, by=ARWEN, now=NOW + timedelta(days=3), reason_code="withdrew", lead_goes_to="LOST")
    then = NOW + timedelta(days=14)
    assert release_due(by=AURORA, now=then) == 1
    assert in_order(run(now=then))
    cancel_win(late, by=ARWEN, now=then, reason_code="withdrew", lead_goes_to="PROPOSED")
    assert in_order(run(now=then))


def test_wins_of_one_batch_that_are_released_at_once_are_in_order_after_each_event() -> None:
    org = organisation()
    late = {"sold_date": date(2026, 1, 5)}
    forms = [win_form(make_lead(org, service=service), **late) for service in (org.blueprint, org.migration)]
    forms.append(win_form(make_lead(org), **late, shares=THREE))
    assert all(outcome.win for outcome in book_wins(forms, by=ARWEN, now=NOW))
    assert CommissionEntry.objects.filter(kind="release").count() == 2
    assert all(in_order(run(now=NOW, as_of=seq)) for seq in range(12))


def test_a_win_priced_later_is_in_order() -> None:
    org = organisation()
    make_win(org)
    win = won(org, lead_service=org.migration, amount_minor=48_000)
    assert in_order(run(now=NOW))
    make_terms(org.migration, rate_bp=1_250)
    price_wins([win], by=AURORA, approver=MIDAS, now=NOW + timedelta(days=20))
    release_due(by=AURORA, now=NOW + timedelta(days=20))
    assert in_order(run(now=NOW + timedelta(days=20)))


def test_terms_over_a_quarter_are_in_order_with_what_was_sold_before() -> None:
    org = organisation()
    bands = [{"up_to_minor": 1_000_000, "rate_bp": 500}, {"up_to_minor": None, "rate_bp": 800}]
    make_terms(org.migration, bands=bands, scope="quarter", cap_minor=70_000)
    wins = [won(org, lead_service=org.migration, amount_minor=amount) for amount in (600_000, 700_000)]
    cancel_win(wins[0], by=ARWEN, now=NOW, reason_code="withdrew", lead_goes_to="LOST")
    make_win(org, lead_service=org.migration, amount_minor=500_000)
    assert in_order(run(now=NOW))


def test_a_book_as_of_an_earlier_row_rounds_down_to_an_event_and_takes_its_clock_from_it() -> None:
    org = organisation()
    make_win(org)
    second = won(org)
    then = NOW + timedelta(days=14)
    release_due(by=AURORA, now=then)
    cancel_win(second, by=ARWEN, now=then, reason_code="withdrew", lead_goes_to="LOST")
    ends = [run(now=then, as_of=seq) for seq in range(12)]
    assert all(in_order(report) for report in ends)
    assert [report.head_seq for report in ends] == [0, 0, 0, 3, 3, 3, 6, 7, 8, 8, 8, 11]


def test_how_many_statements_a_run_takes_does_not_depend_on_the_rows(django_assert_max_num_queries) -> None:
    org = organisation()
    for _ in range(5):
        make_win(org)
    with django_assert_max_num_queries(20):
        run(now=NOW)
