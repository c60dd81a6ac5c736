"""What stands around every page of the console: names, whom one acts as, and the sidebar in pipeline order."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from sales.access.models import Login
from sales.admin.acting import acts_as, now
from sales.registry.models import Service


def organisation(request: HttpRequest) -> str:
    """The name in the corner and in the title."""
    return str(settings.ORGANISATION_NAME)


def owner_name(request: HttpRequest) -> str:
    """The agent that answers for Sales, from the registry; read once a page."""
    kept: str | None = getattr(request, "_owner_name", None)
    if kept is None:
        found = Service.objects.filter(key=settings.SALES_SERVICE).values_list("owner__name", flat=True).first()
        kept = found or ""
        request._owner_name = kept  # type: ignore[attr-defined]
    return kept


def owner_agent(request: HttpRequest) -> str:
    """The line below the name."""
    return f"Owner agent: {owner_name(request) or 'not known before the first sync'}"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every page; ``now`` makes dates of this year read without it."""
    words = acts_as(request.user, owner_name=owner_name(request)) if isinstance(request.user, Login) else ""
    return {"now": now(), "acts_as": words}


def rows(model: str) -> str:
    """The address of a model's list."""
    return reverse(f"admin:sales_{model}_changelist")


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Groups in the order of the pipeline."""
    return [
        _group(
            "Watch",
            ("Overview", "space_dashboard", reverse("admin:index")),
            ("Monitor", "monitoring", reverse("monitor")),
            ("Findings", "flag", f"{reverse('monitor')}#findings"),
        ),
        _group(
            "Pipeline",
            ("Leads", "filter_list", rows("lead")),
            ("Customers", "apartment", rows("customer")),
            ("People", "group", rows("person")),
            ("Offers", "request_quote", rows("offer")),
            ("Wins", "trophy", rows("win")),
            ("Booking requests", "pending_actions", rows("bookingrequest")),
            ("Hand-offs", "handshake", rows("handoff")),
        ),
        _group(
            "Money",
            ("Ledger rows", "receipt_long", rows("commissionentry")),
            ("Accounts", "account_balance", rows("account")),
            ("Pricing", "price_check", rows("winpricing")),
            ("Cancellations", "undo", rows("refund")),
        ),
        _group(
            "Registry",
            ("Catalogue", "deployed_code", rows("service")),
            ("Terms", "percent", rows("terms")),
            ("Owners", "badge", rows("serviceowner")),
            ("Agents", "smart_toy", rows("agent")),
            ("Regions", "public", rows("region")),
            ("Designs", "draw", rows("design")),
            ("Blocks", "account_tree", rows("block")),
            ("Droids", "precision_manufacturing", rows("droid")),
            ("Syncs", "sync", rows("registrysync")),
            ("About", "info", reverse("about")),
        ),
        _group(
            "Steer",
            ("Logins", "person", rows("login")),
            ("Seats", "event_seat", rows("seat")),
            ("Imports", "upload_file", rows("import")),
        ),
    ]


def _group(title: str, *items: tuple[str, str, str]) -> dict[str, Any]:
    return {
        "title": title,
        "separator": True,
        "items": [{"title": name, "icon": icon, "link": link} for name, icon, link in items],
    }
