"""Who may enter, whom one acts as, and logins that are never deleted."""

from typing import Any

from django.test import Client
from django.urls import reverse

import tests.makers as makers
from sales.access.models import Login, Seat
from sales.access.verbs import create_login
from tests.makers import AURORA, Organisation
from tests.sales.admin.conftest import PASSWORD


def test_the_header_says_whom_one_acts_as(console: Client, org: Organisation) -> None:
    shown = console.get(reverse("admin:index")).content.decode()
    assert "Aurora · by Ida Moreau" in shown and "Owner agent: Aurora" in shown


def test_nobody_enters_without_the_console(org: Organisation) -> None:
    create_login(username="mia", password=PASSWORD, acts_for="arwen")
    client = Client()
    client.login(username="mia", password=PASSWORD)
    assert client.get(reverse("admin:sales_win_changelist")).status_code == 302


def test_a_login_is_made_and_everything_it_does_is_signed(console: Client, org: Organisation) -> None:
    form = {"username": "mia", "password": PASSWORD, "first_name": "Mia", "acts_for": "arwen", "console": "on"}
    assert console.post(reverse("admin:sales_login_add"), form).status_code == 302
    mia = Login.objects.get(username="mia")
    assert mia.is_staff and mia.is_superuser and mia.acts_for == "arwen" and mia.check_password(PASSWORD)
    client = Client()
    client.force_login(mia)
    assert "Arwen · by Mia" in client.get(reverse("admin:index")).content.decode()


def test_a_weak_password_and_a_taken_name_are_refused_in_words(console: Client, org: Organisation) -> None:
    add = reverse("admin:sales_login_add")
    weak = console.post(add, {"username": "mia", "password": "1234", "first_name": "Mia"}).content.decode()
    assert "too short" in weak and 'value="Mia"' in weak
    taken = console.post(add, {"username": "IDA", "password": PASSWORD}).content.decode()
    assert "There is a login" in taken
    assert Login.objects.count() == 1


def test_staff_are_always_superusers_and_a_login_is_deactivated_never_deleted(
    console: Client, org: Organisation
) -> None:
    mia = create_login(username="mia", password=PASSWORD, console=True)
    change = reverse("admin:sales_login_change", args=[mia.pk])
    assert console.post(change, {"acts_for": "arwen"}).status_code == 302
    mia.refresh_from_db()
    assert (mia.is_active, mia.is_staff, mia.is_superuser) == (False, False, False)
    assert console.post(reverse("admin:sales_login_delete", args=[mia.pk]), {"post": "yes"}).status_code == 403


def test_nobody_shuts_themselves_out(console: Client, org: Organisation, ida: Login) -> None:
    answer = console.post(reverse("admin:sales_login_change", args=[ida.pk]), {"console": "on"})
    assert "shut yourself out" in answer.content.decode()
    ida.refresh_from_db()
    assert ida.is_active


def test_a_password_is_set_anew(console: Client, org: Organisation) -> None:
    mia = create_login(username="mia", password=PASSWORD)
    console.post(reverse("admin:sales_login_password", args=[mia.pk]), {"password": "Other-night-43"})
    mia.refresh_from_db()
    assert mia.check_password("Other-night-43")


def decide(console: Client, action: str, seat: Seat) -> Any:
    form = {"action": action, "_selected_action": seat.pk}
    return console.post(reverse("admin:sales_seat_changelist"), form, follow=True)


def test_a_seat_is_confirmed_once(console: Client, org: Organisation) -> None:
    seat = Seat.objects.create(
        agent_key="arwen",
        agent_name="Arwen",
        role="regional_agent",
        region_key="EU",
        since=makers.NOW,
        **AURORA.signature(),
    )
    decide(console, "confirm", seat)
    seat.refresh_from_db()
    assert (seat.state, seat.by_operator) == ("confirmed", "ida")
    assert "is confirmed already" in decide(console, "confirm", seat).content.decode()
    decide(console, "withdraw", seat)
    seat.refresh_from_db()
    assert seat.state == "withdrawn"
