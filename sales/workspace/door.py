"""The door: sign-in, the demo's one button per role, and each role's home."""

from typing import Any

from django.contrib.auth import login as sign_in
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sales.access.models import Login
from sales.access.roles import standing_of
from sales.registry.demo_mark import is_demo
from sales.registry.models import Agent
from sales.workspace.home import home_page
from sales.workspace.tryouts import TRIES

SUBS = {
    "operator": "Everything, with history: the console",
    "sales_owner": "Approvals, the whole monitor",
    "regional_head": "Leads and wins of the region",
    "regional_agent": "Leads and wins of the region",
    "service_owner": "What was sold of it, and hand-offs",
    "finance": "What is held, due and proved",
    "auditor": "Reads all, changes nothing",
}


class SignIn(LoginView):
    """The sign-in page; in the demo with a button per role and things to try."""

    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo = is_demo()
        extra = {
            "demo_roles": _roles() if demo else [],
            "tries": TRIES if demo else [],
            "first_run": not demo and not Login.objects.exists(),
        }
        return super().get_context_data(**kwargs) | extra


def _roles() -> list[dict[str, str]]:
    """The demo's logins, the control plane first."""
    names = dict(Agent.objects.values_list("key", "name"))
    roles = []
    for login in Login.objects.filter(is_active=True).order_by("date_joined", "pk"):
        standing = standing_of(login)
        role = next((role for role in SUBS if role in standing.roles), "")
        name = login.display_name if role == "operator" else names.get(login.acts_for, login.display_name)
        words = "the console" if role == "operator" else standing.words
        roles.append(
            {
                "login": login.username,
                "name": name,
                "line": words[:1].lower() + words[1:],
                "sub": SUBS.get(role, ""),
                "initials": name[:2].upper(),
            }
        )
    return roles


@require_POST
def demo_enter(request: HttpRequest) -> HttpResponse:
    """Enter the demo as one of its logins, without a password. Outside the demo there is no such path."""
    login = Login.objects.filter(username=request.POST.get("login", ""), is_active=True).first()
    if not is_demo() or login is None:
        raise Http404
    sign_in(request, login, backend="django.contrib.auth.backends.ModelBackend")
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(target) if safe else redirect("home")


def home(request: HttpRequest) -> HttpResponseBase:
    """The sign-in page for who isn't signed in, else the role's home."""
    if not isinstance(request.user, Login):
        return SignIn.as_view()(request)
    standing = standing_of(request.user)
    if request.user.is_superuser:
        return redirect("admin:index")
    return redirect("monitor") if standing.sees_all else home_page(request, request.user, standing)
