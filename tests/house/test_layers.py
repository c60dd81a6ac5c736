"""The layers of the house hold, as pyproject.toml's contracts say them."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.house.files import ROOT

LINTER = Path(sys.executable).with_name("lint-imports")


def test_no_storey_imports_a_higher_one() -> None:
    done = subprocess.run([LINTER, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_contract_was_dropped() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    ids = {contract["id"] for contract in settings["contracts"]}
    assert ids >= {"storeys", "ground", "readers", "blocks", "index", "settings"}


def test_every_room_has_its_storey() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    storeys = next(contract for contract in settings["contracts"] if contract["id"] == "storeys")
    assert storeys["exhaustive"] is True
    assert storeys["exhaustive_ignores"] == ["migrations"]
    assert "ignore_imports" not in storeys
