"""Where a figure leads: the address of the list that shows the rows behind it. Every figure opens its rows.

The names of the parameters are an agreement with the console's filters; ``rows.py`` says what each of them keeps,
so that a list never shows other rows than were counted. Addresses only: no query.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

WIN_PARAMS = ("state", "counted", "service", "region", "agent", "currency", "sold_from", "sold_to", "finding")
LEAD_PARAMS = (
    "state",
    "open",
    "reached",
    "service",
    "region",
    "agent",
    "currency",
    "created_from",
    "created_to",
    "finding",
)
LISTS = {
    "win": "/admin/sales/win/",
    "lead": "/admin/sales/lead/",
    "service": "/admin/sales/service/",
    "agent": "/admin/sales/agent/",
    "region": "/admin/sales/region/",
    "handoff": "/admin/sales/handoff/",
    "bookingrequest": "/admin/sales/bookingrequest/",
    "registrysync": "/admin/sales/registrysync/",
    "commissionentry": "/admin/sales/commissionentry/",
}
PARAMS: Mapping[str, tuple[str, ...]] = {
    "win": WIN_PARAMS,
    "lead": LEAD_PARAMS,
    "service": ("standing",),
    "agent": ("standing",),
    "region": ("standing",),
    "handoff": ("finding",),
    "bookingrequest": ("state__exact",),
}


class UnknownParameter(ValueError):
    """A list has no such filter, so its link would show other rows than were counted."""


def rows_url(kind: str, **filters: object) -> str:
    """The address of a list with filters; those that are empty or None are left out.

    Raises:
        UnknownParameter: the list has no such filter.
    """
    given = {name: str(value) for name, value in filters.items() if value not in (None, "")}
    if unknown := set(given) - set(PARAMS.get(kind, ())):
        raise UnknownParameter(
            f"The list '{kind}' has no filter {', '.join(sorted(unknown))}. Add it to links.py first."
        )
    query = urlencode({name: given[name] for name in PARAMS.get(kind, ()) if name in given})
    return f"{LISTS[kind]}?{query}" if query else LISTS[kind]
