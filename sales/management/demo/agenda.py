"""What is to be done, in the order of time; of two things at one time, what was put down first. Pure."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime

Deed = Callable[[datetime], None]
"""Gets the time at which it is done."""


class Agenda:
    """A queue of deeds by time. A deed may put down further ones, for a time that hasn't come."""

    def __init__(self, *, until: datetime) -> None:
        self.until = until
        self._queue: list[tuple[datetime, int, Deed]] = []
        self._count = 0

    def put(self, at: datetime, deed: Deed) -> None:
        """Put a deed down; one later than the demo's day is never done."""
        if at <= self.until:
            self._count += 1
            heapq.heappush(self._queue, (at, self._count, deed))

    def run(self) -> Iterator[datetime]:
        """Do all of them; gives the time of each when it is done."""
        while self._queue:
            at, _, deed = heapq.heappop(self._queue)
            deed(at)
            yield at
