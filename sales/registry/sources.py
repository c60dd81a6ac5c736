"""Reads registry and design store from their addresses, before any transaction. Knows nothing of the mirror.

Beside the readers' own addresses there may be others, by scheme: a storey above registers a loader for each. The
sample organisation comes in that way, because a room can't import what lies above it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from carolverse.designs.facts import DesignsFacts
from carolverse.designs.read import read_designs
from carolverse.registry.facts import RegistryFacts
from carolverse.registry.read import read_registry
from carolverse.sources.content import NotModified
from carolverse.sources.errors import FeedRefused
from carolverse.sources.location import locate

Loader = Callable[[str, datetime], tuple[RegistryFacts, DesignsFacts]]
"""From an address and the time to both feeds."""

_loaders: dict[str, Loader] = {}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one attempt read. No registry: it is not modified. No designs: they have no address, or are not modified."""

    registry: RegistryFacts | None
    designs: DesignsFacts | None


def register(scheme: str, loader: Loader) -> None:
    """Let a scheme's addresses be read by a loader."""
    _loaders[scheme] = loader


def read_sources(registry_url: str, designs_url: str, *, previous_etag: str, now: datetime) -> Reading:
    """Read both addresses; an empty one of the design store leaves designs alone.

    Raises:
        FeedRefused: one of them can't be trusted; nothing may be changed by either.
    """
    if loader := _loaders.get(registry_url.partition(":")[0]):
        registry, designs = loader(registry_url, now)
        return Reading(registry, designs)
    read = read_registry(registry_url, previous_etag=previous_etag or None)
    found = read_designs(designs_url) if designs_url else None
    return Reading(
        registry=None if isinstance(read, NotModified) else read,
        designs=None if isinstance(found, NotModified) else found,
    )


def shown(url: str) -> str:
    """The address as it may be stored: one that no reader knows may be mistyped and hold a password."""
    if not url or url.partition(":")[0] in _loaders:
        return url[:500]
    try:
        locate(url)
    except FeedRefused:
        return "an address that can't be read"
    return url[:500]
