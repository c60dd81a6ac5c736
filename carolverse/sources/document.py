"""Strict JSON: a document with the expected format name, or a refusal.

Stricter than `json.loads`, because two readings of one feed must not differ: the same name twice in an
object, NaN and numbers that overflow are refused. What the document holds is for each reader to check.
"""

import json
import math
from collections.abc import Mapping

from carolverse.sources.errors import FeedRefused


def parse_document(content: bytes, *, expected_format: str) -> Mapping[str, object]:
    """The JSON object in `content`, if it says that it has the expected format.

    Raises:
        FeedRefused: not UTF-8, not JSON, not an object, or of another format or version.
    """
    try:
        document = parse_json(content.decode("utf-8-sig"))
    except ValueError as error:
        raise FeedRefused(f"The feed isn't readable JSON ({error}). Mend it at its source, then sync again.") from error
    if not isinstance(document, dict):
        raise FeedRefused("The feed isn't a JSON object. Check that the address leads to the feed itself.")
    found = document.get("format")
    if found != expected_format:
        named = f"says its format is {str(found)[:60]!r}" if found is not None else "doesn't say its format"
        raise FeedRefused(f"The feed {named}; this reader knows {expected_format!r}. Check the address.")
    return document


def parse_json(text: str) -> object:
    """The value that `text` holds.

    Raises:
        ValueError: not JSON, a name twice in one object, a number that isn't finite, or nested too deeply.
    """
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice[:60]!r} occurs twice in one object")
    return found


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} isn't JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"the number {text[:60]} is out of range")
    return number
