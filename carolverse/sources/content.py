"""What a read of bytes brings home: new content, or that nothing has changed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a source; `etag` only where a web server gave one."""

    body: bytes
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The source still has the content that this ETag was given for; as good a read as any."""

    etag: str
