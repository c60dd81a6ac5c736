"""R4: after every event nothing is below zero, refunds fit the base, and what is held and earned is c - T(R).

Also the dates of releases: none before the hold's end, and none more than a day overdue.
"""

from datetime import UTC, date, datetime, timedelta

from sales.ledger.reconcile.equation import Equation, money
from sales.ledger.reconcile.rows import Row
from sales.ledger.reconcile.snapshot import WinFact
from sales.ledger.reconcile.tally import Running
from sales.ledger.rules import RefundBeyondBase, hold_end, taken_back
from sales.money import unit_of

GRACE = timedelta(days=1)


class Standings(Equation):
    id = "R4"
    title = "Every instalment stands right after every event"
    remedy = "Trace the win with `manage.py trace`; run the release of what is due if one is overdue."

    def event(self, rows: list[Row]) -> None:
        last = rows[-1]
        for key, instalment in dict.fromkeys((row.win, row.instalment or 0) for row in rows if row.win):
            line, fact = self.tally.lines[key, instalment], self.book.wins.get(key)
            self._not_negative(key, line, last)
            if fact:
                self._refunds(fact, instalment, line, at=last.seq, row=last.seq)
        for row in rows:
            if row.kind == "release":
                self._release(row)

    def end(self) -> None:
        for fact in self.book.wins.values():
            refunds = {1, *(refund.instalment for refund in fact.refunds)} if fact.refunds else set()
            for instalment in refunds if fact.pricing else ():
                line = self.tally.lines.get((fact.key, instalment), Running())
                self._refunds(fact, instalment, line, at=self.book.seq, row=line.last_row)
            if not fact.pricing:
                self._base(fact)
        for (key, _), line in self.tally.lines.items():
            if line.held > 0:
                self._overdue(key, line)

    def _not_negative(self, key: str, line: Running, last: Row) -> None:
        for name in ("receivable", "held", "due_to", "written_off"):
            balance = getattr(line, name)
            if balance < 0:
                self.fault(
                    f"{name.replace('_', ' ')} isn't below zero",
                    row=last.seq,
                    win=key,
                    found=money(balance, last.unit),
                )
        for agent, credit in self.tally.credit.get(key, {}).items():
            if credit < 0:
                self.fault(f"{agent}'s credit isn't below zero", row=last.seq, win=key, found=money(credit, last.unit))

    def _base(self, fact: WinFact) -> None:
        refunded = sum(refund.amount_minor for refund in fact.refunds)
        if refunded > fact.amount_minor:
            self.fault(
                "refunds don't exceed the base",
                win=fact.key,
                expected=money(fact.amount_minor, unit_of(fact.currency)),
                found=money(refunded, unit_of(fact.currency)),
            )

    def _refunds(self, fact: WinFact, instalment: int, line: Running, *, at: int, row: int | None) -> None:
        """What stands is what was booked less T of what was refunded by then."""
        refunded, voided = fact.refunded_at(instalment, at)
        try:
            back = taken_back(commission=line.booked, base=line.sold, refunded=refunded, voided=voided)
        except RefundBeyondBase:
            self.fault(
                "refunds don't exceed the base",
                row=row,
                win=fact.key,
                expected=self._money(fact.key, line.sold),
                found=self._money(fact.key, refunded),
            )
            return
        stands = line.held + line.released - line.clawed_back
        if stands != line.booked - back:
            self.fault(
                "held, released and not clawed back is what was booked less what refunds take back",
                row=row,
                win=fact.key,
                expected=self._money(fact.key, line.booked - back),
                found=self._money(fact.key, stands),
            )
        if line.refunded != refunded:
            self.fault(
                "what rows take out of sold is what was refunded",
                row=row,
                win=fact.key,
                expected=self._money(fact.key, refunded),
                found=self._money(fact.key, line.refunded),
            )

    def _release(self, row: Row) -> None:
        ends = self._hold_end(row.win or "", self.tally.lines[row.win or "", row.instalment or 0])
        if ends and min(row.effective_on, row.recorded_at.astimezone(UTC).date()) < ends:
            self.fault(
                "nothing is released before its hold has ended",
                row=row.seq,
                win=row.win,
                expected=f"{ends} or later",
                found=row.effective_on,
            )

    def _overdue(self, key: str, line: Running) -> None:
        """A release may wait a day: from the hold's end, or from a booking that came after it."""
        ends = self._hold_end(key, line)
        if ends is None or line.booked_at is None:
            return
        due_at = max(datetime(ends.year, ends.month, ends.day, tzinfo=UTC), line.booked_at)
        if self.book.clock > due_at + GRACE:
            self.fault(
                "a release is posted within a day of its date",
                row=line.booked_row,
                win=key,
                expected=f"released on {ends}",
                found=f"{self._money(key, line.held)} still held on {self.book.clock.date()}",
            )

    def _hold_end(self, key: str, line: Running) -> date | None:
        fact = self.book.wins.get(key)
        terms = self.book.terms.get(fact.pricing.terms_id) if fact and fact.pricing else None
        return hold_end(line.booked_on, terms.hold_days) if terms and line.booked_on else None

    def _money(self, key: str, minor: int) -> str:
        return money(minor, unit_of(self.book.wins[key].currency)) if key in self.book.wins else str(minor)
