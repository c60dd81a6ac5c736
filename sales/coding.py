"""The one coding of facts into bytes, of which the ledger's chain and its digests are made.

It isn't a file format and is never decoded: it only has to give equal bytes for equal facts, on both
databases and to an outside reader. A field is ``netstring(name)`` and then ``netstring(value)``, or ``~`` for
null; a netstring is ``<byte length>:<UTF-8 bytes>,``. Integers are decimal, dates ``YYYY-MM-DD``, times UTC
with six decimals and ``Z``.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256

Value = str | int | date | datetime | None
Field = tuple[str, Value]

NULL = b"~"


class NotCodable(TypeError):
    """A value has no single coding, so its hash would depend on who wrote it."""


def netstring(text: str) -> bytes:
    """The text with its length in bytes before it, so that no two lists of texts have the same bytes."""
    raw = text.encode()
    return b"%d:%s," % (len(raw), raw)


@lru_cache(maxsize=256)
def _name(text: str) -> bytes:
    # Names are few and come again with every row of an import.
    return netstring(text)


def _time(value: datetime) -> str:
    if value.tzinfo is None:
        raise NotCodable(f"The time {value!r} has no zone. Pass an aware time.")
    utc = value if value.tzinfo is UTC else value.astimezone(UTC)
    return utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _text(name: str, value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        raise NotCodable(f"The field '{name}' is a truth value. Code it as a word, for example 'yes'.")
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, datetime):
        return _time(value)
    if isinstance(value, date):
        return value.isoformat()
    raise NotCodable(f"The field '{name}' is a {type(value).__name__}. Code it as text, an integer, a date or a time.")


def encode_fields(fields: Iterable[Field]) -> bytes:
    """The fields' bytes, in the order given: the order is a part of the facts.

    Raises:
        NotCodable: a truth value, a float, a time without a zone or anything else without a single coding.
    """
    parts: list[bytes] = []
    for name, value in fields:
        parts.append(_name(name))
        parts.append(NULL if value is None else netstring(_text(name, value)))
    return b"".join(parts)


def digest(fields: Iterable[Field]) -> str:
    """SHA-256 of the fields' bytes in hex: the digest of a win's frozen facts or of a version of terms."""
    return sha256(encode_fields(fields)).hexdigest()
