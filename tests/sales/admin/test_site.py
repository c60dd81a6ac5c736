"""The console's door and fence: operators work in it, the control plane reads it, nobody else enters."""

import pytest
from django.test import Client
from django.urls import reverse

from sales.access.models import Login, Seat
from sales.leads.models import Lead
from tests.makers import AURORA, NOW, make_win, organisation

pytestmark = pytest.mark.django_db


def signed_in(agent: str, role: str, *, region: str = "") -> Client:
    """A client whose login acts for an agent with one confirmed seat."""
    Seat.objects.create(
        agent_key=agent, agent_name=agent.title(), role=role, region_key=region, state="confirmed", since=NOW,
        **AURORA.signature(),
    )  # fmt: skip
    client = Client()
    client.force_login(Login.objects.create(username=f"{agent}-{role}", acts_for=agent))
    return client


@pytest.mark.parametrize("role", ["sales_owner", "finance", "auditor"])
def test_the_control_plane_reads_lists_and_rows(role: str) -> None:
    win = make_win(organisation()).win
    assert win is not None
    reader = signed_in("midas", role)
    for url in (
        reverse("admin:index"),
        reverse("admin:sales_win_changelist"),
        reverse("admin:sales_win_change", args=[win.pk]),
        reverse("admin:sales_lead_change", args=[win.lead_id]),
        reverse("admin:sales_commissionentry_changelist"),
    ):
        page = reader.get(url)
        assert page.status_code == 200, url
        assert b"Cancel the win" not in page.content and b"Log what was said" not in page.content


@pytest.mark.parametrize(
    ("name", "on"),
    [("sales_lead_move", "lead"), ("sales_win_cancel", "win"), ("sales_lead_book", "lead"), ("sales_lead_add", "")],
)
def test_a_reader_takes_no_step(name: str, on: str) -> None:
    win = make_win(organisation()).win
    assert win is not None
    reader = signed_in("midas", "finance")
    args = {"lead": [win.lead_id], "win": [win.pk], "": []}[on]
    assert reader.get(reverse(f"admin:{name}", args=args)).status_code == 403
    assert reader.post(reverse(f"admin:{name}", args=args), {}).status_code == 403
    assert Lead.objects.get().state == "WON"


def test_a_reader_presses_no_action_and_no_sync() -> None:
    organisation()
    reader = signed_in("midas", "auditor")
    assert reader.post(reverse("admin:sales_seat_changelist"), {"action": "confirm"}).status_code == 403
    assert reader.post(reverse("admin:sales_registrysync_now")).status_code == 403


@pytest.mark.parametrize("role", ["regional_head", "regional_agent", "service_owner"])
def test_who_sells_or_owns_has_no_console(role: str) -> None:
    organisation()
    client = signed_in("arwen", role, region="EU")
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.status_code == 403
    assert "Your seat" in answer.content.decode()


def test_a_stranger_is_sent_to_the_sites_own_sign_in() -> None:
    answer = Client().get(reverse("admin:sales_win_changelist"), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("login"))
