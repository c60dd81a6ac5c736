"""The page about the service itself: only what registry and design store say, and what they don't."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sales.access.models import Login
from sales.registry.models import Design
from tests.makers import Organisation, organisation

pytestmark = pytest.mark.django_db


def shown(*, superuser: bool = False) -> str:
    client = Client()
    client.force_login(Login.objects.create(username="mia", is_superuser=superuser))
    answer = client.get(reverse("about"))
    assert answer.status_code == 200
    return answer.content.decode()


def with_team() -> Organisation:
    org = organisation()
    org.sales.team = [{"agent": key, "role": "support"} for key in ("arwen", "atlas", "midas", "gone")]
    org.sales.save()
    return org


def test_it_names_owner_and_regional_team_from_the_registry() -> None:
    with_team()
    page = shown()
    for words in ("About Sales", "Aurora", "European Union", "Arwen", "United States", "Atlas", "All regions", "Midas"):
        assert words in page
    assert "gone" not in page


def test_what_nobody_published_is_said_to_be_so() -> None:
    org = with_team()
    Design.objects.create(service=org.sales, design_type="sheet", status="draft", facts=["Not yet."])
    page = shown()
    assert page.count("not published") == 3  # Cost centre, category, status.
    assert "Not published: the design store" in page
    assert "Not yet." not in page


def test_purpose_and_cost_centre_are_shown_once_they_are_known() -> None:
    org = with_team()
    org.sales.cost_center = "CC-042"
    org.sales.save()
    Design.objects.create(service=org.sales, design_type="sheet", status="approved", facts=["Sells for all others."])
    page = shown()
    assert "Sells for all others." in page
    assert "CC-042" in page


def test_who_has_left_is_no_longer_in_the_team() -> None:
    org = with_team()
    org.atlas.retired_at = org.terms.recorded_at
    org.atlas.save()
    assert "Atlas" not in shown()


def test_before_the_first_sync_it_says_what_to_do_first() -> None:
    assert "The registry was never read" in shown()


def test_a_service_that_the_registry_does_not_list_is_named_as_the_trouble(settings: Any) -> None:
    organisation()
    settings.SALES_SERVICE = "elsewhere"
    assert "The registry has no such service" in shown()


def test_nobody_reads_it_before_signing_in() -> None:
    answer = Client().get(reverse("about"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("login"))


def test_the_rail_leads_there() -> None:
    organisation()
    assert f'href="{reverse("about")}"' in shown(superuser=True)
