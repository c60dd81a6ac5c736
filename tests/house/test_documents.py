"""What the documents name exists: commands, make targets, files, variables, links."""

import re

import pytest
from django.core.management import get_commands

from carolverse.env import DECLARED
from tests.house.files import DOCUMENTS, ROOT, heading

TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS}
EVERY = pytest.mark.parametrize("name", DOCUMENTS)
PATH = re.compile(r"(?:(?:sales|carolverse|templates|tests|deploy|docs|\.ci)/[\w./-]*\w|\w+\.toml|Makefile)")


@EVERY
def test_every_command_it_names_is_there(name: str) -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", TEXTS[name]))
    assert named - set(get_commands()) == set()


@EVERY
def test_every_make_target_it_names_is_there(name: str) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:`|^ *|\n)make ([a-z-]+)", TEXTS[name])) - targets == set()


@EVERY
def test_every_file_it_names_is_there(name: str) -> None:
    """Only what stands in backticks, whole; a path with a placeholder in it promises no file."""
    quoted = re.findall(r"`([^`\s]+)`", TEXTS[name])
    named = {text.rstrip("/") for text in quoted if PATH.fullmatch(text.rstrip("/"))}
    assert sorted(path for path in named if not (ROOT / path).exists() and path != "mapping.toml") == []


@EVERY
def test_every_link_leads_to_a_file_or_a_heading(name: str) -> None:
    folder = (ROOT / name).parent
    for target in re.findall(r"\]\(([^)\s]+)\)", TEXTS[name]):
        path, _, anchor = target.partition("#")
        if path.startswith(("http:", "https:")):
            continue
        assert not path or (folder / path).exists(), target
        if anchor:
            text = (folder / path).read_text(encoding="utf-8") if path else TEXTS[name]
            titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
            anchors = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
            assert anchor in anchors, target


@EVERY
def test_every_variable_it_sets_is_declared(name: str) -> None:
    known = {*DECLARED, "PYTHON", "ARGS", "REQUIRE_TOOLS"}
    assert set(re.findall(r"(?<![\w.])([A-Z][A-Z_]{3,})=", TEXTS[name])) - known == set()


def test_the_readme_explains_how_a_pipeline_is_imported() -> None:
    section = heading(TEXTS["README.md"], "Import your pipeline")
    assert "manage.py import_pipeline" in section
    assert "```toml" in section
