"""What stands in the database before a rule is broken: the cast of the makers, and one row of most tables.

Only keys are kept, never instances, because each test rolls back what it did.
"""

from dataclasses import dataclass
from datetime import date

from sales.access.models import Seat
from sales.customers.verbs import add_person
from sales.intake.models import Import, ImportRow
from sales.leads.models import Lead
from sales.leads.verbs import make_offer
from sales.ledger.models import CommissionEntry
from sales.registry.models import Agent, Design
from tests.makers import ARWEN, AURORA, DAY, NOW, make_customer, make_lead, make_terms, make_win, organisation

EARLIER = date(2026, 2, 2)


@dataclass(frozen=True, slots=True)
class World:
    """Keys: an open lead, a lead that is won and its priced win, a win that waits for terms, and what they need."""

    open_lead: int
    other_lead: int
    won_lead: int
    win: int
    win_key: str
    unpriced_win: int
    customer: int
    person: int
    batch: int
    terms: int
    terms_digest: str
    late_terms: int
    late_digest: str

    @property
    def head(self) -> int:
        """The number of the ledger's last row."""
        return CommissionEntry.objects.count()


def stand_up() -> World:
    """Write the world. The terms of ``migration`` come after its win, so that it still has to be priced."""
    org = organisation()
    Agent.objects.create(key="ida", name="Ida", is_agent=False, status="active")
    customer = make_customer()
    person = add_person(customer, name="Jana Vogt", by=ARWEN, now=NOW)
    open_lead, other_lead = make_lead(org, customer=customer), make_lead(org, customer=customer)
    make_offer(open_lead, amount_minor=100, currency="EUR", by=ARWEN, now=NOW)
    win = make_win(org, lead_customer=customer).win
    unpriced = make_win(org, lead_customer=customer, lead_service=org.migration).win
    assert win is not None and unpriced is not None
    late = make_terms(org.migration)
    batch = Import.objects.create(file_name="a.csv", source="a", started_at=NOW, **AURORA.signature())
    ImportRow.objects.create(batch=batch, line=1, outcome="created")
    Design.objects.create(service=org.blueprint, design_type="offer", status="approved")
    Seat.objects.create(agent_key="aurora", agent_name="Aurora", role="sales_owner", since=NOW, **AURORA.signature())
    return World(
        open_lead=open_lead.pk,
        other_lead=other_lead.pk,
        won_lead=win.lead_id,
        win=win.pk,
        win_key=win.key,
        unpriced_win=unpriced.pk,
        customer=customer.pk,
        person=person.pk,
        batch=batch.pk,
        terms=org.terms.pk,
        terms_digest=org.terms.digest,
        late_terms=late.pk,
        late_digest=late.digest,
    )


def reference_of(lead: int) -> str:
    return Lead.objects.get(pk=lead).reference


__all__ = ["DAY", "EARLIER", "NOW", "World", "reference_of", "stand_up"]
