"""Who is in the demo's database: agents, regions, services, customers and people, found by their keys.

Customers are created with the first lead that names them.
"""

from datetime import datetime

from sales.access.actor import Actor
from sales.access.models import Login
from sales.customers.models import Customer, Person
from sales.customers.verbs import add_contact_point, add_person, create_customer
from sales.management.demo.facts import DemoCustomer
from sales.registry.actors import actor_for
from sales.registry.models import Agent, Region, Service

CHANNEL = "demo"


class Cast:
    """What acts are done by and to; rows are read again when the registry has been."""

    def __init__(self, customers: tuple[DemoCustomer, ...], operator: Login) -> None:
        self._described = {customer.key: customer for customer in customers}
        self._operator = operator
        self.customers: dict[str, Customer] = {}
        self.people: dict[str, Person] = {}
        self.reread()

    def reread(self) -> None:
        """Read agents, regions and services as the mirror has them now."""
        self.agents: dict[str, Agent] = Agent.objects.in_bulk()
        self.regions: dict[str, Region] = Region.objects.in_bulk()
        self.services: dict[str, Service] = Service.objects.in_bulk()

    def actor(self, agent: str) -> Actor:
        """An agent that acts by itself."""
        return Actor(agent=agent, agent_name=self.agents[agent].name, channel=CHANNEL)

    def operated(self) -> Actor:
        """The agent for whom the operator acts."""
        return actor_for(self._operator.acts_for, channel=CHANNEL, login=self._operator)

    def customer(self, key: str, *, by: Actor, now: datetime) -> Customer | None:
        """The customer of a key, with its people; none where it isn't known who asks."""
        if not key:
            return None
        if key not in self.customers:
            self.customers[key] = self._create(self._described[key], by=by, now=now)
        return self.customers[key]

    def _create(self, told: DemoCustomer, *, by: Actor, now: datetime) -> Customer:
        customer = create_customer(
            name=told.name,
            reference=f"customer:{told.key}",
            country=told.country,
            city=told.city,
            region=self.regions[told.region],
            by=by,
            now=now,
        )
        for human in told.people:
            person = add_person(
                customer,
                name=human.name,
                role=human.role,
                language=human.language,
                decides=human.decides,
                by=by,
                now=now,
            )
            add_contact_point(person, kind="email", value=human.email, by=by, now=now)
            if human.phone:
                add_contact_point(person, kind="phone", value=human.phone, by=by, now=now)
            self.people[human.name] = person
        return customer
