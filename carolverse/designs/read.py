"""Reads a design store from its address, whichever kind of source that is. The only way in.

The JSON format is described in schema/carolverse-designs-1.json. As a database it is one table, `designs`,
with a column per field; facts, prices and urls hold JSON.
"""

from collections.abc import Mapping

from carolverse.designs.facts import DesignFacts, DesignsFacts, RowFault
from carolverse.designs.rows import design
from carolverse.sources import fields
from carolverse.sources.content import NotModified
from carolverse.sources.database import decoded, read_tables
from carolverse.sources.digest import content_digest
from carolverse.sources.errors import FeedRefused, Unreadable
from carolverse.sources.fields import Row
from carolverse.sources.location import locate
from carolverse.sources.reading import read_document
from carolverse.sources.rows import table_of

__all__ = ["FeedRefused", "NotModified", "read_designs"]

FORMAT = "carolverse-designs/1"
TABLE = "designs"
JSON_COLUMNS = ("facts", "prices", "urls")


def read_designs(url: str, *, previous_etag: str | None = None) -> DesignsFacts | NotModified:
    """The designs at `sqlite:PATH`, `file:PATH` or `https://…`.

    Raises:
        FeedRefused: the store as a whole can't be trusted; nothing may be changed by it.
    """
    location = locate(url)
    if location.kind == "sqlite":
        rows = read_tables(location.target, required=[TABLE])[TABLE]
        return designs_facts({TABLE: [decoded(row, *JSON_COLUMNS) for row in rows]}, source=url)
    found = read_document(location, expected_format=FORMAT, previous_etag=previous_etag)
    if isinstance(found, NotModified):
        return found
    return designs_facts(found.content, source=url, etag=found.etag)


def designs_facts(document: Mapping[str, object], *, source: str, etag: str | None = None) -> DesignsFacts:
    """The facts of a document.

    Raises:
        FeedRefused: no designs, a row that isn't an object or names no service, or two designs of one type.
    """
    designs: dict[tuple[str, str], DesignFacts] = {}
    faults: list[RowFault] = []
    for position, row in enumerate(table_of(document, TABLE, required=True), start=1):
        service = _service(row, position)
        try:
            found = design(service, row)
        except Unreadable as error:
            faults.append(RowFault(table=TABLE, key=service, reason=str(error)))
            continue
        if (service, found.design_type) in designs:
            raise FeedRefused(f"{service!r} has two designs of type {found.design_type!r}. Remove one at the source.")
        designs[service, found.design_type] = found
    ordered = tuple(found for _, found in sorted(designs.items()))
    digest = content_digest({TABLE: ordered, "faults": sorted(faults)})
    return DesignsFacts(source=source, designs=ordered, faults=tuple(sorted(faults)), digest=digest, etag=etag)


def _service(row: Row, position: int) -> str:
    try:
        return fields.key(row, "service")
    except Unreadable as error:
        raise FeedRefused(f"Row {position} of {TABLE}: {error} Mend the store at its source.") from error
