"""The lists keep what their filters say."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

import tests.makers as makers
from tests.makers import Organisation


def listed(console: Client, model: str, query: str) -> list[Any]:
    return list(console.get(f"/admin/sales/{model}/?{query}").context["cl"].result_list)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("state=HELD", 1),
        ("state=EARNED", 1),
        ("state=UNPRICED", 1),
        ("state=REVERSED", 1),
        ("counted=1", 2),
        ("counted=0", 2),
        ("counted=waiting", 1),
        ("service=migration", 1),
        ("region=USA", 0),
        ("agent=arwen", 4),
        ("currency=EUR", 4),
        ("sold_from=nonsense", 4),
    ],
)
def test_wins_are_kept_by_what_is_said(query: str, number: int, console: Client, full: Organisation) -> None:
    assert len(listed(console, "win", query)) == number


def test_wins_are_kept_by_their_sale_date(console: Client, full: Organisation) -> None:
    week_ago = makers.DAY - timedelta(days=7)
    assert len(listed(console, "win", f"sold_from={week_ago}")) == 3
    assert len(listed(console, "win", f"sold_to={week_ago}")) == 1


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("state=PROPOSED", 1),
        ("state=WON", 3),
        ("open=1", 1),
        ("open=0", 4),
        ("finding=no_next_step", 1),
        ("finding=unassigned", 0),
    ],
)
def test_leads_are_kept_by_what_is_said(query: str, number: int, console: Client, full: Organisation) -> None:
    assert len(listed(console, "lead", query)) == number


def test_services_are_kept_by_whether_they_are_for_sale(console: Client, full: Organisation) -> None:
    assert {row.key for row in listed(console, "service", "for_sale=no")} == {"sales"}
    assert len(listed(console, "service", "standing=live")) == 4
    assert listed(console, "service", "standing=refused") == []
