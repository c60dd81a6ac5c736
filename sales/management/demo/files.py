"""Reads the demo's files, with their relative dates made absolute.

Pure: the same `now` gives the same result. It doesn't judge what it reads; that every key leads somewhere is kept by
the tests of these files, and the registry's own rules are the sync's.

In the JSON files a string "@now" or "@now-30d" is a time and "@-30d" a date, both UTC, counted back from `now`.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from importlib.resources import files
from typing import Any

from sales.management.demo.facts import (
    DemoConversation,
    DemoCustomer,
    DemoMessage,
    DemoPerson,
    LeadSource,
    Phrases,
    Reason,
    ServicePhrases,
)

TOKEN = re.compile(r"@(?P<time>now)?(?:-(?P<days>\d+)d)?")


def load_registry(now: datetime, *, before: bool = False) -> dict[str, Any]:
    """The registry in the format carolverse-registry/1; with `before`, the service that was retired since is in it.

    Both must be loaded with one and the same `now`, or terms would start on other days and count as rewritten.
    """
    registry: dict[str, Any] = json.loads(_text("registry.json"))
    if before:
        overlay = json.loads(_text("registry_before.json"))
        registry["services"] = [*registry["services"], *overlay["services"]]
        registry["generated_at"] = overlay["generated_at"]
    resolved: dict[str, Any] = _resolve(registry, now.astimezone(UTC))
    return resolved


def load_designs() -> dict[str, Any]:
    """The design store in the format carolverse-designs/1."""
    designs: dict[str, Any] = json.loads(_text("designs.json"))
    return designs


def load_customers() -> tuple[DemoCustomer, ...]:
    """The customers with their people, in the file's order."""
    return tuple(
        DemoCustomer(**row | {"people": tuple(DemoPerson(**person) for person in row["people"])})
        for row in _toml("customers.toml")["customer"]
    )


def load_conversations() -> tuple[DemoConversation, ...]:
    """The hand-written conversations with their messages, in the file's order."""
    return tuple(_conversation(row) for row in _toml("conversations.toml")["conversation"])


def load_phrases() -> Phrases:
    """The building blocks of generated leads."""
    told = _toml("phrases.toml")
    return Phrases(
        services=tuple(_service(row) for row in told["service"]),
        next_steps={state: tuple(steps) for state, steps in told["next_steps"].items()},
        sources=tuple(LeadSource(**row | {"campaigns": tuple(row["campaigns"])}) for row in told["source"]),
        lost_reasons=_reasons(told["lost_reason"]),
        disqualified_reasons=_reasons(told["disqualified_reason"]),
        dormant_reasons=_reasons(told["dormant_reason"]),
        cancelled_reasons=_reasons(told["cancelled_reason"]),
        evidence=tuple(told["evidence"]["patterns"]),
    )


def _conversation(row: dict[str, Any]) -> DemoConversation:
    messages = tuple(_message(message) for message in row["message"])
    facts = {name: value for name, value in row.items() if name != "message"}
    return DemoConversation(**facts, messages=messages)


def _message(row: dict[str, Any]) -> DemoMessage:
    return DemoMessage(**row | {"at": time.fromisoformat(row["at"]), "text": row["text"].strip()})


def _service(row: dict[str, Any]) -> ServicePhrases:
    amounts = {currency: (smallest, largest) for currency, (smallest, largest) in row["amounts"].items()}
    lists = {name: tuple(row[name]) for name in ("titles", "offer_subjects")}
    return ServicePhrases(**row | lists | {"amounts": amounts})


def _reasons(rows: list[Mapping[str, str]]) -> tuple[Reason, ...]:
    return tuple(Reason(**row) for row in rows)


def _resolve(value: Any, now: datetime) -> Any:
    if isinstance(value, dict):
        return {name: _resolve(inner, now) for name, inner in value.items()}
    if isinstance(value, list):
        return [_resolve(inner, now) for inner in value]
    if isinstance(value, str) and value.startswith("@"):
        return _moment(value, now)
    return value


def _moment(token: str, now: datetime) -> str:
    found = TOKEN.fullmatch(token)
    if found is None or token == "@":
        raise ValueError(f"'{token}' is no relative date. Write @now, @now-30d or @-30d.")
    then = now - timedelta(days=int(found["days"] or 0))
    return f"{then:%Y-%m-%dT%H:%M:%SZ}" if found["time"] else f"{then:%Y-%m-%d}"


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(name))


def _text(name: str) -> str:
    return files("sales.management.demo").joinpath(name).read_text(encoding="utf-8")
