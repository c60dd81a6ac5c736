"""R6: a row's service, owner, lead and unit are its win's, and its accounts are that service's."""

from sales.ledger.reconcile.equation import Equation
from sales.ledger.reconcile.rows import Row, parts_of
from sales.money import unit_of

OF_A_WIN = ("A:recv:", "L:held:", "L:dueto:", "I:comm:", "K:clawback:")


class Attribution(Equation):
    id = "R6"
    title = "Rows, accounts and wins agree on service, owner, lead and unit"
    remedy = "The row was posted to another win or service. Compare it with the last backup."

    def event(self, rows: list[Row]) -> None:
        for row in rows:
            self._accounts(row)
            if row.win is not None and row.win in self.book.wins:
                self._win(row)

    def _accounts(self, row: Row) -> None:
        for code in (row.debit, row.credit):
            prefix, service = parts_of(code)
            if service and service != row.service:
                self.fault(
                    "an account is of the row's service",
                    row=row.seq,
                    win=row.win,
                    expected=row.service,
                    found=code,
                )
            if prefix in OF_A_WIN and row.win is None:
                self.fault("a row on such an account belongs to a win", row=row.seq, found=code)

    def _win(self, row: Row) -> None:
        fact = self.book.wins[row.win or ""]
        for name, expected, found in (
            ("service", fact.service, row.service),
            ("owner", fact.owner, row.owner),
            ("lead", fact.lead, row.lead),
            ("unit", unit_of(fact.currency), row.unit),
        ):
            if expected != found:
                self.fault(f"a row's {name} is its win's", row=row.seq, win=row.win, expected=expected, found=found)
