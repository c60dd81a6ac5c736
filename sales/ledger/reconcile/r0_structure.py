"""R0: the ledger is whole and every row is of the form that its kind demands.

The database refuses all of this at write; here it is found when the database was gone round.
"""

from django.db import connection

from carolverse.db.triggers import missing_triggers
from sales.ledger.kinds import KINDS, book_of
from sales.ledger.models import CommissionEntry
from sales.ledger.reconcile.equation import Equation
from sales.ledger.reconcile.rows import Row
from sales.ledger.reconcile.snapshot import Pricing, Snapshot, WinFact, event_end, newest_fact
from sales.ledger.reconcile.tally import Tally
from sales.money import MAX_MINOR


class Structure(Equation):
    id = "R0"
    title = "The ledger is whole: keys, triggers, numbers, events, accounts, approvals"
    remedy = "Stop writing, compare the named rows with the last backup, and run `manage.py migrate` for triggers."

    def __init__(self, book: Snapshot, tally: Tally) -> None:
        super().__init__(book, tally)
        self._next = 1
        self._ended: set[str] = set()

    def event(self, rows: list[Row]) -> None:
        key = rows[0].event_key
        if key in self._ended:
            self.fault(f"the rows of the event {key} stand together", row=rows[0].seq)
        self._ended.add(key)
        lines = [row.line for row in rows]
        if lines != list(range(1, len(rows) + 1)):
            self.fault(
                f"the lines of the event {key} count from 1",
                row=rows[0].seq,
                expected=f"1 to {len(rows)}",
                found=", ".join(map(str, lines)),
            )
        for row in rows:
            self._number(row)
            self._form(row)
            self._keys(row)
            self._signatures(row)

    def end(self) -> None:
        for name in sorted(missing_triggers(connection)):
            self.fault("a trigger stands in the database", expected=name)
        for table, number in _broken_keys():
            self.fault("a foreign key leads somewhere", found=f"{table}, row {number}")
        if self.book.at_head:
            self._cut_off()
        for fact in self.book.wins.values():
            if fact.pricing:
                self._approval(fact, fact.pricing)

    def _cut_off(self) -> None:
        """Rows taken off the end leave the chain whole, but not the facts that were written with them."""
        # Facts first, the head after them: a booking in between can only make the head larger.
        fact = newest_fact()
        head, _ = event_end(None)
        if fact > head:
            self.fault("the ledger reaches as far as its facts", row=head, expected=f"row {fact}", found=f"row {head}")

    def _number(self, row: Row) -> None:
        if row.seq != self._next:
            self.fault("rows are numbered without a gap", row=row.seq, expected=self._next, found=row.seq)
        self._next = row.seq + 1

    def _form(self, row: Row) -> None:
        pairs = KINDS.get(row.kind, ())
        if not any(row.debit.startswith(pair.debit) and row.credit.startswith(pair.credit) for pair in pairs):
            self.fault(
                f"the kind {row.kind} uses its pair of accounts", row=row.seq, found=f"{row.debit} / {row.credit}"
            )
        if row.book != book_of(row.kind):
            self.fault("a row is in its kind's book", row=row.seq, expected=book_of(row.kind), found=row.book)
        if not 1 <= row.amount <= MAX_MINOR:
            self.fault("an amount is at least 1 minor unit and in range", row=row.seq, found=row.amount)
        if row.effective_on > row.recorded_at.date():
            self.fault("no row is effective in the future", row=row.seq, found=row.effective_on)
        if row.period < f"{row.effective_on:%Y-%m}":
            self.fault("a row's period isn't before its date", row=row.seq, found=row.period)

    def _keys(self, row: Row) -> None:
        """Business keys, which lead somewhere whatever the engine's own keys say."""
        if row.win is not None and row.win not in self.book.wins:
            self.fault("a row's win exists", row=row.seq, win=row.win)
        for code in (row.debit, row.credit):
            if (code, row.unit) not in self.book.accounts:
                self.fault("a row's accounts exist", row=row.seq, found=f"{code} {row.unit}")
        for name, key, known in (
            ("service", row.service, self.book.services),
            ("owner", row.owner, self.book.agents),
            ("agent", row.agent, self.book.agents),
        ):
            if key is not None and key not in known:
                self.fault(f"a row's {name} exists", row=row.seq, found=key)

    def _signatures(self, row: Row) -> None:
        """A booking bears the names of whoever priced the win, and of whoever approved that."""
        fact = self.fact_of(row)
        if row.kind != "book" or fact is None or fact.pricing is None:
            return
        pricing = fact.pricing
        actor = f"{pricing.agent}/{pricing.operator}" if pricing.operator else pricing.agent
        if (row.actor, row.approver or "") != (actor, pricing.approver):
            self.fault(
                "a booking is signed as its pricing is",
                row=row.seq,
                win=fact.key,
                expected=" approved by ".join(filter(None, (actor, pricing.approver))),
                found=" approved by ".join(filter(None, (row.actor, row.approver))),
            )

    def _approval(self, fact: WinFact, pricing: Pricing) -> None:
        """Whoever approved a later pricing neither acted, nor is credited, nor owns the service."""
        later = (pricing.priced_at, pricing.after_seq) != (fact.booked_at, fact.after_seq)
        if later != bool(pricing.approver):
            expected = "an approver" if later else "no approver"
            self.fault(
                "pricing has a second person exactly when it comes after the booking",
                win=fact.key,
                expected=expected,
                found=pricing.approver or "none",
            )
        agent, _, operator = pricing.approver.partition("/")
        credited = {key for _, weights in fact.share_sets.values() for key in weights}
        if pricing.approver and (
            agent in {pricing.agent, fact.owner, *credited} or (operator and operator == pricing.operator)
        ):
            self.fault(
                "an approver neither acted, nor is credited, nor owns the service",
                win=fact.key,
                found=pricing.approver,
            )


def _broken_keys() -> list[tuple[str, object]]:
    """Rows whose foreign keys lead nowhere. PostgreSQL never lets one in, so there is nothing to ask."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        found = cursor.fetchall()
    ledger = CommissionEntry._meta.db_table
    # The ledger's own keys are looked at row by row, by their business keys.
    return sorted({(table, number) for table, number, *_ in found if table != ledger}, key=str)
