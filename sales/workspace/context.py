"""What every page's frame shows."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The organisation's name, its owner agent, whom one acts as, and the rail."""
    return {}
