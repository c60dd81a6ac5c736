"""carolverse.db.sqlite3.gate"""

import os
import threading
import time
from pathlib import Path

import pytest
from django.db import OperationalError

from carolverse.db.sqlite3.gate import WriteGate

LONG_SECONDS = 5.0


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


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_child_neither_opens_nor_holds_the_gate_of_its_parent(tmp_path: Path) -> None:
    one, two = gates(tmp_path, LONG_SECONDS, 0.05)
    one.enter()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        one.leave()
        os.write(write, b"left")
        time.sleep(LONG_SECONDS)
        os._exit(0)
    try:
        assert os.read(read, 4) == b"left"
        with pytest.raises(OperationalError):
            two.enter()
        one.leave()
        two.enter()
        two.leave()
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(read)
        os.close(write)


def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(OperationalError, match="right to write"):
        WriteGate(str(tmp_path / "nowhere" / "a.wlock"), 1).enter()
