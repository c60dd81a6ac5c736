"""From a row to a plan: what it means under the mapping and the registry. Pure: no database, no clock.

All that is wrong with a row is found at once, so that a rejects file can be mended in one go (R1, R3, R38).
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from sales.blocks.intake.cells import Cells, Unreadable
from sales.blocks.intake.known import Known, NotKnown
from sales.blocks.intake.mapping import Mapping
from sales.blocks.intake.plans import Rejected, RowPlan
from sales.blocks.intake.rows import Row, Sheet
from sales.coding import digest
from sales.customers.verbs import folded
from sales.leads.lifecycle import ENDS
from sales.leads.models import State
from sales.registry.models import Agent, Region, Service

T = TypeVar("T")
SLACK = timedelta(days=1)
"""It may be tomorrow already where the row was written."""


class _Reasons(list[str]):
    """What is wrong so far; a reading that fails is noted and gives nothing."""

    def take(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except (Unreadable, NotKnown) as wrong:
            self.append(str(wrong))
            return None


def plan_row(row: Row, sheet: Sheet, mapping: Mapping, known: Known, *, today: date) -> RowPlan | Rejected:
    """The plan of a row, or all reasons against it."""
    if row.fault:
        return Rejected(row.line, row.cells, (row.fault,))
    cells, reasons = Cells(sheet.named(row), mapping), _Reasons()
    number = reasons.take(lambda: cells.text("reference")) or ""
    if not number and not reasons:
        reasons.append("The row has no reference. Give it the number that the deal has in its own system.")
    if not number.isprintable():
        reasons.append("The reference holds a line break or another character that can't be printed. Correct it.")
    reference = f"{mapping.source}:{number}" if number else ""
    service = reasons.take(lambda: _service(cells, known))
    agent = reasons.take(lambda: _agent(cells, known))
    region = reasons.take(lambda: _region(cells, known, agent))
    customer = reasons.take(lambda: _customer(cells)) or ""
    currency = (reasons.take(lambda: cells.text("currency")) or "").upper()
    amount = reasons.take(lambda: cells.amount(currency))
    dates = {
        meaning: reasons.take(lambda meaning=meaning: cells.date(meaning))  # type: ignore[misc]
        for meaning in ("created_date", "sold_date", "expected_close")
    }
    numbers = {
        meaning: reasons.take(lambda meaning=meaning: cells.number(meaning))  # type: ignore[misc]
        for meaning in ("quantity", "months")
    }
    texts = {
        meaning: reasons.take(lambda meaning=meaning: cells.text(meaning)) or ""  # type: ignore[misc]
        for meaning in ("evidence", "title", "lead_source", "campaign")
    }
    stage = reasons.take(lambda: _stage(cells, has_agent=agent is not None))
    if stage and not reasons:
        reasons += _lacks(stage, agent=agent, region=region, customer=customer)
        if stage == State.WON and amount is None:
            reasons.append("A win needs its amount, and this row has none. Fill it in.")
        if stage == State.WON and dates["sold_date"] is None:
            reasons.append("A win needs its sale date, and this row has none. Fill it in.")
        if (created := dates["created_date"]) and created > today + SLACK:
            reasons.append(f"The lead was created on {created}, which is in the future. Correct the date.")
    if reasons or stage is None or service is None:
        return Rejected(row.line, row.cells, tuple(reasons), reference)
    state = State.ENGAGED if stage == State.PROPOSED and not customer else stage
    given = {
        "amount_minor": amount,
        "currency": currency if amount is not None else "",
        "months": numbers["months"],
        "quantity": numbers["quantity"] or 1,
        **dates,
        **texts,
        "evidence": texts["evidence"] or f"{mapping.source} {number}",
        "lead_source": texts["lead_source"] or mapping.source,
    }
    stated = {
        **given,
        "state": str(state),
        "service": service.key,
        "agent": agent.key if agent else None,
        "region": region.key if region and cells.own("region") else None,
        "customer": folded(customer),
    }
    return RowPlan(
        line=row.line,
        cells=row.cells,
        reference=reference,
        state=state,
        service=service,
        agent=agent,
        region=region,
        customer=customer,
        lost_reason=mapping.defaults.get("lost_reason", "import"),
        content_sha256=digest(sorted(stated.items())),
        **given,  # type: ignore[arg-type]
    )


def _service(cells: Cells, known: Known) -> Service:
    text = cells.text("service")
    if not text:
        raise Unreadable("The row names no service. Fill in what is sold.")
    service = known.services.find(text)
    if not service.is_live:
        raise Unreadable(f"{service.name} can't get new leads. {service.why_not_sold}")
    return service


def _agent(cells: Cells, known: Known) -> Agent | None:
    text = cells.text("agent")
    if not text:
        return None
    agent = known.agents.find(text)
    if not agent.is_agent:
        raise Unreadable(f"{agent.name} is no agent in the registry. Name the agent that is accountable.")
    return agent


def _region(cells: Cells, known: Known, agent: Agent | None) -> Region | None:
    """The row's own region, else the agent's, else the mapping's default."""
    text = cells.own("region")
    if not text and agent and agent.region:
        return agent.region
    text = text or cells.text("region")
    return known.regions.find(text) if text else None


def _customer(cells: Cells) -> str:
    text = " ".join(cells.text("customer").split())
    return cells.mapping.aliases.get("customer", {}).get(text, text)


def _stage(cells: Cells, *, has_agent: bool) -> State:
    text = cells.text("stage")
    if not text:
        return State.ROUTED if has_agent else State.NEW
    state = cells.mapping.stages.get(folded(text))
    if state is not None:
        return state
    if text == cells.mapping.defaults.get("stage"):
        return State(text)
    raise Unreadable(
        f'The stage \'{text}\' is not in the mapping. Add it under [stages], such as "{text}" = "ENGAGED".'
    )


def _lacks(stage: State, *, agent: Agent | None, region: Region | None, customer: str) -> list[str]:
    """What a row in this stage must have and hasn't."""
    found = []
    if stage == State.WON and not customer:
        found.append("A win needs a customer, and this row names none. Fill in who bought.")
    if stage != State.NEW and stage not in ENDS:
        if agent is None:
            found.append(f"A lead that is '{stage.label}' needs an agent, and this row names none. Fill it in.")
        elif not agent.is_live:
            found.append(f"{agent.name} is no longer active in the registry. Give the row to another agent.")
        elif region is None:
            found.append(f"{agent.name} has no region, and this row names none. Add a region column or a default.")
    return found
