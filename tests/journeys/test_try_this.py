"""The four things to try do what they say, and leave the demo as it was."""

import re

from tests.journeys.screen import Screen

LEDGER = "SELECT count(*) || '-' || coalesce(sum(amount), 0) FROM sales_commissionentry"


def tried(screen: Screen, title: str) -> Screen:
    """Follow one of the four from the sign-in page."""
    return screen.open("/sign-in/").follow(title)


def test_a_retired_service_is_refused_in_words_and_nothing_is_written(screen: Screen) -> None:
    before = screen.site.count("sales_win"), screen.site.one(LEDGER)
    tried(screen, "Sell a retired service").press("Book the win anyway")
    said = screen.words
    assert "The win was not booked" in said and "retired" in said
    assert "Nothing was written" in said
    assert (screen.site.count("sales_win"), screen.site.one(LEDGER)) == before
    assert screen.violations() == []


def test_tampering_is_noticed_in_a_copy_and_the_row_is_named(screen: Screen) -> None:
    before = screen.site.one(LEDGER)
    tried(screen, "Tamper with the ledger").press("Change one row in a copy")
    said = screen.words
    changed = re.search(r"Row (\d+) was changed", said)
    assert changed is not None
    found = said[said.index("Reconciliation noticed") :]
    assert re.search(rf"\b{changed[1]}\b", found), found
    assert "Nobody noticed" not in said
    assert screen.site.one(LEDGER) == before
    assert screen.violations() == []


def test_a_win_is_traced_to_its_terms_and_rows(screen: Screen) -> None:
    said = tried(screen, "Trace a win to its terms").words
    for link in ("Lead", "Evidence", "Terms From", "Rule", "Credit", "Ledger row"):
        assert link in said
    assert "Sample terms." in said
    key = re.search(r"manage\.py trace (\S+)", said)
    assert key is not None
    assert screen.site.one("SELECT count(*) FROM sales_win WHERE key = ?", key[1]) == 1


def test_booking_a_win_leads_into_the_console_at_the_lead(screen: Screen) -> None:
    tried(screen, "Book a win").press("Open the lead as the operator")
    assert screen.path.startswith("/admin/sales/lead/")
    assert "Offer made" in screen.words
    screen.follow("Book the win")
    assert "What it will mean" in screen.words
