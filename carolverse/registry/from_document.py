"""Makes the facts of a registry from a document of the format `carolverse-registry/1`.

The format is described in schema/carolverse-registry-1.json. Fields that aren't in it are ignored.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from carolverse.registry import rows
from carolverse.registry.catalogue import catalogue
from carolverse.registry.facts import RegistryFacts, RowFault
from carolverse.sources.digest import content_digest
from carolverse.sources.rows import keyed, read_each, table_of

FORMAT = "carolverse-registry/1"


def registry_facts(
    document: Mapping[str, object], *, source: str, etag: str | None = None, strays: Iterable[RowFault] = ()
) -> RegistryFacts:
    """The facts of a document; `strays` are faults that were found while it was put together.

    Raises:
        FeedRefused: a core table is missing or empty, a row is no object or without key, a key occurs twice.
    """
    regions, of_regions = read_each(_core(document, "regions"), rows.region, table="regions")
    agents, of_agents = read_each(_core(document, "agents"), rows.agent, table="agents")
    services, of_services = catalogue(_core(document, "services"))
    blocks, of_blocks = read_each(keyed(table_of(document, "blocks"), table="blocks"), rows.block, table="blocks")
    droids, of_droids = read_each(keyed(table_of(document, "droids"), table="droids"), rows.droid, table="droids")
    faults = tuple(sorted([*of_regions, *of_agents, *of_services, *of_blocks, *of_droids, *strays]))
    return RegistryFacts(
        source=source,
        generated_at=_generated_at(document),
        regions=regions,
        agents=agents,
        services=services,
        blocks=blocks,
        droids=droids,
        faults=faults,
        digest=content_digest(
            {
                "regions": regions,
                "agents": agents,
                "services": services,
                "blocks": blocks,
                "droids": droids,
                "faults": faults,
            }
        ),
        etag=etag,
    )


def _core(document: Mapping[str, object], table: str) -> dict[str, Mapping[str, object]]:
    return keyed(table_of(document, table, required=True), table=table)


def _generated_at(document: Mapping[str, object]) -> datetime | None:
    """When the feed says it was made; it only informs, so one that can't be read counts as not said."""
    value = document.get("generated_at")
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        return found.astimezone(UTC) if found is not None and found.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
