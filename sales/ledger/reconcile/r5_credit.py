"""R5: each agent's credit is what a replay over the win's shares gives, and a win's credit is its net commission."""

from collections import defaultdict

from sales.ledger.reconcile.equation import Equation
from sales.ledger.reconcile.rows import Row
from sales.ledger.reconcile.snapshot import Snapshot, WinFact
from sales.ledger.reconcile.tally import Tally
from sales.ledger.rules import CreditDoesNotAddUp, spread_credit
from sales.money import NothingToShareBy

WHOLE = 10_000
CREDIT = {"credit": 1, "uncredit": -1}
NET = {"book": 1, "void": -1, "clawback": -1}


class Credit(Equation):
    id = "R5"
    title = "Credit is the shares' part of the net commission"
    remedy = "Trace the win with `manage.py trace` and compare its shares with the rows of credit."

    def __init__(self, book: Snapshot, tally: Tally) -> None:
        super().__init__(book, tally)
        self._replayed: dict[str, dict[str, int]] = defaultdict(dict)

    def event(self, rows: list[Row]) -> None:
        for row in rows:
            if row.kind in CREDIT and f"M:agent:{row.agent}" not in (row.debit, row.credit):
                self.fault(
                    "a row of credit is on its agent's account",
                    row=row.seq,
                    win=row.win,
                    expected=f"M:agent:{row.agent}",
                    found=f"{row.debit} / {row.credit}",
                )
        for key in dict.fromkeys(row.win for row in rows if row.win):
            if key in self.book.wins:
                self._replay(self.book.wins[key], [row for row in rows if row.win == key])

    def end(self) -> None:
        for fact in self.book.wins.values():
            whole = sum(fact.shares_at(self.book.seq).values())
            if whole != WHOLE:
                self.fault("a win's shares make a whole", win=fact.key, expected=WHOLE, found=whole)

    def _replay(self, fact: WinFact, rows: list[Row]) -> None:
        """Spread the event's commission again and compare it with the event's rows of credit."""
        found: dict[str, int] = defaultdict(int)
        for row in rows:
            if row.kind in CREDIT:
                found[row.agent or ""] += CREDIT[row.kind] * row.amount
        amount = sum(NET.get(row.kind, 0) * row.amount for row in rows)
        balances = self._replayed[fact.key]
        try:
            expected = self._spread(amount, balances, fact.shares_at(rows[-1].seq))
        except (CreditDoesNotAddUp, NothingToShareBy, ValueError) as wrong:
            self.fault("credit can be replayed", row=rows[0].seq, win=fact.key, found=str(wrong))
            return
        for agent, part in expected.items():
            balances[agent] = balances.get(agent, 0) + part
        if dict(found) != expected:
            first = next((row for row in rows if row.kind in CREDIT), rows[0])
            self.fault(
                "an event's credit is spread over the win's shares",
                row=first.seq,
                win=fact.key,
                expected=_words(expected),
                found=_words(found),
            )

    @staticmethod
    def _spread(amount: int, balances: dict[str, int], shares: dict[str, int]) -> dict[str, int]:
        if not amount:
            return {}
        net_after = sum(balances.values()) + amount
        return spread_credit(amount=amount, net_after=net_after, shares=shares, balances=balances)


def _words(parts: dict[str, int]) -> str:
    return ", ".join(f"{agent} {part}" for agent, part in sorted(parts.items())) or "none"
