"""R3, the leads' part: a won lead has exactly one win that isn't cancelled, and a live win's lead is won.

A lead's state can change, so it is compared at the head only, and read in one statement with the wins.
"""

from collections.abc import Callable

from django.db.models import Count, Q

from sales.leads.models import Lead, State
from sales.wins.models import Win


def check_leads(fault: Callable[..., None]) -> None:
    """Report each lead whose state and live wins contradict each other."""
    leads = Lead.objects.annotate(live=Count("wins", filter=Q(wins__in=Win.objects.live())))
    wrong = leads.filter(Q(state=State.WON) & ~Q(live=1) | ~Q(state=State.WON) & Q(live__gte=1))
    for reference, state, count in wrong.order_by("pk").values_list("reference", "state", "live"):
        fault(
            f"lead {reference}: a won lead has exactly one win that isn't cancelled, another has none",
            expected="one win" if state == State.WON else "no win",
            found=f"{count} for a lead in '{State(state).label}'",
        )
