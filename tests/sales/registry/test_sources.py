"""Where a sync reads from: the web with its ETag, other schemes by their loaders, and what of an address is stored."""

import json
from http.server import BaseHTTPRequestHandler

import pytest

from carolverse.sources.errors import FeedRefused
from sales.management.demo.source import demo_url, read_demo
from sales.registry.models import RegistrySync
from sales.registry.sources import shown
from sales.registry.sync import sync_registry
from tests.carolverse.sources.server import serving
from tests.makers import AURORA
from tests.sales.registry.feed import NOW, of, spoilt


@pytest.mark.django_db
def test_a_feed_of_the_web_is_read_again_only_when_it_was_modified() -> None:
    document = spoilt(lambda f: of(f, "blueprint").update(owner="orion"))
    content, asked = json.dumps(document).encode(), []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match")
        asked.append(known)
        handler.send_response(304 if known else 200)
        handler.send_header("ETag", '"one"')
        handler.send_header("Content-Length", "0" if known else str(len(content)))
        handler.end_headers()
        handler.wfile.write(b"" if known else content)

    with serving(answer) as url:
        first, second = (sync_registry(registry_url=url, designs_url="", by=AURORA, now=NOW) for _ in range(2))
    assert asked == [None, '"one"']
    assert (first.outcome, second.outcome) == ("applied", "unchanged")
    assert (second.digest, second.quarantined) == (first.digest, first.quarantined)
    assert second.unchanged == len(first.added)
    assert list(RegistrySync.objects.values_list("etag", flat=True)) == ['"one"', '"one"']


@pytest.mark.parametrize(
    ("url", "stored"),
    [
        ("", ""),
        ("sqlite:registry.db", "sqlite:registry.db"),
        ("https://example.org/feed.json", "https://example.org/feed.json"),
        ("demo:2026-03-02T09:15:00Z", "demo:2026-03-02T09:15:00Z"),
        ("postgres://me:secret@host/db", "an address that can't be read"),
        ("https://me:secret@example.org/", "an address that can't be read"),
    ],
)
def test_an_address_that_may_hold_a_password_is_not_stored(url: str, stored: str) -> None:
    assert shown(url) == stored


def test_the_sample_counts_its_dates_from_its_address() -> None:
    url = demo_url(NOW)
    assert url == "demo:2026-03-02T09:15:00Z"
    early, late = read_demo(url, NOW)[0], read_demo(url, NOW.replace(year=2027))[0]
    assert early.digest == late.digest
    assert late.generated_at == NOW.replace(year=2027)


def test_a_sample_without_a_time_is_refused() -> None:
    with pytest.raises(FeedRefused, match="Run the demo"):
        read_demo("demo:", NOW)
