"""What is missing for the environment is said with the line to type."""

import sys

import pytest

from deploy import environment


def test_this_python_is_good_enough() -> None:
    assert environment.trouble() == ""


def test_an_old_python_is_told_the_version_that_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert "This is Python 3.9.2; the console needs 3.11" in environment.trouble()


@pytest.mark.parametrize(("user", "line"), [(0, "  apt-get install"), (1000, "  sudo apt-get install")])
def test_without_ensurepip_the_apt_line_is_printed(monkeypatch: pytest.MonkeyPatch, user: int, line: str) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setattr("os.geteuid", lambda: user)
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert f"{line} --yes python{version}-venv\n" in environment.trouble()


def test_a_broken_environment_does_not_count_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "PYTHON", environment.ROOT / "no-such-python")
    assert not environment.works()
