"""The state of a win: a pure function of stored facts and the day (DESIGN section 7; LEDGER.md, State).

The first that fits:

| state | when | in totals |
|---|---|---|
| UNPLACED | its facts contradict each other: ``contradictions`` says how | no |
| REVERSED | voided, or every instalment has a base and all of it is refunded | no |
| UNPRICED | no terms are pinned to it | no |
| DISPUTED | a live instalment is disputed | yes |
| HELD | a live instalment's hold isn't over, or something is still held | yes |
| EARNED | nothing of a live instalment is paid yet | yes |
| PART_SETTLED | something of it is paid | yes |
| WRITTEN_OFF | nothing is open any more, and something was written off | yes |
| SETTLED | nothing is open, nothing was written off | yes |

Of several live instalments the least advanced decides, in the order of the table's last six. It reads nothing and
posts nothing; a release that is due and not posted leaves its win HELD and is a finding (``checks``).
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sales.ledger.balances import Standing
from sales.ledger.rules import taken_back

WHOLE = 10_000


class State(StrEnum):
    """Codes; the words are in ``words.py``."""

    UNPLACED = "UNPLACED"
    REVERSED = "REVERSED"
    UNPRICED = "UNPRICED"
    DISPUTED = "DISPUTED"
    HELD = "HELD"
    EARNED = "EARNED"
    PART_SETTLED = "PART_SETTLED"
    WRITTEN_OFF = "WRITTEN_OFF"
    SETTLED = "SETTLED"


NOT_COUNTED = (State.UNPLACED, State.REVERSED, State.UNPRICED)
ADVANCE = tuple(state for state in State if state not in NOT_COUNTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentFacts:
    """One instalment: its base and refunds by the win's facts, its standing by the ledger; amounts in minor units."""

    base_minor: int
    refunded_minor: int = 0
    standing: Standing = field(default_factory=Standing)
    has_rows: bool = False
    hold_end: date | None = None
    disputed: bool = False

    @property
    def is_refunded(self) -> bool:
        return self.base_minor > 0 and self.refunded_minor == self.base_minor

    @property
    def received_minor(self) -> int:
        """What the owner paid of it: the commission that is neither open nor written off, and what is to go back."""
        standing = self.standing
        return standing.commission + standing.due_to - standing.receivable - standing.written_off


@dataclass(frozen=True, slots=True, kw_only=True)
class WinFacts:
    """What the state of a win depends on. ``share_weight`` is the sum of its latest shares, of 10,000."""

    instalments: tuple[InstalmentFacts, ...]
    voided: bool = False
    priced: bool = False
    lead_is_won: bool = True
    live_wins_of_lead: int = 1
    share_weight: int = WHOLE


def counts(state: State) -> bool:
    """Whether a win in this state is in the totals."""
    return state not in NOT_COUNTED


def win_state(facts: WinFacts, today: date) -> State:
    """The state as of a day; total: any facts have one."""
    if contradictions(facts):
        return State.UNPLACED
    live = [instalment for instalment in facts.instalments if not instalment.is_refunded]
    if facts.voided or not live:
        return State.REVERSED
    if not facts.priced:
        return State.UNPRICED
    return min((_advance(instalment, today) for instalment in live), key=ADVANCE.index)


def _advance(instalment: InstalmentFacts, today: date) -> State:
    standing = instalment.standing
    if instalment.disputed:
        return State.DISPUTED
    if standing.held > 0 or (instalment.hold_end is not None and today < instalment.hold_end):
        return State.HELD
    if standing.receivable == 0:
        return State.WRITTEN_OFF if standing.written_off else State.SETTLED
    return State.PART_SETTLED if instalment.received_minor > 0 else State.EARNED


def contradictions(facts: WinFacts) -> tuple[str, ...]:
    """What contradicts what, as sentences; empty for a win that can be placed."""
    found = []
    if not facts.instalments:
        found.append("It has no instalment.")
    if facts.share_weight != WHOLE:
        found.append(f"Its shares of credit make {facts.share_weight}, not 10000.")
    if not facts.voided and not facts.lead_is_won:
        found.append("It isn't cancelled, and its lead isn't won.")
    if not facts.voided and facts.live_wins_of_lead > 1:
        found.append("Its lead has another win that isn't cancelled.")
    for number, instalment in enumerate(facts.instalments, start=1):
        found += [f"Instalment {number}: {words}" for words in _faults(instalment, facts)]
    return tuple(found)


def _faults(instalment: InstalmentFacts, facts: WinFacts) -> list[str]:
    """What is wrong with one instalment; figures are compared only where there is something to compare."""
    standing = instalment.standing
    if not 0 <= instalment.refunded_minor <= instalment.base_minor:
        return ["more is refunded than was sold."]
    if facts.voided and instalment.refunded_minor != instalment.base_minor:
        return ["it is cancelled, and not all of it is refunded."]
    if not facts.priced:
        return ["it has ledger rows and no terms."] if instalment.has_rows else []
    if instalment.base_minor and not instalment.has_rows:
        return ["it has terms and no ledger rows."]
    faults = []
    if min(standing.receivable, standing.held, standing.due_to, standing.written_off, standing.commission) < 0:
        faults.append("a balance is below zero.")
    if instalment.received_minor < 0:
        faults.append("more is open than was booked.")
    if standing.held + standing.released - standing.clawed_back != standing.commission:
        faults.append("what is held and released isn't what was booked.")
    if standing.sold != instalment.base_minor or standing.refunded != instalment.refunded_minor:
        faults.append("the ledger sold or refunded another base than the win.")
    if standing.voided + standing.clawed_back != _taken_back(instalment, voided=facts.voided):
        faults.append("what was taken back doesn't fit the refunds.")
    return faults


def _taken_back(instalment: InstalmentFacts, *, voided: bool) -> int:
    return taken_back(
        commission=instalment.standing.booked,
        base=instalment.base_minor,
        refunded=instalment.refunded_minor,
        voided=voided,
    )
