"""Which regions and agents of the feed are accepted, and why not the others. Pure.

The owner of a service is an active agent, never a human or a tool (R36). An agent that owns a service and stops being
one is not accepted, and neither are its services.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from carolverse.registry.facts import AgentFacts, RegionFacts, RegistryFacts
from sales import money
from sales.registry import columns
from sales.registry.existing import Existing
from sales.registry.models import Agent, Region
from sales.registry.plan_table import TablePlan, Wanted, plan_table


def faults_of(facts: RegistryFacts, table: str) -> dict[str, str]:
    """What the reader found wrong in a table: its sentences by key."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for fault in facts.faults:
        if fault.table == table and fault.reason not in found[fault.key]:
            found[fault.key].append(fault.reason)
    return {key: " ".join(reasons) for key, reasons in found.items()}


def currency_fault(currency: str | None) -> str:
    """A sentence if a currency isn't one that we can count in."""
    try:
        money.exponent(currency or "EUR")
    except money.UnknownCurrency as unknown:
        return str(unknown)
    return ""


def plan_regions(facts: RegistryFacts, existing: Existing, *, now: datetime) -> TablePlan:
    """The regions."""
    rows = {region.key: columns.region(region) for region in facts.regions}
    faults = faults_of(facts, "regions")
    for region in facts.regions:
        if reason := _region_fault(region):
            faults[region.key] = reason
    good = {key: row for key, row in rows.items() if key not in faults}
    return plan_table("region", Wanted(good, faults), existing.regions, now=now)


def _region_fault(region: RegionFacts) -> str:
    return columns.too_long(Region, columns.region(region)) or currency_fault(region.currency)


@dataclass(frozen=True, slots=True)
class Members:
    """Who of the feed may own a service, and why another may not."""

    agents: dict[str, AgentFacts]
    faults: dict[str, str]

    def owner_fault(self, key: str | None) -> str:
        """Why nobody, or this agent, can own a service; empty if it can."""
        if key is None:
            return "It is for sale and has no owner. Give it one at the source."
        if key in self.faults:
            return f"The row of its owner '{key}' is not accepted: {self.faults[key]}"
        if key not in self.agents:
            return f"Its owner '{key}' is not among the agents. Give it another, or add the agent at the source."
        if not self.agents[key].is_agent:
            return f"Its owner '{key}' is not an agent. A human or a tool may own no service; give it an agent."
        if not is_active(self.agents[key]):
            return f"Its owner '{key}' is not active. Give it another owner at the source."
        return ""

    def may_act(self, key: str) -> bool:
        return not self.owner_fault(key)


def is_active(agent: AgentFacts) -> bool:
    return agent.status.casefold() == "active"


def members(facts: RegistryFacts, regions: TablePlan) -> Members:
    """The agents of the feed, and what is wrong with a row of them in itself."""
    faults = faults_of(facts, "agents")
    for agent in facts.agents:
        if reason := _agent_fault(agent, regions):
            faults[agent.key] = reason
    return Members({agent.key: agent for agent in facts.agents}, faults)


def _agent_fault(agent: AgentFacts, regions: TablePlan) -> str:
    if agent.region is not None and agent.region not in regions.final:
        return f"Its region '{agent.region}' is not in the registry."
    return columns.too_long(Agent, columns.agent(agent))


def plan_agents(facts: RegistryFacts, who: Members, existing: Existing, *, now: datetime) -> TablePlan:
    """The agents. One that leaves services without an owner keeps its last good version until they have another."""
    bereft = _left_behind(facts, who, existing)
    said = {agent.key for agent in facts.agents} | set(who.faults)
    faults = {key: reason for key, reason in bereft.items() if key in said} | who.faults
    rows = {key: columns.agent(agent) for key, agent in who.agents.items() if key not in faults}
    gone = {key: reason for key, reason in bereft.items() if key not in said}
    minimal = {key: {"is_agent": False} for key in faults}
    plan = plan_table("agent", Wanted(rows, faults, minimal, gone), existing.agents, now=now)
    plan.quarantined |= gone
    return plan


def _left_behind(facts: RegistryFacts, who: Members, existing: Existing) -> dict[str, str]:
    """Stored agents that can own nothing any more, by the services that feed and mirror still name them for."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for service in facts.services:
        stored = existing.services.get(service.key)
        owner = service.owner
        if owner is None or stored is None or stored["owner_id"] != owner or not who.owner_fault(owner):
            continue
        if existing.agents[owner]["is_agent"]:
            found[owner].append(service.key)
    return {
        owner: f"It owns {', '.join(sorted(keys))} and is no active agent any more."
        " Give its services another owner at the source."
        for owner, keys in found.items()
    }
