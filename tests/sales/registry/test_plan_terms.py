"""Which versions of terms a sync appends, and which it can't accept."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from carolverse.registry.facts import TermsFacts
from sales.registry.models import Terms
from sales.registry.plan_terms import TermsPlan, plan_terms, terms_fault
from sales.registry.terms import digest_of, in_force

NOW = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
TODAY = NOW.date()
JANUARY, FEBRUARY, JUNE = date(2026, 1, 1), date(2026, 2, 1), date(2026, 6, 1)


def said(starts: date = JANUARY, **values: Any) -> TermsFacts:
    fields: dict[str, Any] = {"currency": "EUR", "starts": starts, "rate_bp": 1000} | values
    return TermsFacts(**fields)


def planned(stored: list[Terms], *feed: TermsFacts, days: int = 0) -> TermsPlan:
    plan = TermsPlan()
    plan_terms(plan, "blueprint", feed, stored, now=NOW + timedelta(days=days))
    return plan


def stored(*feed: TermsFacts) -> list[Terms]:
    return planned([], *feed).write


def brief(plan: TermsPlan) -> list[tuple[str, date, int]]:
    return [(version.kind, version.starts, version.revision) for version in plan.write]


def fault(feed: list[TermsFacts], versions: list[Terms], *, used: bool = False) -> str:
    used_starts = {("blueprint", "EUR", JANUARY)} if used else set()
    return terms_fault("blueprint", feed, versions, used_starts, today=TODAY)


def test_a_new_start_is_a_new_version() -> None:
    plan = planned(stored(said()), said(), said(JUNE))
    assert (brief(plan), plan.added, plan.unchanged) == ([("terms", JUNE, 1)], ["blueprint EUR 2026-06-01"], 1)


def test_each_version_has_the_digest_of_its_fields() -> None:
    bands = TermsFacts(currency="JPY", starts=JUNE, rate_bp=None, bands=())
    for version in stored(said(cap_minor=7), said(JUNE, hold_days=3), bands):
        assert version.digest == digest_of(version)


def test_other_content_on_a_start_is_its_next_revision() -> None:
    plan = planned(stored(said()), said(rate_bp=900))
    assert (brief(plan), plan.changed) == ([("terms", JANUARY, 2)], ["blueprint EUR 2026-01-01"])


def test_another_sample_mark_is_a_revision_even_where_a_win_uses_it() -> None:
    versions = stored(said(sample=True))
    assert fault([said(sample=False)], versions, used=True) == ""
    assert brief(planned(versions, said(sample=False))) == [("terms", JANUARY, 2)]


def test_a_dropped_version_that_lies_ahead_is_withdrawn_and_may_return() -> None:
    versions = stored(said(), said(JUNE))
    plan = planned(versions, said())
    assert (brief(plan), plan.retired) == ([("withdrawn", JUNE, 2)], ["blueprint EUR 2026-06-01"])
    versions += plan.write
    assert brief(planned(versions, said())) == []
    back = planned(versions, said(), said(JUNE))
    assert (brief(back), back.added) == ([("terms", JUNE, 3)], ["blueprint EUR 2026-06-01"])


def test_a_dropped_version_in_force_ends_today() -> None:
    versions = stored(said())
    plan = planned(versions)
    assert (brief(plan), plan.retired) == ([("ended", TODAY, 1)], ["blueprint EUR 2026-01-01"])
    versions += plan.write
    assert in_force(versions, TODAY) is None
    assert in_force(versions, TODAY - timedelta(days=1)) is not None
    assert brief(planned(versions, days=3)) == []


def test_terms_that_end_on_the_day_of_their_start_get_a_revision() -> None:
    assert brief(planned(stored(said(TODAY)))) == [("ended", TODAY, 2)]


def test_an_end_is_taken_back_when_the_terms_return() -> None:
    versions = stored(said())
    versions += planned(versions).write
    plan = planned(versions, said(), days=2)
    assert (brief(plan), plan.changed) == ([("withdrawn", TODAY, 2)], ["blueprint EUR 2026-01-01"])
    versions += plan.write
    found = in_force(versions, TODAY)
    assert found and found.starts == JANUARY
    assert brief(planned(versions, said(), days=2)) == []


def test_an_end_stays_when_other_terms_follow_it() -> None:
    versions = stored(said())
    versions += planned(versions).write
    assert brief(planned(versions, said(JUNE))) == [("terms", JUNE, 1)]


def test_a_dropped_version_that_another_has_followed_stays() -> None:
    assert brief(planned(stored(said(), said(FEBRUARY)), said(FEBRUARY))) == []


def test_a_dropped_version_whose_place_another_takes_does_not_end() -> None:
    assert brief(planned(stored(said()), said(FEBRUARY))) == [("terms", FEBRUARY, 1)]


def test_another_currency_is_a_line_of_its_own() -> None:
    plan = planned(stored(said(), said(currency="USD")), said())
    assert plan.retired == ["blueprint USD 2026-01-01"]


@pytest.mark.parametrize(
    ("feed", "words"),
    [
        ([said(), said(rate_bp=900)], "start on 2026-01-01"),
        ([said(), said()], "start on 2026-01-01"),
        ([said(cap_minor=10, floor_minor=20)], "cap below"),
        ([said(currency="QQQ")], "not a currency"),
    ],
)
def test_terms_that_can_not_be_right_are_a_fault(feed: list[TermsFacts], words: str) -> None:
    assert words in fault(feed, [])


def test_a_rewrite_of_what_a_win_uses_is_a_fault() -> None:
    versions = stored(said())
    assert "rewritten" in fault([said(rate_bp=900)], versions, used=True)
    assert fault([said(rate_bp=900)], versions) == ""
    assert fault([said()], versions, used=True) == ""


def test_used_terms_may_end_and_return_as_they_were() -> None:
    versions = stored(said(TODAY))
    versions += planned(versions).write
    used = {("blueprint", "EUR", TODAY)}
    assert terms_fault("blueprint", [said(TODAY)], versions, used, today=TODAY) == ""
    assert "rewritten" in terms_fault("blueprint", [said(TODAY, rate_bp=900)], versions, used, today=TODAY)


def test_an_older_version_holds_again_when_the_later_one_is_dropped() -> None:
    versions = stored(said(), said(FEBRUARY, rate_bp=900))
    plan = planned(versions, said())
    assert (brief(plan), plan.retired) == ([("withdrawn", FEBRUARY, 2)], ["blueprint EUR 2026-02-01"])
    versions += plan.write
    found = in_force(versions, TODAY)
    assert found and found.starts == JANUARY
    assert brief(planned(versions, said(), days=1)) == []


def test_an_older_version_holds_again_after_all_had_ended() -> None:
    versions = stored(said(), said(FEBRUARY))
    versions += planned(versions).write
    versions += planned(versions, said(), days=1).write
    found = in_force(versions, TODAY + timedelta(days=1))
    assert found and found.starts == JANUARY
    assert brief(planned(versions, said(), days=2)) == []


def test_a_later_version_that_a_win_uses_is_not_dropped_for_an_older_one() -> None:
    versions = stored(said(), said(FEBRUARY))
    used = {("blueprint", "EUR", FEBRUARY)}
    assert "are gone and older ones would hold" in terms_fault("blueprint", [said()], versions, used, today=TODAY)
    assert terms_fault("blueprint", [], versions, used, today=TODAY) == ""
    assert terms_fault("blueprint", [said(), said(TODAY)], versions, used, today=TODAY) == ""
