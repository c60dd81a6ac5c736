"""R1: in each unit the money book and the memo book net to zero, and both accounts of a row are of one book."""

from collections import defaultdict

from sales.ledger.reconcile.equation import Equation, money
from sales.ledger.reconcile.rows import Row
from sales.ledger.reconcile.snapshot import Snapshot
from sales.ledger.reconcile.tally import Tally


class Balance(Equation):
    id = "R1"
    title = "Money and memo books net to zero in each unit"
    remedy = "A row moves between two books. Compare it with the last backup; post nothing until it is explained."

    def __init__(self, book: Snapshot, tally: Tally) -> None:
        super().__init__(book, tally)
        self._net: dict[tuple[str, str], int] = defaultdict(int)

    def event(self, rows: list[Row]) -> None:
        for row in rows:
            debited, credited = self._book(row.debit, row.unit), self._book(row.credit, row.unit)
            self._net[row.unit, debited] += row.amount
            self._net[row.unit, credited] -= row.amount
            if debited != credited:
                self.fault(
                    "both accounts of a row are of one book",
                    row=row.seq,
                    expected=debited,
                    found=f"{row.debit} / {row.credit}",
                )

    def end(self) -> None:
        for (unit, book), net in sorted(self._net.items()):
            if net:
                self.fault(f"the {book} book nets to zero", expected=money(0, unit), found=money(net, unit))

    def _book(self, code: str, unit: str) -> str:
        """The account's book; by its code where the account is missing."""
        return self.book.accounts.get((code, unit)) or ("memo" if code.startswith("M:") else "money")
