"""Logins are made, changed and deactivated; seats are decided once."""

import pytest

from sales.access.models import Login, Seat
from sales.access.verbs import LoginRefused, SeatRefused, change_login, create_login, decide_seat, set_password
from tests.makers import AURORA, NOW

PASSWORD = "Polar-42-night"

pytestmark = pytest.mark.django_db


def test_a_login_of_the_console_is_a_superuser_and_no_other_staff_exists() -> None:
    ida = create_login(username="ida", password=PASSWORD, console=True)
    mia = create_login(username="mia", password=PASSWORD, acts_for="arwen")
    assert (ida.is_staff, ida.is_superuser, mia.is_staff, mia.is_superuser) == (True, True, False, False)


def test_a_name_is_taken_whatever_its_case() -> None:
    create_login(username="ida", password=PASSWORD)
    with pytest.raises(LoginRefused, match="already"):
        create_login(username="Ida", password=PASSWORD)


def test_a_weak_password_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(LoginRefused, match="too short"):
        create_login(username="ida", password="1234")
    ida = create_login(username="ida", password=PASSWORD)
    with pytest.raises(LoginRefused):
        set_password(ida, password="ida")
    assert Login.objects.get().check_password(PASSWORD)


def test_nobody_takes_away_their_own_entry() -> None:
    ida = create_login(username="ida", password=PASSWORD, console=True)
    with pytest.raises(LoginRefused, match="shut yourself out"):
        change_login(ida, by=AURORA, first_name="", last_name="", acts_for="", console=True, active=False)
    ida.refresh_from_db()
    assert ida.is_active


@pytest.mark.parametrize("state", ["proposed", "withdrawn"])
def test_a_seat_is_decided_once_and_only_by_a_decision(state: str) -> None:
    seat = Seat.objects.create(
        agent_key="arwen", agent_name="Arwen", role="auditor", state="withdrawn", since=NOW, **AURORA.signature()
    )
    with pytest.raises(SeatRefused):
        decide_seat(seat, state=state, by=AURORA, now=NOW)
