"""Which seats a sync proposes: who may do what follows from owner and team alone. Titles are never parsed. Pure.

A person confirms a seat in the console. A seat that exists is never overwritten, with two exceptions: one that was only
proposed is withdrawn when its agent leaves, and proposed again when the agent comes back.
"""

from collections.abc import Iterable, Mapping

from sales.access.models import Seat
from sales.registry.columns import Row
from sales.registry.existing import Existing
from sales.registry.plan_table import TablePlan

Place = tuple[str, str, str]
"""Agent, role and region."""


def plan_seats(agents: TablePlan, services: TablePlan, existing: Existing, *, sales_service: str) -> list[Row]:
    """The seats to write, by agent, role, region and state."""
    live = {key: row for key, row in agents.final.items() if _acts(row)}
    returned = {key for key in live if key in existing.agents and not _acts(existing.agents[key])}
    stored = {(row["agent_key"], row["role"], row["region_key"]): row["state"] for row in existing.seats}
    seats = []
    for place in sorted(_proposed(live, services.final, sales_service)):
        if place not in stored or (stored[place] == Seat.State.WITHDRAWN and place[0] in returned):
            seats.append(_seat(place, live[place[0]]["name"], Seat.State.PROPOSED))
    for place, state in sorted(stored.items()):
        if state == Seat.State.PROPOSED and place[0] in agents.final and place[0] not in live:
            seats.append(_seat(place, agents.final[place[0]]["name"], Seat.State.WITHDRAWN))
    return seats


def _acts(agent: Row) -> bool:
    return agent["retired_at"] is None and not agent["quarantine"] and agent["is_agent"]


def _proposed(live: Mapping[str, Row], services: Mapping[str, Row], sales_service: str) -> set[Place]:
    sales = services.get(sales_service)
    places = {
        (row["owner_id"], Seat.Role.SERVICE_OWNER.value, "")
        for row in services.values()
        if row["sellable"] and row["owner_id"] and row["retired_at"] is None and not row["quarantine"]
    }
    if sales and sales["retired_at"] is None:
        owner = sales.get("owner_id")
        team = {member["agent"] for member in sales["team"]} & live.keys() - {owner}
        places |= {(key, _role(key, team, live), live[key]["region_id"] or "") for key in team}
        if owner:
            places.add((owner, Seat.Role.SALES_OWNER.value, ""))
    return {place for place in places if place[0] in live}


def _role(key: str, team: Iterable[str], live: Mapping[str, Row]) -> str:
    """A head is who another of the same region's team reports to."""
    region = live[key]["region_id"]
    leads = any(
        other != key and live[other]["reports_to"] == key and live[other]["region_id"] == region for other in team
    )
    return (Seat.Role.REGIONAL_HEAD if leads else Seat.Role.REGIONAL_AGENT).value


def _seat(place: Place, name: str, state: Seat.State) -> Row:
    agent, role, region = place
    return {"agent_key": agent, "agent_name": name, "role": role, "region_key": region, "state": state.value}
