"""What a sync would do: the whole of it, before a row is written. Pure: facts, the mirror and a time in, a plan out.

Whether a plan loses too much to be believed is said here as well; writing is for ``apply`` (DESIGN section 5).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from carolverse.designs.facts import DesignsFacts
from carolverse.registry.facts import RegistryFacts
from sales.registry import columns
from sales.registry.columns import Row
from sales.registry.existing import Existing, design_key
from sales.registry.models import Block, Design, Droid, ServiceOwner, Terms
from sales.registry.plan_people import faults_of, members, plan_agents, plan_regions
from sales.registry.plan_seats import plan_seats
from sales.registry.plan_services import plan_services
from sales.registry.plan_table import TablePlan, Wanted, plan_table
from sales.registry.plan_terms import TermsPlan
from sales.registry.terms import versions_that_count

LEAST_BELIEVED, MOST_BELIEVED, PERCENT_BELIEVED = 2, 25, 5


@dataclass(slots=True)
class Plan:
    """The rows to write, table by table, and what they come to as keys like ``service:blueprint``."""

    tables: dict[str, TablePlan] = field(default_factory=dict)
    terms: TermsPlan = field(default_factory=TermsPlan)
    terms_live: int = 0
    owners: list[ServiceOwner] = field(default_factory=list)
    seats: list[Row] = field(default_factory=list)
    strays: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    kept: int = 0
    """Accepted rows of a registry that was not read again."""

    @property
    def added(self) -> list[str]:
        return self._keys("added")

    @property
    def changed(self) -> list[str]:
        return self._keys("changed")

    @property
    def retired(self) -> list[str]:
        return self._keys("retired")

    @property
    def unchanged(self) -> int:
        return sum(table.unchanged for table in self.tables.values()) + self.terms.unchanged + self.kept

    @property
    def quarantined(self) -> list[dict[str, str]]:
        found = [
            (f"{name}:{key}", reason)
            for name, table in self.tables.items()
            for key, reason in table.quarantined.items()
        ]
        return [{"key": key, "reason": reason} for key, reason in sorted([*found, *self.strays])]

    @property
    def writes_nothing(self) -> bool:
        return not (any(table.write for table in self.tables.values()) or self.terms.write or self.owners or self.seats)

    def _keys(self, kind: str) -> list[str]:
        keys = [f"{name}:{key}" for name, table in self.tables.items() for key in getattr(table, kind)]
        return keys + [f"terms:{key}" for key in getattr(self.terms, kind)]


def plan(
    facts: RegistryFacts | None,
    designs: DesignsFacts | None,
    existing: Existing,
    *,
    now: datetime,
    sales_service: str,
    max_age: timedelta,
) -> Plan:
    """Compare what was read with what is stored; None was not read, or is not modified, and stays as it is."""
    made = Plan()
    services: Mapping[str, Row] = existing.services
    if facts is None:
        made.kept = _accepted_rows(existing)
    else:
        services = _plan_registry(made, facts, existing, now=now, sales_service=sales_service)
        if facts.generated_at and now - facts.generated_at > max_age:
            made.notes.append(
                f"The registry says that it was made on {facts.generated_at:%Y-%m-%d %H:%M} UTC. Ask its keeper"
                " whether it is still written."
            )
    if designs is not None:
        _plan_designs(made, designs, services, existing, now=now)
    return made


def _plan_registry(
    made: Plan, facts: RegistryFacts, existing: Existing, *, now: datetime, sales_service: str
) -> Mapping[str, Row]:
    regions = plan_regions(facts, existing, now=now)
    who = members(facts, regions)
    agents = plan_agents(facts, who, existing, now=now)
    services = plan_services(facts, who, existing, now=now)
    blocks = {row.key: columns.block(row) for row in facts.blocks}
    droids = {row.key: columns.droid(row) for row in facts.droids}
    made.tables = {
        "region": regions,
        "agent": agents,
        "service": services.table,
        "block": _plan_plain("block", Block, blocks, facts, existing.blocks, now=now),
        "droid": _plan_plain("droid", Droid, droids, facts, existing.droids, now=now),
    }
    made.terms, made.owners, made.strays = services.terms, services.owners, services.strays
    made.terms_live = _live_terms(existing)
    made.seats = plan_seats(agents, services.table, existing, sales_service=sales_service)
    if note := _sales_note(services.table.final.get(sales_service), sales_service):
        made.notes.append(note)
    return services.table.final


def _sales_note(sales: Row | None, key: str) -> str:
    """A sentence if nobody owns Sales; empty if somebody does."""
    if sales is None or sales["retired_at"]:
        return f"The registry has no service '{key}', so nobody owns Sales. Set SALES_SERVICE to its key."
    if not sales["owner_id"]:
        return f"The registry gives the service '{key}' no owner, so nobody owns Sales. Give it one at the source."
    return ""


def _plan_plain(
    name: str,
    model: type[Block] | type[Droid],
    rows: Mapping[str, Row],
    facts: RegistryFacts,
    existing: Mapping[str, Row],
    *,
    now: datetime,
) -> TablePlan:
    faults = faults_of(facts, f"{name}s")
    faults |= {key: reason for key, row in rows.items() if (reason := columns.too_long(model, row))}
    good = {key: row for key, row in rows.items() if key not in faults}
    return plan_table(name, Wanted(good, faults), existing, now=now)


def _plan_designs(
    made: Plan, designs: DesignsFacts, services: Mapping[str, Row], existing: Existing, *, now: datetime
) -> None:
    """Designs have no quarantine of their own: a wrong one leaves what is stored for its service as it was."""
    faults = {fault.key: fault.reason for fault in designs.faults}
    rows: dict[str, Row] = {}
    for facts in designs.designs:
        row = columns.design(facts)
        if facts.service not in services:
            faults[facts.service] = f"It describes a service '{facts.service}' that is not in the registry."
        elif reason := columns.too_long(Design, row):
            faults[facts.service] = reason
        rows[design_key(facts.service, facts.design_type)] = row
    wanted = {key: row for key, row in rows.items() if row["service_id"] not in faults}
    stored = {key: row | {"quarantine": ""} for key, row in existing.designs.items() if row["service_id"] not in faults}
    table = plan_table("design", Wanted(wanted, {}), stored, now=now)
    table.live = sum(row["retired_at"] is None for row in existing.designs.values()) or table.live
    table.write = [{name: value for name, value in row.items() if name != "quarantine"} for row in table.write]
    made.tables["design"] = table
    made.strays += [(f"design:{key}", reason) for key, reason in faults.items()]


def _accepted_rows(existing: Existing) -> int:
    tables = (existing.regions, existing.agents, existing.services, existing.blocks, existing.droids)
    rows = [row for table in tables for row in table.values()]
    return sum(row["retired_at"] is None and not row["quarantine"] for row in rows) + _live_terms(existing)


def _live_terms(existing: Existing) -> int:
    lines: dict[tuple[str, str], list[Terms]] = {}
    for version in existing.terms:
        if existing.services[version.service_id]["retired_at"] is None:
            lines.setdefault((version.service_id, version.currency), []).append(version)
    return sum(version.kind == Terms.Kind.TERMS for line in lines.values() for version in versions_that_count(line))


def believed(live: int) -> int:
    """How many rows of so many may be lost at once: five in a hundred, two at least, never more than 25."""
    return min(MOST_BELIEVED, max(LEAST_BELIEVED, -(-live * PERCENT_BELIEVED // 100)))


def loses_too_much(made: Plan) -> str:
    """Why a plan is not believed as a whole; empty if it is."""
    lost = [(name, table.lost, table.live) for name, table in made.tables.items()]
    lost.append(("terms", len(made.terms.retired), made.terms_live))
    reasons = [
        f"{gone} of {live} rows of the table {name} would be retired or quarantined, and at most {believed(live)} are"
        " believed at once."
        for name, gone, live in lost
        if gone > believed(live)
    ]
    if not reasons:
        return ""
    return " ".join([*reasons, "Check the source; if it is right, sync again with --accept-retirements."])
