"""Every page of the demo but its lists: it opens, asks nothing outside, fits the screen, and axe finds no fault."""

import pytest

from tests.journeys.conftest import LOOKS, Look, Show
from tests.journeys.pages import ANSWERS, FULL, Page, address
from tests.journeys.site import Site


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("page", FULL, ids=lambda page: page[0])
def test_a_page_is_whole_and_readable(page: Page, look: Look, show: Show, site: Site) -> None:
    name, login, path = page
    screen = show(site, login=login, **LOOKS[look])
    screen.open(address(path, site), status=ANSWERS.get(name, 200))
    assert screen.page.title()
    assert screen.page.locator("h1").count() == 1
    assert screen.violations() == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/admin/"])
def test_a_page_follows_the_theme_of_the_system(path: str, dark: bool, show: Show, site: Site) -> None:
    screen = show(site, login="operator" if path == "/admin/" else "arwen", dark=dark).open(path)
    lightness = "document.body ? getComputedStyle(document.body).backgroundColor : ''"
    found = [float(part) for part in screen.page.evaluate(lightness).split("(")[1].rstrip(")").split()[:1]]
    assert (found[0] < 0.5) is dark
