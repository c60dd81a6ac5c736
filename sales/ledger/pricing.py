"""Pricing: what ties a win to the terms in force, and the rows that book it. For bookings and for later pricing.

Reads only the volume of a scope wider than the win, and only under the write lock; stores nothing.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Case, F, Sum, When

from sales.access.actor import Actor
from sales.ledger.drafts import Draft, Sale, book_rows, release_rows
from sales.ledger.models import CommissionEntry
from sales.ledger.rules import TermsNotReadable, TermsRule, hold_end, instalment_commission
from sales.money import MAX_MINOR, AmountOutOfRange, unit_of
from sales.registry.models import Terms
from sales.wins.facts import bases_of, facts_digest
from sales.wins.models import Win, WinPricing


class CommissionUnknown(ValueError):
    """The terms give no commission that can be booked: they can't be read, or a figure is beyond the largest."""


MONTHS = {Terms.Scope.MONTH: 1, Terms.Scope.QUARTER: 3, Terms.Scope.YEAR: 12}


def rule_of(terms: Terms) -> TermsRule:
    """A stored version as the pure rules take it."""
    return TermsRule(
        rate_bp=terms.rate_bp,
        bands=tuple((band["up_to_minor"], band["rate_bp"]) for band in terms.bands),
        fixed_minor=terms.fixed_minor,
        floor_minor=terms.floor_minor,
        cap_minor=terms.cap_minor,
        rounding=terms.rounding,
        scope=terms.scope,
        base=terms.base,
        instalments=terms.instalments,
        hold_days=terms.hold_days,
    )


def scope_days(scope: str, on: date) -> tuple[date, date]:
    """First and last day of the month, quarter or year that a sale date lies in."""
    months = MONTHS[Terms.Scope(scope)]
    first = (on.month - 1) // months * months + 1
    last = first + months - 1
    return date(on.year, first, 1), date(on.year, last, monthrange(on.year, last)[1])


@dataclass(slots=True)
class Volume:
    """B and U of one scope: sold net of refunds, and earned net of what was taken back, in minor units."""

    before_minor: int = 0
    used_minor: int = 0

    def add(self, base_minor: int, commission_minor: int) -> None:
        self.before_minor += base_minor
        self.used_minor += commission_minor


ScopeKey = tuple[str, str, date, date]


def read_volume(key: ScopeKey) -> Volume:
    """B and U of a scope as the ledger stands; read it under the write lock."""
    service, unit, first, last = key
    of_scope = CommissionEntry.objects.filter(
        service=service, unit=unit, win__sold_date__gte=first, win__sold_date__lte=last
    )
    signed = Sum(Case(When(kind__in=["sold", "book"], then=F("amount")), default=-F("amount")))
    sums = dict(
        of_scope.filter(kind__in=["sold", "unsold", "book", "void", "clawback"])
        .values_list("book")
        .annotate(net=signed)
        .values_list("book", "net")
    )
    return Volume(before_minor=sums.get("memo", 0), used_minor=sums.get("money", 0))


class Volumes:
    """The volumes that one batch needs: each read once, then kept up with the batch's own bookings.

    A booking counts in every scope that its sale date lies in, whatever the scope of its own terms.
    """

    def __init__(self) -> None:
        self._read: dict[ScopeKey, Volume] = {}
        self._booked: list[tuple[str, str, date, int, int]] = []

    def of(self, win: Win, terms: Terms) -> Volume:
        if terms.scope == Terms.Scope.WIN:
            return Volume()
        key = (win.service_id, unit_of(win.currency), *scope_days(terms.scope, win.sold_date))
        if key not in self._read:
            volume = self._read[key] = read_volume(key)
            for service, unit, sold, base_minor, commission_minor in self._booked:
                if (service, unit) == key[:2] and key[2] <= sold <= key[3]:
                    volume.add(base_minor, commission_minor)
        return self._read[key]

    def add(self, win: Win, *, base_minor: int, commission_minor: int) -> None:
        """Count a booking of the batch, which the ledger doesn't have yet."""
        service, unit, sold = win.service_id, unit_of(win.currency), win.sold_date
        self._booked.append((service, unit, sold, base_minor, commission_minor))
        for scope in MONTHS:
            volume = self._read.get((service, unit, *scope_days(scope, sold)))
            if volume:
                volume.add(base_minor, commission_minor)


