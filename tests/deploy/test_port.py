"""A busy port is named before anything is done."""

import socket
from collections.abc import Iterator

import pytest

from deploy import port


@pytest.fixture
def busy() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def _main(monkeypatch: pytest.MonkeyPatch, text: str) -> int:
    monkeypatch.setattr("sys.argv", ["port.py", text])
    return port.main()


def test_a_free_port_is_left_without_a_word(
    busy: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(port, "is_free", lambda number: number != busy)
    assert _main(monkeypatch, str(busy - 1)) == 0
    assert capsys.readouterr() == ("", "")


def test_a_busy_port_is_named_with_the_line_to_type(
    busy: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _main(monkeypatch, str(busy)) == 1
    said = capsys.readouterr().err
    assert f"Port {busy} is in use by " in said
    assert f"make run PORT={busy + 1}" in said


@pytest.mark.parametrize("text", ["", "http", "0", "65536", "-1"])
def test_a_port_that_is_no_port_is_refused(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _main(monkeypatch, text) == 2
    assert "from 1 to 65535" in capsys.readouterr().err
