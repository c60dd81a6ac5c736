"""A fair queue in front of BEGIN IMMEDIATE.

Not the lock that keeps the data safe: that is SQLite's. But SQLite's waiters sleep and retry, and the unlucky
starve for seconds; the kernel wakes the waiters of flock(2) in order. A program that bypasses the gate does
no harm, it only waits.
"""

import fcntl
import os
import threading

from django.db import OperationalError


class WriteGate:
    """The gate of one database file, for one connection; a descriptor lives as long as one passage.

    A descriptor of its own for each passage keeps threads and forked workers apart.
    """

    def __init__(self, path: str, timeout_seconds: float) -> None:
        self.path = path
        self.timeout_seconds = timeout_seconds
        self._descriptor: int | None = None
        self._process: int | None = None

    def enter(self) -> None:
        """Wait for our turn.

        Raises:
            OperationalError: the turn didn't come in time, or the gate's file can't be opened.
        """
        self.leave()
        descriptor = self._open()
        try:
            self._lock(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor, self._process = descriptor, os.getpid()

    def leave(self) -> None:
        """Let the next one in; of no effect when we aren't inside."""
        if self._descriptor is None:
            return
        if self._process == os.getpid():
            # Closing isn't enough when a child forked meanwhile holds a copy; unlocking in the child would be
            # too much.
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        os.close(self._descriptor)
        self._descriptor = self._process = None

    def _open(self) -> int:
        try:
            return os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o660)
        except OSError as error:
            raise OperationalError(
                f"The write gate can't be opened ({error}). "
                "Give this process the right to write in the folder of the database."
            ) from error

    def _lock(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            pass
        # flock knows no time limit, so a thread waits for us. If we give up, the caller closes the
        # descriptor, and the kernel drops the lock as soon as the thread returns with it.
        waiter = threading.Thread(target=fcntl.flock, args=(descriptor, fcntl.LOCK_EX), daemon=True)
        waiter.start()
        waiter.join(self.timeout_seconds)
        if waiter.is_alive():
            raise OperationalError(
                f"database is locked: another writer has held it for {self.timeout_seconds:g} s. "
                "Look for a process that stands still inside a transaction."
            )
