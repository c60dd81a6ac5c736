"""What every equation is: something that sees each event in order, then the end, and keeps the faults it finds."""

from sales.ledger.reconcile.fault import Fault
from sales.ledger.reconcile.report import Result
from sales.ledger.reconcile.rows import Row
from sales.ledger.reconcile.snapshot import Snapshot, WinFact
from sales.ledger.reconcile.tally import Tally
from sales.money import UnknownCurrency, currency_of, format_minor

FAULTS_SHOWN = 200


class Equation:
    """An equation over the snapshot's facts and the rows; the tally has moved already when it sees an event."""

    id = ""
    title = ""
    remedy = ""

    def __init__(self, book: Snapshot, tally: Tally) -> None:
        self.book = book
        self.tally = tally
        self.faults: list[Fault] = []
        self.count = 0

    def event(self, rows: list[Row]) -> None:
        """The rows of one event, in order."""

    def end(self) -> None:
        """There are no more rows."""

    def fault(
        self,
        rule: str,
        *,
        row: int | None = None,
        win: str | None = None,
        expected: object = "",
        found: object = "",
    ) -> None:
        """Keep a fault; beyond the first few hundred only their number."""
        self.count += 1
        if len(self.faults) < FAULTS_SHOWN:
            self.faults.append(Fault(rule=rule, row=row, win=win, expected=str(expected), found=str(found)))

    def fact_of(self, row: Row) -> WinFact | None:
        """The facts of a row's win."""
        return self.book.wins.get(row.win) if row.win else None

    def result(self) -> Result:
        return Result(id=self.id, title=self.title, remedy=self.remedy, faults=tuple(self.faults), count=self.count)


def money(minor: int, unit: str) -> str:
    """An amount in a fault's words; a unit that can't be read is shown as it stands."""
    try:
        return format_minor(minor, currency_of(unit))
    except UnknownCurrency:
        return f"{minor} {unit}"
