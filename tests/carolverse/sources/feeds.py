"""A small feed to spoil: each maker gives a new copy, which a test then changes in one place."""

import json
from pathlib import Path
from typing import Any


def registry() -> dict[str, Any]:
    """A registry with one of everything."""
    return {
        "format": "carolverse-registry/1",
        "generated_at": "2026-07-04T02:00:00+02:00",
        "regions": [
            {
                "key": "EU",
                "name": "European Union",
                "countries": ["FR", "DE"],
                "currency": "EUR",
                "timezone": "Europe/Berlin",
                "language": "en",
            }
        ],
        "agents": [
            agent("alice", id="agt_001", title="Head of Sales", region="EU"),
            agent("bob", reports_to="alice"),
        ],
        "services": [service("atlas", commission=[terms(), terms(starts="2026-07-01", rate_bp=900)])],
        "blocks": [{"key": "closing", "owner": "bob", "parent_service": "atlas", "position": 5}],
        "droids": [
            {
                "key": "bo-close-01",
                "name": "Closer",
                "owner": "bob",
                "block": "closing",
                "process_type": "scheduled",
                "schedule": "0 6 * * *",
            }
        ],
    }


def agent(key: str, **changes: Any) -> dict[str, Any]:
    """An agent in good order."""
    return {"key": key, "name": key.title(), "is_agent": True, "status": "active"} | changes


def service(key: str, **changes: Any) -> dict[str, Any]:
    """A sellable service in good order, with one in its team."""
    return {
        "key": key,
        "name": key.title(),
        "owner": "alice",
        "category": "external",
        "status": "live",
        "cost_center": "CC-1",
        "sellable": True,
        "team": [{"agent": "bob", "role": "support"}],
        "commission": [],
    } | changes


def terms(**changes: Any) -> dict[str, Any]:
    """Terms at ten per cent from the start of 2026."""
    return {"currency": "EUR", "starts": "2026-01-01", "rate_bp": 1000} | changes


def designs() -> dict[str, Any]:
    """A design store with one approved design."""
    return {
        "format": "carolverse-designs/1",
        "designs": [
            {
                "service": "atlas",
                "design_type": "service_design",
                "status": "approved",
                "facts": ["A subscription costs 20 euros a month."],
                "prices": [{"label": "subscription", "amount_minor": 2000, "currency": "EUR", "per": "month"}],
                "check_subscription_first": True,
                "hand_off_to": "alice",
                "urls": ["https://example.org/atlas"],
            }
        ],
    }


def written(folder: Path, document: object) -> str:
    """The address of a file that holds the document."""
    path = folder / "feed.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return f"file:{path}"
