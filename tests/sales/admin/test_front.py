"""The front page, with nothing and with something."""

from django.test import Client
from django.urls import reverse

from tests.makers import Organisation


def test_an_empty_house_says_what_to_do_first(console: Client) -> None:
    shown = console.get(reverse("admin:index")).content.decode()
    assert "The registry was never read" in shown and "Open Syncs" in shown


def test_a_house_without_wins_offers_the_first_lead(console: Client, org: Organisation) -> None:
    shown = console.get(reverse("admin:index")).content.decode()
    assert "No win is booked yet" in shown and "New lead" in shown


def test_the_front_shows_figures_attention_and_the_proof(console: Client, full: Organisation) -> None:
    shown = console.get(reverse("admin:index"), {"period": "all", "currency": "EUR"}).content.decode()
    for words in ("Sold, in totals", "Commission booked", "Effective rate", "Open pipeline", "Needs attention"):
        assert words in shown
    assert "1 win waits for commission terms" in shown
    assert "equations hold" in shown
    assert "Sold, not in totals" in shown


def test_no_page_of_the_console_asks_another_host(console: Client, full: Organisation) -> None:
    for name in ("index", "sales_win_changelist", "sales_lead_changelist"):
        shown = console.get(reverse(f"admin:{name}")).content.decode()
        assert 'src="http' not in shown and 'href="http' not in shown
