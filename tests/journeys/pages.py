"""Every page that a person can open: its name, who opens it, and where it is.

A row of the sample organisation is found by what it is, never by its number.
"""

from collections.abc import Callable

from tests.journeys.site import OPERATOR, Site

Path = str | Callable[[Site], str]
Page = tuple[str, str, Path]

CONSOLE = "operator"
LISTS = (
    *("lead", "customer", "person", "offer", "win", "bookingrequest", "handoff", "commissionentry", "account"),
    *("winpricing", "refund", "service", "terms", "serviceowner", "agent", "region", "design", "block", "droid"),
    *("registrysync", "login", "seat", "import"),
)
OFFERED = (
    "SELECT l.id FROM sales_lead l JOIN sales_service s ON s.key = l.service_id"
    " WHERE l.state = 'PROPOSED' AND s.retired_at IS NULL AND l.customer_id IS NOT NULL ORDER BY l.id LIMIT 1"
)
WON = (
    "SELECT w.id FROM sales_win w WHERE EXISTS (SELECT 1 FROM sales_winpricing p WHERE p.win_id = w.id)"
    " AND NOT EXISTS (SELECT 1 FROM sales_refund r WHERE r.win_id = w.key) ORDER BY w.id LIMIT 1"
)
CANCELLED = "SELECT w.id FROM sales_win w JOIN sales_refund r ON r.win_id = w.key ORDER BY w.id LIMIT 1"


ANSWERS = {"nothing-here": 404, "nothing-in-console": 404, "forbidden": 403}
"""What the pages answer that don't answer 200."""


def address(path: Path, site: Site) -> str:
    """The path on a site."""
    return path(site) if callable(path) else path


def row(model: str, statement: str, step: str = "change") -> Callable[[Site], str]:
    """The address of the row that a statement finds."""
    return lambda site: f"/admin/sales/{model}/{site.one(statement)}/{step}/"


def first(model: str) -> Callable[[Site], str]:
    """The address of a list's first row."""
    return row(model, f"SELECT min(rowid) FROM sales_{model}")


def list_of(model: str, login: str) -> Page:
    """The list of a model."""
    return f"list-{model}", login, f"/admin/sales/{model}/"


FULL: tuple[Page, ...] = (
    ("sign-in", "", "/sign-in/"),
    ("try-book", "", "/try/book/"),
    ("try-retired", "", "/try/retired/"),
    ("try-tamper", "", "/try/tamper/"),
    ("try-trace", "", "/try/trace/"),
    ("nothing-here", "", "/no-such-page/"),
    ("home-head", "arwen", "/"),
    ("home-owner", "leo", "/"),
    ("forbidden", "arwen", "/monitor/"),
    ("monitor", "finance", "/monitor/"),
    ("monitor-other", "finance", "/monitor/?currency=USD&period=all"),
    ("about", "leo", "/about/"),
    ("front", CONSOLE, "/admin/"),
    ("service", CONSOLE, row("service", "SELECT 'blueprint'")),
    ("service-retired", CONSOLE, row("service", "SELECT key FROM sales_service WHERE retired_at IS NOT NULL")),
    ("lead", CONSOLE, row("lead", OFFERED)),
    ("book", CONSOLE, row("lead", OFFERED, "book")),
    ("win", CONSOLE, row("win", WON)),
    ("win-cancelled", CONSOLE, row("win", CANCELLED)),
    ("cancel", CONSOLE, row("win", WON, "cancel")),
    ("lead-add", CONSOLE, "/admin/sales/lead/add/"),
    ("customer", CONSOLE, first("customer")),
    ("ledger-row", CONSOLE, row("commissionentry", "SELECT 1")),
    ("sync", CONSOLE, row("registrysync", "SELECT max(id) FROM sales_registrysync")),
    ("nothing-in-console", CONSOLE, "/admin/sales/nothing/"),
)
FULL_LISTS: tuple[Page, ...] = tuple(list_of(model, CONSOLE) for model in LISTS)
EMPTY: tuple[Page, ...] = (
    ("sign-in", "", "/sign-in/"),
    ("monitor", OPERATOR, "/monitor/"),
    ("about", OPERATOR, "/about/"),
    ("front", OPERATOR, "/admin/"),
    ("lead-add", OPERATOR, "/admin/sales/lead/add/"),
    *(list_of(model, OPERATOR) for model in LISTS),
)
