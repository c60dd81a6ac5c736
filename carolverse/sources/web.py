"""Reads a web address once, within limits: conditional by ETag, no silent downgrade, no endless answer.

Not a client for anything else: no login, no cookies, no retry. A sync that fails is simply run again.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    BaseHandler,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    ProxyHandler,
    Request,
    build_opener,
)

from carolverse.sources.content import Content, NotModified
from carolverse.sources.errors import FeedRefused
from carolverse.sources.limits import LIMITS, Limits
from carolverse.sources.location import LOCAL_HOSTS, check_web_address


def fetch(url: str, *, previous_etag: str | None = None, limits: Limits = LIMITS) -> Content | NotModified:
    """The bytes at a web address, or that they are still those of `previous_etag`.

    Raises:
        FeedRefused: unreachable, too slow, too large, cut short, redirected, or any status but 200 and 304.
    """
    check_web_address(url)
    deadline = _Deadline()
    try:
        request = Request(url, headers=_headers(previous_etag))
        with deadline.running(limits.timeout_seconds):
            return _answer(request, deadline, limits)
    except HTTPError as error:
        with closing(error):
            if error.code == 304 and previous_etag is not None:
                return NotModified(etag=previous_etag)
        raise FeedRefused(f"The source answered with status {error.code}. Check its address and health.") from error
    except (OSError, HTTPException, ValueError) as error:
        if deadline.passed or isinstance(error, TimeoutError):
            raise FeedRefused(f"The source took more than {limits.timeout_seconds:g} s. Try again later.") from error
        raise FeedRefused(f"The source can't be reached ({error}). Check its address and health.") from error


def _headers(previous_etag: str | None) -> dict[str, str]:
    headers = {"Accept": "application/json", "User-Agent": "carolverse-sales"}
    if previous_etag is not None:
        headers["If-None-Match"] = previous_etag
    return headers


def _answer(request: Request, deadline: "_Deadline", limits: Limits) -> Content:
    # A proxy of the environment may stand before the world, never before this machine.
    local = urlsplit(request.full_url).hostname in LOCAL_HOSTS
    handlers: list[BaseHandler] = [_WatchedHTTP(deadline), _WatchedHTTPS(deadline), _SameScheme()]
    opener = build_opener(*handlers, *([ProxyHandler({})] if local else []))
    with opener.open(request, timeout=limits.timeout_seconds) as response:
        assert isinstance(response, HTTPResponse)
        if response.status != 200:
            raise FeedRefused(f"The source answered with status {response.status}. Check its address and health.")
        body = response.read(limits.max_bytes + 1)
        if len(body) > limits.max_bytes:
            raise FeedRefused(f"The source sends more than {limits.max_bytes} bytes. Is it the feed?")
        # http.client doesn't complain of a short body when it is read by size.
        if deadline.passed or response.length:
            raise OSError("the answer was cut short")
        return Content(body=body, etag=response.headers.get("ETag"))


class _Deadline:
    """Ends a request as a whole: a socket's own timeout starts again with every byte that drips in."""

    def __init__(self) -> None:
        self.passed = False
        self._sockets: list[socket.socket] = []

    def watch(self, connection: HTTPConnection) -> None:
        if self.passed:
            raise TimeoutError("it took too long to connect")
        self._sockets.append(connection.sock)

    @contextmanager
    def running(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def _expire(self) -> None:
        self.passed = True
        for watched in list(self._sockets):
            with suppress(OSError):  # It may just have been closed, which is as good.
                watched.shutdown(socket.SHUT_RDWR)


class _WatchedHTTP(HTTPHandler):
    def __init__(self, deadline: _Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def http_open(self, req: Request) -> HTTPResponse:
        deadline = self._deadline

        class Watched(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                deadline.watch(self)

        return self.do_open(Watched, req)


class _WatchedHTTPS(HTTPSHandler):
    def __init__(self, deadline: _Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def https_open(self, req: Request) -> HTTPResponse:
        deadline = self._deadline

        class Watched(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                deadline.watch(self)

        return self.do_open(Watched, req)


class _SameScheme(HTTPRedirectHandler):
    """Follows a redirect only to an address that might have been given, by the same scheme."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        try:
            _check_redirect(req.full_url, newurl)
        except FeedRefused:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _check_redirect(old: str, new: str) -> None:
    check_web_address(new)
    if urlsplit(new).scheme != urlsplit(old).scheme:
        raise FeedRefused("The source redirects to another scheme. Give the address that it redirects to.")
