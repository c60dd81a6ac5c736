"""What a sync did, as commands and pages are told it. Not the stored row: that is RegistrySync."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a sync did, or on a dry run would do. ``unchanged`` counts rows; the lists hold keys."""

    outcome: str
    reason: str = ""
    digest: str = ""
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    unchanged: int = 0
    quarantined: list[dict[str, str]] = field(default_factory=list)
    seats: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    dry_run: bool = False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
