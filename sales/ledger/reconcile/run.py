"""One pass over the ledger with all equations at once, in constant memory per row."""

from datetime import datetime

from sales.ledger.reconcile.equation import Equation
from sales.ledger.reconcile.r0_structure import Structure
from sales.ledger.reconcile.r1_balance import Balance
from sales.ledger.reconcile.r2_chain import Chain
from sales.ledger.reconcile.r3_commission import Commission
from sales.ledger.reconcile.r4_standing import Standings
from sales.ledger.reconcile.r5_credit import Credit
from sales.ledger.reconcile.r6_attribution import Attribution
from sales.ledger.reconcile.report import Report
from sales.ledger.reconcile.rows import events_up_to
from sales.ledger.reconcile.snapshot import take
from sales.ledger.reconcile.tally import Tally

EQUATIONS: tuple[type[Equation], ...] = (
    Structure,
    Balance,
    Chain,
    Commission,
    Standings,
    Credit,
    Attribution,
)


def run(*, now: datetime, as_of: int | None = None) -> Report:
    """Recompute the ledger from its facts, up to the head or as of an earlier row (R47).

    ``as_of`` rounds down to the end of an event, and the clock is then that row's. Reads only; takes no lock.
    """
    book, tally = take(now=now, as_of=as_of), Tally()
    equations = [equation(book, tally) for equation in EQUATIONS]
    entries = 0
    for rows in events_up_to(book.seq):
        entries += len(rows)
        tally.add(rows)
        for equation in equations:
            equation.event(rows)
    for equation in equations:
        equation.end()
    return Report(
        entries=entries,
        head_seq=book.seq,
        head_hash=book.hash,
        equations=tuple(equation.result() for equation in equations),
    )
