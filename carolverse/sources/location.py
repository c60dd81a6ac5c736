"""Where a source is: the kind of its address and the rest of it. Opens nothing."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from carolverse.sources.errors import FeedRefused

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost"})
KNOWN = "Use sqlite:PATH, file:PATH or https://…"


@dataclass(frozen=True, slots=True)
class Location:
    """`kind` is sqlite, file or web; `target` is a path, or for the web the whole address."""

    kind: str
    target: str


def locate(url: str) -> Location:
    """Read an address of a source: `sqlite:PATH`, `file:PATH`, `https://…`, or plain http on this machine.

    Raises:
        FeedRefused: another scheme, plain http to another machine, no path, or a password in the address.
    """
    scheme, colon, rest = url.partition(":")
    scheme = scheme.lower()
    if scheme in ("sqlite", "file") and rest:
        return Location(kind=scheme, target=rest)
    if scheme in ("https", "http") and colon:
        check_web_address(url)
        return Location(kind="web", target=url)
    # The address isn't repeated: one that is mistyped may hold a password.
    raise FeedRefused(f"The address of a source has no scheme or path that is known. {KNOWN}")


def check_web_address(url: str) -> None:
    """Refuse a web address that isn't safe to fetch; redirects are checked by the same rule.

    Raises:
        FeedRefused: no host, a login in it, or plain http to another machine.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FeedRefused(f"The web address of a source can't be read ({error}). {KNOWN}") from error
    if not host:
        raise FeedRefused(f"The web address of a source names no host. {KNOWN}")
    if parts.username is not None or parts.password is not None:
        raise FeedRefused("The web address of a source holds a login, which would be stored. Leave it out.")
    if parts.scheme.lower() != "https" and not (parts.scheme.lower() == "http" and host in LOCAL_HOSTS):
        raise FeedRefused(f"A source on {host} is read by https only: anyone between could change it. {KNOWN}")
