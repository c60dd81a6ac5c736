"""The commands that prove the ledger: reconcile, trace and export_ledger."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from carolverse.db.triggers import parked_triggers
from sales.blocks.closing.reversal import cancel_win
from sales.blocks.commission.work import price_wins
from sales.coding import Value
from sales.ledger.chain import FIELDS, genesis, row_hash
from sales.ledger.models import CommissionEntry, LedgerBook
from tests.makers import ARWEN, AURORA, MIDAS, NOW, make_lead, make_terms, make_win, organisation
from tests.sales.ledger.won import won

pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, "--now", NOW.isoformat(), stdout=out)
    return out.getvalue()


def told(*words: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(said(*words, "--json"))
    return result


def test_reconcile_tells_that_the_book_is_in_order() -> None:
    make_win(organisation())
    report = told("reconcile")
    head = CommissionEntry.objects.get(seq=3)
    assert report["ok"] and report["entries"] == 3
    assert report["head"] == {"seq": 3, "hash": head.hash}
    assert [(row["id"], row["ok"], row["exceptions"]) for row in report["equations"]] == [
        (f"R{number}", True, []) for number in range(7)
    ]
    assert said("reconcile").rstrip().endswith("The ledger reconciles.")


def test_reconcile_exits_with_1_and_names_the_row_that_was_changed() -> None:
    make_win(organisation())
    with parked_triggers(connection):
        CommissionEntry.objects.filter(seq=2).update(amount=12_348)
    out = io.StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("reconcile", "--now", NOW.isoformat(), stdout=out)
    assert "R2  FAULT" in out.getvalue() and "Row 2: a row's hash" in out.getvalue()


def test_reconcile_reads_the_book_as_of_an_earlier_row() -> None:
    org = organisation()
    make_win(org)
    make_win(org)
    assert told("reconcile", "--as-of", "4")["head"]["seq"] == 3


def test_trace_leads_from_a_win_to_its_lead_terms_and_rows() -> None:
    org = organisation()
    win = won(org, lead_campaign="spring", lead_first_touch="fair")
    found = told("trace", win.key)
    assert found["lead"]["reference"] == win.lead.reference
    assert (found["lead"]["source"], found["lead"]["first_touch"]) == ("web", "fair")
    assert (found["service"]["key"], found["owner"]["key"], found["owner"]["revision"]) == ("blueprint", "leo", 1)
    assert found["terms"]["digest"] == org.terms.digest
    assert found["terms"]["sentence"] == "10 %, held 14 days"
    assert found["rule"]["sentence"] == "10 % of 1,234.65"
    assert found["shares"] == [{"agent": "arwen", "name": "Arwen", "weight": 10_000}]
    assert [row["hash"] for row in found["entries"]] == list(
        CommissionEntry.objects.order_by("seq").values_list("hash", flat=True)
    )
    assert "None yet" in found["settlement"] and "None yet" in found["anchor"]


def test_trace_takes_a_lead_or_a_row_as_well() -> None:
    win = won(organisation())
    assert told("trace", win.lead.reference)["win"]["key"] == win.key
    by_row = told("trace", "2")
    assert (by_row["win"]["key"], by_row["entry"]) == (win.key, 2)
    assert "→      2  book" in said("trace", "2")


def test_trace_shows_what_was_priced_later_and_cancelled() -> None:
    org = organisation()
    win = won(org, lead_service=org.migration)
    assert "waits for commission terms" in said("trace", win.key)
    make_terms(org.migration, rate_bp=1_250)
    price_wins([win], by=AURORA, approver=MIDAS, now=NOW + timedelta(days=1))
    cancel_win(win, by=ARWEN, now=NOW + timedelta(days=2), reason_code="withdrew", lead_goes_to="PROPOSED")
    shown = said("trace", win.key)
    assert "approved by midas/finn" in shown and "void of EUR\N{NO-BREAK SPACE}1,234.65" in shown


def test_trace_of_a_lead_without_a_win_says_so() -> None:
    lead = make_lead(organisation())
    assert said("trace", lead.reference).rstrip().endswith("no win yet")


def test_trace_of_something_unknown_is_refused_with_what_to_give() -> None:
    organisation()
    with pytest.raises(CommandError, match="Give a win's key") as refused:
        said("trace", "web:none")
    assert refused.value.returncode == 2


def test_an_export_holds_every_field_of_the_chain_so_that_anybody_can_check_it(tmp_path: Path) -> None:
    make_win(organisation(), amount_minor=30, shares={"arwen": 5_000, "atlas": 3_000, "kiran": 2_000})
    told_ = told("export_ledger", "--format", "csv", "--out", str(tmp_path / "ledger.csv"))
    text = (tmp_path / "ledger.csv").read_text(encoding="utf-8")
    assert told_["rows"] == 5 and text == said("export_ledger")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == [*FIELDS, "hash"]
    previous = genesis(str(LedgerBook.objects.get().ledger_id))
    for row in rows:
        fields: dict[str, Value] = {name: row[name] or None for name in FIELDS}
        previous = row_hash(previous, fields)
        assert previous.hex() == row["hash"]


def test_an_export_keeps_a_spreadsheet_from_running_text_as_a_formula() -> None:
    make_win(organisation())
    with parked_triggers(connection):
        CommissionEntry.objects.filter(seq=1).update(source="=1+1")
    assert ",'=1+1," in said("export_ledger")


def test_an_export_in_another_format_is_refused() -> None:
    organisation()
    with pytest.raises(CommandError, match="Use --format csv") as refused:
        said("export_ledger", "--format", "hledger")
    assert refused.value.returncode == 2


def test_an_export_into_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    organisation()
    with pytest.raises(CommandError, match="can't be written"):
        said("export_ledger", "--out", str(tmp_path / "none" / "ledger.csv"))
