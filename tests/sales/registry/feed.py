"""A registry feed of a small organisation to sync and to spoil: each call gives a new copy.

Aurora owns Sales; Arwen heads the EU, where Carol reports to her; Atlas sells in the USA; six services have owners of
their own; Orion is a human.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from carolverse.designs.read import designs_facts
from carolverse.registry.from_document import registry_facts
from sales.registry.result import SyncResult
from sales.registry.sync import sync_facts
from tests.carolverse.sources.feeds import agent, service, terms
from tests.makers import AURORA

Feed = dict[str, Any]
Spoil = Callable[[Feed], object]

NOW = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
OWNERS = {
    "audit": "themis",
    "blueprint": "leo",
    "migration": "noah",
    "monitoring": "hermione",
    "sales": "aurora",
    "whatsapp": "galadriel",
}
TEAM = ("arwen", "atlas", "carol", "orion")


def feed() -> Feed:
    """The feed in good order."""
    members = {key: agent(key) for key in [*OWNERS.values(), "midas"]}
    members["arwen"] = agent("arwen", region="EU", title="Head of EU")
    members["carol"] = agent("carol", region="EU", reports_to="arwen")
    members["atlas"] = agent("atlas", region="USA", reports_to="aurora")
    members["orion"] = agent("orion", is_agent=False)
    return {
        "format": "carolverse-registry/1",
        "generated_at": "2026-03-02T02:00:00Z",
        "regions": [
            {
                "key": "EU",
                "name": "European Union",
                "countries": ["DE"],
                "currency": "EUR",
                "timezone": "Europe/Berlin",
            },
            {"key": "USA", "name": "United States", "countries": ["US"], "currency": "USD"},
        ],
        "agents": list(members.values()),
        "services": [
            service(key, owner=owner, sellable=key != "sales", team=[], commission=[] if key == "sales" else [terms()])
            | ({"team": list(TEAM)} if key == "sales" else {})
            for key, owner in OWNERS.items()
        ],
        "blocks": [{"key": "closing", "owner": "carol", "parent_service": "sales", "position": 5}],
        "droids": [{"key": "closer", "owner": "carol", "block": "closing"}],
    }


def designs(*keys: str) -> Feed:
    return {
        "format": "carolverse-designs/1",
        "designs": [
            {"service": key, "design_type": "offer", "status": "approved", "facts": ["It is."]} for key in keys
        ],
    }


def of(document: Feed, key: str, table: str = "services") -> Feed:
    """The row of a key, to be changed in place."""
    found: Feed = next(row for row in document[table] if row["key"] == key)
    return found


def drop(document: Feed, *keys: str, table: str = "services") -> None:
    document[table] = [row for row in document[table] if row["key"] not in keys]


def spoilt(*spoils: Spoil) -> Feed:
    """The feed after some changes in place."""
    document = feed()
    for spoil in spoils:
        spoil(document)
    return document


def sync(document: Feed, *, store: Feed | None = None, days: int = 0, **options: Any) -> SyncResult:
    """Sync a feed, so many days later."""
    return sync_facts(
        registry_facts(document, source="test:"),
        designs_facts(store, source="test:designs") if store else None,
        source="test:",
        designs_source="test:designs" if store else "",
        by=AURORA,
        now=NOW + timedelta(days=days),
        **options,
    )


def written(folder: Path, document: Feed) -> str:
    """The address of a file with the feed."""
    path = folder / "registry.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return f"file:{path}"
