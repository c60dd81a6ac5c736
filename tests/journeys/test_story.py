"""The story of one sale at the console: booked, read, counted and taken back; a wrong form writes nothing."""

from playwright.sync_api import expect

from tests.journeys.pages import OFFERED
from tests.journeys.screen import Screen
from tests.journeys.site import Site

WRITTEN = ("sales_win", "sales_winpricing", "sales_commissionentry", "sales_leadevent", "sales_handoff")
EVIDENCE = "Where it is found"


def open_offer(screen: Screen) -> int:
    """Enter as the operator, open a lead with an offer, and say which."""
    lead = screen.site.number(OFFERED)
    screen.enter("operator").open(f"/admin/sales/lead/{lead}/change/")
    assert "Offer made" in screen.words
    return lead


def sold(screen: Screen, currency: str) -> int:
    """The monitor's figure of what was sold in a currency, in minor units."""
    screen.open(f"/monitor/?currency={currency}&period=all")
    figure = screen.page.locator(".kpi", has_text="Sold, in totals").locator(".v")
    return int(figure.inner_text().strip().replace(",", "").replace(".", ""))


def state_of(site: Site, lead: int) -> object:
    return site.one("SELECT state FROM sales_lead WHERE id = ?", lead)


def test_an_offer_is_booked_counted_and_taken_back(screen: Screen) -> None:
    lead, site = open_offer(screen), screen.site
    currency = str(site.one("SELECT currency FROM sales_lead WHERE id = ?", lead))
    before = sold(screen, currency)

    screen.open(f"/admin/sales/lead/{lead}/change/").follow("Book the win")
    amount = screen.page.get_by_label("Amount, without tax").input_value()
    assert "Terms since" in screen.words and "Commission:" in screen.words
    screen.page.get_by_label(EVIDENCE).fill("order 4711")
    screen.press("Book the win")

    key = str(site.one("SELECT key FROM sales_win WHERE lead_id = ?", lead))
    said = screen.words
    assert "The win is booked. Its owner has the hand-off." in said
    assert key in said and "order 4711" in said
    assert "in force since" in said and "sample" in said
    expect(screen.page.get_by_role("table", name="Ledger rows of this win").get_by_role("row")).not_to_have_count(1)
    assert "Commission booked" in said and "Credited" in said
    assert state_of(site, lead) == "WON"
    assert sold(screen, currency) == before + int(amount.replace(".", ""))

    win = site.number("SELECT id FROM sales_win WHERE lead_id = ?", lead)
    cancel(screen, win, key)
    assert state_of(site, lead) == "LOST"
    assert sold(screen, currency) == before


def cancel(screen: Screen, win: int, key: str) -> None:
    """Cancel a win: a wrong key is refused, the right one takes the money back."""
    screen.open(f"/admin/sales/win/{win}/change/").follow("Cancel the win")
    screen.page.get_by_label("Reason", exact=True).select_option("ordered-twice")
    screen.page.get_by_label("The lead goes to").select_option("LOST")
    screen.page.get_by_label("Type the win's key").fill("another")
    screen.press("Cancel the win")
    assert f"That isn't the key. Type {key} to cancel this win." in screen.words
    assert screen.page.get_by_label("Reason", exact=True).input_value() == "ordered-twice"
    assert screen.site.one("SELECT count(*) FROM sales_refund WHERE win_id = ?", key) == 0
    screen.page.get_by_label("Type the win's key").fill(key)
    screen.press("Cancel the win")
    said = screen.words
    assert "The win is cancelled. It stays, with its reason, and is in no total." in said
    assert "The same order was placed twice" in said and "Credit taken back" in said


def test_a_wrong_booking_is_refused_in_words_and_keeps_what_was_typed(screen: Screen) -> None:
    lead, site = open_offer(screen), screen.site
    before = {table: site.count(table) for table in WRITTEN}
    screen.follow("Book the win")
    screen.page.get_by_label("Amount, without tax").fill("about a thousand")
    screen.page.get_by_label("Quantity").fill("3")
    screen.press("Book the win")

    refused = screen.page.get_by_role("alert")
    expect(refused).to_contain_text("Nothing was written yet")
    expect(refused).to_contain_text("Amount, without tax")
    expect(refused).to_contain_text(EVIDENCE)
    screen.page.wait_for_function("document.activeElement.getAttribute('role') === 'alert'")
    amount = screen.page.get_by_label("Amount, without tax")
    expect(amount).to_have_value("about a thousand")
    expect(amount).to_have_attribute("aria-invalid", "true")
    expect(screen.page.get_by_label("Quantity")).to_have_value("3")
    refused.get_by_role("link", name=EVIDENCE).click()
    assert screen.violations() == []
    assert {table: site.count(table) for table in WRITTEN} == before
    assert state_of(site, lead) == "PROPOSED"


def test_a_sale_date_that_lies_ahead_is_refused_by_the_verb_in_its_own_words(screen: Screen) -> None:
    open_offer(screen)
    wins = screen.site.count("sales_win")
    screen.follow("Book the win")
    screen.page.get_by_label(EVIDENCE).fill("order 4712")
    screen.page.get_by_label("Sold on").fill("2199-01-01")
    screen.press("Book the win")
    refused = screen.page.get_by_role("alert")
    expect(refused).to_contain_text("Nothing was written yet")
    expect(refused).to_contain_text("future")
    expect(screen.page.get_by_label(EVIDENCE)).to_have_value("order 4712")
    assert screen.site.count("sales_win") == wins


def test_a_win_is_booked_with_the_keyboard_alone(screen: Screen) -> None:
    lead = screen.site.number(OFFERED)
    screen.open("/sign-in/")
    tab_to(screen, "form:has(input[name=login][value=operator]) button")
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_url("**/admin/")
    screen.open(f"/admin/sales/lead/{lead}/change/")
    tab_to(screen, f"a[href$='/lead/{lead}/book/']")
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_url("**/book/")
    tab_to(screen, "#id_evidence_reference")
    screen.page.keyboard.type("order 4713")
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_url("**/admin/sales/win/**")
    assert "The win is booked." in screen.look().words


def tab_to(screen: Screen, selector: str) -> None:
    """Press Tab until the element has the focus, and see that it shows."""
    wanted = screen.page.locator(selector)
    for _ in range(90):
        screen.page.keyboard.press("Tab")
        if wanted.evaluate("(one) => one === document.activeElement"):
            assert wanted.evaluate("(one) => getComputedStyle(one).outlineStyle") != "none", f"{selector}: no outline"
            return
    raise AssertionError(f"Tab doesn't reach {selector}.")
