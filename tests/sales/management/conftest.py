"""What the tests of the import share: a small organisation, and the command over some rows."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.makers import NOW, Organisation, organisation
from tests.sales.blocks.intake.files import TOML, write


@pytest.fixture
def org() -> Organisation:
    return organisation()


@pytest.fixture
def run_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[dict[str, Any], int]]:
    """Run the command over some rows; its JSON and its exit code."""

    def of(*rows: str, toml: str = TOML, file: Path | None = None, now: str = NOW.isoformat(), **options: Any) -> Any:
        given = tmp_path / "mapping.toml"
        given.write_text(toml)
        path = file or write(tmp_path, *rows)
        code = 0
        try:
            call_command(
                "import_pipeline", str(path), "--mapping", str(given), "--json", "--now", now, *_flags(options)
            )
        except SystemExit as ended:
            code = int(str(ended.code))
        return json.loads(capsys.readouterr().out), code

    return of


def _flags(options: dict[str, Any]) -> list[str]:
    flags = []
    for name, value in options.items():
        flags += [f"--{name.replace('_', '-')}"] + ([] if value is True else [str(value)])
    return flags


@pytest.fixture
def undo_import(capsys: pytest.CaptureFixture[str]) -> Callable[[int], tuple[dict[str, Any], int]]:
    """Undo the import of a number, an hour later; the command's JSON and its exit code."""

    def of(number: int) -> tuple[dict[str, Any], int]:
        later, code = (NOW + timedelta(hours=1)).isoformat(), 0
        try:
            call_command("import_pipeline", "--undo", str(number), "--json", "--now", later)
        except SystemExit as ended:
            code = int(str(ended.code))
        return json.loads(capsys.readouterr().out), code

    return of
