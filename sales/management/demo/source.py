"""The sample organisation as a source of the registry sync: ``demo:`` and the time that its dates count from.

The time is part of the address, so that a later sync finds the same dates: with others its terms would be rewritten.
"""

from dataclasses import replace
from datetime import UTC, datetime

from carolverse.designs.facts import DesignsFacts
from carolverse.designs.read import designs_facts
from carolverse.registry.facts import RegistryFacts
from carolverse.registry.from_document import registry_facts
from carolverse.sources.errors import FeedRefused
from sales.management.demo.files import load_designs, load_registry

SCHEME = "demo"


def demo_url(now: datetime) -> str:
    """The address of the sample organisation as of a time."""
    return f"{SCHEME}:{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def read_demo(url: str, now: datetime) -> tuple[RegistryFacts, DesignsFacts]:
    """Both feeds of the sample, its dates counted from the time in the address.

    Raises:
        FeedRefused: the address names no time.
    """
    try:
        since = datetime.fromisoformat(url.partition(":")[2])
    except ValueError as error:
        raise FeedRefused("The address of the sample organisation is demo: and a time. Run the demo.") from error
    since = since if since.tzinfo else since.replace(tzinfo=UTC)
    registry = registry_facts(load_registry(since), source=url)
    return replace(registry, generated_at=now), designs_facts(load_designs(), source=url)