def sale_of(
    win: Win,
    pricing: WinPricing,
    *,
    lead_reference: str,
    base_minor: int,
    commission_minor: int,
    cost_center: str | None,
    by: Actor,
    now: datetime,
    approver: Actor | None = None,
) -> Sale:
    """What the rows of any event of a win's first instalment have in common."""
    return Sale(
        win=win.key,
        instalment=1,
        lead=lead_reference,
        service=win.service_id,
        owner=win.owner_id,
        terms=pricing.terms_digest,
        facts=pricing.facts_digest,
        unit=unit_of(win.currency),
        agent=win.agent_id,
        base_minor=base_minor,
        commission_minor=commission_minor,
        actor=by.label,
        approver=approver.label if approver else None,
        recorded_at=now,
        cost_center=cost_center,
    )


@dataclass(frozen=True, slots=True)
class Priced:
    """An unsaved pricing and the drafts of its rows."""

    pricing: WinPricing
    drafts: list[Draft]

    @property
    def booking_rows(self) -> int:
        """How many drafts are the booking's: a release at once is an event of its own, after the facts'."""
        return sum(draft.event_key == self.drafts[0].event_key for draft in self.drafts)


def price(
    win: Win,
    *,
    terms: Terms,
    shares: Mapping[str, int],
    volumes: Volumes,
    cost_center: str | None,
    by: Actor,
    now: datetime,
    approver: Actor | None = None,
    customer_reference: str,
    lead_reference: str,
) -> Priced:
    """Price a win by terms in force: instalment 1 is booked, and released at once when its hold is over.

    ``effective_on`` is the earlier of the sale date and the UTC date; B and U are pinned (LEDGER.md).

    Raises:
        CommissionUnknown: the terms can't be read, or they lead beyond the largest amount.
    """
    volume = volumes.of(win, terms)
    before, used = volume.before_minor, volume.used_minor
    bases = bases_of(win, instalments=terms.instalments)
    commission = _commission(bases, terms, before_minor=before, used_minor=used)
    volumes.add(win, base_minor=bases[0], commission_minor=commission)
    facts = facts_digest(
        service=win.service_id,
        customer=customer_reference,
        agent=win.agent_id,
        bases=bases,
        currency=win.currency,
        sold_date=win.sold_date,
        before_minor=before,
        used_minor=used,
        shares=shares,
    )
    pricing = WinPricing(
        win=win,
        service_id=win.service_id,
        currency=win.currency,
        sold_date=win.sold_date,
        terms=terms,
        terms_digest=terms.digest,
        before_minor=before,
        used_minor=used,
        facts_digest=facts,
        approver=approver.label if approver else "",
        priced_at=now,
        after_seq=0,
        **by.signature(),
    )
    sale = sale_of(
        win,
        pricing,
        lead_reference=lead_reference,
        base_minor=bases[0],
        commission_minor=commission,
        cost_center=cost_center,
        by=by,
        now=now,
        approver=approver,
    )
    today = now.astimezone(UTC).date()
    on = min(win.sold_date, today)
    drafts = book_rows(sale, shares=shares, balances={}, net_before=0, on=on)
    due = hold_end(on, terms.hold_days)
    if due <= today:
        drafts += release_rows(sale, held_minor=commission, on=due)
    return Priced(pricing, drafts)


def _commission(bases: list[int], terms: Terms, *, before_minor: int, used_minor: int) -> int:
    """What instalment 1 earns."""
    try:
        return instalment_commission(
            instalment=1, bases=bases, terms=rule_of(terms), before_minor=before_minor, used_minor=used_minor
        )
    except TermsNotReadable as unreadable:
        raise CommissionUnknown(str(unreadable)) from unreadable
    except AmountOutOfRange as beyond:
        raise CommissionUnknown(
            f"With {before_minor} minor units sold before in the terms' {terms.scope}, amount or commission exceed the"
            f" largest amount, {MAX_MINOR}. Check the amount, then the terms."
        ) from beyond
