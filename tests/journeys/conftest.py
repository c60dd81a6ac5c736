"""Two sites, full and empty, and a browser. A journey starts its own SQLite site, so other engines skip it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright

from tests.conftest import need
from tests.journeys.screen import Screen
from tests.journeys.site import OPERATOR, PASSWORD, Site, prepare, running

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
WIDE, PHONE = (1280, 900), (390, 844)
LOOKS: dict[str, dict[str, Any]] = {"wide, light": {"size": WIDE}, "phone, dark": {"size": PHONE, "dark": True}}
WAIT_MS = 15_000
Look = str
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


@pytest.fixture(scope="session")
def signed_in(browser: Browser) -> Callable[[Site, str], StorageState | None]:
    """The cookies of a login, who came in once a session; none for nobody."""
    kept: dict[tuple[str, str], StorageState] = {}

    def cookies(site: Site, login: str) -> StorageState | None:
        if login and (site.url, login) not in kept:
            screen = Screen(page=browser.new_page(), site=site)
            screen.sign_in(OPERATOR, PASSWORD) if login == OPERATOR else screen.enter(login)
            kept[site.url, login] = screen.page.context.storage_state()
            screen.page.close()
        return kept.get((site.url, login))

    return cookies


@pytest.fixture
def show(browser: Browser, signed_in: Callable[[Site, str], StorageState | None]) -> Iterator[Show]:
    """Open screens on a site, signed in or not; at the end no screen may have met a fault."""
    screens: list[Screen] = []

    def opened(site: Site, *, login: str = "", size: tuple[int, int] = WIDE, dark: bool = False) -> Screen:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            has_touch=size == PHONE,
            locale="en-GB",
            storage_state=signed_in(site, login),
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
