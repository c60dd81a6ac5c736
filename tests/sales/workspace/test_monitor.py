"""The monitor's page: empty and full, its living part, who may look, and that every figure opens its rows."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sales.access.models import Login
from sales.blocks.closing.reversal import cancel_win
from sales.monitor.states import State
from tests.makers import AURORA, Organisation, make_lead, make_terms, make_win, organisation, read_registry_at

pytestmark = pytest.mark.django_db
URL = "/monitor/"


@pytest.fixture
def operator() -> Client:
    cache.clear()
    client = Client()
    client.force_login(Login.objects.create_superuser("ida", password="not-for-signing-in"))
    return client


def shown(client: Client, query: str = "") -> str:
    answer = client.get(f"{URL}{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def busy() -> Organisation:
    """A win in each state that can be reached, sold today, and open leads."""
    now = timezone.now()
    org, day = organisation(), now.date()
    read_registry_at(now)
    make_terms(org.whatsapp, hold_days=0)
    make_win(org, now=now, sold_date=day, amount_minor=100_000)
    make_win(org, now=now, sold_date=day, amount_minor=300_000, lead_service=org.whatsapp)
    make_win(org, now=now, sold_date=day, amount_minor=70_000, lead_service=org.migration)
    make_win(org, now=now, sold_date=day - timedelta(days=400), amount_minor=5_000, lead_service=org.migration)
    gone = make_win(org, now=now, sold_date=day, amount_minor=90_000).win
    assert gone is not None
    cancel_win(gone, by=AURORA, now=now, reason_code="wrong", lead_goes_to="LOST")
    make_lead(org)
    make_lead(org, agent=None, region=None)
    return org


def test_it_is_in_the_urls_under_its_name() -> None:
    assert reverse("monitor") == URL


def test_who_is_not_signed_in_is_asked_to() -> None:
    answer = Client().get(URL)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_who_does_not_see_every_region_may_not_look() -> None:
    organisation()
    client = Client()
    client.force_login(Login.objects.create_user("carol", acts_for="arwen"))
    assert client.get(URL).status_code == 403


def test_an_empty_house_says_what_to_do_first_and_draws_no_plot(operator: Client) -> None:
    html = shown(operator)
    assert "No win is booked yet" in html and "Open the leads" in html
    assert "The books are empty" in html
    assert "<figure" not in html


def test_a_full_page_shows_figures_split_into_hold_and_due(operator: Client) -> None:
    busy()
    html = shown(operator)
    assert ">4,000.00</a>" in html
    assert "in hold 100.00, due 300.00" in html
    assert "equations hold" in html
    for state in ("In hold", "Due", "Cancelled", "Waiting for commission terms"):
        assert state in html
    assert "What needs someone" in html and "What Sales promised" in html


def test_a_period_without_a_sale_says_so_and_offers_all_time(operator: Client) -> None:
    org, before = organisation(), timezone.now() - timedelta(days=70)
    read_registry_at(before)
    make_win(org, now=before, sold_date=before.date())
    html = shown(operator)
    assert "Nothing is sold in EUR in this period" in html
    assert 'href="?currency=EUR&period=all"' in html
    assert "1,234.65" in shown(operator, "?period=all")


@pytest.mark.parametrize("period", ["month", "last-month", "quarter", "year", "all", "nonsense"])
def test_every_period_opens(operator: Client, period: str) -> None:
    busy()
    assert "Sold, in totals" in shown(operator, f"?period={period}&region=EU")


def test_currencies_are_shown_one_at_a_time(operator: Client) -> None:
    org = busy()
    now = timezone.now()
    make_win(org, now=now, sold_date=now.date(), amount_minor=8_000, currency="USD")
    html = shown(operator, "?currency=USD")
    assert 'aria-current="true">USD<' in html
    assert "4 wins in EUR" in html
    assert "4,000.00" not in html


def test_the_living_part_is_the_page_without_its_frame_and_asks_for_itself(operator: Client) -> None:
    busy()
    part = shown(operator, "?part=1&period=year")
    assert part.strip().startswith('<div class="stack"')
    assert "<html" not in part
    assert 'hx-get="/monitor/?currency=EUR&period=year&region=&part=1"' in part
    assert 'hx-trigger="every 60s"' in part


def test_the_page_takes_as_many_statements_whatever_the_rows(operator: Client, django_assert_max_num_queries) -> None:
    org = busy()
    shown(operator)
    for _ in range(8):
        make_win(org, now=timezone.now(), sold_date=timezone.now().date())
    cache.clear()
    shown(operator)
    with django_assert_max_num_queries(30):
        shown(operator)


def links(html: str) -> set[str]:
    return {url for url in re.findall(r'href="(/admin/[^"]*)"', html) if "?" in url}


def test_every_figure_opens_a_list_that_exists_with_filters_that_it_knows(operator: Client) -> None:
    busy()
    urls = links(shown(operator)) | links(shown(operator, "?period=all"))
    assert len(urls) > 20
    for url in sorted(urls):
        answer = operator.get(url)
        assert answer.status_code == 200, url
        assert answer.context["cl"].has_active_filters, url


def test_a_list_shows_as_many_rows_as_the_figure_counted(operator: Client) -> None:
    busy()
    html = shown(operator, "?period=all")
    counts = dict(re.findall(r'<a href="(/admin/sales/win/\?state=[A-Z_]+&[^"]*)">(\d+)</a>', html))
    states = {parse_qs(urlsplit(url).query)["state"][0] for url in counts}
    assert states == {State.HELD, State.EARNED, State.UNPRICED, State.REVERSED}
    for url, count in counts.items():
        assert operator.get(url).context["cl"].result_count == int(count), url
    found = operator.get("/admin/sales/lead/?finding=unassigned").context["cl"]
    assert found.result_count == 1
    reached = operator.get("/admin/sales/lead/?reached=WON&currency=EUR").context["cl"]
    assert reached.result_count == 5
