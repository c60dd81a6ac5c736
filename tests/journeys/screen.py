"""What a person has before them: a page of the site, and what has to hold on each, whatever is on it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tests.journeys.site import Site

OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > width + 1);
  return wide.slice(0, 5).map((one) => `${one.tagName.toLowerCase()}.${one.className}`.slice(0, 80));
}"""
FAILED_TO_LOAD = "Failed to load resource"
"""Chromium's word in the console for an answer of 400 and more; ``faults`` names those by their status."""
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
EXCLUDED = {
    "landmark-unique": "Unfold's two scrolling areas, the sidebar and the list, are both called 'scrollable content'.",
}
"""What the theme does wrong and we can't mend from outside, each with its reason."""


@dataclass
class Screen:
    """A page in a browser. Every fault that shows in passing is kept, and the fixture refuses a page with one."""

    page: Page
    site: Site
    faults: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(FAILED_TO_LOAD):
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and not request.url.startswith(f"{self.site.url}/"):
            self.faults.append(f"asked outside: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status}: {response.url}")

    def open(self, path: str, *, status: int = 200) -> "Screen":
        """Go to a path and look at the page as a whole."""
        self.expected = {status} if status >= 400 else set()
        response = self.page.goto(f"{self.site.url}{path}")
        assert response is not None and response.status == status, f"{path}: {response and response.status}"
        return self.look()

    def look(self) -> "Screen":
        """No fault so far, and nothing hangs out sideways."""
        self.page.wait_for_load_state()
        wide = self.page.evaluate(OVERFLOW)
        assert not wide, f"{self.path} is wider than the screen: {', '.join(wide)}"
        assert not self.faults, f"{self.path}: {self.faults}"
        return self

    def enter(self, login: str) -> "Screen":
        """Come in by the demo's button of a login."""
        self.open("/sign-in/")
        self.page.locator(f"form:has(input[name=login][value={login}]) button").click()
        return self.look()

    def sign_in(self, username: str, password: str, *, after: str = "") -> "Screen":
        """Come in by name and password, on the way to a page."""
        self.open(f"/sign-in/?{urlencode({'next': after})}" if after else "/sign-in/")
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password").fill(password)
        self.press("Sign in")
        return self

    def press(self, button: str) -> "Screen":
        """Press a button by its words, and look at what comes."""
        self.page.get_by_role("button", name=button, exact=True).click()
        return self.look()

    def follow(self, link: str) -> "Screen":
        """Follow the first link of these words."""
        self.page.get_by_role("link", name=link, exact=True).first.click()
        return self.look()

    @property
    def path(self) -> str:
        """Where one is, without the site's address."""
        return self.page.url.removeprefix(self.site.url)

    @property
    def words(self) -> str:
        """All words that show, one space between two."""
        return " ".join(self.page.locator("body").inner_text().split())

    def violations(self) -> list[str]:
        """What axe finds, rule and targets, but for ``EXCLUDED``."""
        found: dict[str, Any] = Axe().run(self.page, options=RULES).response
        return [
            f"{fault['id']} ({fault['help']}): {[node['target'] for node in fault['nodes'][:4]]}"
            for fault in found["violations"]
            if fault["id"] not in EXCLUDED
        ]
