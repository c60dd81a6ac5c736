"""Performs a story's acts through the verbs of the leads room, so that no lead is where a verb couldn't bring it.

Sales are booked elsewhere, in a batch at the hour for bookings.
"""

from datetime import timedelta

from sales.leads.forms import LeadForm
from sales.leads.models import Lead
from sales.leads.verbs import assign, change, create_lead, log_interaction, make_offer, move
from sales.management.demo.cast import Cast
from sales.management.demo.story import Act, Arrive, Assign, Intend, Move, Propose, Say, Story, Subject
from sales.management.demo.world import World


class Stage:
    """The leads on the stage, by reference, and how often something was said about each."""

    def __init__(self, cast: Cast, world: World) -> None:
        self.cast, self.world = cast, world
        self.leads: dict[str, Lead] = {}
        self._said: dict[str, int] = {}

    def perform(self, story: Story, act: Act) -> None:
        """Do one act of a story."""
        match act:
            case Arrive():
                self.leads[story.subject.reference] = self._arrive(story.subject, act)
            case Assign():
                self._assign(story.subject, act)
            case Say():
                self._say(story.subject, act)
            case Move():
                self._move(story, act)
            case Intend():
                self._intend(story, act)
            case Propose():
                self._propose(story, act)

    def refresh(self, reference: str) -> Lead:
        """The lead as a booking or a cancellation left it."""
        lead = self.leads[reference]
        lead.refresh_from_db()
        return lead

    def _lead(self, story: Story) -> Lead:
        return self.leads[story.subject.reference]

    def _keep(self, lead: Lead) -> None:
        self.leads[lead.reference] = lead

    def _move(self, story: Story, act: Move) -> None:
        by = self.cast.actor(story.subject.agent)
        self._keep(move(self._lead(story), to=act.to, reason_code=act.reason_code, text=act.text, by=by, now=act.at))

    def _intend(self, story: Story, act: Intend) -> None:
        step = {"next_step": act.next_step, "next_step_at": act.next_step_at}
        self._keep(change(self._lead(story), by=self.cast.actor(story.subject.agent), now=act.at, **step))

    def _arrive(self, subject: Subject, act: Arrive) -> Lead:
        cast = self.cast
        by = cast.actor(subject.agent) if act.assigned else cast.operated()
        form = LeadForm(
            reference=subject.reference,
            service=cast.services[subject.service],
            title=subject.title,
            customer=cast.customer(subject.customer, by=by, now=act.at),
            region=cast.regions[subject.region] if subject.customer else None,
            agent=cast.agents[subject.agent] if act.assigned else None,
            amount_minor=subject.amount_minor,
            currency=subject.currency,
            cadence=subject.cadence,
            term_months=subject.term_months,
            expected_close_date=(act.at + timedelta(days=subject.days_to_close)).date(),
            source=subject.source,
            campaign=subject.campaign,
            first_touch=subject.first_touch,
        )
        return create_lead(form, by=by, now=act.at)

    def _assign(self, subject: Subject, act: Assign) -> None:
        """The head of the region gives it to one of the region's agents."""
        head = self.cast.actor(self.world.places[subject.region].head)
        agent, region = self.cast.agents[subject.agent], self.cast.regions[subject.region]
        lead = self.leads[subject.reference]
        self._keep(assign(lead, agent=agent, region=region, by=head, now=act.at, reason_code="region"))

    def _say(self, subject: Subject, act: Say) -> None:
        self._said[subject.reference] = number = self._said.get(subject.reference, 0) + 1
        lead = self.leads[subject.reference]
        agent = lead.agent_id or self.world.places[subject.region].head
        log_interaction(
            lead,
            agent=self.cast.agents[agent],
            person=self.cast.people.get(subject.person),
            reference=f"{subject.reference}/{number}",
            channel=act.channel,
            direction=act.direction,
            at=act.at,
            text=act.text,
            by=self.cast.actor(agent),
        )

    def _propose(self, story: Story, act: Propose) -> None:
        subject = story.subject
        make_offer(
            self._lead(story),
            amount_minor=act.amount_minor,
            currency=subject.currency,
            cadence=subject.cadence,
            term_months=subject.term_months,
            valid_until=(act.at + timedelta(days=act.valid_days)).date(),
            subject=act.subject,
            by=self.cast.actor(subject.agent),
            now=act.at,
        )
