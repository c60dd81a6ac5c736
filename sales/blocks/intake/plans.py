"""What one row of a file means: a plan of the lead that it becomes, or the reasons why it becomes none."""

from dataclasses import dataclass
from datetime import date

from sales.leads.models import State
from sales.registry.models import Agent, Region, Service


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that isn't accepted, and all that is wrong with it; the first reason is the one that is counted."""

    line: int
    cells: list[str]
    reasons: tuple[str, ...]
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlan:
    """A row's lead. ``state`` is WON where a win is to be booked.

    ``content_sha256`` is of what the row means, not of its spelling: it tells whether a later file changed it.
    """

    line: int
    cells: list[str]
    reference: str
    state: State
    service: Service
    agent: Agent | None
    region: Region | None
    customer: str
    amount_minor: int | None
    currency: str
    quantity: int
    months: int | None
    created_date: date | None
    sold_date: date | None
    expected_close: date | None
    evidence: str
    title: str
    lead_source: str
    campaign: str
    lost_reason: str
    content_sha256: str

    @property
    def is_won(self) -> bool:
        return self.state == State.WON

    def rejected(self, *reasons: str) -> Rejected:
        """The same row, not accepted after all."""
        return Rejected(self.line, self.cells, reasons, self.reference)
