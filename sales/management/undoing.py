"""Undoing an import: closing cancels its wins, intake withdraws its leads, in small transactions.

Nothing is deleted, and what somebody worked on since is left to them and named. A second undo finds nothing to do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from carolverse.db.locks import write_lock
from sales.access.actor import Actor
from sales.blocks.closing.reversal import cancel_win
from sales.blocks.intake.changes import UNDONE, is_withdrawn
from sales.blocks.intake.withdrawal import created_references, find_import, untouched, withdraw
from sales.intake.models import Import, ImportRow
from sales.leads.models import Lead, State
from sales.wins.models import Win

BATCH_LEADS = 100


@dataclass(slots=True)
class Undone:
    """What an undo did. ``left`` are the references of the leads that it left as they are."""

    run: Import
    wins_cancelled: int = 0
    leads_withdrawn: int = 0
    left: list[str] = field(default_factory=list)


def undo_import(
    number: int,
    *,
    by: Actor,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, rows: None,
) -> Undone:
    """Cancel the wins of an import and withdraw its leads.

    A lead that the import only changed isn't withdrawn: it is left and named, for what it said before isn't kept.

    Raises:
        UnknownImport: there is no import of that number.
    """
    undone = Undone(find_import(number))
    if undone.run.undone_at:
        return undone
    references = created_references(undone.run)
    for start in range(0, len(references), BATCH_LEADS):
        part = references[start : start + BATCH_LEADS]
        with transaction.atomic():
            write_lock()
            _undo_batch(part, undone, by=by, now=now)
        progress(start + len(part), len(references))
    undone.left += _undo_changes(undone, by=by, now=now)
    undone.run.undone_at = now
    undone.run.save(update_fields=["undone_at"])
    return undone


def _undo_batch(references: Sequence[str], undone: Undone, *, by: Actor, now: datetime) -> None:
    """Cancel and withdraw what nobody touched; a batch that an undo left before it broke off is passed over."""
    leads = list(untouched(references).select_related("service", "customer", "region", "agent"))
    wins = _live_wins(leads)
    for win in wins:
        cancel_win(win, by=by, now=now, reason_code=UNDONE, lead_goes_to=State.LOST)
    won = {win.lead_id for win in wins}
    rest = [lead for lead in leads if lead.pk not in won]
    withdraw(rest, run=undone.run, by=by, now=now)
    undone.wins_cancelled += len(wins)
    undone.leads_withdrawn += len(leads)
    done = {lead.reference for lead in leads}
    others = Lead.objects.filter(reference__in=[name for name in references if name not in done])
    undone.left += [lead.reference for lead in others.order_by("reference") if not is_withdrawn(lead)]


@transaction.atomic
def _undo_changes(undone: Undone, *, by: Actor, now: datetime) -> list[str]:
    """Of leads that the import only changed, cancel the wins that it booked; their references."""
    write_lock()
    updated = undone.run.lines.filter(outcome=ImportRow.Outcome.UPDATED)
    references = list(updated.order_by("line").values_list("lead_reference", flat=True))
    for win in _live_wins(list(Lead.objects.filter(reference__in=references, state=State.WON))):
        if win.batch_id == undone.run.pk:
            cancel_win(win, by=by, now=now, reason_code=UNDONE, lead_goes_to=State.PROPOSED)
            undone.wins_cancelled += 1
    return references


def _live_wins(leads: Sequence[Lead]) -> list[Win]:
    wins = Win.objects.live().filter(lead__in=leads)
    return list(wins.select_related("lead", "pricing", "service").order_by("pk"))
