"""Undoing an import: wins cancelled, leads withdrawn, what somebody worked on left and named."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from sales.leads.models import Lead, LeadEvent
from sales.leads.verbs import log_interaction, move
from sales.ledger.models import CommissionEntry
from sales.wins.models import Refund, Win
from tests.makers import ARWEN, NOW, Organisation
from tests.sales.blocks.intake.files import LOST, TALKING, WON

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[dict[str, Any], int]]
Undo = Callable[[int], tuple[dict[str, Any], int]]


def rows_now() -> list[int]:
    return [table.objects.count() for table in (Lead, LeadEvent, Win, CommissionEntry, Refund)]


def test_undo_cancels_wins_withdraws_leads_and_does_it_once(
    org: Organisation, run_import: Run, undo_import: Undo
) -> None:
    number = run_import(WON, TALKING, LOST)[0]["import"]
    result, code = undo_import(number)
    assert (result["wins_cancelled"], result["leads_withdrawn"], result["left"], code) == (1, 3, [], 0)
    assert set(Lead.objects.values_list("state", flat=True)) == {"LOST"}
    assert Refund.objects.get().reason_code == "import_undone"
    before = rows_now()
    result, code = undo_import(number)
    assert (result["wins_cancelled"], result["leads_withdrawn"], code) == (0, 0, 0)
    assert rows_now() == before


def test_undo_leaves_and_names_what_somebody_worked_on(org: Organisation, run_import: Run, undo_import: Undo) -> None:
    number = run_import(WON, TALKING, TALKING.replace("2,", "8,", 1))[0]["import"]
    talked, moved = Lead.objects.get(reference="old:1"), Lead.objects.get(reference="old:8")
    log_interaction(talked, agent=org.arwen, channel="call", direction="in", at=NOW, by=ARWEN)
    move(moved, to="LOST", reason_code="price", by=ARWEN, now=NOW)
    result, code = undo_import(number)
    assert (result["left"], result["leads_withdrawn"], code) == (["old:1", "old:8"], 1, 1)
    assert not Refund.objects.exists()


def test_what_was_undone_can_be_imported_again(org: Organisation, run_import: Run, undo_import: Undo) -> None:
    undo_import(run_import(WON, TALKING, LOST)[0]["import"])
    result, code = run_import(WON, TALKING, LOST, now=(NOW + timedelta(hours=2)).isoformat())
    assert (result["updated"], result["wins_booked"], code) == (3, 1, 0)
    states = dict(Lead.objects.values_list("reference", "state"))
    assert states == {"old:1": "WON", "old:2": "ENGAGED", "old:3": "LOST"}


def test_undo_of_an_import_that_only_changed_a_lead_cancels_its_win(
    org: Organisation, run_import: Run, undo_import: Undo
) -> None:
    run_import(WON.replace("Won", "Offered"))
    result, code = undo_import(run_import(WON)[0]["import"])
    assert (result["wins_cancelled"], result["left"], code) == (1, ["old:1"], 1)
    assert Lead.objects.get().state == "PROPOSED"
