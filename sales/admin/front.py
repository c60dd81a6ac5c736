"""The console's front page: the monitor's figures, plots, findings and proof, of one currency and period.

It shows what ``sales.monitor.page`` worked out, so that the two pages never disagree.
"""

from typing import Any

from django.http import HttpRequest

from sales.admin.freshness import freshness
from sales.monitor.page import monitor_context

ASKED = ("currency", "period", "region")
FIRST_FINDINGS = 6


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Context of the front page."""
    shown = monitor_context(now=context["now"], **{name: request.GET.get(name, "") for name in ASKED})
    findings = shown["findings"]
    return {
        **context,
        **freshness(),
        **shown,
        "title": shown["view"].period.title,
        "first_findings": findings[:FIRST_FINDINGS],
        "more_findings": max(0, len(findings) - FIRST_FINDINGS),
    }
