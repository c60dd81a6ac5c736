"""The mapping: what it says, and that each fault names the key to mend."""

from pathlib import Path

import pytest

from sales.blocks.intake.mapping import BadMapping, parse_mapping, read_mapping
from sales.leads.models import State
from tests.sales.blocks.intake.files import TOML

FAULTS = [
    ('source = "old"', "", "'source'"),
    ('source = "old"', 'source = "Old CRM:1"', "'source'"),
    ('reference = "id"', "", "[columns] has no 'reference'"),
    ('service = "product"', "", "[columns] has no 'service'"),
    ('currency = "EUR"', "", "Amounts have no currency"),
    ('currency = "EUR"', 'currency = "EURO"', "[defaults] currency is 'EURO'"),
    ('Won = "WON"', 'Won = "SOLD"', "[stages] \"Won\" is 'SOLD'"),
    ('amount = "value"', 'amuont = "value"', "unknown key 'amuont'. Did you mean 'amount'?"),
    ('amount = "value"', "amount = 7", "'columns.amount' must be text"),
    ('amount = "value"', 'amount = ""', "empty column"),
    ('source = "old"', 'source = "old"\ndate_format = "%d.%m"', "'date_format'"),
    ('source = "old"', 'source = "old"\ndate_format = "%Y-%m-%d %Q"', "'date_format'"),
    ('source = "old"', 'source = "old"\nencoding = "klingon"', "'encoding' is 'klingon'"),
    ('source = "old"', 'source = "old"\nencoding = "base64"', "'encoding' is 'base64'"),
    ('source = "old"', 'source = "old"\ndelimiter = ";;"', "'delimiter' must be one character"),
    ('source = "old"', 'source = "old"\ndelimiter = "\\n"', "'delimiter' can't be"),
    ('source = "old"', 'source = "old"\nthousands_mark = "."', "are the same"),
    ('source = "old"', 'source = "old"\nstages = "x"', "line 13"),
    ("[stages]", "[aliases]\nservice = 1\n[stages]", "'aliases.service' must be a table"),
    ("[stages]", "[aliases.stage]\na = 'b'\n[stages]", "unknown key 'stage'"),
    ('currency = "EUR"', 'currency = "EUR"\nstage = "OPEN"', "[defaults] stage is 'OPEN'"),
    ('currency = "EUR"', 'currency = "EUR"\nlost_reason = ""', "lost_reason"),
]


@pytest.mark.parametrize(("old", "new", "said"), FAULTS)
def test_a_fault_names_its_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(TOML.replace(old, new))
    with pytest.raises(BadMapping) as refused:
        read_mapping(path)
    assert said in refused.value.sentence


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadMapping, match="can't be read: No such file"):
        read_mapping(tmp_path / "none.toml")


def test_a_file_that_is_no_toml_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text("source = old")
    with pytest.raises(BadMapping, match="line 1"):
        read_mapping(path)


def test_a_large_file_is_not_taken_for_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "pipeline.csv"
    path.write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(BadMapping, match="larger than 1 MiB"):
        read_mapping(path)


def test_stages_are_compared_without_case_and_spaces() -> None:
    assert parse_mapping(TOML + '[aliases.agent]\nA = "b"').stages["won"] == State.WON


def test_a_mapping_may_begin_with_a_bom(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(TOML, encoding="utf-8-sig")
    assert read_mapping(path).source == "old"
