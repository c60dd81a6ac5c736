"""The import from end to end: rows become leads and wins, again and again, and can be taken back."""

import csv
import json
import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sales.customers.models import Customer
from sales.intake.models import Import, ImportRow
from sales.leads.models import Lead, LeadEvent
from sales.ledger.models import CommissionEntry
from sales.wins.models import Refund, Win
from tests.house.files import ROOT, heading
from tests.makers import NOW, Organisation, make_customer, read_registry_at
from tests.sales.blocks.intake.files import HEADER, LOST, TALKING, TOML, WON, write

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[dict[str, Any], int]]


def rows_now() -> dict[str, int]:
    tables = (Customer, Lead, LeadEvent, Win, CommissionEntry, ImportRow, Refund)
    return {table.__name__: table.objects.count() for table in tables}


def test_rows_become_leads_and_the_won_one_a_win(org: Organisation, run_import: Run) -> None:
    result, code = run_import(WON, TALKING, LOST)
    assert code == 0
    expected = {"rows": 3, "created": 3, "updated": 0, "unchanged": 0, "rejected": 0, "wins_booked": 1, "reasons": {}}
    assert expected.items() <= result.items()
    win = Win.objects.get()
    assert (win.key, win.amount_minor, win.customer.name) == ("old:1#1", 100050, "Nordwind")
    assert (win.evidence_reference, win.batch_id) == ("old 1", result["import"])
    assert dict(Lead.objects.values_list("reference", "state")) == {
        "old:1": "WON",
        "old:2": "ENGAGED",
        "old:3": "LOST",
    }
    assert Lead.objects.get(reference="old:2").customer is None


def test_a_lead_enters_with_one_event_that_says_so(org: Organisation, run_import: Run) -> None:
    result, _ = run_import(TALKING)
    event = LeadEvent.objects.get()
    assert (event.kind, event.from_state, event.to_state) == ("entered", "", "ENGAGED")
    assert event.detail == {"import": result["import"], "line": 2}
    assert f"{event.lead.created_at:%Y-%m-%d}" == "2026-02-03"


def test_the_same_file_again_changes_nothing(org: Organisation, run_import: Run) -> None:
    run_import(WON, TALKING, LOST)
    before = rows_now()
    result, code = run_import(WON, TALKING, LOST)
    assert (result["unchanged"], result["created"], result["updated"], code) == (3, 0, 0, 0)
    assert rows_now() == before
    assert Import.objects.count() == 2


def test_an_unregistered_service_is_refused_by_name_and_an_alias_lets_its_rows_in(
    org: Organisation, run_import: Run
) -> None:
    rows = [WON, *(f"{n},Arwen,BluePrint!,Kunde {n},Won,,2026-02-20,10" for n in range(10, 15))]
    result, code = run_import(*rows)
    reason = (
        "Service 'BluePrint!' is not registered. Nearest key: 'blueprint'. Use a registered key, add an alias to the"
        " mapping, or sync the registry."
    )
    assert (result["reasons"], code) == ({reason: 5}, 1)
    first = Win.objects.values("key", "booked_at").get()
    result, code = run_import(*rows, toml=TOML + '[aliases.service]\n"BluePrint!" = "blueprint"\n')
    assert (result["created"], result["unchanged"], result["wins_booked"], code) == (5, 1, 5, 0)
    assert Win.objects.filter(**first).exists()


def test_what_booking_refuses_leaves_no_lead_behind(org: Organisation, run_import: Run, tmp_path: Path) -> None:
    future = WON.replace("2026-02-20", "2026-03-09").replace("1,", "7,", 1)
    unsold = f"8,Aurora,{org.sales.name},Kunde,Won,,2026-02-20,10,EU"
    header, toml = HEADER + ",place", TOML.replace("[stages]", 'region = "place"\n[stages]')
    path = write(tmp_path, WON + ",", future + ",", unsold, header=header)
    result, code = run_import(toml=toml, file=path)
    assert (result["created"], result["rejected"], result["wins_booked"], code) == (1, 2, 1, 1)
    assert any("is in the future" in reason for reason in result["reasons"])
    assert any("can't be sold" in reason for reason in result["reasons"])
    assert Lead.objects.count() == 1
    assert not Customer.objects.filter(name="Kunde").exists()


