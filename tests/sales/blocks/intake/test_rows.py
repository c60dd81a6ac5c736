"""Reading CSV: every way in which a file can be written, and what is said of one that can't be read."""

from pathlib import Path

import pytest

from sales.blocks.intake.mapping import Mapping
from sales.blocks.intake.rows import BadFile
from tests.sales.blocks.intake.files import HEADER, TALKING, WON, read, write


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_any_delimiter_bom_and_line_end_is_recognised(
    tmp_path: Path, delimiter: str, encoding: str, newline: str
) -> None:
    path = tmp_path / "pipeline.csv"
    text = newline.join([HEADER, WON, TALKING, ""]).replace(",", delimiter)
    path.write_bytes(text.encode(encoding))
    sheet, rows = read(path)
    assert sheet.header == HEADER.split(",")
    assert [row.cells for row in rows] == [WON.split(","), TALKING.split(",")]
    assert (sheet.delimiter, sheet.encoding, sheet.rows) == (delimiter, encoding, 2)


def test_a_delimiter_of_the_mapping_wins(tmp_path: Path) -> None:
    path = write(tmp_path, WON.replace(",", "^"), header=HEADER.replace(",", "^"))
    sheet, rows = read(path, Mapping(source="old", columns={"reference": "id"}, delimiter="^"))
    assert rows[0].cells == WON.split(",")
    assert sheet.delimiter == "^"


def test_a_column_full_of_semicolons_does_not_mislead(tmp_path: Path) -> None:
    sheet, _ = read(write(tmp_path, header=HEADER + ",a;b;c;d;e;f;g;h;i;j;k"))
    assert sheet.delimiter == ","


def test_quotes_hold_commas_newlines_and_quotes(tmp_path: Path) -> None:
    path = write(tmp_path, '1,Arwen,Blueprint,"Nord,\r\nwind ""AG""",Won,,,', TALKING)
    _, rows = read(path)
    assert rows[0].cells[3] == 'Nord,\r\nwind "AG"'
    assert [row.line for row in rows] == [2, 4]


def test_empty_lines_are_passed_over_and_counted_as_lines(tmp_path: Path) -> None:
    sheet, rows = read(write(tmp_path, "", WON, "", TALKING, ""))
    assert [row.line for row in rows] == [3, 5]
    assert sheet.rows == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,Arwen,Blueprint", "3 cells and the header has 8"),
        (WON + ",more", "9 cells"),
        (WON.replace("Nordwind", "Nord\0wind"), "NUL byte"),
    ],
)
def test_a_row_that_cant_be_read_is_refused_alone(tmp_path: Path, row: str, said: str) -> None:
    _, rows = read(write(tmp_path, row, TALKING))
    assert said in rows[0].fault
    assert not rows[1].fault


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no header"),
        (b"\n", "no header"),
        (b"\x00\x00", "no column 'id'"),
        (HEADER.replace("value", "amount").encode(), "no column 'value', which the mapping's [columns] amount"),
        (HEADER.encode() + b",id\n", "column 'id' twice"),
        (HEADER.encode() + b"\n1,J\xe9r\xf4me,,,,,,\n", "not in the encoding utf-8 (near line 2)"),
        (HEADER.encode("utf-16"), "not in the encoding utf-8"),
        (HEADER.encode() + b'\n1,"Arwen,Blueprint,Nordwind,Won,,,\n2,x\n', "line 2 of pipeline.csv opens a quote"),
        (HEADER.encode() + b'\n"' + b"x" * 200_000 + b'",,,,,,,\n', "Line 2 of pipeline.csv"),
    ],
)
def test_a_file_that_cant_be_read_is_refused_as_a_whole(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "pipeline.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        read(path)
    assert said in refused.value.sentence


def test_the_refusal_of_a_missing_column_names_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="Its columns are: a, b"):
        read(write(tmp_path, header="a,b"))


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadFile, match="can't be read"):
        read(tmp_path / name)


def test_another_encoding_is_read_when_the_mapping_names_it(tmp_path: Path) -> None:
    path = tmp_path / "pipeline.csv"
    path.write_bytes(f"{HEADER}\n1,Jérôme,,,,,,\n".encode("cp1252"))
    columns = {"reference": "id", "service": "product"}
    _, rows = read(path, Mapping(source="old", columns=columns, encoding="cp1252"))
    assert rows[0].cells[1] == "Jérôme"


def test_a_stray_quote_inside_a_cell_stays_in_its_row(tmp_path: Path) -> None:
    _, rows = read(write(tmp_path, '1,Ar"wen,Blueprint,Nord 3" AG,Won,,,', TALKING))
    assert rows[0].cells[3] == 'Nord 3" AG'
    assert len(rows) == 2
