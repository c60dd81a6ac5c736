"""The digest of what was read: equal content gives an equal digest, whatever the source.

Not the ledger's coding, which `sales.coding` keeps: this one only tells a sync whether anything changed.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date


def content_digest(content: Mapping[str, Sequence[object]]) -> str:
    """SHA-256, in hex, of the canonical JSON of tables of facts; the order of the facts counts."""
    canonical = json.dumps(content, default=_plain, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"A fact holds a {type(value).__name__}, which the digest has no coding for.")
