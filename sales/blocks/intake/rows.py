"""Reading a CSV file row by row. It knows the form of a file, not the meaning of its cells.

The file is looked through once before its first row is used: a wrong encoding or a quote that is never closed
refuses the whole file, by its line, before anything is written. Then it is streamed. What is wrong with one row is
said of that row alone.
"""

import csv
from codecs import BOM_UTF8, getincrementaldecoder, lookup
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from sales.blocks.intake.mapping import Mapping
from sales.refusal import Refusal

DELIMITERS = (",", ";", "\t", "|")
REASON = "reason"
"""The column that a rejects file adds at the end; ignored there when the mended file is fed back."""


class BadFile(Refusal):
    """The file as a whole can't be read; nothing was written."""

    code = "bad_file"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the file, and why it can't be read, if it can't."""

    line: int
    cells: list[str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was looked through: how it is written, and how many rows it has below its header."""

    path: Path
    encoding: str
    delimiter: str
    header: list[str]
    rows: int
    sha256: str
    has_reasons: bool
    """Whether its last column is what a rejects file added."""

    def named(self, row: Row) -> dict[str, str]:
        """A readable row's cells by their column."""
        return dict(zip(self.header, row.cells, strict=True))


def look_through(path: Path, mapping: Mapping) -> Sheet:
    """How the file is written, after reading all of it once.

    Raises:
        BadFile: not there, empty, in another encoding, broken, or without a column that the mapping names.
    """
    encoding = mapping.encoding
    try:
        with path.open("rb") as raw:
            if raw.read(3) == BOM_UTF8 and lookup(encoding).name == "utf-8":
                encoding = "utf-8-sig"
            raw.seek(0)
            digest = _digest(raw)
        delimiter, header = _header(path, encoding, mapping)
        _check_header(path, header, mapping)
        rows = _count(path, encoding, delimiter)
    except OSError as wrong:
        raise BadFile(f"{path} can't be read: {wrong.strerror}. Give the path of a CSV file.") from wrong
    except UnicodeError as wrong:
        raise BadFile(
            f"{path.name} is not in the encoding {mapping.encoding} ({_where(path, encoding)}). Save it as UTF-8, or"
            ' name its encoding in the mapping, for example encoding = "cp1252".'
        ) from wrong
    has_reasons = header[-1] == REASON and REASON not in mapping.columns.values()
    return Sheet(path, encoding, delimiter, header, rows, digest, has_reasons)


def rows_of(sheet: Sheet) -> Iterator[Row]:
    """The rows below the header, one at a time; empty lines are passed over."""
    with sheet.path.open(encoding=sheet.encoding, newline="") as text:
        reader = csv.reader(text, delimiter=sheet.delimiter)
        next(reader)
        before = reader.line_num
        for cells in reader:
            if cells:
                yield Row(before + 1, cells, _fault(cells, len(sheet.header)))
            before = reader.line_num


def _fault(cells: list[str], width: int) -> str:
    if len(cells) != width:
        return f"The row has {len(cells)} cells and the header has {width}. Quote a cell that holds the delimiter."
    if any("\0" in cell for cell in cells):
        return "The row holds a NUL byte, which no text has. Remove it."
    return ""


def _digest(raw: BinaryIO) -> str:
    whole = sha256()
    for block in iter(lambda: raw.read(1 << 20), b""):
        whole.update(block)
    return whole.hexdigest()


def _header(path: Path, encoding: str, mapping: Mapping) -> tuple[str, list[str]]:
    """The delimiter and the header: the delimiter under which most of the mapping's columns are found."""
    wanted, best = set(mapping.columns.values()), (-1, -1, ",", [""])
    for delimiter in (mapping.delimiter,) if mapping.delimiter else DELIMITERS:
        with path.open(encoding=encoding, newline="") as text:
            try:
                header = [name.strip() for name in next(csv.reader(text, delimiter=delimiter), [])]
            except csv.Error as wrong:
                raise BadFile(f"The header of {path.name} can't be read: {wrong}. Is it a CSV file?") from wrong
        found = (len(wanted & set(header)), len(header), delimiter, header)
        best = found if found[:2] > best[:2] else best
    return best[2], best[3]


def _check_header(path: Path, header: list[str], mapping: Mapping) -> None:
    if not any(header):
        raise BadFile(f"{path.name} has no header. Its first line must name the columns.")
    for key, column in mapping.columns.items():
        if column not in header:
            raise BadFile(
                f"{path.name} has no column '{column}', which the mapping's [columns] {key} names."
                f" Its columns are: {', '.join(header)}."
            )
        if header.count(column) > 1:
            raise BadFile(f"{path.name} has the column '{column}' twice. Rename one of them.")


def _count(path: Path, encoding: str, delimiter: str) -> int:
    """The rows below the header; strict about quotes at the end of the file alone."""
    count, began = -1, 1
    with path.open(encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=delimiter)
        try:
            for cells in reader:
                count, began = count + bool(cells), reader.line_num + 1
        except csv.Error as wrong:
            raise BadFile(
                f"Line {began} of {path.name} can't be read: {wrong}. Is a quote opened there and never closed?"
            ) from wrong
    _check_last_quote(path, encoding, delimiter)
    return max(count, 0)


def _check_last_quote(path: Path, encoding: str, delimiter: str) -> None:
    """A quote that is never closed would swallow the rest of the file as one cell."""
    with path.open(encoding=encoding, newline="") as text:
        reader, began = csv.reader(text, delimiter=delimiter, strict=True), 1
        while True:
            try:
                if next(reader, None) is None:
                    return
            except csv.Error as wrong:
                if "end of data" in str(wrong):
                    raise BadFile(
                        f"The row on line {began} of {path.name} opens a quote that is never closed. Close it there."
                    ) from wrong
            began = reader.line_num + 1


def _where(path: Path, encoding: str) -> str:
    """The first line that can't be decoded; read in bytes, because text is decoded many lines at once."""
    decoder = getincrementaldecoder(encoding)()
    with path.open("rb") as raw:
        for number, line in enumerate(raw, start=1):
            try:
                decoder.decode(line)
            except UnicodeError:
                return f"near line {number}"
    return "at its end"
