"""What becomes of one mirrored table: added, changed, retired, quarantined. Pure, and the same for every table.

Nothing is deleted. A wrong row keeps its last good version and says why it isn't accepted; a wrong row that was
never good is stored as its key at least, so that a person can see it (DESIGN section 5).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sales.registry.columns import Row


@dataclass(slots=True)
class TablePlan:
    """What one table comes to. ``lost`` rows are newly retired or quarantined, of ``live`` ones before."""

    table: str
    write: list[Row] = field(default_factory=list)
    final: dict[str, Row] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    quarantined: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0
    lost: int = 0
    live: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the feed says of one table: good rows, wrong rows with the reason, and how a new wrong one is stored.

    ``gone`` has a reason for rows that are missing but should not be, because others still lean on them.
    """

    rows: Mapping[str, Row]
    faults: Mapping[str, str]
    minimal: Mapping[str, Row] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)


def plan_table(table: str, wanted: Wanted, existing: Mapping[str, Row], *, now: datetime) -> TablePlan:
    """Compare what the feed says with what is stored."""
    plan = TablePlan(table, live=sum(row["retired_at"] is None for row in existing.values()))
    said = {**wanted.rows, **wanted.faults}
    if not existing:
        plan.live = len(said)
    for key in sorted({*said, *existing}):
        old = existing.get(key)
        if key in wanted.faults:
            _quarantine(plan, key, old, wanted)
        elif key in wanted.rows:
            _accept(plan, key, old, wanted.rows[key])
        elif old:
            _retire(plan, key, old, wanted.gone.get(key, ""), now=now)
    return plan


def _accept(plan: TablePlan, key: str, old: Row | None, said: Row) -> None:
    row = said | {"retired_at": None, "quarantine": ""}
    if _write(plan, key, old, row):
        (plan.changed if old else plan.added).append(key)
    else:
        plan.unchanged += 1


def _quarantine(plan: TablePlan, key: str, old: Row | None, wanted: Wanted) -> None:
    reason = wanted.faults[key]
    kept = old or {"key": key, "name": key} | wanted.minimal.get(key, {})
    _write(plan, key, old, kept | {"retired_at": None, "quarantine": reason})
    plan.quarantined[key] = reason
    plan.lost += old is None or old["retired_at"] is not None or not old["quarantine"]


def _retire(plan: TablePlan, key: str, old: Row, reason: str, *, now: datetime) -> None:
    written = _write(plan, key, old, old | {"retired_at": old["retired_at"] or now, "quarantine": reason})
    if old["retired_at"] is None:
        plan.retired.append(key)
        plan.lost += 1
    elif written:
        plan.changed.append(key)


def _write(plan: TablePlan, key: str, old: Row | None, row: Row) -> bool:
    plan.final[key] = row
    if old is not None and all(old[name] == value for name, value in row.items()):
        return False
    plan.write.append(row)
    return True
