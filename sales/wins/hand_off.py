"""Acknowledging a hand-off: the service's owner says that the won customer has arrived (R40, R41)."""

from datetime import datetime

from django.db import transaction

from sales.access.actor import Actor
from sales.refusal import Refusal
from sales.wins.models import HandOff


class HandOffRefused(Refusal):
    """The hand-off can't be acknowledged like this."""

    code = "hand_off_refused"


@transaction.atomic
def acknowledge(hand_off: HandOff, *, by: Actor, now: datetime) -> HandOff:
    """Acknowledge a hand-off, once, by the agent to whom it was handed.

    Raises:
        HandOffRefused: another agent acts, or it is acknowledged already.
    """
    if by.agent != hand_off.to_agent_id:
        raise HandOffRefused(f"This customer was handed to '{hand_off.to_agent_id}'. Only that agent acknowledges it.")
    changed = HandOff.objects.filter(pk=hand_off.pk, acknowledged_at=None).update(
        acknowledged_at=now, acknowledged_by=by.label
    )
    if not changed:
        raise HandOffRefused("This hand-off is acknowledged already. There is nothing left to do.")
    hand_off.refresh_from_db()
    return hand_off
