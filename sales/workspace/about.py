"""The page about this service itself: its purpose, owner, team and cost centre, all from the mirror (R45, R46, R47).

For whoever is signed in. It asserts nothing of its own: what neither registry nor design store says is shown as not
published, and nothing here can be edited.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sales.registry.freshness import age_words, last_good_read
from sales.registry.models import Agent, Design, Service


@dataclass(frozen=True, slots=True)
class Team:
    """The agents of one region in the service's team; the last team has no region."""

    name: str
    members: tuple[Agent, ...]


def teams_of(service: Service) -> list[Team]:
    """The registered team by region, without who has left or was not accepted."""
    keys = [member["agent"] for member in service.team]
    found = Agent.objects.filter(key__in=keys, retired_at=None, quarantine="").select_related("region")
    by_region: dict[str, list[Agent]] = {}
    for agent in found.order_by("name"):
        by_region.setdefault(agent.region.name if agent.region else "", []).append(agent)
    names = sorted(by_region, key=lambda name: (not name, name))
    return [Team(name or "All regions", tuple(by_region[name])) for name in names]


def purpose_of(service: Service) -> list[str]:
    """What approved designs say about the service; a draft says nothing yet."""
    designs = Design.objects.filter(service=service, status="approved", retired_at=None).order_by("design_type")
    return [str(fact) for design in designs for fact in design.facts]


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """The service that sells, as the registry knows it."""
    service = Service.objects.filter(key=settings.SALES_SERVICE).select_related("owner").first()
    read = last_good_read()
    context = {
        "title": "About",
        "service": service,
        "sales_service": settings.SALES_SERVICE,
        "purpose": purpose_of(service) if service else [],
        "teams": teams_of(service) if service else [],
        "read": read,
        "read_words": age_words(read_at=read.at if read else None, now=timezone.now()),
    }
    return render(request, "about.html", context)
