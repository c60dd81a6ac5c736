"""The sample organisation's files: each can be read, every key leads somewhere, and nobody in them exists."""

import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from carolverse.designs.read import designs_facts
from carolverse.registry.from_document import registry_facts
from sales.management.demo.files import (
    load_conversations,
    load_customers,
    load_designs,
    load_phrases,
    load_registry,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CURRENCIES = {"EUR", "USD"}
STATES = {"NEW", "ROUTED", "QUALIFIED", "ENGAGED", "PROPOSED", "WON", "LOST", "DORMANT", "DISQUALIFIED"}
RESERVED = re.compile(r"[a-z0-9.-]+@(?:[a-z0-9-]+\.example|(?:[a-z0-9-]+\.)?example\.(?:com|net|org))")
KEPT_FOR_FICTION = re.compile(
    r"\+1 \d{3} 555 01\d\d"  # North America
    r"|\+44 7700 900\d{3}"  # United Kingdom, mobile
    r"|\+49 (?:30 23125|40 66969) \d{3}"  # Berlin, Hamburg
    r"|\+33 (?:2 61 91|4 65 71|6 39 98) \d\d \d\d"  # France
    r"|\+46 31 390 06 \d\d"  # Göteborg
    r"|\+61 (?:[23] 5550 \d{4}|491 570 156)"  # Australia
)


def registry(*, before: bool = False) -> dict[str, Any]:
    return load_registry(NOW, before=before)


def by_key(table: str, *, before: bool = False) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in registry(before=before)[table]}


