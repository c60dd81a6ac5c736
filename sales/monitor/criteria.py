"""What Sales promised, measured: the four criteria of success with their status as of a reading (R31–R35).

Measured, never asserted: without something to measure, or without a target, ``met`` is None and the words say so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sales.monitor.finding import many
from sales.monitor.proof import Proof
from sales.monitor.reading import LOOK_BACK, Reading
from sales.monitor.states import State
from sales.monitor.totals import Scope

COMMON_CASE_BP = 5_000
"""Most steps: half of 10,000 basis points, and more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One promise: what was measured (``value`` in ``unit``), what it should be, and whether it is met."""

    code: str
    title: str
    words: str
    unit: str
    value: int | None
    target: int | None
    target_words: str
    met: bool | None


def criteria(reading: Reading, scope: Scope, *, proof: Proof | None = None) -> list[Criterion]:
    """The four criteria; the ledger's is measured only where a proof is given."""
    return [_attributed(reading, scope), _reconciled(proof), _regional(reading, scope), _unaided(reading)]


def _attributed(reading: Reading, scope: Scope) -> Criterion:
    """Wins that are neither cancelled nor in the totals: not yet tied to a service and its terms."""
    live = [win for win in reading.wins if win.state != State.REVERSED and scope.has_win(win)]
    outside = sum(not win.is_counted for win in live)
    new = sum(win.is_new_customer for win in live if win.is_counted)
    words = (
        f"{outside:,} of {many(len(live), 'win', 'wins')} in no total; {many(new, 'new customer', 'new customers')} won"
    )
    return Criterion(
        code="attributed",
        title="New customers are won, and attributed to the right service",
        words=words if live else "nothing is sold yet",
        unit="wins in no total",
        value=outside if live else None,
        target=0,
        target_words="none in no total",
        met=outside == 0 and new > 0 if live else None,
    )


def _reconciled(proof: Proof | None) -> Criterion:
    measured = proof is not None and proof.report.entries > 0
    words = f"{proof.holding} of {proof.of} equations hold" if proof and measured else ""
    return Criterion(
        code="reconciled",
        title="Commission is measured against what was sold, in a ledger that reconciles",
        words=words or ("the ledger has no rows yet" if proof else "not worked out here: run reconcile"),
        unit="equations that fail",
        value=proof.of - proof.holding if proof and measured else None,
        target=0,
        target_words="every equation holds",
        met=proof.report.ok if proof and measured else None,
    )


def _regional(reading: Reading, scope: Scope) -> Criterion:
    """Open leads that lie with nobody, or with the owner of Sales instead of a regional agent."""
    open_ = [group for group in reading.leads if group.is_open and scope.has(group)]
    leads = sum(group.leads for group in open_)
    owner = reading.sales_owner
    apart = sum(group.leads for group in open_ if group.agent is None or group.agent == owner)
    return Criterion(
        code="regional",
        title="Regional agents cover the demand",
        words=f"{_percent(apart, leads)} of {many(leads, 'open lead', 'open leads')} with the owner of Sales or nobody"
        if leads
        else "no lead is open",
        unit="basis points of open leads",
        value=_bp(apart, leads) if leads else None,
        target=None,
        target_words="no target published yet",
        met=None,
    )


def _unaided(reading: Reading) -> Criterion:
    """Steps of leads in the last 90 days that a droid took, of all."""
    steps, alone = reading.steps, reading.steps_by_droids
    days = LOOK_BACK // timedelta(days=1)
    return Criterion(
        code="unaided",
        title="The pipeline runs without nudging in the common case",
        words=f"{_percent(alone, steps)} of {many(steps, 'step', 'steps')} in {days} days taken by droids"
        if steps
        else f"no lead moved in {days} days",
        unit="basis points of steps",
        value=_bp(alone, steps) if steps else None,
        target=COMMON_CASE_BP,
        target_words="more than half",
        met=_bp(alone, steps) > COMMON_CASE_BP if steps else None,
    )


def _bp(part: int, whole: int) -> int:
    return (20_000 * part + whole) // (2 * whole)


def _percent(part: int, whole: int) -> str:
    return f"{_bp(part, whole) / 100:.1f} %"


def met_words(all_: Iterable[Criterion]) -> str:
    """Such as "1 of 4 met"."""
    listed = list(all_)
    return f"{sum(criterion.met is True for criterion in listed)} of {len(listed)} met"
