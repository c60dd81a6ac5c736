"""The command ``monitor``: its contract as JSON, one screen for people, and that it writes nothing."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.makers import NOW, make_win, organisation

pytestmark = pytest.mark.django_db
AS_OF = NOW.isoformat()


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("monitor", "--now", AS_OF, *arguments, stdout=out)
    return out.getvalue()


def reported(*arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(said("--json", *arguments))
    return answer


def test_it_keeps_its_contract() -> None:
    organisation()
    report = reported()
    assert list(report) == [
        *("as_of", "wins", "leads", "totals", "by_service", "by_region", "by_agent", "findings", "criteria"),
    ]
    assert report["as_of"] == AS_OF
    assert set(report["wins"]) == {"by_state", "counted", "uncounted"}


def test_a_total_names_its_currency_and_its_minor_units() -> None:
    make_win(organisation(), amount_minor=123_465)
    assert reported()["totals"] == [
        {
            "currency": "EUR",
            "wins": 1,
            "sold_minor": 123_465,
            "refunded_minor": 0,
            "commission_minor": 12_347,
            "held_minor": 12_347,
            "due_minor": 0,
        }
    ]
    assert reported("--region", "USA")["totals"] == []


def test_the_ledger_is_proved_only_when_asked_and_never_claimed_without() -> None:
    make_win(organisation())
    by_code = {row["code"]: row for row in reported()["criteria"]}
    assert (by_code["reconciled"]["value"], by_code["reconciled"]["met"]) == (None, None)
    proved = {row["code"]: row for row in reported("--prove")["criteria"]}
    assert (proved["reconciled"]["value"], proved["reconciled"]["met"]) == (0, True)


def test_people_read_words_and_a_commission_that_is_split() -> None:
    make_win(organisation(), amount_minor=100_000)
    screen = said().replace("\N{NO-BREAK SPACE}", " ")
    assert "commission EUR 100.00: in hold EUR 100.00, due EUR 0.00" in screen
    assert "In hold" in screen and "HELD" not in screen
    assert len(screen.splitlines()) < 40


def test_a_time_that_is_none_is_refused_with_the_way_to_write_it() -> None:
    with pytest.raises(CommandError, match="Write it as"):
        call_command("monitor", "--now", "yesterday")
