"""The home of who sells, and of who owns a service: what is theirs, and nothing else (R23).

A plain reading page. The agents' day, with its actions, comes with their workspace.
"""

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sales.access.models import Login
from sales.access.roles import Standing
from sales.leads.models import OPEN_STATES, Lead
from sales.monitor.report import states_of
from sales.registry.models import Service
from sales.wins.models import Win

ROWS = 20


def leads_of(standing: Standing) -> QuerySet[Lead]:
    """Open leads of the regions where the login has a seat, the next step first."""
    mine = Lead.objects.filter(region__in=standing.regions, state__in=OPEN_STATES)
    return mine.select_related("customer", "service", "agent").order_by(F("next_step_at").asc(nulls_last=True), "pk")


def wins_of(login: Login, standing: Standing) -> QuerySet[Win]:
    """Wins of those regions, and of the services that the login's agent owned when they were sold."""
    of_region = Q(region__in=standing.regions)
    of_service = Q(owner=login.acts_for) if login.acts_for else Q(pk=None)
    return (
        Win.objects.filter(of_region | of_service)
        .select_related("customer", "service", "hand_off", "pricing__terms")
        .order_by("-sold_date", "-pk")
    )


def _win_rows(wins: list[Win], *, now: datetime) -> list[dict[str, Any]]:
    states = states_of(wins, now=now)
    return [{"win": win, "state": states[win.key]} for win in wins]


def home_page(request: HttpRequest, login: Login, standing: Standing) -> HttpResponse:
    """What is the agent's: leads of its regions with their next steps, latest wins, services that it owns."""
    now: datetime = timezone.now()
    leads = leads_of(standing)
    wins = list(wins_of(login, standing)[:ROWS])
    context = {
        "title": "Home",
        "leads": list(leads[:ROWS]),
        "leads_count": leads.count(),
        "wins": _win_rows(wins, now=now),
        "services": Service.objects.filter(owner=login.acts_for).order_by("name") if login.acts_for else [],
        "is_regional": standing.is_regional,
        "regions": ", ".join(sorted(standing.regions)),
        "now": now,
        "has_seat": bool(standing.roles),
    }
    return render(request, "home.html", context)
