"""What every page's frame shows: whose organisation this is, whom one acts as, and where one can go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from sales.access.models import Login
from sales.access.roles import Standing, standing_of
from sales.registry.demo_mark import is_demo
from sales.registry.freshness import age_words, last_good_read
from sales.registry.models import Agent, Service


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame's values; the console has a frame of its own."""
    if request.path.startswith("/admin/"):
        return {}
    now = timezone.now()
    read = last_good_read()
    demo = is_demo()
    owner = Service.objects.filter(key=settings.SALES_SERVICE).select_related("owner").first()
    frame: dict[str, Any] = {
        "organisation_name": settings.ORGANISATION_NAME,
        "owner_agent_name": owner.owner.name if owner and owner.owner else "",
        "registry_age_words": age_words(read_at=read.at if read else None, now=now),
        "demo": demo,
        "sample_terms": demo,
        "now": now,
    }
    return frame | _acting(request) if request.user.is_authenticated else frame


def _acting(request: HttpRequest) -> dict[str, Any]:
    login = request.user
    assert isinstance(login, Login)
    standing = standing_of(login)
    agent = Agent.objects.filter(key=login.acts_for).values_list("name", flat=True).first()
    name = agent or login.display_name
    return {
        "acting_agent_name": name,
        "acting_role": standing.words,
        "operator_name": login.display_name if agent and login.display_name != name else "",
        "initials": "".join(word[0] for word in name.split()[:2]).upper() if " " in name else name[:2].upper(),
        "rail": _rail(request, login, standing),
    }


def _rail(request: HttpRequest, login: Login, standing: Standing) -> list[dict[str, Any]]:
    """The places of this role; the console only for who may enter it."""
    groups = []
    if standing.sees_all:
        groups.append({"label": "Watch", "items": [_item(request, "Monitor", reverse("monitor"), "monitor")]})
    if standing.is_regional or not standing.sees_all:
        groups.append({"label": "Sell", "items": [_item(request, "Home", reverse("home"), "today")]})
    if login.is_superuser or standing.sees_all:
        console = [
            _item(request, "Leads", reverse("admin:sales_lead_changelist"), "leads"),
            _item(request, "Wins", reverse("admin:sales_win_changelist"), "wins"),
            _item(request, "Services", reverse("admin:sales_service_changelist"), "services"),
            _item(request, "Console", reverse("admin:index"), "commission"),
        ]
        groups.append({"label": "Pipeline", "items": console})
    groups.append({"label": "House", "items": [_item(request, "About", reverse("about"), "info")]})
    return groups


def _item(request: HttpRequest, label: str, url: str, icon: str) -> dict[str, Any]:
    return {"label": label, "url": url, "icon": icon, "current": request.path == url}
