"""What a run of reconciliation says: each equation with its faults, and the head that it speaks for."""

from dataclasses import dataclass
from typing import Any

from sales.ledger.reconcile.fault import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One equation. ``faults`` holds the first of them, ``count`` is how many there are."""

    id: str
    title: str
    remedy: str
    faults: tuple[Fault, ...]
    count: int

    @property
    def ok(self) -> bool:
        return self.count == 0

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "ok": self.ok,
            "count": self.count,
            "remedy": "" if self.ok else self.remedy,
            "exceptions": [fault.as_dict() for fault in self.faults],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All equations over the rows up to ``head_seq``; ``entries`` is how many rows were read."""

    entries: int
    head_seq: int
    head_hash: str
    equations: tuple[Result, ...]

    @property
    def ok(self) -> bool:
        return all(equation.ok for equation in self.equations)

    def as_dict(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "entries": self.entries,
            "head": {"seq": self.head_seq, "hash": self.head_hash},
            "equations": [equation.as_dict() for equation in self.equations],
        }
