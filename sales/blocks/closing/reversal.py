"""Cancelling a win in full: the refund of all that is left, its rows, and the lead back where it can be worked.

Nothing is edited: the win stands, a void stands beside it, and the money goes back the way it came (LEDGER.md,
Events: refund). A wrong service, customer or amount is this and a new win that names the old one.
"""

from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F, Sum

from sales.access.actor import Actor
from sales.leads.lifecycle import step
from sales.leads.models import Lead, LeadEvent, State
from sales.leads.verbs import add_note, event_of, next_number
from sales.ledger.balances import Standing, credit_of, standings
from sales.ledger.drafts import Draft, refund_rows
from sales.ledger.posting import open_book, store
from sales.ledger.pricing import sale_of
from sales.ledger.rules import taken_back
from sales.refusal import Refusal
from sales.wins.models import Refund, Win
from sales.wins.shares import shares_of


class CancelRefused(Refusal):
    """The win can't be cancelled like this; nothing was written."""

    code = "cancel_refused"


@transaction.atomic
def cancel_win(win: Win, *, by: Actor, now: datetime, reason_code: str, lead_goes_to: str, text: str = "") -> Refund:
    """Void a win in full, before or after its release; its lead returns to PROPOSED or LOST, as chosen.

    Raises:
        CancelRefused: it is cancelled already, a reason is missing, or the lead can't go there.
    """
    book = open_book(now=now)
    # Read again under the lock: the caller's win may have been looked at before somebody priced it.
    win = Win.objects.select_related("lead", "pricing", "customer").get(pk=win.pk)
    if not reason_code:
        raise CancelRefused("Cancelling a win needs a reason. Choose one, then cancel it.")
    if step(State.WON, lead_goes_to) is None:
        raise CancelRefused("After cancelling, the lead is either 'Offer made' or 'Lost'. Choose one of them.")
    if win.refunds.filter(kind=Refund.Kind.VOID).exists():
        raise CancelRefused(f"The win {win.key} is cancelled already. There is nothing left to take back.")
    refunded = win.refunds.aggregate(n=Sum("amount_minor"))["n"] or 0
    reference = f"{win.key}:void"
    drafts: list[Draft] = []
    if hasattr(win, "pricing"):
        drafts = _rows(win, reference=reference, refunded=refunded, cost_center=book.cost_center, by=by, now=now)
    note = add_note(win.lead, text=text, by=by, now=now) if text else None
    void = Refund.objects.create(
        win=win,
        instalment=1,
        reference=reference,
        kind=Refund.Kind.VOID,
        amount_minor=win.amount_minor - refunded,
        reason_code=reason_code,
        note=note,
        effective_on=now.astimezone(UTC).date(),
        recorded_at=now,
        after_seq=book.seq + len(drafts),
        **by.signature(),
    )
    _reopen(win.lead, to=lead_goes_to, reason_code=reason_code, win=win, by=by, now=now)
    if drafts:
        store(book.sealed(drafts))
    return void


def _rows(win: Win, *, reference: str, refunded: int, cost_center: str | None, by: Actor, now: datetime) -> list[Draft]:
    """The rows of refunding what is left of instalment 1, the only one that is booked so far."""
    standing = standings([win.key]).get((win.key, 1), Standing())
    commission, base = standing.booked, win.amount_minor
    back = taken_back(commission=commission, base=base, refunded=base, voided=True) - taken_back(
        commission=commission, base=base, refunded=refunded
    )
    sale = sale_of(
        win,
        win.pricing,
        lead_reference=win.lead.reference,
        base_minor=base,
        commission_minor=commission,
        cost_center=cost_center,
        by=by,
        now=now,
    )
    balances = credit_of(win.key)
    return refund_rows(
        sale,
        reference=reference,
        refunded_minor=base - refunded,
        taken_back_minor=back,
        receivable_minor=standing.receivable,
        held_minor=standing.held,
        written_off_minor=standing.written_off,
        shares=shares_of(win),
        balances=balances,
        net_before=sum(balances.values()),
        on=now.astimezone(UTC).date(),
    )


def _reopen(lead: Lead, *, to: str, reason_code: str, win: Win, by: Actor, now: datetime) -> None:
    """Take the lead out of WON, with its event; compare-and-set on its state."""
    moved = Lead.objects.filter(pk=lead.pk, state=State.WON).update(state=to, state_since=now, version=F("version") + 1)
    if not moved:
        raise CancelRefused("The lead of this win changed meanwhile. Look at it again, then cancel.")
    event_of(
        lead,
        number=next_number(lead),
        kind=LeadEvent.Kind.MOVED,
        from_state=State.WON,
        to_state=to,
        reason_code=reason_code,
        detail={"win": win.key, "void": True},
        by=by,
        now=now,
    ).save(force_insert=True)
