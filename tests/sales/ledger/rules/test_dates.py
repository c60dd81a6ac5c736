"""Holds and instalments by the calendar (examples 1, 8, 20)."""

from datetime import date

from sales.ledger.rules import hold_end, instalment_due


def test_a_hold_of_fourteen_days_from_the_second_ends_on_the_sixteenth() -> None:
    assert hold_end(date(2026, 3, 2), 14) == date(2026, 3, 16)
    assert hold_end(date(2026, 3, 2), 0) == date(2026, 3, 2)


def test_instalments_of_the_thirty_first_fall_on_each_months_last_day() -> None:
    due = [instalment_due(date(2026, 1, 31), n) for n in range(1, 6)]
    assert [(day.month, day.day) for day in due] == [(1, 31), (2, 28), (3, 31), (4, 30), (5, 31)]


def test_instalments_run_into_the_next_year() -> None:
    assert instalment_due(date(2026, 7, 15), 6) == date(2026, 12, 15)
    assert instalment_due(date(2026, 7, 15), 7) == date(2027, 1, 15)
