"""The limits of every read, so that no source can fill the memory or hold up a sync."""

from dataclasses import dataclass

MAX_KEY_LENGTH = 64
MAX_TEXT_LENGTH = 200
MAX_MINOR = 10**15  # ten trillion of a two-decimal currency: far above any sale, far below a 64-bit integer.


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long one read may take; `timeout_seconds` is for the read as a whole."""

    max_bytes: int = 20 * 1024 * 1024
    max_rows: int = 100_000
    timeout_seconds: float = 20.0


LIMITS = Limits()
