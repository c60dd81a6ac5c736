"""Running balances of each instalment and each agent's credit, kept up row by row in one pass.

It is the second path beside ``sales.ledger.balances``: that one sums in SQL, this one replays.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sales.ledger.reconcile.rows import Row, parts_of

SIDES = {
    "A:recv:": ("receivable", 1),
    "L:held:": ("held", -1),
    "L:dueto:": ("due_to", -1),
    "X:writeoff": ("written_off", 1),
}
FLOWS = {
    "sold": "sold",
    "unsold": "refunded",
    "book": "booked",
    "release": "released",
    "void": "voided",
    "clawback": "clawed_back",
}


@dataclass(slots=True)
class Running:
    """One instalment after the rows so far; the names are those of ``Standing``."""

    receivable: int = 0
    held: int = 0
    due_to: int = 0
    written_off: int = 0
    sold: int = 0
    refunded: int = 0
    booked: int = 0
    released: int = 0
    voided: int = 0
    clawed_back: int = 0
    booked_on: date | None = None
    booked_at: datetime | None = None
    sold_row: int | None = None
    booked_row: int | None = None
    last_row: int | None = None

    def add(self, row: Row) -> None:
        """Move by one row."""
        for account, sign in ((row.debit, 1), (row.credit, -1)):
            side = SIDES.get(parts_of(account)[0])
            if side:
                name, grows = side
                setattr(self, name, getattr(self, name) + sign * grows * row.amount)
        flow = FLOWS.get(row.kind)
        if flow:
            setattr(self, flow, getattr(self, flow) + row.amount)
        if row.kind in ("sold", "book"):
            self.booked_on = self.booked_on or row.effective_on
            self.booked_at = self.booked_at or row.recorded_at
        if row.kind == "sold":
            self.sold_row = row.seq
        if row.kind == "book":
            self.booked_row = row.seq
        self.last_row = row.seq


class Tally:
    """All instalments and all credit so far."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, int], Running] = defaultdict(Running)
        self.credit: dict[str, dict[str, int]] = defaultdict(dict)

    def add(self, rows: list[Row]) -> None:
        """Move by the rows of one event."""
        for row in rows:
            if row.win is None:
                continue
            self.lines[row.win, row.instalment or 0].add(row)
            if row.kind in ("credit", "uncredit"):
                credit, agent = self.credit[row.win], row.agent or ""
                credit[agent] = credit.get(agent, 0) + (row.amount if row.kind == "credit" else -row.amount)
