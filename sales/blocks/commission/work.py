"""The verbs of commission that follow a booking: pricing what waited for terms, and releasing what was held."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from sales.access.actor import Actor
from sales.access.second_person import check_second_person
from sales.ledger.balances import standings
from sales.ledger.drafts import Sale, release_rows
from sales.ledger.models import CommissionEntry
from sales.ledger.posting import open_book, store
from sales.ledger.pricing import Volumes, price
from sales.ledger.rules import hold_end
from sales.money import unit_of
from sales.refusal import Refusal
from sales.registry.models import Terms
from sales.registry.terms import in_force
from sales.wins.models import Refund, Win, WinPricing
from sales.wins.shares import shares_of


class PricingRefused(Refusal):
    """The win can't be priced; nothing was written."""

    code = "pricing_refused"


def unpriced() -> QuerySet[Win]:
    """Wins that wait for commission terms: not priced, not cancelled."""
    void = Refund.objects.filter(win=OuterRef("key"), kind=Refund.Kind.VOID)
    return Win.objects.filter(pricing=None).exclude(Exists(void))


@transaction.atomic
def price_wins(wins: Sequence[Win], *, by: Actor, approver: Actor, now: datetime) -> int:
    """Price unpriced wins by the terms now known for their sale dates, with a second person's approval.

    Booked as of the sale date, in its period if open; released at once when the hold is over (example 9).

    Raises:
        PricingRefused: a win is priced or cancelled already, or no terms cover its sale date.
        NeedsSecondPerson: the approver acts, is credited on a win, or owns its service.
    """
    book = open_book(now=now)
    volumes, pricings, drafts = Volumes(), [], []
    still = set(unpriced().filter(pk__in=[win.pk for win in wins]).values_list("pk", flat=True))
    for win in sorted(wins, key=lambda win: (win.sold_date, win.pk)):
        if win.pk not in still:
            raise PricingRefused(f"The win {win.key} is priced or cancelled already. Look at it again.")
        shares = shares_of(win)
        check_second_person(by=by, approver=approver, credited=shares, owner=win.owner_id)
        versions = Terms.objects.filter(service=win.service_id, currency=win.currency)
        if (terms := in_force(versions, win.sold_date)) is None:
            raise PricingRefused(
                f"No terms of {win.service_id} in {win.currency} cover {win.sold_date}. Ask {win.owner_name} for terms,"
                " then sync the registry."
            )
        priced = price(
            win,
            terms=terms,
            shares=shares,
            volumes=volumes,
            cost_center=book.cost_center,
            by=by,
            approver=approver,
            now=now,
            customer_reference=win.customer.reference,
            lead_reference=win.lead.reference,
        )
        priced.pricing.after_seq = book.seq + len(drafts) + priced.booking_rows
        drafts += priced.drafts
        pricings.append(priced.pricing)
    WinPricing.objects.bulk_create(pricings)
    store(book.sealed(drafts))
    return len(pricings)


def hold_ended_on(win: Win) -> date:
    """The day from which a priced win's commission may be released, from its booking and its pinned terms."""
    booked = win.entries.filter(kind="sold", instalment=1).values_list("effective_on", flat=True).first()
    return hold_end(booked or win.sold_date, win.pricing.terms.hold_days)


@transaction.atomic
def release_due(*, by: Actor, now: datetime) -> int:
    """Release what is held past its hold, instalment by instalment; returns how many were released.

    Running it twice changes nothing: a released instalment holds nothing any more.
    """
    book = open_book(now=now)
    today = now.astimezone(UTC).date()
    done = CommissionEntry.objects.filter(win=OuterRef("win"), instalment=OuterRef("instalment"), kind="release")
    booked = (
        CommissionEntry.objects.filter(kind="book", effective_on__lte=today)
        .exclude(Exists(done))
        .select_related("win__pricing__terms")
        .order_by("seq")
    )
    due = {}
    for row in booked:
        ends = hold_end(row.effective_on, row.win.pricing.terms.hold_days)
        if ends <= today:
            due[(row.win_id, row.instalment)] = (row, ends)
    standing = standings([key for key, _ in due]) if due else {}
    drafts = []
    for place, (row, ends) in sorted(due.items(), key=lambda item: (item[1][1], item[1][0].seq)):
        held = standing[place].held
        drafts += release_rows(_sale(row, by=by, now=now), held_minor=held, on=ends) if held else []
    store(book.sealed(drafts))
    return len(drafts)


def _sale(row: CommissionEntry, *, by: Actor, now: datetime) -> Sale:
    """The sale of a booked row, for the rows of a later event."""
    return Sale(
        win=row.win_id,
        instalment=row.instalment,
        lead=row.lead_id,
        service=row.service_id,
        owner=row.owner_id,
        terms=row.terms_id,
        facts=row.facts,
        unit=unit_of(row.win.currency),
        agent=row.agent_id,
        base_minor=row.win.amount_minor,
        commission_minor=row.amount,
        actor=by.label,
        recorded_at=now,
        cost_center=row.cost_center,
    )
