"""What STYLE asks of every file and a linter can't say. What ruff says is left to ruff (`make check`)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.files import OURS, ROOT, python_files, shown

LONGEST = 300
FILES = python_files(*OURS)
TESTS = python_files("tests")
UNFINISHED = re.compile("TO[D]O|FIX[M]E")  # In brackets, so that this line is none.
DRAWERS = {"services.py", "utils.py", "helpers.py", "misc.py", "common.py"}


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _calls(tree: ast.Module) -> Iterator[str]:
    """Calls by their dotted name: ``datetime.now``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("path", FILES + TESTS, ids=shown)
def test_a_file_fits_the_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", FILES + TESTS, ids=shown)
def test_nothing_is_left_for_later(path: Path) -> None:
    assert not UNFINISHED.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_no_file_is_a_drawer(path: Path) -> None:
    assert path.name not in DRAWERS


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_every_file_says_what_it_is(path: Path) -> None:
    if path.name == "__init__.py" and not path.read_text(encoding="utf-8").strip():
        return
    assert ast.get_docstring(_tree(path)), "A module begins with what it is, what it is not, whose rule it keeps."


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_no_except_swallows_everything(path: Path) -> None:
    """Catching everything is fine to let go of something; then it is raised again."""
    for node in ast.walk(_tree(path)):
        if not isinstance(node, ast.ExceptHandler) or ast.unparse(node.body[-1]) == "raise":
            continue
        caught = ast.unparse(node.type) if node.type else "everything"
        assert caught not in {"everything", "Exception", "BaseException"}, f"line {node.lineno}"


@pytest.mark.parametrize("path", python_files("sales"), ids=shown)
def test_only_the_outside_reads_the_clock(path: Path) -> None:
    """Verbs and rules are given the time; pages and commands read it once and pass it on."""
    storey = path.relative_to(ROOT / "sales").parts[0]
    if storey in {"admin", "workspace", "api", "management", "templatetags", "guard.py", "apps.py"}:
        return
    clocks = {
        "timezone.now",
        "datetime.now",
        "datetime.utcnow",
        "date.today",
        "datetime.date.today",
        "time.time",
    }
    assert not clocks & set(_calls(_tree(path)))


@pytest.mark.parametrize("path", python_files("sales"), ids=shown)
def test_money_is_never_a_float(path: Path) -> None:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.AnnAssign):
            name, kind = ast.unparse(node.target), ast.unparse(node.annotation)
            assert not (name.endswith(("_minor", "_bp")) and {"float", "Decimal"} & set(re.findall(r"\w+", kind)))
    assert not {"models.FloatField", "models.DecimalField"} & set(_calls(_tree(path)))
