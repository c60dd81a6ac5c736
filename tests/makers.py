"""Makers: each reaches its state through the verbs, so that no test starts from an impossible row.

``organisation()`` writes a small mirror by hand, as a sync would: Aurora owns Sales, Arwen sells in the EU, Atlas in
the USA, Leo owns Blueprint. Tests of access use the same cast: Arwen may, Atlas must see nothing of hers.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings

from sales.access.actor import Actor
from sales.blocks.closing.forms import WinForm
from sales.blocks.closing.work import Outcome, book_win
from sales.customers.models import Customer
from sales.customers.verbs import create_customer
from sales.leads.forms import LeadForm
from sales.leads.models import Lead
from sales.leads.verbs import create_lead, move
from sales.registry.models import Agent, Region, RegistrySync, Service, ServiceOwner, Terms
from sales.registry.terms import DIGESTED, terms_digest

NOW = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
DAY = date(2026, 3, 2)
AURORA = Actor(agent="aurora", agent_name="Aurora", operator="ida", operator_name="Ida Moreau", channel="test")
ARWEN = Actor(agent="arwen", agent_name="Arwen", channel="test")
MIDAS = Actor(agent="midas", agent_name="Midas", operator="finn", operator_name="Finn Otto", channel="test")


def read_registry_at(when: datetime, *, outcome: str = "applied") -> RegistrySync:
    """A sync row, as if the registry had been read then."""
    return RegistrySync.objects.create(
        at=when,
        source="test:",
        outcome=outcome,
        reason="" if outcome != "refused" else "test",
        digest="ab" * 32,
        **AURORA.signature(),
    )


def make_agent(key: str, *, region: Region | None = None, is_agent: bool = True) -> Agent:
    return Agent.objects.create(key=key, name=key.title(), region=region, is_agent=is_agent, status="active")


def make_service(key: str, owner: Agent | None, *, sellable: bool = True, **values: Any) -> Service:
    """A service with its first ServiceOwner row."""
    service = Service.objects.create(key=key, name=key.title(), sellable=False, **values)
    if owner:
        set_owner(service, owner)
    service.sellable = sellable
    service.save()
    return service


def set_owner(service: Service, owner: Agent) -> None:
    """Another owner: a new version, as a sync writes it."""
    revision = service.owners.count() + 1
    ServiceOwner.objects.create(service=service, agent=owner, agent_name=owner.name, revision=revision, since=NOW)
    service.owner, service.owner_revision = owner, revision
    service.save()


def make_terms(service: Service, *, currency: str = "EUR", starts: date = date(2026, 1, 1), **values: Any) -> Terms:
    """A version of terms with its digest; 10 %, half up, hold of 14 days unless said otherwise."""
    fields: dict[str, Any] = {
        "rate_bp": None if "bands" in values else 1000,
        "bands": [],
        "hold_days": 14,
    } | values
    version = Terms(service=service, currency=currency, starts=starts, recorded_at=NOW, sample=True, **fields)
    named = {name: getattr(version, name) for name in DIGESTED if name != "service"}
    version.digest = terms_digest(named | {"service": service.key, "kind": str(version.kind)})
    version.save(force_insert=True)
    return version


@dataclass
class Organisation:
    """The cast."""

    eu: Region
    usa: Region
    aurora: Agent
    arwen: Agent
    atlas: Agent
    kiran: Agent
    leo: Agent
    midas: Agent
    sales: Service
    blueprint: Service
    whatsapp: Service
    migration: Service
    terms: Terms


def organisation() -> Organisation:
    """The registry's mirror, freshly read: Blueprint at 10 % in EUR with a hold of 14 days."""
    eu = Region.objects.create(key="EU", name="European Union", currency="EUR", timezone="Europe/Berlin")
    usa = Region.objects.create(key="USA", name="United States", currency="USD", timezone="America/New_York")
    aurora, leo, midas, noah = (make_agent(key) for key in ("aurora", "leo", "midas", "noah"))
    arwen, atlas, kiran = (make_agent(key, region=r) for key, r in (("arwen", eu), ("atlas", usa), ("kiran", usa)))
    sales = make_service(settings.SALES_SERVICE, aurora, sellable=False)
    blueprint = make_service("blueprint", leo)
    whatsapp, migration = make_service("whatsapp", leo), make_service("migration", noah)
    read_registry_at(NOW - timedelta(hours=1))
    return Organisation(
        eu,
        usa,
        aurora,
        arwen,
        atlas,
        kiran,
        leo,
        midas,
        sales,
        blueprint,
        whatsapp,
        migration,
        make_terms(blueprint),
    )


def make_customer(name: str = "Nordwind Werkzeugbau", **values: Any) -> Customer:
    return create_customer(name=name, by=ARWEN, now=NOW, **values)


def make_lead(org: Organisation, **values: Any) -> Lead:
    """An open lead of Arwen's for Blueprint, with a customer, in PROPOSED."""
    form: dict[str, Any] = {
        "service": org.blueprint,
        "region": org.eu,
        "agent": org.arwen,
        "amount_minor": 123_465,
        "currency": "EUR",
        "source": "web",
    } | values
    if "customer" not in form:
        form["customer"] = make_customer()
    lead = create_lead(LeadForm(**form), by=ARWEN, now=NOW)
    return move(lead, to="PROPOSED", by=ARWEN, now=NOW) if form["customer"] and form["agent"] else lead


def win_form(lead: Lead, **values: Any) -> WinForm:
    """A booking of the lead as it stands, sold today, with an order's number as evidence."""
    form: dict[str, Any] = {
        "lead": lead.reference,
        "amount_minor": lead.amount_minor,
        "currency": lead.currency,
        "sold_date": DAY,
        "evidence_reference": "order 4711",
    }
    return WinForm(**form | values)


def make_win(org: Organisation, *, now: datetime = NOW, by: Actor = ARWEN, **values: Any) -> Outcome:
    """A booked win; ``lead_*`` values go to the lead, the rest to the form."""
    of_lead = {name.removeprefix("lead_"): values.pop(name) for name in list(values) if name.startswith("lead_")}
    for name in ("amount_minor", "currency"):
        if name in values:
            of_lead.setdefault(name, values[name])
    return book_win(win_form(make_lead(org, **of_lead), **values), by=by, now=now)
