"""Addresses of sources: what is known, and what is refused before anything is opened."""

import pytest

from carolverse.sources.errors import FeedRefused
from carolverse.sources.location import Location, locate


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("sqlite:registry.db", Location("sqlite", "registry.db")),
        ("sqlite:/srv/a b?.db", Location("sqlite", "/srv/a b?.db")),
        ("FILE:feed.json", Location("file", "feed.json")),
        ("https://example.org/feed.json", Location("web", "https://example.org/feed.json")),
        ("http://127.0.0.1:8000/feed.json", Location("web", "http://127.0.0.1:8000/feed.json")),
        ("http://localhost/feed.json", Location("web", "http://localhost/feed.json")),
    ],
)
def test_a_known_address_is_taken_apart(url: str, location: Location):
    assert locate(url) == location


@pytest.mark.parametrize(
    "url",
    [
        "",
        "registry.db",
        "sqlite:",
        "file:",
        "ftp://example.org/feed.json",
        "postgres://example.org/registry",
        "http://example.org/feed.json",
        "http://127.0.0.1.example.org/feed.json",
        "http://127.0.0.1@example.org/feed.json",
        "https://",
        "https:///feed.json",
        "https://[::1/feed.json",
        "https://example.org:port/feed.json",
    ],
)
def test_any_other_address_is_refused(url: str):
    with pytest.raises(FeedRefused):
        locate(url)


def test_a_password_in_an_address_is_refused_and_not_repeated():
    with pytest.raises(FeedRefused) as refused:
        locate("https://alice:secret@example.org/feed.json")
    assert "secret" not in refused.value.reason
