"""Reads a JSON source by its address: a file or the web."""

from collections.abc import Mapping
from dataclasses import dataclass

from carolverse.sources.content import Content, NotModified
from carolverse.sources.document import parse_document
from carolverse.sources.files import read_file
from carolverse.sources.location import Location
from carolverse.sources.web import fetch


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON object of the expected format, and the ETag that came with it."""

    content: Mapping[str, object]
    etag: str | None = None


def read_document(
    location: Location, *, expected_format: str, previous_etag: str | None = None
) -> Document | NotModified:
    """The document at a file or web location.

    Raises:
        FeedRefused: it can't be had, or isn't a document of that format.
    """
    if location.kind == "file":
        found: Content | NotModified = Content(body=read_file(location.target))
    else:
        found = fetch(location.target, previous_etag=previous_etag)
    if isinstance(found, NotModified):
        return found
    return Document(content=parse_document(found.body, expected_format=expected_format), etag=found.etag)
