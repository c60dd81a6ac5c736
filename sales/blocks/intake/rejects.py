"""The rejects file: the rows that weren't accepted, as they stood, with a last column that says why.

It can be mended and fed back with the same mapping: same columns, delimiter and encoding, and no cell is altered.
It appears whole or not at all.
"""

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import TracebackType
from typing import Any, Self

from sales.blocks.intake.plans import Rejected
from sales.blocks.intake.rows import REASON, BadFile, Sheet


class Rejects:
    """A rejects file in the making; it takes its name when the ``with`` block ends without an exception."""

    def __init__(self, path: Path | None, sheet: Sheet, *, mapping: Path | None = None) -> None:
        for what, read in (("file that is imported", sheet.path), ("mapping", mapping)):
            if path and read and path.resolve() == read.resolve():
                raise BadFile(f"The rejects would replace the {what}. Give them another name.")
        if path and path.is_dir():
            raise BadFile(f"The rejects can't be written to {path}: it is a folder. Give the name of a file.")
        self.path = path
        self.sheet = sheet
        self._writer: Any = None
        self._temporary = ""
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        if self.path:
            try:
                file = NamedTemporaryFile(
                    "w", encoding=self.sheet.encoding, newline="", dir=self.path.parent, delete=False
                )
            except OSError as wrong:
                raise BadFile(f"The rejects can't be written to {self.path}: {wrong.strerror}.") from wrong
            self._temporary = self._stack.enter_context(file).name
            # Python 3.11 quotes a line break only where it is part of its own line's end: so that has to be both.
            self._writer = csv.writer(file, delimiter=self.sheet.delimiter, lineterminator="\r\n")
            self._writer.writerow([*self._own(self.sheet.header), REASON])
        return self

    def write(self, rejected: Iterable[Rejected]) -> None:
        """Add rows. One with too few or too many cells keeps them, so that it is refused again until mended."""
        if self._writer:
            self._writer.writerows([*self._own(row.cells), " ".join(row.reasons)] for row in rejected)

    def _own(self, cells: list[str]) -> list[str]:
        return cells[:-1] if self.sheet.has_reasons else cells

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        if self.path and kind is None:
            Path(self._temporary).replace(self.path)
        elif self._temporary:
            Path(self._temporary).unlink(missing_ok=True)
