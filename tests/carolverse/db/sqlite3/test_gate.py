"""carolverse.db.sqlite3.gate"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import OperationalError

from carolverse.db.sqlite3.gate import WriteGate

LONG_SECONDS = 5.0
FORKS = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")


def gates(tmp_path: Path, *timeouts: float) -> list[WriteGate]:
    return [WriteGate(str(tmp_path / "a.wlock"), timeout) for timeout in timeouts]


def test_one_at_a_time(tmp_path: Path) -> None:
    one, two = gates(tmp_path, LONG_SECONDS, 0.05)
    one.enter()
    with pytest.raises(OperationalError, match=r"locked.*0\.05 s"):
        two.enter()
    one.leave()
    two.enter()
    two.leave()


def test_who_gave_up_does_not_take_a_turn_later(tmp_path: Path) -> None:
    one, two, three = gates(tmp_path, LONG_SECONDS, 0.05, LONG_SECONDS)
    one.enter()
    with pytest.raises(OperationalError):
        two.enter()
    one.leave()
    three.enter()
    three.leave()


def test_the_next_one_enters_as_soon_as_the_first_leaves(tmp_path: Path) -> None:
    one, two = gates(tmp_path, LONG_SECONDS, LONG_SECONDS)
    one.enter()
    threading.Timer(0.1, one.leave).start()
    start = time.monotonic()
    two.enter()
    assert time.monotonic() - start < LONG_SECONDS
    two.leave()


def test_all_who_wait_get_their_turn(tmp_path: Path) -> None:
    turns: list[int] = []

    def visit(number: int, gate: WriteGate) -> None:
        for _ in range(20):
            gate.enter()
            turns.append(number)
            gate.leave()

    visitors = [threading.Thread(target=visit, args=pair) for pair in enumerate(gates(tmp_path, *[LONG_SECONDS] * 4))]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert sorted(turns) == sorted(list(range(4)) * 20)


def test_to_leave_twice_or_without_entering_is_harmless(tmp_path: Path) -> None:
    (one,) = gates(tmp_path, LONG_SECONDS)
    one.leave()
    one.enter()
    one.leave()
    one.leave()


@contextmanager
def child(work: Callable[[], None]) -> Iterator[None]:
    """A forked process that has done its work, and lives on."""
    read, write = os.pipe()
    process = os.fork()
    if process == 0:
        work()
        os.write(write, b"x")
        time.sleep(LONG_SECONDS)
        os._exit(0)
    try:
        os.read(read, 1)
        yield
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(read)
        os.close(write)


@FORKS
def test_a_child_does_not_open_the_gate_of_its_parent(tmp_path: Path) -> None:
    one, two = gates(tmp_path, LONG_SECONDS, 0.05)
    one.enter()
    with child(one.leave), pytest.raises(OperationalError):
        two.enter()
    one.leave()


@FORKS
def test_a_child_does_not_hold_the_gate_that_its_parent_leaves(tmp_path: Path) -> None:
    one, two = gates(tmp_path, LONG_SECONDS, 0.05)
    one.enter()
    with child(lambda: None):
        one.leave()
        two.enter()
        two.leave()


def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(OperationalError, match="right to write"):
        WriteGate(str(tmp_path / "nowhere" / "a.wlock"), 1).enter()
