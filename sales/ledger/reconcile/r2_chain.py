"""R2: each row's hash is that of its fields and of the row before, from the ledger's id on."""

from sales.ledger.chain import genesis, row_hash
from sales.ledger.posting import HASH_VERSION
from sales.ledger.reconcile.equation import Equation
from sales.ledger.reconcile.rows import Row
from sales.ledger.reconcile.snapshot import Snapshot
from sales.ledger.reconcile.tally import Tally


class Chain(Equation):
    id = "R2"
    title = "The chain of hashes holds from the first row to the head"
    remedy = "The named row was changed, lost or put in after it was written. Compare it with the last backup."

    def __init__(self, book: Snapshot, tally: Tally) -> None:
        super().__init__(book, tally)
        self._previous = genesis(book.ledger_id)

    def event(self, rows: list[Row]) -> None:
        if self.count:
            # After the first break every later hash is meaningless: one row is named, not all.
            return
        for row in rows:
            self._previous = row_hash(self._previous, {**row._asdict(), "v": HASH_VERSION})
            if self._previous.hex() != row.hash:
                self.fault(
                    "a row's hash is that of its fields and of the row before",
                    row=row.seq,
                    expected=self._previous.hex(),
                    found=row.hash,
                )
                return
