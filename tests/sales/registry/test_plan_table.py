"""What becomes of the rows of one table."""

from datetime import timedelta
from typing import Any

import pytest

from sales.registry.plan import believed
from sales.registry.plan_table import Wanted, plan_table
from tests.makers import NOW

EARLIER = NOW - timedelta(days=9)
SAID = {"key": "a", "name": "A"}
STORED = SAID | {"retired_at": None, "quarantine": ""}


def planned(
    rows: dict[str, Any], faults: dict[str, str], stored: dict[str, Any], gone: dict[str, str] | None = None
) -> Any:
    return plan_table("thing", Wanted(rows, faults, gone=gone or {}), stored, now=NOW)


def test_a_new_row_is_added() -> None:
    plan = planned({"a": SAID}, {}, {})
    assert (plan.added, plan.write) == (["a"], [STORED])


def test_a_row_that_is_as_it_was_is_not_written() -> None:
    plan = planned({"a": SAID}, {}, {"a": STORED})
    assert (plan.unchanged, plan.write) == (1, [])


def test_another_name_is_a_change() -> None:
    plan = planned({"a": SAID | {"name": "B"}}, {}, {"a": STORED})
    assert (plan.changed, plan.write) == (["a"], [STORED | {"name": "B"}])


def test_a_row_that_is_gone_is_retired_once() -> None:
    plan = planned({}, {}, {"a": STORED})
    assert (plan.retired, plan.lost, plan.write) == (["a"], 1, [STORED | {"retired_at": NOW}])
    again = planned({}, {}, {"a": STORED | {"retired_at": EARLIER}})
    assert (again.retired, again.lost, again.write) == ([], 0, [])


def test_a_row_that_returns_is_no_longer_retired() -> None:
    plan = planned({"a": SAID}, {}, {"a": STORED | {"retired_at": EARLIER}})
    assert (plan.changed, plan.write) == (["a"], [STORED])


def test_a_wrong_row_keeps_its_last_good_version() -> None:
    plan = planned({}, {"a": "Wrong."}, {"a": STORED})
    assert (plan.quarantined, plan.lost, plan.write) == ({"a": "Wrong."}, 1, [STORED | {"quarantine": "Wrong."}])


def test_a_row_that_stays_wrong_is_told_again_and_not_counted_again() -> None:
    plan = planned({}, {"a": "Wrong."}, {"a": STORED | {"quarantine": "Wrong."}})
    assert (plan.quarantined, plan.lost, plan.write) == ({"a": "Wrong."}, 0, [])


def test_a_row_that_is_mended_is_accepted_again() -> None:
    plan = planned({"a": SAID}, {}, {"a": STORED | {"quarantine": "Wrong."}})
    assert (plan.changed, plan.quarantined, plan.write) == (["a"], {}, [STORED])


def test_a_new_wrong_row_is_stored_by_its_key() -> None:
    plan = planned({}, {"a": "Wrong."}, {})
    assert plan.write == [{"key": "a", "name": "a", "retired_at": None, "quarantine": "Wrong."}]
    assert plan.lost == 1


def test_a_row_that_is_gone_may_say_why_it_is_missed() -> None:
    plan = planned({}, {}, {"a": STORED}, {"a": "It is missed."})
    assert plan.write == [STORED | {"retired_at": NOW, "quarantine": "It is missed."}]


@pytest.mark.parametrize(
    ("live", "lost"),
    [(0, 2), (1, 2), (40, 2), (41, 3), (100, 5), (101, 6), (500, 25), (8_000, 25)],
)
def test_five_in_a_hundred_are_believed_two_at_least_and_25_at_most(live: int, lost: int) -> None:
    assert believed(live) == lost
