"""A registry by its address: the same facts from every kind of source, or a refusal that changes nothing."""

import json
from pathlib import Path

import pytest

from carolverse.registry.facts import RegistryFacts
from carolverse.registry.read import FeedRefused, NotModified, read_registry
from tests.carolverse.registry import database
from tests.carolverse.sources import feeds
from tests.carolverse.sources.server import body, serving


def test_a_file_a_database_and_the_web_give_equal_facts(tmp_path: Path):
    feed = feeds.registry()
    content = json.dumps(feed).encode()
    with serving(body(content, ETag='"one"')) as url:
        web = read_registry(url)
    file = read_registry(feeds.written(tmp_path, feed))
    rows = read_registry(database.written(tmp_path, feed))
    assert isinstance(web, RegistryFacts)
    assert isinstance(file, RegistryFacts)
    assert isinstance(rows, RegistryFacts)
    assert web.digest == file.digest == rows.digest
    assert web.services == file.services == rows.services
    assert (web.etag, file.etag, rows.etag) == ('"one"', None, None)
    assert web.source == url


def test_an_etag_that_still_holds_is_not_modified():
    with serving(body(b"", status=304)) as url:
        assert read_registry(url, previous_etag='"one"') == NotModified(etag='"one"')


@pytest.mark.parametrize("kind", ["file", "sqlite"])
def test_a_missing_source_is_refused_and_not_created(tmp_path: Path, kind: str):
    with pytest.raises(FeedRefused, match="There is no file"):
        read_registry(f"{kind}:{tmp_path / 'registry'}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"format": "carolverse-registry/2"}', b'{"format": "carolverse-registry/1"}'],
)
def test_a_broken_feed_is_refused_from_a_file_and_from_the_web(tmp_path: Path, content: bytes):
    (tmp_path / "feed.json").write_bytes(content)
    with pytest.raises(FeedRefused):
        read_registry(f"file:{tmp_path / 'feed.json'}")
    with serving(body(content)) as url, pytest.raises(FeedRefused):
        read_registry(url)


def test_a_feed_cut_short_in_the_middle_is_refused():
    content = json.dumps(feeds.registry()).encode()
    with serving(body(content[:200])) as url, pytest.raises(FeedRefused, match="isn't readable JSON"):
        read_registry(url)


def test_a_database_given_as_a_file_is_refused(tmp_path: Path):
    url = database.written(tmp_path, feeds.registry())
    with pytest.raises(FeedRefused, match="isn't readable JSON"):
        read_registry(url.replace("sqlite:", "file:"))
