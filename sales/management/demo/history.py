"""The sample organisation's last eighteen months, done in the order of time through the verbs.

The same day gives the same rows; only passwords and the ledger's own id, and with it the hashes, differ.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings

from carolverse.designs.read import designs_facts
from sales.access.models import Login
from sales.blocks.closing.forms import RegistryStale
from sales.blocks.closing.requests import keep_request
from sales.blocks.closing.work import book_win
from sales.blocks.commission.work import price_wins, release_due, unpriced
from sales.management.demo.agenda import Agenda
from sales.management.demo.bookings import Desk
from sales.management.demo.cast import CHANNEL, Cast
from sales.management.demo.feeds import Feeds
from sales.management.demo.files import load_customers, load_designs, load_phrases
from sales.management.demo.logins import seat
from sales.management.demo.perform import Stage
from sales.management.demo.plan import DemoPlan
from sales.management.demo.source import demo_url
from sales.management.demo.stories import all_stories
from sales.management.demo.story import Act, Sell, Story
from sales.management.demo.world import BOOKING_HOUR, world_of
from sales.registry.actors import actor_for
from sales.registry.freshness import max_age
from sales.registry.sync import sync_facts, sync_registry

JUST_STALE = timedelta(hours=1)
"""The booking that waits was asked for so long after the mirror had become too old. That is never after the day."""
Progress = Callable[[str], None]


class History:
    """The eighteen months: who and what there is, and what is still to be done."""

    def __init__(self, plan: DemoPlan, *, now: datetime, progress: Progress) -> None:
        self.plan, self.now, self.progress = plan, now, progress
        self.phrases = load_phrases()
        self.feeds = Feeds(self.plan, now=now, source=demo_url(now))
        self.designs = designs_facts(load_designs(), source=demo_url(now))
        self.starts = now - timedelta(days=self.plan.days + 2)
        self._sync(self.starts)
        self.world = world_of(self.feeds.on(self.starts), sales_service=settings.SALES_SERVICE, now=now)
        operator = Login.objects.get(username=self.plan.logins[0].username)
        self.cast = Cast(load_customers(), operator)
        self.stage = Stage(self.cast, self.world)
        self.agenda = Agenda(until=now)
        self.desk = Desk(self.stage, self.agenda, self.plan, self.phrases, self._sync)

    def tell(self) -> None:
        """Do everything in the order of time, then read the registry once more, as "Sync now" would."""
        seat(self.plan.logins, by=self.cast.operated(), now=self.starts + timedelta(hours=1))
        stories = all_stories(self.plan, self.phrases, self.world)
        for story in stories:
            for act in story.acts:
                self.agenda.put(act.at, self._deed(story, act))
        self._put_days()
        year = 0
        for at in self.agenda.run():
            if at.year != year:
                year = at.year
                self.progress(f"Telling what happened in {year} …")
        self._keep_waiting(stories)
        by = self.cast.operated()
        release_due(by=by, now=self.now)
        sync_registry(registry_url=demo_url(self.now), designs_url="", by=by, now=self.now)

    def _deed(self, story: Story, act: Act) -> Callable[[datetime], None]:
        if isinstance(act, Sell):
            return lambda _: self.desk.order(story, act)
        return lambda _: self.stage.perform(story, act)

    def _put_days(self) -> None:
        """Each day's bookings, and the two days on which the registry changed."""
        for days_ago in range(self.plan.days + 1, -1, -1):
            day = self.world.day(days_ago)
            self.agenda.put(datetime.combine(day, BOOKING_HOUR, tzinfo=UTC), self.desk.book)
        self.agenda.put(self.feeds.terms_known_at, self._sync)
        self.agenda.put(self.feeds.terms_known_at + timedelta(days=1), self._price)
        self.agenda.put(self.feeds.retired_at, self._retire)

    def _sync(self, at: datetime) -> None:
        by = actor_for(channel=CHANNEL)
        sync_facts(self.feeds.on(at), self.designs, source=demo_url(self.now), by=by, now=at)

    def _retire(self, at: datetime) -> None:
        self._sync(at)
        self.cast.reread()

    def _price(self, at: datetime) -> None:
        """Price what waited for the late terms; finance is the second person."""
        late = self.plan.late_terms
        wins = unpriced().filter(service=late.service, currency=late.currency)
        finance = next(told for told in self.plan.logins if told.role)
        approver = actor_for(finance.acts_for, channel=CHANNEL)
        price_wins(list(wins), by=self.cast.operated(), approver=approver, now=at)

    def _keep_waiting(self, stories: list[Story]) -> None:
        """One offer was accepted when the mirror was stale: its booking waits."""
        at = self.world.last_sale + max_age() + JUST_STALE
        story = next(story for story in stories if story.state == "PROPOSED" and self._can_wait(story, at))
        by = self.cast.actor(story.subject.agent)
        sale = Sell(at=at, amount_minor=story.subject.amount_minor, evidence=self.phrases.evidence[0])
        form = self.desk.form(story, sale, at)
        try:
            book_win(form, by=by, now=at)
        except RegistryStale as stale:
            keep_request(form, stale, by=by, now=at)

    def _can_wait(self, story: Story, at: datetime) -> bool:
        return story.subject.service != self.plan.retired.service and story.acts[-1].at < at
