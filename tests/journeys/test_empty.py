"""An empty database: every page says what to do first, and none is at a loss."""

import pytest

from tests.journeys.conftest import PHONE, Show
from tests.journeys.pages import EMPTY, LISTS, Page, address
from tests.journeys.site import OPERATOR, Site

FIRST = {
    "lead": "Add the first lead, or import a pipeline.",
    "service": "Syncs",
    "registrysync": "Sync now",
    "import": "import_pipeline",
}
SOMETHING = ("login",)
"""What is in the database from the start: its operator."""
OTHER_PAGES = [page for page in EMPTY if not page[0].startswith("list-")]


@pytest.mark.parametrize("model", [model for model in LISTS if model not in SOMETHING])
def test_an_empty_list_says_what_to_do_first(model: str, show: Show, empty_site: Site) -> None:
    screen = show(empty_site, login=OPERATOR, size=PHONE).open(f"/admin/sales/{model}/")
    said = screen.page.locator(".empty").inner_text()
    assert "Nothing here yet" in said
    assert len(said.split()) > 6, said
    assert FIRST.get(model, "") in screen.words


@pytest.mark.parametrize(
    "page", [*OTHER_PAGES, ("list-lead", OPERATOR, "/admin/sales/lead/")], ids=lambda page: page[0]
)
def test_an_empty_page_is_readable(page: Page, show: Show, empty_site: Site) -> None:
    _, login, path = page
    screen = show(empty_site, login=login, dark=True).open(address(path, empty_site))
    assert screen.violations() == []


def test_the_empty_front_page_says_that_the_registry_comes_first(show: Show, empty_site: Site) -> None:
    screen = show(empty_site, login=OPERATOR).open("/admin/")
    assert "The registry was never read" in screen.words
    assert "Nothing can be sold before the first sync." in screen.words
    screen.follow("Open Syncs")
    assert screen.page.get_by_role("button", name="Sync now").count() == 1


def test_a_sync_without_an_address_says_which_variable_to_set(show: Show, empty_site: Site) -> None:
    screen = show(empty_site, login=OPERATOR).open("/admin/sales/registrysync/").press("Sync now")
    assert "REGISTRY_URL" in screen.words
    assert empty_site.count("sales_service") == 0


def test_the_empty_monitor_says_what_to_do_first_and_promises_nothing(show: Show, empty_site: Site) -> None:
    screen = show(empty_site, login=OPERATOR).open("/monitor/")
    said = screen.words
    assert "No win is booked yet" in said and "The books are empty" in said
    assert "The registry was never read: no win can be booked" in said
    assert screen.page.locator("figure").count() == 0
