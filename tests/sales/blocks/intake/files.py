"""Files for the tests of intake: a mapping with the usual columns, and CSV text on disk."""

from pathlib import Path

from sales.blocks.intake.mapping import Mapping, parse_mapping
from sales.blocks.intake.rows import Row, Sheet, look_through, rows_of

HEADER = "id,agent,product,account,stage,made,closed,value"
TOML = """
source = "old"
[columns]
reference = "id"
agent = "agent"
service = "product"
customer = "account"
stage = "stage"
created_date = "made"
sold_date = "closed"
amount = "value"
[stages]
Prospecting = "ROUTED"
Engaging = "ENGAGED"
Offered = "PROPOSED"
Won = "WON"
Lost = "LOST"
[defaults]
currency = "EUR"
"""
WON = "1,Arwen,Blueprint,Nordwind,Won,2026-01-12,2026-02-20,1000.50"
TALKING = "2,arwen,blueprint,,Engaging,2026-02-03,,"
LOST = "3,Arwen,Blueprint,Südwind,Lost,2026-02-03,2026-02-10,0"


def mapping(*more: str, **columns: str) -> Mapping:
    """The usual mapping, with more lines at its end and more columns."""
    lines = "".join(f'{key} = "{column}"\n' for key, column in columns.items())
    return parse_mapping(TOML.replace("[stages]", f"{lines}[stages]") + "\n".join(more))


def write(folder: Path, *rows: str, header: str = HEADER, name: str = "pipeline.csv") -> Path:
    """A file of these rows."""
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def read(path: Path, using: Mapping | None = None) -> tuple[Sheet, list[Row]]:
    sheet = look_through(path, using or mapping())
    return sheet, list(rows_of(sheet))
