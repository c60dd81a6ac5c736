"""Undoing an import, intake's part: which of its leads may be withdrawn, and withdrawing them.

Leads are never deleted. One that somebody worked on since is left to them, and named.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from sales.access.actor import Actor
from sales.blocks.intake.changes import UNDONE
from sales.intake.models import Import, ImportRow
from sales.leads.models import Interaction, Lead, LeadEvent, Note, Offer, State
from sales.leads.verbs import event_of, move, next_number
from sales.refusal import Refusal


class UnknownImport(Refusal):
    """There is no such import."""

    code = "unknown_import"


def find_import(number: int) -> Import:
    """The import of a number.

    Raises:
        UnknownImport: there is none.
    """
    run = Import.objects.filter(pk=number).first()
    if run is None:
        raise UnknownImport(f"There is no import {number}. The number is what the import printed at its end.")
    return run


def created_references(run: Import) -> list[str]:
    """The references of the leads that an import created, in the file's order."""
    rows = run.lines.filter(outcome=ImportRow.Outcome.CREATED)
    return list(rows.order_by("line").values_list("lead_reference", flat=True))


def untouched(references: Iterable[str]) -> QuerySet[Lead]:
    """Those leads of an import whose only events are the import's own: entered, and won by its booking."""
    of_lead = {"lead": OuterRef("pk")}
    own = Q(kind=LeadEvent.Kind.ENTERED) | Q(number=2, to_state=State.WON)
    others = LeadEvent.objects.filter(**of_lead).exclude(own)
    return Lead.objects.filter(reference__in=list(references)).exclude(
        Exists(others)
        | Exists(Interaction.objects.filter(**of_lead))
        | Exists(Offer.objects.filter(**of_lead))
        | Exists(Note.objects.filter(**of_lead))
    )


def withdraw(leads: Sequence[Lead], *, run: Import, by: Actor, now: datetime) -> None:
    """Take leads out of the pipeline: open ones are lost, ended ones keep their end; each with its event."""
    for lead in leads:
        if lead.is_open:
            move(lead, to=State.LOST, reason_code=UNDONE, by=by, now=now)
            continue
        event_of(
            lead,
            number=next_number(lead),
            kind=LeadEvent.Kind.CHANGED,
            reason_code=UNDONE,
            detail={"import": run.pk},
            by=by,
            now=now,
        ).save(force_insert=True)
