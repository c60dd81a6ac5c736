"""``/healthz``: the process answers. ``/readyz``: it can serve safely; 503 only when it can't (DESIGN section 11)."""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from sales import guard
from sales.registry.freshness import is_stale, last_good_read


def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as the process runs."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """``ok``, ``degraded`` with 200 (a stale registry), or ``unsafe`` with 503 and the reasons."""
    try:
        faults = guard.faults()
        read = last_good_read() if not faults else None
    except DatabaseError:
        # No detail here: the path is open to anybody. The log has it.
        return _answer("unsafe", 503, ["The database doesn't answer."])
    if faults:
        return _answer("unsafe", 503, faults)
    stale = is_stale(read_at=read.at if read else None, now=timezone.now())
    return _answer("degraded", 200, ["The registry is stale."]) if stale else _answer("ok", 200, [])


def _answer(status: str, code: int, reasons: list[str]) -> JsonResponse:
    body: dict[str, Any] = {"status": status, "reasons": reasons}
    return JsonResponse(body, status=code)
