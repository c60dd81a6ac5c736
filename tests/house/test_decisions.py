"""The decision records are complete, indexed, and name a check that exists."""

import re
from pathlib import Path

import pytest

from tests.house.files import ROOT

FOLDER = ROOT / "carolverse" / "decisions"
RECORDS = sorted(FOLDER.glob("[0-9]*.md"))
PARTS = ["Context", "Decision", "Consequences", "How it is checked"]
LONGEST = 60


def test_the_records_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_the_index_lists_every_record_by_its_title() -> None:
    lines = re.findall(r"^- \[(\d{4})\]\((.+?)\) (.+)$", (FOLDER / "README.md").read_text(), re.MULTILINE)
    expected = [(path.name[:4], path.name, path.read_text().splitlines()[0].split(" ", 2)[2]) for path in RECORDS]
    assert lines == expected


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_has_its_four_parts_on_one_page(path: Path) -> None:
    text = path.read_text()
    assert text.startswith(f"# {path.name[:4]} ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS
    assert len(text.splitlines()) <= LONGEST


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_names_a_check_that_exists(path: Path) -> None:
    checked = path.read_text().split("## How it is checked")[1]
    named = re.findall(r"`((?:tests|sales|carolverse|deploy)/[\w./-]+|pyproject\.toml)`", checked)
    assert named, "Name at least one file that checks this decision."
    assert [name for name in named if not (ROOT / name).exists()] == []