def test_a_rejects_file_can_be_mended_and_fed_back(org: Organisation, run_import: Run, tmp_path: Path) -> None:
    out = tmp_path / "rejects.csv"
    odd = '4,Arwen,Blue print,"Nord,\nwind ""=1+1""",Won,,2026-02-20,10'
    result, code = run_import(WON, odd, "5,Arwen,Blueprint", rejects=out)
    assert (result["rejected"], code) == (2, 1)
    lines = list(csv.reader(StringIO(out.read_bytes().decode(), newline="")))
    assert lines[0] == [*HEADER.split(","), "reason"]
    assert lines[1][:-1] == ["4", "Arwen", "Blue print", 'Nord,\nwind "=1+1"', "Won", "", "2026-02-20", "10"]
    assert "'Blue print' is not registered" in lines[1][-1]
    again, code = run_import(file=out, rejects=tmp_path / "again.csv")
    assert (again["rejected"], code) == (2, 1)
    assert (tmp_path / "again.csv").read_text().count("reason") == 1
    out.write_text(out.read_text().replace("Blue print,", "Blueprint,"))
    mended, _ = run_import(file=out)
    assert (mended["created"], mended["wins_booked"], mended["rejected"]) == (1, 1, 1)


@pytest.mark.parametrize("cell", ["a\rb", "a\r\nb", "a\nb", ' "a" ', "=1+1", "", "\t", "'"])
def test_a_rejects_file_alters_no_cell(org: Organisation, run_import: Run, tmp_path: Path, cell: str) -> None:
    path, out = tmp_path / "odd.csv", tmp_path / "rejects.csv"
    rows = [HEADER.split(","), ["4", "Arwen", "Nothing", cell, "Won", "", cell, "10"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    run_import(file=path, rejects=out)
    with out.open(encoding="utf-8", newline="") as file:
        assert [row[:-1] for row in csv.reader(file)] == rows


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pipeline.csv", "would replace the file"),
        ("mapping.toml", "would replace the mapping"),
        (".", "it is a folder"),
        ("none/rejects.csv", "can't be written"),
    ],
)
def test_rejects_that_have_no_place_are_refused_before_anything_is_written(
    org: Organisation, run_import: Run, tmp_path: Path, name: str, said: str
) -> None:
    path = write(tmp_path, WON)
    with pytest.raises(CommandError, match=said):
        run_import(file=path, rejects=tmp_path / name)
    assert not Import.objects.exists() and not Lead.objects.exists()


def test_a_dry_run_counts_the_same_and_writes_nothing(org: Organisation, run_import: Run) -> None:
    rows = (WON, TALKING, LOST, WON.replace("2026-02-20", "2026-03-09").replace("1,", "7,", 1), "6,x,y,z,a,b,c,d")
    before = rows_now()
    dry, code = run_import(*rows, dry_run=True)
    assert (rows_now(), Import.objects.count(), dry["import"], code) == (before, 0, None, 1)
    real, _ = run_import(*rows)
    assert {**dry, "import": 0, "dry_run": 0} == {**real, "import": 0, "dry_run": 0}


def test_a_reference_that_stands_twice_counts_once(org: Organisation, run_import: Run) -> None:
    result, code = run_import(TALKING, TALKING.replace("Engaging", "Lost"))
    assert (result["created"], result["rejected"], code) == (1, 1, 1)
    assert Lead.objects.get().state == "ENGAGED"


def test_a_known_customer_is_found_by_its_folded_name(org: Organisation, run_import: Run) -> None:
    known = make_customer("NORDWIND")
    run_import(WON, WON.replace("1,", "9,", 1).replace("Nordwind", " nordWind "))
    assert set(Lead.objects.values_list("customer", flat=True)) == {known.pk}


def test_a_row_that_changed_moves_and_changes_its_open_lead(org: Organisation, run_import: Run) -> None:
    run_import(TALKING)
    result, code = run_import("2,arwen,blueprint,Ostwind,Offered,2026-02-03,,50")
    assert (result["updated"], result["created"], code) == (1, 0, 0)
    lead = Lead.objects.select_related("customer").get()
    assert (lead.state, lead.amount_minor, str(lead.customer)) == ("PROPOSED", 5000, "Ostwind")
    won, _ = run_import("2,arwen,blueprint,Ostwind,Won,2026-02-03,2026-02-20,60")
    assert (won["updated"], won["wins_booked"]) == (1, 1)
    assert Win.objects.get().amount_minor == 6000


