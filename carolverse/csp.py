"""The console's looser Content-Security-Policy.

Unfold evaluates Alpine expressions and styles elements inline; a strict policy locks people out of its pages
(measured). Everything outside ``/admin/`` stays under ``default-src 'self'``.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

CONSOLE = {
    "script-src": ["'self'", "'unsafe-eval'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
}


def console_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware below django-csp's: asks it to replace two directives for the console's pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_replace = CONSOLE  # type: ignore[attr-defined]
        return response

    return middleware
