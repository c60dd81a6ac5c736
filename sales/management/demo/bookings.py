"""Books what the stories sold, at one hour of the day, and what follows a booking: hand-off, cancellation, release.

Before each booking the registry is read anew, as its droid would do every night.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sales.blocks.closing.forms import WinForm
from sales.blocks.closing.reversal import cancel_win
from sales.blocks.closing.work import book_wins
from sales.blocks.commission.work import release_due
from sales.leads.models import State
from sales.ledger.rules import hold_end
from sales.management.demo.agenda import Agenda
from sales.management.demo.facts import Phrases
from sales.management.demo.perform import Stage
from sales.management.demo.plan import DemoPlan
from sales.management.demo.story import Sell, Story
from sales.wins.hand_off import acknowledge
from sales.wins.models import Win

TO_THE_PROVIDER = timedelta(hours=20)
RELEASE_HOUR = time(3, 0)
IN_HOLD = "withdrew-in-hold"


class Desk:
    """The desk where orders lie until the hour for bookings."""

    def __init__(
        self, stage: Stage, agenda: Agenda, plan: DemoPlan, phrases: Phrases, read_registry: Callable[[datetime], None]
    ) -> None:
        self.stage, self.agenda, self.plan = stage, agenda, plan
        self.words = {reason.code: reason.words for reason in phrases.cancelled_reasons}
        self.read_registry = read_registry
        self.rng = Random(f"{plan.seed} desk")
        self.orders: list[tuple[Story, Sell, str]] = []
        self.booked = 0
        self.releases: set[date] = set()

    def order(self, story: Story, sale: Sell, *, replaces: str = "") -> None:
        """Lay an order on the desk."""
        self.orders.append((story, sale, replaces))

    def book(self, at: datetime) -> None:
        """Book what lies on the desk, agent by agent, on a registry that was read just before."""
        if not self.orders:
            return
        self.read_registry(at - timedelta(minutes=5))
        orders, self.orders = self.orders, []
        for agent in sorted({story.subject.agent for story, _, _ in orders}):
            mine = [order for order in orders if order[0].subject.agent == agent]
            forms = [self.form(story, sale, at, replaces=replaces) for story, sale, replaces in mine]
            outcomes = book_wins(forms, by=self.stage.cast.actor(agent), now=at)
            for (story, sale, _), outcome in zip(mine, outcomes, strict=True):
                if outcome.refusal:
                    raise outcome.refusal
                if outcome.win:
                    self._follow(story, sale, outcome.win, at)

    def form(self, story: Story, sale: Sell, at: datetime, *, replaces: str = "") -> WinForm:
        """The booking of an order, sold on that day, with the evidence that the customer gave."""
        subject = story.subject
        customer = self.stage.cast.customers[subject.customer].name
        return WinForm(
            lead=subject.reference,
            service=subject.service,
            amount_minor=sale.amount_minor,
            currency=subject.currency,
            sold_date=at.date(),
            evidence_reference=sale.evidence.format(person=subject.person, customer=customer),
            shares=dict(sale.shares),
            cadence=subject.cadence,
            term_months=subject.term_months,
            replaces=replaces,
        )

    def _follow(self, story: Story, sale: Sell, win: Win, at: datetime) -> None:
        self.booked += 1
        self.stage.refresh(story.subject.reference)
        cancelled, hold = self.plan.cancelled, _hold_days(win)
        if hold:
            self._release_on(hold_end(at.date(), hold))
        if self.booked % cancelled.in_hold_each == 0 and hold > cancelled.in_hold_days:
            after = at + timedelta(days=cancelled.in_hold_days)
            self.agenda.put(after, lambda now: self._withdraw(story, sale, win, now))
        elif self.booked % cancelled.after_release_each == 0:
            after = at + timedelta(days=cancelled.after_release_days)
            reason = self.rng.choice(sorted(self.words.keys() - {IN_HOLD}))
            self.agenda.put(after, lambda now: self._cancel(win, reason, State.LOST, now))
        if self.rng.randrange(100) < self.plan.chances["acknowledged"]:
            after = at + TO_THE_PROVIDER + timedelta(days=self.rng.randrange(3), minutes=self.rng.randrange(200))
            self.agenda.put(after, lambda now: self._acknowledge(win, now))

    def _release_on(self, day: date) -> None:
        """Release what is due on a day in its early hours, once; what has no hold was released at its booking."""
        at = datetime.combine(day, RELEASE_HOUR, tzinfo=UTC)
        if day not in self.releases:
            self.releases.add(day)
            self.agenda.put(at, self._release)

    def _release(self, now: datetime) -> None:
        release_due(by=self.stage.cast.operated(), now=now)

    def _acknowledge(self, win: Win, now: datetime) -> None:
        acknowledge(win.hand_off, by=self.stage.cast.actor(win.owner_id), now=now)

    def _cancel(self, win: Win, reason: str, to: str, now: datetime) -> None:
        by = self.stage.cast.operated()
        fresh = Win.objects.select_related("lead", "pricing__terms").get(pk=win.pk)
        cancel_win(fresh, by=by, now=now, reason_code=reason, lead_goes_to=to, text=self.words[reason])
        self.stage.refresh(win.lead.reference)

    def _withdraw(self, story: Story, sale: Sell, win: Win, now: datetime) -> None:
        """The customer withdraws in the hold; where there is time for it, the customer orders again."""
        again = now + timedelta(days=self.plan.cancelled.sold_again_days) - timedelta(hours=2)
        comes_back = again <= self.stage.world.last_sale
        self._cancel(win, IN_HOLD, State.PROPOSED if comes_back else State.LOST, now)
        if comes_back:
            self.agenda.put(again, lambda _: self.order(story, sale, replaces=win.key))


def _hold_days(win: Win) -> int:
    """Days of hold by the terms that the win is tied to; an unpriced one is in none."""
    return Win.objects.filter(pk=win.pk).values_list("pricing__terms__hold_days", flat=True).get() or 0
