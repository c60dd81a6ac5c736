"""Reads a file whole, within a limit; never creates one."""

from pathlib import Path

from carolverse.sources.errors import FeedRefused
from carolverse.sources.limits import LIMITS, Limits


def existing_file(path: str) -> Path:
    """The path of a file that is there.

    Raises:
        FeedRefused: it isn't there, isn't an ordinary file, or can't be looked at.
    """
    try:
        found = Path(path).is_file()
    except (OSError, ValueError) as error:
        raise FeedRefused(f"The file {path!r} can't be looked at ({error}). Check its path and rights.") from error
    if not found:
        raise FeedRefused(f"There is no file at {path!r}. Check the path; it is never created.")
    return Path(path)


def read_file(path: str, *, limits: Limits = LIMITS) -> bytes:
    """The bytes of a file.

    Raises:
        FeedRefused: missing, unreadable, or larger than the limit.
    """
    file = existing_file(path)
    try:
        with file.open("rb") as stream:
            content = stream.read(limits.max_bytes + 1)
    except OSError as error:
        raise FeedRefused(f"The file {path!r} can't be read ({error}). Check its rights.") from error
    if len(content) > limits.max_bytes:
        raise FeedRefused(f"The file {path!r} is larger than {limits.max_bytes} bytes. Is it the feed?")
    return content
