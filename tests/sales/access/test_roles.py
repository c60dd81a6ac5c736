"""A login's standing follows from the confirmed seats of the agent that it acts for."""

import pytest

from sales.access.models import Login, Seat
from sales.access.roles import standing_of
from tests.makers import AURORA, NOW

pytestmark = pytest.mark.django_db


def seat(role: str, state: str, region: str = "") -> None:
    Seat.objects.create(
        agent_key="arwen",
        agent_name="Arwen",
        role=role,
        region_key=region,
        state=state,
        since=NOW,
        **AURORA.signature(),
    )


def test_a_proposed_seat_opens_no_door_before_a_person_confirms_it() -> None:
    """The sync proposes whatever the registry says; that alone must not let anybody read the ledger."""
    login = Login.objects.create(username="mia", acts_for="arwen")
    seat("sales_owner", "proposed")
    seat("regional_agent", "withdrawn", "EU")
    standing = standing_of(login)
    assert (standing.roles, standing.sees_all, standing.words) == (frozenset(), False, "No seat yet")


def test_a_confirmed_regional_seat_shows_its_region_alone() -> None:
    login = Login.objects.create(username="mia", acts_for="arwen")
    seat("regional_agent", "confirmed", "EU")
    seat("regional_head", "proposed", "USA")
    standing = standing_of(login)
    assert (standing.regions, standing.words, standing.sees_all) == (frozenset({"EU"}), "Regional agent, EU", False)


def test_who_acts_for_nobody_has_the_console_alone_or_nothing() -> None:
    assert standing_of(Login.objects.create(username="ida", is_superuser=True)).roles == {"operator"}
    assert standing_of(Login.objects.create(username="mia")).roles == set()
