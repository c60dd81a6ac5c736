"""Files: read within a limit, never created."""

from pathlib import Path

import pytest

from carolverse.sources.errors import FeedRefused
from carolverse.sources.files import read_file
from carolverse.sources.limits import Limits


def test_a_file_at_the_limit_is_read_and_one_above_it_refused(tmp_path: Path):
    path = tmp_path / "feed.json"
    path.write_bytes(b"x" * 10)
    assert read_file(str(path), limits=Limits(max_bytes=10)) == b"x" * 10
    with pytest.raises(FeedRefused, match="larger than 9 bytes"):
        read_file(str(path), limits=Limits(max_bytes=9))


def test_a_missing_file_is_refused_and_not_created(tmp_path: Path):
    path = tmp_path / "feed.json"
    with pytest.raises(FeedRefused, match="There is no file"):
        read_file(str(path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "\x00", "x" * 5000])
def test_a_folder_or_an_impossible_name_is_refused(tmp_path: Path, name: str):
    with pytest.raises(FeedRefused):
        read_file(f"{tmp_path}/{name}")
