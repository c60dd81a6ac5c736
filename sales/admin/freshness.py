"""Where the mirror comes from, how old it is, what the last reading changed, and which was last refused.

Shown above every list that mirrors the registry (DESIGN section 5). Writes nothing; ``syncs`` has the button.
"""

from typing import Any

from sales.admin.acting import now
from sales.registry.freshness import age_words, is_stale, last_good_read
from sales.registry.models import RegistrySync

WORDS = {"added": "added", "changed": "changed", "retired": "retired", "quarantined": "not accepted"}


def diff_words(diff: dict[str, Any]) -> str:
    """A diff in words: how many rows came, changed, went, or were not accepted."""
    counts = [f"{len(diff[name])} {word}" for name, word in WORDS.items() if diff.get(name)]
    return ", ".join(counts) or "nothing changed"


def freshness() -> dict[str, Any]:
    """How old the mirror is, where it was read, and whether wins may be booked on it."""
    read, at = last_good_read(), now()
    read_at = read.at if read else None
    altered = _last(RegistrySync.Outcome.APPLIED)
    refused = _last(RegistrySync.Outcome.REFUSED)
    return {
        "read": read,
        "read_words": age_words(read_at=read_at, now=at),
        "is_stale": is_stale(read_at=read_at, now=at),
        "altered": altered,
        "altered_words": diff_words(altered.diff) if altered else "",
        "refused": refused,
        "refused_since": bool(refused and (read_at is None or refused.at > read_at)),
    }


def _last(outcome: str) -> RegistrySync | None:
    return RegistrySync.objects.filter(outcome=outcome).order_by("-at", "-id").first()
