"""What a row may not lack, and whom it may not name: columns that are never NULL, and keys that must exist.

Foreign keys are checked at the end of the transaction, so a test that only inserts would prove nothing: each asks for
the check, as a commit does.
"""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from sales.leads.models import Interaction, Lead
from sales.ledger.models import CommissionEntry
from sales.wins.models import CreditShare, HandOff, Refund, Win, WinPricing
from tests.sales.breaches import rows
from tests.sales.breaches.rows import good_row
from tests.sales.breaches.ways import INSERTS, rolled_back
from tests.sales.breaches.world import World

NEEDED: list[tuple[type[Model], str]] = [
    *((Win, column) for column in ("agent_id", "customer_id", "region_id", "service_id", "owner_id", "lead_id")),
    (Win, "sold_date"),
    (Win, "evidence_reference"),
    (Lead, "service_id"),
    (Interaction, "agent_id"),
    (Interaction, "lead_id"),
    *((WinPricing, column) for column in ("win_id", "terms_id", "service_id", "currency", "terms_digest")),
    (CreditShare, "agent_id"),
    (Refund, "win_id"),
    (HandOff, "to_agent_id"),
]
GHOSTS: list[tuple[type[Model], str, object]] = [
    *((Win, column, "ghost") for column in ("agent_id", "region_id")),
    *((Win, column, 987_654) for column in ("customer_id", "lead_id", "replaces_id", "evidence_file_id")),
    (Lead, "service_id", "ghost"),
    (Lead, "agent_id", "ghost"),
    (Interaction, "agent_id", "ghost"),
    (CreditShare, "agent_id", "ghost"),
    (HandOff, "to_agent_id", "ghost"),
    (CommissionEntry, "lead_id", "ghost:1"),
    (CommissionEntry, "terms_id", "0" * 64),
    (CommissionEntry, "agent_id", "ghost"),
    (CommissionEntry, "reverses_id", 987_654),
]


@pytest.mark.parametrize("way", INSERTS)
@pytest.mark.parametrize(("model", "column"), NEEDED)
def test_a_row_without_it_is_refused(world: World, model: type[Model], column: str, way: str) -> None:
    with rolled_back():
        row = good_row(model, world)
        setattr(row, column, None)
        with pytest.raises(IntegrityError), transaction.atomic():
            INSERTS[way](row)


@pytest.mark.parametrize("way", INSERTS)
@pytest.mark.parametrize(("model", "column", "ghost"), GHOSTS)
def test_a_row_that_names_a_ghost_is_refused_at_the_end(
    world: World, model: type[Model], column: str, ghost: object, way: str
) -> None:
    with rolled_back():
        row = good_row(model, world)
        setattr(row, column, ghost)
        with pytest.raises(IntegrityError, match=rf"(?i){column}|foreign key"), transaction.atomic():
            INSERTS[way](row)
            connection.check_constraints()


@pytest.mark.parametrize("way", INSERTS)
def test_an_entry_of_an_unknown_win_is_refused_at_once(world: World, way: str) -> None:
    with rolled_back():
        row = rows.entry(world, win_id="web:ghost#1")
        with pytest.raises(IntegrityError, match="entry_service_and_owner_of_its_win"), transaction.atomic():
            INSERTS[way](row)


@pytest.mark.parametrize("way", INSERTS)
def test_a_refund_of_an_unknown_win_is_refused_at_the_end(world: World, way: str) -> None:
    with rolled_back():
        row = rows.refund(world, win_id="web:ghost#1")
        with pytest.raises(IntegrityError, match=r"(?i)win_id|foreign key"), transaction.atomic():
            INSERTS[way](row)
            connection.check_constraints()
