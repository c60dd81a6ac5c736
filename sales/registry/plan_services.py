"""Which services of the feed are accepted, who owns them, and what their terms come to. Pure.

A service whose row, owner or terms are wrong stays as it was, its terms too, and can't be sold. A service that isn't
for sale may lack an owner (DESIGN section 5). A change of owner adds a version and leaves terms alone (LEDGER.md).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime

from carolverse.registry.facts import RegistryFacts, ServiceFacts
from sales.registry import columns
from sales.registry.columns import Row
from sales.registry.existing import Existing
from sales.registry.models import Service, ServiceOwner, Terms
from sales.registry.plan_people import Members, currency_fault, faults_of
from sales.registry.plan_table import TablePlan, Wanted, plan_table
from sales.registry.plan_terms import TermsPlan, plan_terms, terms_fault

NOBODYS: Row = {"owner_id": None, "owner_revision": None, "sellable": False, "team": []}


@dataclass(slots=True)
class ServicesPlan:
    """The services, the versions of owners and terms to append, and rows that belong to no service."""

    table: TablePlan
    terms: TermsPlan
    owners: list[ServiceOwner] = field(default_factory=list)
    strays: list[tuple[str, str]] = field(default_factory=list)


def plan_services(facts: RegistryFacts, who: Members, existing: Existing, *, now: datetime) -> ServicesPlan:
    """The services with their owners and terms."""
    versions: defaultdict[str, list[Terms]] = defaultdict(list)
    for version in existing.terms:
        versions[version.service_id].append(version)
    faults = faults_of(facts, "services")
    of_terms = faults_of(facts, "terms")
    for service in facts.services:
        reason = _fault(service, who) or of_terms.get(service.key, "")
        reason = reason or terms_fault(
            service.key, service.terms, versions[service.key], existing.used_starts, today=now.astimezone(UTC).date()
        )
        if reason:
            faults[service.key] = reason
    good = [service for service in facts.services if service.key not in faults]
    rows = {service.key: columns.service(service, owner_revision=_revision(service, existing)) for service in good}
    minimal = dict.fromkeys(faults, NOBODYS)
    minimal |= {service.key: _unsold(service) for service in facts.services if not _unfit(service)}
    gone = {key: _widowed(row, who) for key, row in existing.services.items()}
    table = plan_table("service", Wanted(rows, faults, minimal, gone), existing.services, now=now)
    plan = ServicesPlan(table, TermsPlan(), strays=_strays(facts, known={*rows, *faults}))
    for service in good:
        plan_terms(plan.terms, service.key, service.terms, versions[service.key], now=now)
        if row := _new_owner(service, who, existing, now=now):
            plan.owners.append(row)
    return plan


def _fault(service: ServiceFacts, who: Members) -> str:
    if reason := _unfit(service):
        return reason
    return who.owner_fault(service.owner) if service.owner or service.sellable else ""


def _unfit(service: ServiceFacts) -> str:
    row = columns.service(service, owner_revision=None)
    return columns.too_long(Service, row) or currency_fault(service.currency)


def _unsold(service: ServiceFacts) -> Row:
    """How a new service that isn't accepted is stored: nobody's, and not for sale."""
    return columns.service(service, owner_revision=None) | NOBODYS | {"team": columns.team(service)}


def _widowed(row: Row, who: Members) -> str:
    """A retired service may outlive its owner; the reason lets the database take the row."""
    return who.owner_fault(row["owner_id"]) if row["owner_id"] else ""


def _revision(service: ServiceFacts, existing: Existing) -> int | None:
    if service.owner is None:
        return None
    stored = existing.services.get(service.key)
    if stored and stored["owner_id"] == service.owner:
        revision: int = stored["owner_revision"]
        return revision
    return existing.owner_revisions.get(service.key, 0) + 1


def _new_owner(service: ServiceFacts, who: Members, existing: Existing, *, now: datetime) -> ServiceOwner | None:
    stored = existing.services.get(service.key)
    if service.owner is None or (stored and stored["owner_id"] == service.owner):
        return None
    return ServiceOwner(
        service_id=service.key,
        agent_id=service.owner,
        agent_name=who.agents[service.owner].name,
        revision=existing.owner_revisions.get(service.key, 0) + 1,
        since=now,
    )


def _strays(facts: RegistryFacts, *, known: set[str]) -> list[tuple[str, str]]:
    return [
        (f"{table}:{key}", reason)
        for table in ("terms", "team")
        for key, reason in faults_of(facts, table).items()
        if key not in known
    ]
