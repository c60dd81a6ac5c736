"""Every list of the demo's console: it opens, scrolls nowhere sideways, and axe finds no fault."""

import pytest

from tests.journeys.conftest import LOOKS, Look, Show
from tests.journeys.pages import FULL_LISTS, Page, address
from tests.journeys.site import Site


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("page", FULL_LISTS, ids=lambda page: page[0])
def test_a_list_is_whole_and_readable(page: Page, look: Look, show: Show, site: Site) -> None:
    _, login, path = page
    screen = show(site, login=login, **LOOKS[look]).open(address(path, site))
    assert screen.violations() == []
