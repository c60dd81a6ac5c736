"""The monitor's page: reads once, shows one currency and period, and reads itself again every minute.

``?part=1`` answers with the part that changes, for htmx; without a script the whole page is read again by hand. Only
who sees every region may look. Findings have no buttons here: each opens its rows.
"""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sales.access.models import Login
from sales.access.roles import standing_of
from sales.monitor.page import monitor_context


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """The page, or its living part."""
    assert isinstance(request.user, Login)
    if not standing_of(request.user).sees_all:
        raise PermissionDenied
    asked = {name: request.GET.get(name, "") for name in ("currency", "period", "region")}
    context = monitor_context(now=timezone.now(), **asked)
    return render(request, "monitor/live.html" if request.GET.get("part") else "monitor/page.html", context)