def repeated(names: list[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


@pytest.mark.parametrize("before", [False, True])
def test_the_registry_is_read_without_a_fault(before: bool) -> None:
    facts = registry_facts(registry(before=before), source="demo")
    assert facts.faults == ()
    assert sum(service.sellable for service in facts.services) == (9 if before else 8)


def test_the_designs_are_read_without_a_fault_and_one_is_a_draft() -> None:
    facts = designs_facts(load_designs(), source="demo")
    assert facts.faults == ()
    assert Counter(design.status for design in facts.designs) == {"approved": 8, "draft": 1}


def test_every_relative_date_becomes_an_absolute_one() -> None:
    told = registry(before=True)
    assert told["generated_at"] == f"{NOW - timedelta(days=550):%Y-%m-%dT%H:%M:%SZ}"
    assert registry()["generated_at"] == "2026-03-02T09:30:00Z"
    starts = [date.fromisoformat(terms["starts"]) for row in told["services"] for terms in row["commission"]]
    assert all(start < NOW.date() for start in starts)
    assert '"@' not in json.dumps(told)


def test_the_service_that_is_gone_is_all_that_was_different_before() -> None:
    gone = by_key("services", before=True).keys() - by_key("services").keys()
    assert gone == {"newsletter"}
    now, before = registry(), registry(before=True)
    assert [row for row in before["services"] if row["key"] not in gone] == now["services"]
    assert before["agents"] == now["agents"]


def test_every_owner_is_an_agent_and_every_agent_named_is_registered() -> None:
    agents, regions = by_key("agents"), by_key("regions")
    assert [key for key, row in agents.items() if not row["is_agent"]] == ["mira"]
    for row in registry(before=True)["services"]:
        team = [member if isinstance(member, str) else member["agent"] for member in row["team"]]
        assert all(agents[key]["is_agent"] for key in [row["owner"], *team])
    for row in agents.values():
        assert row["reports_to"] is None or row["reports_to"] in agents
        assert row["region"] is None or row["region"] in regions


def test_every_amount_and_every_terms_is_in_a_known_currency_and_every_terms_is_a_sample() -> None:
    for row in registry(before=True)["services"]:
        for terms in row["commission"]:
            assert terms["currency"] in CURRENCIES
            assert terms["sample"] is True
    assert {row["currency"] for row in by_key("regions").values()} == CURRENCIES
    prices = [price for design in load_designs()["designs"] for price in design["prices"]]
    assert {price["currency"] for price in prices} == CURRENCIES


def test_terms_come_in_every_kind_that_the_demo_shows() -> None:
    terms = [row for service in registry()["services"] for row in service["commission"]]
    assert {row["hold_days"] for row in terms} == {0, 14, 30}
    assert any("bands" in row and "cap_minor" in row for row in terms)
    assert any("fixed_minor" in row and "floor_minor" in row for row in terms)
    assert {row["currency"] for row in by_key("services")["reporting"]["commission"]} == {"EUR"}
    assert any(NOW.date() - date.fromisoformat(row["starts"]) < timedelta(days=540) for row in terms)


def test_every_sellable_service_has_a_design_handed_off_to_its_owner_and_phrases() -> None:
    services = {key: row for key, row in by_key("services").items() if row["sellable"]}
    designs = {row["service"]: row for row in load_designs()["designs"]}
    assert designs.pop("sales")["facts"]  # Not for sale: its design says what it is for (/about/).
    assert designs.keys() == services.keys()
    for key, row in designs.items():
        assert row["hand_off_to"] == services[key]["owner"]
        assert 3 <= len(row["facts"]) <= 5
    assert {row.key for row in load_phrases().services} == services.keys() | {"newsletter"}


def test_forty_customers_live_in_a_country_of_their_region() -> None:
    customers, regions = load_customers(), by_key("regions")
    assert len(customers) == 40
    assert {customer.region for customer in customers} == regions.keys()
    for customer in customers:
        assert customer.country in regions[customer.region]["countries"]
        assert customer.seats > 0
        assert 1 <= len(customer.people) <= 3
        assert any(person.decides for person in customer.people)


def test_no_two_customers_people_or_addresses_are_the_same() -> None:
    customers = load_customers()
    people = [person for customer in customers for person in customer.people]
    assert not repeated([customer.key for customer in customers])
    assert not repeated([customer.name for customer in customers])
    assert not repeated([person.name for person in people])
    assert not repeated([person.email for person in people])
    assert not repeated([person.phone for person in people if person.phone])


def test_people_have_a_language_and_only_addresses_that_reach_nobody() -> None:
    for person in (person for customer in load_customers() for person in customer.people):
        assert re.fullmatch(r"[a-z]{2}", person.language)
        assert RESERVED.fullmatch(person.email), person.email
        assert not person.phone or KEPT_FOR_FICTION.fullmatch(person.phone), person.phone


def test_ten_conversations_in_three_languages_lead_to_known_people_agents_and_services() -> None:
    customers = {customer.key: customer for customer in load_customers()}
    agents, services, conversations = by_key("agents"), by_key("services"), load_conversations()
    assert len(conversations) == 10
    assert {told.language for told in conversations} == {"en", "de", "fr"}
    assert not repeated([told.key for told in conversations])
    for told in conversations:
        assert customers[told.customer].person(told.person).language == told.language
        assert agents[told.agent]["region"] == customers[told.customer].region
        assert services[told.service]["sellable"]
        assert told.currency in CURRENCIES


def test_a_conversation_is_told_in_order_and_lies_in_the_past() -> None:
    for told in load_conversations():
        assert 4 <= len(told.messages) <= 9
        moments = [(message.day, message.at) for message in told.messages]
        assert moments == sorted(moments)
        assert told.messages[0].day == 0
        assert told.messages[-1].day < told.days_ago
        assert {message.direction for message in told.messages} == {"in", "out"}
        assert {message.channel for message in told.messages} <= {
            "email",
            "call",
            "whatsapp",
            "meeting",
            "web",
        }
        assert all(message.text for message in told.messages)


def test_a_conversation_ends_in_a_state_with_what_that_state_needs() -> None:
    phrases = load_phrases()
    reasons = {
        "LOST": phrases.lost_reasons,
        "DISQUALIFIED": phrases.disqualified_reasons,
        "DORMANT": phrases.dormant_reasons,
    }
    conversations = load_conversations()
    assert {told.outcome for told in conversations} == {"WON", "PROPOSED", "ENGAGED", *reasons}
    for told in conversations:
        assert bool(told.evidence) == (told.outcome == "WON")
        assert told.reason in {reason.code for reason in reasons.get(told.outcome, ())} | {""}
        assert bool(told.reason) == (told.outcome in reasons)


def test_a_whatsapp_message_is_plain_prose() -> None:
    for told in load_conversations():
        for message in told.messages:
            if message.channel == "whatsapp":
                assert not re.search(r"^\s*[-*•]|\*\w|https?:|\n\n", message.text, re.MULTILINE)


def test_agents_name_no_price_that_the_design_store_lacks() -> None:
    """A figure before "euros" or "dollars" is a price, the smallest bill, or the amount of the sale itself."""
    prices = {row["service"]: {price["amount_minor"] for price in row["prices"]} for row in load_designs()["designs"]}
    allowed_sums = {"muehlental-monitoring": {50 * 600}}
    named = re.compile(r"(\d[\d.,]*) (?:Euro|euros|US dollars|dollars)\b")
    found = 0
    for told in load_conversations():
        known = prices[told.service] | prices["blueprint"] | {told.amount_minor} | allowed_sums.get(told.key, set())
        for message in told.messages:
            if message.direction == "out" and message.channel in {"email", "whatsapp"}:
                figures = {_minor(figure) for figure in named.findall(message.text)}
                assert figures <= known, told.key
                found += len(figures)
    assert found >= 20


def _minor(figure: str) -> int:
    whole, _, cents = figure.replace(",", ".").rpartition(".")
    if whole and len(cents) == 2:
        return int(whole.replace(".", "") + cents)
    return int(re.sub(r"\D", "", figure)) * 100


def test_phrases_have_enough_of_everything_and_no_double() -> None:
    phrases = load_phrases()
    for service in phrases.services:
        assert 6 <= len(service.titles) <= 10
        assert service.offer_subjects
        assert service.amounts.keys() == CURRENCIES
        assert all(0 < smallest < largest for smallest, largest in service.amounts.values())
        assert (service.cadence, service.term_months) in {("once", None), ("monthly", 12)}
    titles = [title for service in phrases.services for title in service.titles]
    assert not repeated(titles + [told.title for told in load_conversations()])
    assert phrases.next_steps.keys() == {"NEW", "ROUTED", "QUALIFIED", "ENGAGED", "PROPOSED", "DORMANT"} <= STATES


def test_phrases_leave_no_blank_that_nobody_fills() -> None:
    phrases = load_phrases()
    patterns = [*phrases.evidence, *(step for steps in phrases.next_steps.values() for step in steps)]
    words = {
        "person": "Ngozi Okafor",
        "customer": "Bluestem Prairie Credit Union",
        "service": "Audit & Compliance",
    }
    for pattern in patterns:
        filled = pattern.format(**words)
        assert "{" not in filled
        assert len(filled) <= 200


def test_reason_codes_are_told_apart_and_fit_their_column() -> None:
    phrases = load_phrases()
    reasons = (
        *phrases.lost_reasons,
        *phrases.disqualified_reasons,
        *phrases.dormant_reasons,
        *phrases.cancelled_reasons,
    )
    assert not repeated([reason.code for reason in reasons])
    assert all(re.fullmatch(r"[a-z-]{3,64}", reason.code) and reason.words for reason in reasons)


def test_a_mistyped_relative_date_is_refused_with_the_way_to_write_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sales.management.demo.files._text", lambda name: '{"generated_at": "@yesterday"}')
    with pytest.raises(ValueError, match=r"'@yesterday' is no relative date. Write @now"):
        load_registry(NOW)
