"""deploy/env.example and carolverse/env.py say the same; the code reads no other variable."""

import re
from typing import Any

import pytest

from carolverse.env import DECLARED
from tests.house.files import ROOT, python_files, shown

LINE = re.compile(r"^(?:# )?([A-Z][A-Z0-9_]*)=(.*)$", re.MULTILINE)
EXAMPLE = (ROOT / "deploy/env.example").read_text(encoding="utf-8")
WRITTEN = dict(LINE.findall(EXAMPLE))


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return ",".join(value) if isinstance(value, list) else str(value)


def test_the_example_names_each_declared_variable_and_no_other() -> None:
    assert sorted(WRITTEN) == sorted(DECLARED)


@pytest.mark.parametrize("name", DECLARED)
def test_the_example_shows_the_default_and_the_meaning(name: str) -> None:
    assert WRITTEN[name] == _as_text(DECLARED[name].default)
    assert f"# {DECLARED[name].help}\n" in EXAMPLE


def test_no_other_code_reads_the_environment() -> None:
    reading = re.compile(r"os\.environ|os\.getenv|environ\.Env\(")
    files = [*python_files("sales", "carolverse"), ROOT / "deploy/gunicorn.conf.py"]
    found = [shown(path) for path in files if reading.search(path.read_text())]
    # The last two set DJANGO_SETTINGS_MODULE.
    allowed = {"carolverse/env.py", "carolverse/wsgi.py", "carolverse/asgi.py"}
    assert set(found) <= allowed
