"""Periods: their days, what they are compared with, and what they are called."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.monitor.periods import Span, choices, period_of

TODAY = date(2026, 3, 20)


def test_this_month_is_compared_with_as_many_days_of_the_month_before() -> None:
    period = period_of("month", TODAY)
    assert (period.span, period.until) == (Span(date(2026, 3, 1), date(2026, 3, 31)), TODAY)
    assert period.alike == Span(date(2026, 2, 1), date(2026, 2, 20))
    assert (period.title, period.label) == ("March so far", "March 2026, against February")


def test_a_month_that_is_over_is_compared_with_the_whole_month_before() -> None:
    period = period_of("last-month", TODAY)
    assert period.span == Span(date(2026, 2, 1), date(2026, 2, 28))
    assert period.alike == period.before == Span(date(2026, 1, 1), date(2026, 1, 31))
    assert period.title == "February 2026"


@pytest.mark.parametrize(
    ("code", "title", "label"),
    [
        ("quarter", "1st quarter so far", "1st quarter 2026, against the 4th quarter 2025"),
        ("year", "2026 so far", "2026, against 2025"),
        ("all", "All time", "All time"),
    ],
)
def test_a_period_says_what_it_is(code: str, title: str, label: str) -> None:
    assert (period_of(code, TODAY).title, period_of(code, TODAY).label) == (title, label)


def test_the_month_before_january_is_december_of_another_year() -> None:
    assert period_of("month", date(2026, 1, 5)).label == "January 2026, against December 2025"


def test_a_code_that_is_none_becomes_this_month() -> None:
    assert period_of("fortnight", TODAY) == period_of("month", TODAY)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_what_is_compared_lies_right_before_and_is_never_longer(today: date) -> None:
    for period in choices(today):
        if period.span is None or period.until is None or period.before is None or period.alike is None:
            assert period.code == "all"
            continue
        assert period.before.last == period.span.first - timedelta(days=1)
        assert period.alike.first == period.before.first
        assert period.until <= today
        whole = period.until == period.span.last
        assert period.alike == period.before if whole else period.alike.days <= Span(period.span.first, today).days
