"""The monitor's report: figures built by hand, totals of counted wins alone, and statements that don't grow."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from carolverse.db.triggers import parked_triggers
from sales.blocks.closing.reversal import cancel_win
from sales.blocks.closing.work import book_win
from sales.leads.models import Lead
from sales.ledger.models import CommissionEntry
from sales.monitor.report import report, states_of
from sales.monitor.states import State
from sales.monitor.totals import Scope
from sales.wins.models import Win
from tests.makers import ARWEN, AURORA, DAY, NOW, Organisation, make_lead, make_terms, make_win, organisation, win_form

pytestmark = pytest.mark.django_db
ZERO = {"refunded_minor": 0, "due_minor": 0}


def booked(org: Organisation, **values: Any) -> Win:
    win = make_win(org, **values).win
    assert win is not None
    return win


def totals(**scope: Any) -> dict[str, dict[str, Any]]:
    return {row["currency"]: row for row in report(NOW, scope=Scope(**scope))["totals"]}


def test_an_empty_house_reports_zeros_and_names_every_state() -> None:
    said = report(NOW)
    assert said["wins"]["counted"] == said["wins"]["uncounted"] == 0
    assert set(said["wins"]["by_state"]) == set(State)
    assert set(said["leads"]["by_state"].values()) == {0}
    assert said["totals"] == said["by_service"] == said["by_region"] == said["by_agent"] == []
    assert [finding["code"] for finding in said["findings"]] == ["stale_registry"]
    assert [criterion["met"] for criterion in said["criteria"]] == [None] * 4


def test_the_report_equals_figures_built_by_hand() -> None:
    org = organisation()
    make_terms(org.whatsapp, currency="USD", rate_bp=1250, hold_days=0)
    booked(org, amount_minor=100_000)  # In hold: 10 % of EUR 1,000.
    booked(org, amount_minor=50_000, shares={"arwen": 7_000, "kiran": 3_000})
    booked(org, lead_service=org.whatsapp, amount_minor=80_000, currency="USD")  # Due at once: no hold.
    booked(org, lead_service=org.whatsapp, amount_minor=7_000, currency="EUR")  # No terms in EUR.
    cancel_win(booked(org, amount_minor=90_000), by=AURORA, now=NOW, reason_code="wrong", lead_goes_to="LOST")
    said = report(NOW)
    assert said["as_of"] == NOW.isoformat()
    assert {code: n for code, n in said["wins"]["by_state"].items() if n} == {
        "HELD": 2,
        "EARNED": 1,
        "UNPRICED": 1,
        "REVERSED": 1,
    }
    assert (said["wins"]["counted"], said["wins"]["uncounted"]) == (3, 2)
    assert {code: n for code, n in said["leads"]["by_state"].items() if n} == {"WON": 4, "LOST": 1}
    euro = {"wins": 2, "sold_minor": 150_000, "commission_minor": 15_000, "held_minor": 15_000, **ZERO}
    dollar = {"wins": 1, "sold_minor": 80_000, "commission_minor": 10_000, "held_minor": 0, **ZERO, "due_minor": 10_000}
    assert said["totals"] == [{"currency": "EUR", **euro}, {"currency": "USD", **dollar}]
    assert said["by_service"] == [
        {"key": "blueprint", "name": "Blueprint", "currency": "EUR", **euro},
        {"key": "whatsapp", "name": "Whatsapp", "currency": "USD", **dollar},
    ]
    assert [(row["key"], row["currency"], row["wins"]) for row in said["by_region"]] == [
        ("EU", "EUR", 2),
        ("EU", "USD", 1),
    ]
    agents = {(row["key"], row["currency"]): row for row in said["by_agent"]}
    assert agents["arwen", "EUR"]["sold_minor"] == 150_000
    assert (agents["arwen", "EUR"]["commission_minor"], agents["kiran", "EUR"]["commission_minor"]) == (13_500, 1_500)
    assert (agents["kiran", "EUR"]["wins"], agents["kiran", "EUR"]["sold_minor"]) == (0, 0)


def test_totals_split_the_commission_into_hold_and_due_as_time_passes() -> None:
    org = organisation()
    booked(org, amount_minor=100_000)
    later = report(NOW + timedelta(days=15))
    assert later["wins"]["by_state"]["HELD"] == 1
    overdue = next(finding for finding in later["findings"] if finding["code"] == "release_overdue")
    assert overdue["rows"] == (Win.objects.get().key,)
    assert overdue["url"] == "/admin/sales/win/?finding=release_overdue"


def test_a_scope_narrows_wins_by_key_and_by_sale_date() -> None:
    org = organisation()
    booked(org, amount_minor=100_000)
    booked(org, amount_minor=50_000, sold_date=DAY - timedelta(days=20))
    assert totals()["EUR"]["wins"] == 2
    assert totals(sold_from=DAY)["EUR"]["sold_minor"] == 100_000
    assert totals(sold_to=DAY - timedelta(days=1))["EUR"]["sold_minor"] == 50_000
    assert totals(region="USA") == totals(service="whatsapp") == totals(agent="kiran") == totals(currency="USD") == {}


def test_a_win_whose_facts_contradict_each_other_leaves_every_total_and_is_found() -> None:
    win = booked(organisation(), amount_minor=100_000)
    Lead.objects.filter(pk=win.lead_id).update(state="PROPOSED")
    said = report(NOW)
    assert said["wins"]["by_state"]["UNPLACED"] == 1
    assert said["totals"] == said["by_service"] == said["by_agent"] == []
    found = next(finding for finding in said["findings"] if finding["code"] == "unplaced")
    assert found["rows"] == (win.key,)
    assert "its lead isn't won" in found["detail"]


def test_a_ledger_row_that_was_tampered_with_takes_its_win_out_of_the_totals() -> None:
    win = booked(organisation(), amount_minor=100_000)
    with parked_triggers(connection):
        CommissionEntry.objects.filter(kind="sold").update(amount=99_999)
    assert states_of([win], now=NOW) == {win.key: State.UNPLACED}


def test_the_states_of_a_page_are_those_of_the_report() -> None:
    org = organisation()
    held = booked(org)
    gone = booked(org)
    cancel_win(gone, by=AURORA, now=NOW, reason_code="wrong", lead_goes_to="PROPOSED")
    again = booked(org)
    with CaptureQueriesContext(connection) as queries:
        states = states_of([held, gone, again], now=NOW)
    assert states == {held.key: State.HELD, gone.key: State.REVERSED, again.key: State.HELD}
    assert len(queries) <= 4


def test_a_lead_that_was_won_again_has_a_cancelled_win_and_a_live_one() -> None:
    org = organisation()
    first = booked(org)
    cancel_win(first, by=AURORA, now=NOW, reason_code="wrong", lead_goes_to="PROPOSED")
    second = book_win(win_form(Lead.objects.get(pk=first.lead_id)), by=ARWEN, now=NOW).win
    assert second is not None
    assert states_of([first], now=NOW) == {first.key: State.REVERSED}
    assert report(NOW)["wins"]["by_state"] | {"HELD": 1, "REVERSED": 1} == report(NOW)["wins"]["by_state"]


def test_the_report_takes_at_most_twelve_statements_whatever_the_rows() -> None:
    org = organisation()
    counts = []
    for more in (1, 12):
        for _ in range(more):
            booked(org)
            make_lead(org)
        with CaptureQueriesContext(connection) as queries:
            report(NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_every_kind_of_row_that_was_not_accepted_is_found_and_says_what_that_means() -> None:
    org = organisation()
    for row in (org.migration, org.leo, org.usa):
        row.quarantine = "The name is missing."
        row.save()
    found = {finding["code"]: finding for finding in report(NOW)["findings"]}
    assert found["quarantined_services"]["detail"].endswith("Its last good version stays, and it can't be sold.")
    assert found["quarantined_agents"]["detail"].endswith("Its last good version stays.")
    assert found["quarantined_regions"]["count"] == 1
    assert found["quarantined_regions"]["url"] == "/admin/sales/region/?standing=refused"
