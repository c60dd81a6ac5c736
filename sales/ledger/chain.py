"""The chain of the ledger: what is hashed of a row, and how.

It isn't the writing of rows nor their checking (posting and reconciliation do that). Its rule is the ledger's
"Chain": each row's hash holds the previous one, so a changed, lost or inserted row shows in every later hash.
Values are business keys and never row ids, so that any database and any outside reader get the same bytes.
"""

from collections.abc import Mapping
from hashlib import sha256

from sales.coding import Value, encode_fields, netstring

PREFIX = b"sales-ledger/1\n"
HASH_BYTES = 32

FIELDS: tuple[str, ...] = (
    "v", "seq", "event_key", "line", "kind", "debit", "credit", "amount", "unit", "win", "instalment",
    "agent", "lead", "service", "owner", "terms", "facts", "cost_center", "period", "effective_on",
    "recorded_at", "reverses", "source", "actor", "approver",
)  # fmt: skip
"""The hashed fields in their order, which never changes; ``v`` is the version of this list."""


class RowIncomplete(ValueError):
    """A row lacks a field of the chain; null has to be said, not left out."""


class NotAHash(ValueError):
    """The previous hash isn't 32 bytes."""


def genesis(ledger_id: str) -> bytes:
    """The hash before row 1. It holds the ledger's id, so that no row fits into another ledger."""
    return sha256(PREFIX + netstring(ledger_id)).digest()


def row_hash(previous: bytes, row: Mapping[str, Value]) -> bytes:
    """The hash of a row after ``previous``, as 32 raw bytes. Names beside ``FIELDS`` aren't hashed.

    Raises:
        NotAHash: ``previous`` isn't 32 raw bytes.
        RowIncomplete: a field of ``FIELDS`` is left out.
        NotCodable: a value has no single coding.
    """
    if len(previous) != HASH_BYTES:
        raise NotAHash(f"A previous hash has {HASH_BYTES} raw bytes, this one has {len(previous)}. Decode it from hex.")
    missing = [name for name in FIELDS if name not in row]
    if missing:
        raise RowIncomplete(f"The row lacks {', '.join(missing)}. Give None for what is null.")
    return sha256(PREFIX + previous + encode_fields((name, row[name]) for name in FIELDS)).digest()
