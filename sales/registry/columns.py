"""The mirror's columns from the readers' facts: one function per table. Pure; judges nothing but a text's length.

What is not said outside is an empty text here, as the tables have it.
"""

from typing import Any

from django.db import models

from carolverse.designs.facts import DesignFacts
from carolverse.registry.facts import AgentFacts, BlockFacts, DroidFacts, RegionFacts, ServiceFacts, TermsFacts

Row = dict[str, Any]


def region(facts: RegionFacts) -> Row:
    return {
        "key": facts.key,
        "name": facts.name,
        "countries": list(facts.countries),
        "currency": facts.currency or "",
        "timezone": facts.timezone or "",
        "language": facts.language or "",
    }


def agent(facts: AgentFacts) -> Row:
    return {
        "key": facts.key,
        "name": facts.name,
        "outside_id": facts.outside_id or "",
        "title": facts.title or "",
        "department": facts.department or "",
        "region_id": facts.region,
        "reports_to": facts.reports_to or "",
        "is_agent": facts.is_agent,
        "status": facts.status,
    }


def service(facts: ServiceFacts, *, owner_revision: int | None) -> Row:
    return {
        "key": facts.key,
        "name": facts.name,
        "owner_id": facts.owner,
        "owner_revision": owner_revision,
        "category": facts.category or "",
        "status": facts.status or "",
        "cost_center": facts.cost_center or "",
        "sellable": facts.sellable,
        "list_price_minor": facts.list_price_minor,
        "currency": facts.currency or "",
        "team": team(facts),
    }


def team(facts: ServiceFacts) -> list[Row]:
    return [{"agent": member.agent, "role": member.role} for member in facts.team]


def block(facts: BlockFacts) -> Row:
    """A block; the registry gives it no name but its key."""
    return {
        "key": facts.key,
        "name": facts.key,
        "owner": facts.owner or "",
        "parent_service": facts.parent_service or "",
        "position": facts.position,
    }


def droid(facts: DroidFacts) -> Row:
    return {
        "key": facts.key,
        "name": facts.name,
        "owner": facts.owner or "",
        "block": facts.block or "",
        "process_type": facts.process_type or "",
        "schedule": facts.schedule or "",
    }


def design(facts: DesignFacts) -> Row:
    return {
        "service_id": facts.service,
        "design_type": facts.design_type,
        "status": facts.status,
        "facts": list(facts.facts),
        "prices": [
            {"label": price.label, "amount_minor": price.amount_minor, "currency": price.currency, "per": price.per}
            for price in facts.prices
        ],
        "check_subscription_first": facts.check_subscription_first,
        "hand_off_to": facts.hand_off_to or "",
        "urls": list(facts.urls),
    }


def terms(facts: TermsFacts) -> Row:
    """What a version of terms says, without where it stands: currency, start and revision."""
    return {
        "rate_bp": facts.rate_bp,
        "bands": [{"up_to_minor": band.up_to_minor, "rate_bp": band.rate_bp} for band in facts.bands],
        "fixed_minor": facts.fixed_minor,
        "floor_minor": facts.floor_minor,
        "cap_minor": facts.cap_minor,
        "scope": facts.scope,
        "base": facts.base,
        "instalments": facts.instalments,
        "hold_days": facts.hold_days,
        "rounding": facts.rounding,
        "sample": facts.sample,
    }


def too_long(model: type[models.Model], row: Row) -> str:
    """A sentence if a text doesn't fit its column; SQLite would take it, PostgreSQL would not."""
    for field in model._meta.concrete_fields:
        value, limit = row.get(field.attname), field.max_length
        if limit and isinstance(value, str) and len(value) > limit:
            return f"{field.name} is longer than {limit} characters."
    return ""
