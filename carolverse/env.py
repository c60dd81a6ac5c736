"""The environment, declared once: every variable that this project reads, with its default and its meaning.

Not a place for logic. ``settings.py`` reads values through ``value()``; ``deploy/env.example`` must list exactly
these names (tests/house/test_env.py).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ

BASE_DIR = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: how it is read (an ``environ.Env`` method), its default for development, what it means."""

    kind: str
    default: Any
    help: str


DECLARED: dict[str, Variable] = {
    "DATABASE_URL": Variable(
        "str",
        "sqlite:///var/demo.sqlite3",
        "Where the data is. postgres://user:pw@host/db switches the engine.",
    ),
    "REGISTRY_URL": Variable("str", "", "The registry: sqlite:PATH, file:PATH or https:. Read only."),
    "DESIGNS_URL": Variable("str", "", "The design store: sqlite:PATH, file:PATH or https:. Read only."),
    "REGISTRY_MAX_AGE_HOURS": Variable("int", 26, "Older than this, the mirror is stale and no win can be booked."),
    "SECRET_KEY": Variable("str", "", "Signs sessions. Required unless DEBUG is on."),
    "DEBUG": Variable("bool", False, "Show tracebacks in the browser. Never on a shared machine."),
    "ALLOWED_HOSTS": Variable("list", ["127.0.0.1", "localhost"], "Host names that the site answers to."),
    "CSRF_TRUSTED_ORIGINS": Variable("list", [], "Origins behind a proxy, such as https://sales.example.org."),
    "BEHIND_TLS": Variable("bool", False, "The site is served over https by a proxy: secure cookies and HSTS."),
    "PORT": Variable("str", "8000", "The port of 127.0.0.1 on which the site is served."),
    "WEB_CONCURRENCY": Variable("int", 2, "How many worker processes serve the site."),
    "ACCESS_LOG": Variable("str", "", "Where each request is logged: a file, or - for stdout. Empty: nowhere."),
    "ORGANISATION_NAME": Variable("str", "Sales", "The name in the top bar."),
    "SALES_SERVICE": Variable("str", "sales", "The registry's key of the service that sells: its owner owns Sales."),
    "AGENT_WORD": Variable("str", "agent", "What people call an agent."),
    "SERVICE_WORD": Variable("str", "service", "What people call a service."),
    "OWNER_WORD": Variable("str", "owner", "What people call the owner of a service."),
}

_env = environ.Env()


def value(name: str) -> Any:
    """The value of a declared variable, else its default.

    Raises:
        KeyError: the name is not declared here.
    """
    declared = DECLARED[name]
    return getattr(_env, declared.kind)(name, default=declared.default)
