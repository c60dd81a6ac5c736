"""Who may enter the console, and what a reader may open there.

Operators (superusers) work in it. Logins of the control plane (owner of Sales, finance, auditor) read it: lists and
rows, never a step. Everybody else has pages of their own. Signing in is the site's own page, not a second one.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from unfold.sites import UnfoldAdminSite

from sales.access.models import Login
from sales.access.roles import standing_of

READ = ("_changelist", "_change")
READ_BESIDE = frozenset({"index", "search", "jsi18n"})


def _is_reading(request: HttpRequest) -> bool:
    match = request.resolver_match
    name = (match.url_name if match else None) or ""
    return name == "logout" or (request.method in ("GET", "HEAD") and (name in READ_BESIDE or name.endswith(READ)))


class ConsoleSite(UnfoldAdminSite):
    """The console's door and fence: one place, whatever a page of it forgets."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Operators, and who sees all regions."""
        if request.user.is_superuser:
            return True
        return isinstance(request.user, Login) and request.user.is_active and standing_of(request.user).sees_all

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Refuse a reader whatever isn't reading: steps, forms that add, actions."""

        def fenced(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_superuser and not _is_reading(request):
                raise PermissionDenied
            answer: HttpResponseBase = view(request, *args, **kwargs)
            return answer

        wrapped: Callable[..., Any] = super().admin_view(fenced, cacheable)
        return wrapped

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Pages leave their buttons out for a reader."""
        return {**super().each_context(request), "reads_only": not request.user.is_superuser}

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The site's own sign-in; who is signed in and may not enter is told so."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", request.get_full_path()), settings.LOGIN_URL)