def test_a_lead_may_go_one_back_but_not_two(org: Organisation, run_import: Run) -> None:
    offered = "2,arwen,blueprint,Ostwind,Offered,2026-02-03,,50"
    run_import(offered)
    result, code = run_import(offered.replace("Offered", "Prospecting"))
    assert (result["rejected"], code) == (1, 1)
    assert "can't become 'Assigned'" in next(iter(result["reasons"]))
    result, code = run_import(offered.replace("Offered", "Engaging"))
    assert (result["updated"], code) == (1, 0)
    assert LeadEvent.objects.latest("number").reason_code == "import"


def test_a_changed_row_of_a_win_is_refused(org: Organisation, run_import: Run) -> None:
    run_import(WON)
    result, code = run_import(WON.replace("1000.50", "2000"))
    assert (result["rejected"], result["wins_booked"], code) == (1, 0, 1)
    assert Win.objects.get().amount_minor == 100050


def test_a_batch_takes_few_statements(org: Organisation, run_import: Run) -> None:
    def statements(rows: int) -> int:
        lines = [f"{rows}-{n},Arwen,Blueprint,Kunde {n},Won,,2026-02-20,10" for n in range(rows)]
        with CaptureQueriesContext(connection) as captured:
            run_import(*lines)
        return len(captured)

    # Inserts are cut to a number of variables; apart from them a row more is no statement more.
    assert statements(400) - statements(20) < 200


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.csv"], "--mapping"),
        ([], "--mapping"),
        (["--undo", "77"], "no import 77"),
        (["none.csv", "--mapping", "none.toml"], "none.toml can't be read"),
    ],
)
def test_bad_input_ends_with_two_and_a_sentence(org: Organisation, arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("import_pipeline", *arguments)
    assert (refused.value.returncode, said in str(refused.value)) == (2, True)


def test_a_stale_mirror_refuses_the_import(
    org: Organisation, run_import: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="Sync the registry"):
        run_import(WON, now=(NOW + timedelta(days=9)).isoformat())
    assert json.loads(capsys.readouterr().out)["code"] == "registry_stale"
    assert not Import.objects.exists()
    read_registry_at(NOW + timedelta(days=9))
    assert run_import(WON, now=(NOW + timedelta(days=9)).isoformat())[1] == 0


def test_people_read_the_counts_and_reasons_in_words(
    org: Organisation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "mapping.toml"
    given.write_text(TOML)
    path = write(tmp_path, WON, TALKING.replace("blueprint", "nothing"))
    with pytest.raises(SystemExit):
        call_command("import_pipeline", str(path), "--mapping", str(given), "--now", NOW.isoformat())
    said = capsys.readouterr()
    assert "2 rows: 1 created, 0 updated, 0 unchanged, 1 rejected. Wins: 1." in said.out
    assert "1 × Service 'nothing' is not registered." in said.out
    assert "2 of 2 rows" in said.err


def test_many_reasons_are_cut_short_and_no_cell_moves_the_cursor(
    org: Organisation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "mapping.toml"
    given.write_text(TOML)
    path = write(tmp_path, *(f"{n},Arwen,Thing \x1b[2J{n},,Engaging,,," for n in range(30)))
    with pytest.raises(SystemExit):
        call_command("import_pipeline", str(path), "--mapping", str(given), "--now", NOW.isoformat())
    said = capsys.readouterr().out
    assert "Thing ?[2J0" in said and "\x1b" not in said
    assert len(said.splitlines()) == 22 and "And 10 more reasons." in said


def test_the_readmes_example_works_as_it_stands(org: Organisation, run_import: Run, tmp_path: Path) -> None:
    section = heading((ROOT / "README.md").read_text(encoding="utf-8"), "Import your pipeline")
    blocks = dict(re.findall(r"```(csv|toml)\n(.*?)```", section, re.DOTALL))
    path = tmp_path / "readme.csv"
    path.write_text(blocks["csv"])
    result, code = run_import(file=path, toml=blocks["toml"])
    assert (result["created"], result["wins_booked"], code) == (2, 1, 0)
    assert Win.objects.get().amount_minor == 2_400_000
