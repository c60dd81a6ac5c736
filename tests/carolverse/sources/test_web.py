"""Reading the web: conditional, bounded in size and time, and never elsewhere than told."""

import time
from http.server import BaseHTTPRequestHandler

import pytest

from carolverse.sources.content import Content, NotModified
from carolverse.sources.errors import FeedRefused
from carolverse.sources.limits import Limits
from carolverse.sources.web import fetch
from tests.carolverse.sources.server import body, serving

SMALL = Limits(max_bytes=100)
SHORT = Limits(max_bytes=100, timeout_seconds=0.3)


def test_a_body_comes_with_its_etag():
    with serving(body(b"content", ETag='"one"')) as url:
        assert fetch(url) == Content(body=b"content", etag='"one"')


def test_a_known_etag_that_still_holds_is_not_modified():
    sent: list[str | None] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        sent.append(handler.headers.get("If-None-Match"))
        handler.send_response(304)
        handler.end_headers()

    with serving(answer) as url:
        assert fetch(url, previous_etag='"one"') == NotModified(etag='"one"')
    assert sent == ['"one"']


@pytest.mark.parametrize("status", [204, 206, 304, 404, 500])
def test_any_other_status_is_refused(status: int):
    with serving(body(b"", status=status)) as url, pytest.raises(FeedRefused, match=str(status)):
        fetch(url)


def test_a_body_at_the_limit_is_read_and_one_above_it_refused():
    with serving(body(b"x" * 100)) as url:
        assert fetch(url, limits=SMALL) == Content(body=b"x" * 100)
    with serving(body(b"x" * 101)) as url, pytest.raises(FeedRefused, match="more than 100 bytes"):
        fetch(url, limits=SMALL)


def test_a_body_shorter_than_announced_is_refused():
    with serving(body(b"half", Content_Length="50")) as url, pytest.raises(FeedRefused, match="cut short"):
        fetch(url)


def test_headers_that_drip_in_are_cut_off_by_the_time_for_the_whole():
    def answer(handler: BaseHTTPRequestHandler) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nX-Slow: and slower still\r\n":
            handler.wfile.write(bytes([byte]))
            time.sleep(0.05)

    with serving(answer) as url, pytest.raises(FeedRefused, match=r"more than 0\.3 s"):
        fetch(url, limits=SHORT)


def test_a_body_that_drips_in_is_cut_off_by_the_time_for_the_whole():
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(20):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    with serving(answer) as url, pytest.raises(FeedRefused, match=r"more than 0\.3 s"):
        fetch(url, limits=SHORT)


@pytest.mark.parametrize(
    "target", ["file:///etc/hosts", "ftp://127.0.0.1/", "https://127.0.0.1:1/", "http://example.org/"]
)
def test_a_redirect_leads_neither_to_another_scheme_nor_off_this_machine_in_the_clear(target: str):
    with serving(body(b"", status=302, Location=target)) as url, pytest.raises(FeedRefused):
        fetch(url)


def test_a_redirect_of_the_same_kind_is_followed():
    with serving(body(b"content")) as new, serving(body(b"", status=302, Location=new)) as old:
        assert fetch(old) == Content(body=b"content")


def test_a_redirect_in_circles_is_refused():
    with serving(body(b"", status=302, Location="/feed.json")) as url, pytest.raises(FeedRefused):
        fetch(url)


def test_a_server_that_is_not_there_is_refused():
    with serving(body(b"")) as url:
        gone = url
    with pytest.raises(FeedRefused, match="can't be reached"):
        fetch(gone)


def test_what_is_not_http_is_refused():
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\x00\xff nonsense\r\n\r\n")

    with serving(answer) as url, pytest.raises(FeedRefused):
        fetch(url)


def test_an_etag_cannot_smuggle_a_header_in():
    with serving(body(b"content")) as url, pytest.raises(FeedRefused):
        fetch(url, previous_etag='"one"\r\nX-Other: two')
