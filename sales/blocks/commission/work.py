"""The verbs of commission that follow a booking: pricing what waited for terms, and releasing what was held."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from sales.access.actor import Actor
from sales.access.second_person import check_second_person
from sales.ledger.balances import standings
from sales.ledger.drafts import Draft, release_rows
from sales.ledger.models import CommissionEntry
from sales.ledger.posting import open_book, store
from sales.ledger.pricing import CommissionUnknown, Volumes, price, sale_of
from sales.ledger.rules import hold_end
from sales.refusal import Refusal
from sales.registry.models import Terms
from sales.registry.terms import that_price
from sales.wins.models import Win, WinPricing
from sales.wins.shares import shares_of


class PricingRefused(Refusal):
    """The win can't be priced; nothing was written."""

    code = "pricing_refused"


def unpriced() -> QuerySet[Win]:
    """Wins that wait for commission terms: not priced, not cancelled."""
    return Win.objects.live().filter(pricing=None)


@transaction.atomic
def price_wins(wins: Sequence[Win], *, by: Actor, approver: Actor, now: datetime) -> int:
    """Price unpriced wins by the terms now known for their sale dates, with a second person's approval.

    Booked as of the sale date, in its period if open; released at once when the hold is over (example 9).

    Raises:
        PricingRefused: a win is priced or cancelled already, or no terms cover its sale date.
        NeedsSecondPerson: the approver acts, is credited on a win, or owns its service.
    """
    book = open_book(now=now)
    volumes, pricings, drafts = Volumes(), list[WinPricing](), list[Draft]()
    still = set(unpriced().filter(pk__in=[win.pk for win in wins]).values_list("pk", flat=True))
    for win in sorted({win.pk: win for win in wins}.values(), key=lambda win: (win.sold_date, win.pk)):
        if win.pk not in still:
            raise PricingRefused(f"The win {win.key} is priced or cancelled already. Look at it again.")
        shares = shares_of(win)
        check_second_person(by=by, approver=approver, credited=shares, owner=win.owner_id)
        versions = Terms.objects.filter(service=win.service_id, currency=win.currency)
        if (terms := that_price(versions, win.sold_date)) is None:
            raise PricingRefused(
                f"No terms of {win.service_id} in {win.currency} cover {win.sold_date}. Ask {win.owner_name} for terms,"
                " then sync the registry."
            )
        try:
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
        except CommissionUnknown as unknown:
            raise PricingRefused(f"The win {win.key} can't be priced. {unknown}") from unknown
        priced.pricing.after_seq = book.seq + len(drafts) + priced.booking_rows
        drafts += priced.drafts
        pricings.append(priced.pricing)
    WinPricing.objects.bulk_create(pricings)
    store(book.sealed(drafts))
    return len(pricings)


@transaction.atomic
def release_due(*, by: Actor, now: datetime) -> int:
    """Release what is held past its hold; returns how many instalments were released.

    Running it twice changes nothing: a released instalment holds nothing any more.
    """
    book = open_book(now=now)
    due = sorted(_held_past(now.astimezone(UTC).date()), key=lambda hold: (hold.ends, hold.win.pk))
    standing = standings([hold.win.key for hold in due]) if due else {}
    drafts: list[Draft] = []
    for hold in due:
        stands = standing[(hold.win.key, 1)]
        sale = sale_of(
            hold.win,
            hold.win.pricing,
            lead_reference=hold.win.lead.reference,
            base_minor=hold.win.amount_minor,
            commission_minor=stands.booked,
            cost_center=book.cost_center,
            by=by,
            now=now,
        )
        drafts += release_rows(sale, held_minor=stands.held, on=hold.ends)
    store(book.sealed(drafts))
    return len(drafts)


class Hold(NamedTuple):
    """A booked win that wasn't released, and the day from which it may be."""

    win: Win
    ends: date


def _held_past(today: date) -> Iterator[Hold]:
    """Wins with a booking, no release, and a hold that is over."""
    rows = CommissionEntry.objects.filter(win=OuterRef("key"), instalment=1)
    booked = rows.filter(kind="book").values("effective_on")[:1]
    wins = Win.objects.live().annotate(booked_on=Subquery(booked)).filter(booked_on__lte=today)
    held = wins.exclude(Exists(rows.filter(kind="release"))).select_related("lead", "pricing__terms")
    for win, booked_on in ((win, getattr(win, "booked_on")) for win in held):  # noqa: B009 - an annotation.
        ends = hold_end(booked_on, win.pricing.terms.hold_days)
        if ends <= today:
            yield Hold(win, ends)
