"""The files of the house, as the house tests walk them. Not a drawer for anything else."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("sales", "carolverse", "deploy")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "deploy/RUNBOOK.md")


def python_files(*folders: str) -> list[Path]:
    """Every module below the folders, in a steady order, without migrations' and caches' files."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if not {"migrations", "__pycache__"} & set(path.parts))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def heading(text: str, title: str) -> str:
    """What stands under one heading of a Markdown text, up to the next heading of its level or above."""
    level, start = next(
        (len(match[1]), match.end())
        for match in re.finditer(r"^(#+) (.+)$", text, re.MULTILINE)
        if match[2].strip() == title
    )
    rest = re.split(rf"^#{{1,{level}}} ", text[start:], maxsplit=1, flags=re.MULTILINE)
    return rest[0]
