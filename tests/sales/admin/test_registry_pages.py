"""The catalogue's sentences, and Sync now."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import tests.makers as makers
from sales.registry.models import Agent, RegistrySync
from tests.makers import Organisation, make_terms, read_registry_at

SYNC = "admin:sales_registrysync_now"


def test_the_catalogue_says_terms_now_and_next_and_why_not(console: Client, org: Organisation) -> None:
    make_terms(org.blueprint, starts=makers.DAY + timedelta(days=30), rate_bp=500, hold_days=0)
    org.whatsapp.retired_at = makers.NOW
    org.whatsapp.save()
    shown = console.get(reverse("admin:sales_service_changelist")).content.decode()
    assert "10 %, held 14 days, since 1 Jan 2026; from" in shown and ": 5 %, not held." in shown
    assert "Missing: a win would wait for terms" in shown
    assert "no longer in the registry" in shown


def test_a_service_shows_who_owned_it_and_what_may_be_said(console: Client, full: Organisation) -> None:
    shown = console.get(reverse("admin:sales_service_change", args=["blueprint"])).content.decode()
    for words in ("Kept for 30 days.", "Leo", "10 %, held 14 days", "sample", "For sale"):
        assert words in shown


def test_sync_now_is_a_press_not_a_look(console: Client, org: Organisation) -> None:
    assert console.get(reverse(SYNC)).status_code == 405


def test_sync_now_without_a_registry_says_what_to_set(console: Client, org: Organisation, settings: Any) -> None:
    settings.REGISTRY_URL = ""
    assert "No registry is set" in console.post(reverse(SYNC), follow=True).content.decode()


def test_sync_now_tells_a_refusal_in_words_and_changes_nothing(
    console: Client, org: Organisation, settings: Any, tmp_path: Path
) -> None:
    settings.REGISTRY_URL = f"file:{tmp_path / 'none.json'}"
    shown = console.post(reverse(SYNC), follow=True).content.decode()
    assert "was not accepted and nothing was changed" in shown
    assert RegistrySync.objects.order_by("-id")[0].outcome == "refused"
    assert Agent.objects.filter(retired_at=None).count() == 7


def test_an_old_mirror_is_said_above_the_catalogue(console: Client, org: Organisation, settings: Any) -> None:
    settings.REGISTRY_MAX_AGE_HOURS = 0
    assert "too old to book wins" in console.get(reverse("admin:sales_service_changelist")).content.decode()


@pytest.mark.parametrize("model", ["service", "agent", "region", "terms", "serviceowner", "design", "block", "droid"])
def test_every_mirrored_list_says_where_it_comes_from_and_what_was_refused(
    model: str, console: Client, org: Organisation
) -> None:
    page = reverse(f"admin:sales_{model}_changelist")
    shown = console.get(page).content.decode()
    for words in (
        "read 1 h ago",
        "<code>test:</code>",
        "abababababab",
        "nothing changed",
        "No reading was refused yet",
    ):
        assert words in shown
    read_registry_at(makers.NOW - timedelta(minutes=5), outcome="refused")
    assert "The last reading was refused, nothing was changed" in console.get(page).content.decode()
    read_registry_at(makers.NOW, outcome="unchanged")
    shown = console.get(page).content.decode()
    assert "Last refused" in shown and "The last reading was refused" not in shown


def test_a_cost_centre_that_nobody_published_is_said_to_be_so(console: Client, org: Organisation) -> None:
    shown = console.get(reverse("admin:sales_service_change", args=["blueprint"])).content.decode()
    assert "not published" in shown
