"""Two sites, full and empty, and a browser. A journey starts its own SQLite site, so other engines skip it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import need
from tests.journeys.screen import Screen
from tests.journeys.site import Site, prepare, running

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
WIDE, PHONE = (1280, 900), (390, 844)
WAIT_MS = 10_000
Show = Callable[..., Screen]


@pytest.fixture(scope="session")
def chromium() -> str:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("journeys start their own site, on SQLite; the run on SQLite has them")
    return need("chromium")


@pytest.fixture(scope="session")
def prepared(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the databases that sites are copied from; the workers of one run share it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "journeys"
    prepare(folder)
    return folder


@pytest.fixture(scope="session")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo."""
    with running(prepared / "demo.sqlite3", tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@pytest.fixture(scope="session")
def empty_site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A database after migrate, with one operator and nothing else."""
    with running(prepared / "empty.sqlite3", tmp_path_factory.mktemp("empty")) as empty:
        yield empty


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def show(browser: Browser) -> Iterator[Show]:
    """Opens a screen on a site; at the end no screen may have met a fault."""
    screens: list[Screen] = []

    def opened(site: Site, *, size: tuple[int, int] = WIDE, dark: bool = False) -> Screen:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            has_touch=size == PHONE,
            locale="en-GB",
        )
        context.set_default_timeout(WAIT_MS)
        screens.append(Screen(page=context.new_page(), site=site))
        return screens[-1]

    yield opened
    faults = [fault for screen in screens for fault in screen.faults]
    for screen in screens:
        screen.page.context.close()
    assert not faults


@pytest.fixture
def screen(show: Show, site: Site) -> Screen:
    """A wide, light screen on the demo."""
    return show(site)
