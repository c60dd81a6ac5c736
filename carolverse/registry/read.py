"""Reads a registry from its address, whichever kind of source that is. The only way in."""

from carolverse.registry.facts import RegistryFacts
from carolverse.registry.from_database import database_document
from carolverse.registry.from_document import FORMAT, registry_facts
from carolverse.sources.content import NotModified
from carolverse.sources.errors import FeedRefused
from carolverse.sources.location import locate
from carolverse.sources.reading import read_document

__all__ = ["FeedRefused", "NotModified", "read_registry"]


def read_registry(url: str, *, previous_etag: str | None = None) -> RegistryFacts | NotModified:
    """The facts of the registry at `sqlite:PATH`, `file:PATH` or `https://…`.

    `previous_etag` is asked for on the web only; elsewhere the digest tells whether anything changed.

    Raises:
        FeedRefused: the feed as a whole can't be trusted; nothing may be changed by it.
    """
    location = locate(url)
    if location.kind == "sqlite":
        document, strays = database_document(location.target)
        return registry_facts(document, source=url, strays=strays)
    found = read_document(location, expected_format=FORMAT, previous_etag=previous_etag)
    if isinstance(found, NotModified):
        return found
    return registry_facts(found.content, source=url, etag=found.etag)
