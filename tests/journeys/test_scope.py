"""Who sees what: the door, a region's own rows, and ways past the door that don't exist."""

import pytest
from playwright.sync_api import APIResponse

from tests.journeys.conftest import Show
from tests.journeys.screen import Screen
from tests.journeys.site import Site

OTHERS = (
    "SELECT group_concat(name, '|') FROM sales_customer c WHERE NOT EXISTS"
    " (SELECT 1 FROM sales_lead l WHERE l.customer_id = c.id AND l.region_id = 'EU')"
)
OTHER_SERVICES = "SELECT group_concat(name, '|') FROM sales_service WHERE owner_id != 'leo' AND key != 'sales'"
CLOSED = ("/", "/monitor/", "/admin/", "/admin/sales/lead/", "/admin/sales/win/", "/admin/sales/commissionentry/")


@pytest.mark.parametrize("path", CLOSED)
def test_who_is_not_signed_in_gets_the_sign_in_page(path: str, screen: Screen) -> None:
    screen.open(path)
    assert "Sign in" in screen.words
    assert screen.page.get_by_label("Password").count() == 1


def test_a_regional_head_gets_neither_monitor_nor_console(screen: Screen) -> None:
    screen.enter("arwen").open("/monitor/", status=403)
    assert "Your seat doesn’t allow this" in screen.words
    screen.open("/admin/", status=403)
    assert "Your seat doesn’t allow this" in screen.words
    screen.open("/admin/sales/win/", status=403)


def test_a_regional_head_sees_no_customer_of_another_region(screen: Screen) -> None:
    others = str(screen.site.one(OTHERS)).split("|")
    assert len(others) > 3
    said = screen.enter("arwen").words
    assert "open leads in EU" in said
    assert [name for name in others if name in said] == []


def test_a_service_owner_sees_the_own_service_alone(screen: Screen) -> None:
    owned = str(screen.site.one("SELECT group_concat(name, '|') FROM sales_service WHERE owner_id = 'leo'")).split("|")
    rest = str(screen.site.one(OTHER_SERVICES)).split("|")
    said = screen.enter("leo").words
    assert all(name in said for name in owned)
    assert [name for name in rest if name in said] == []


def enter_past_the_page(screen: Screen, **form: str) -> APIResponse:
    """Send the demo's form as its page does, with its token, and without following."""
    screen.open("/sign-in/")
    token = screen.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    return screen.page.request.post(
        f"{screen.site.url}/demo/enter/",
        form={"csrfmiddlewaretoken": token, **form},
        headers={"Referer": screen.page.url},
        max_redirects=0,
    )


def test_outside_the_demo_nobody_enters_without_a_password(show: Show, empty_site: Site) -> None:
    screen = show(empty_site)
    assert "Look around as" not in screen.open("/sign-in/").words
    assert enter_past_the_page(screen, login="ida").status == 404
    for what in ("book", "retired", "tamper", "trace"):
        screen.open(f"/try/{what}/", status=404)
    assert "Password" in screen.open("/").words


def test_a_login_that_is_not_there_cannot_be_entered(screen: Screen) -> None:
    assert enter_past_the_page(screen, login="mallory").status == 404


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"])
def test_the_demo_door_leads_nowhere_outside(target: str, screen: Screen) -> None:
    answer = enter_past_the_page(screen, login="operator", next=target)
    assert (answer.status, answer.headers["location"]) == (302, "/")


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_the_sign_in_page_leads_nowhere_outside(target: str, show: Show, empty_site: Site) -> None:
    screen = show(empty_site).sign_in("ida", "Polar-42-night", after=target)
    assert screen.page.url.startswith(f"{empty_site.url}/")


def test_a_wrong_password_is_refused_in_words_and_keeps_the_name(show: Show, empty_site: Site) -> None:
    screen = show(empty_site).sign_in("ida", "guessed")
    assert "That name and password don’t fit each other." in screen.words
    assert screen.page.get_by_label("Username").input_value() == "ida"
    assert screen.violations() == []
