"""What a row means: a table of cases, without a database."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sales.blocks.intake.known import Known, Names
from sales.blocks.intake.mapping import BadMapping, Mapping
from sales.blocks.intake.plans import Rejected, RowPlan
from sales.blocks.intake.rows import Row, Sheet
from sales.blocks.intake.rules import plan_row
from sales.leads.models import State
from sales.registry.models import Agent, Region, Service
from tests.makers import NOW
from tests.sales.blocks.intake.files import HEADER, LOST, TALKING, WON, mapping

EU = Region(key="EU", name="European Union")
USA = Region(key="USA", name="United States")
AGENTS = [
    Agent(key="arwen", name="Arwen", region=EU, is_agent=True),
    Agent(key="aurora", name="Aurora", is_agent=True),
    Agent(key="ida", name="Ida", region=EU, is_agent=False),
    Agent(key="gone", name="Gone", region=EU, is_agent=True, retired_at=NOW),
    Agent(key="twin-1", name="Twin", region=EU, is_agent=True),
    Agent(key="twin-2", name="Twin", region=EU, is_agent=True),
]
SERVICES = [
    Service(key="blueprint", name="Blueprint"),
    Service(key="gtx-pro", name="GTX Pro"),
    Service(key="old", name="Old Thing", retired_at=NOW),
]


def known(aliases: dict[str, str] | None = None) -> Known:
    return Known(
        services=Names("service", SERVICES, aliases or {}),
        agents=Names("agent", AGENTS, {}),
        regions=Names("region", [EU, USA], {}),
    )


def planned(row: str, using: Mapping | None = None, header: str = HEADER, **registry: Known) -> RowPlan | Rejected:
    """The plan of one line of text."""
    used, names = using or mapping(), header.split(",")
    sheet = Sheet(Path(), "utf-8", ",", names, 1, "", has_reasons=False)
    reading = registry.get("registry") or known()
    return plan_row(Row(2, row.split(",")), sheet, used, reading, today=date(2026, 3, 2))


def accepted(row: str, using: Mapping | None = None, header: str = HEADER, **registry: Known) -> RowPlan:
    plan = planned(row, using, header, **registry)
    assert isinstance(plan, RowPlan), plan.reasons
    return plan


def test_a_won_row_says_all_that_a_booking_needs() -> None:
    plan = accepted(WON)
    assert plan.is_won
    assert (plan.reference, plan.service.key, plan.customer) == ("old:1", "blueprint", "Nordwind")
    assert (plan.amount_minor, plan.currency, plan.sold_date) == (100050, "EUR", date(2026, 2, 20))
    assert (plan.agent, plan.region, plan.evidence) == (AGENTS[0], EU, "old 1")


def test_a_row_without_customer_becomes_at_most_a_conversation() -> None:
    assert accepted(TALKING.replace("Engaging", "Offered")).state == State.ENGAGED
    assert accepted(TALKING.replace(",,Eng", ",Nordwind,Eng").replace("Engaging", "Offered")).state == State.PROPOSED


def test_a_row_without_stage_is_assigned_when_it_has_an_agent() -> None:
    assert accepted("9,arwen,blueprint,,,,,").state == State.ROUTED
    assert accepted("9,,blueprint,,,,,").state == State.NEW


REFUSALS = [
    (WON.replace("Blueprint", "GTXPro"), "Service 'GTXPro' is not registered. Nearest key: 'gtx-pro'."),
    (WON.replace("Blueprint", "Old Thing"), "Old Thing can't get new leads. Retired on 2026-03-02"),
    (WON.replace("Blueprint", ""), "names no service"),
    (WON.replace("Arwen", "Arwenn"), "The agent 'Arwenn' is not in the registry. Nearest key: 'arwen'."),
    (WON.replace("Arwen", "Ida"), "Ida is no agent"),
    (WON.replace("Arwen", "Gone"), "Gone is no longer active"),
    (WON.replace("Arwen", "Twin"), "could be each of twin-1, twin-2"),
    (WON.replace("Arwen", "Aurora"), "Aurora has no region"),
    (WON.replace("Arwen", ""), "needs an agent"),
    (WON.replace("Nordwind", ""), "A win needs a customer"),
    (WON.replace("1000.50", ""), "A win needs its amount"),
    (WON.replace("2026-02-20", ""), "A win needs its sale date"),
    (WON.replace("1000.50", "1.000€"), "Amount '1.000€'"),
    (WON.replace("1000.50", "-5"), "Amount '-5'"),
    (WON.replace("1000.50", "1e3"), "Amount '1e3'"),
    (WON.replace("1000.50", "99999999999999999"), "out of range"),
    (WON.replace("2026-02-20", "20.02.2026"), "'20.02.2026' in 'closed' is no date of the form %Y-%m-%d"),
    (WON.replace("2026-02-20", "2026-02-30"), "is no date"),
    (WON.replace("2026-02-20", "0026-02-20"), "before 1970"),
    (WON.replace("2026-01-12", "2026-03-09"), "in the future"),
    (WON.replace("Won", "Hot"), "The stage 'Hot' is not in the mapping"),
    (WON.replace("1,", ",", 1), "no reference"),
    (WON.replace("1,", "1\n2,", 1), "The reference holds a line break"),
    ("x" * 121 + WON[1:], "more than 120 characters"),
]


@pytest.mark.parametrize(("row", "said"), REFUSALS)
def test_a_row_is_refused_in_words(row: str, said: str) -> None:
    plan = planned(row)
    assert isinstance(plan, Rejected)
    assert said in plan.reasons[0]


def test_all_that_is_wrong_is_said_at_once() -> None:
    plan = planned("1,Nobody,Nothing,Nordwind,Hot,x,y,z")
    assert isinstance(plan, Rejected)
    assert len(plan.reasons) == 6


def test_a_lost_deal_of_a_retired_agent_keeps_its_agent() -> None:
    assert accepted(LOST.replace("Arwen", "Gone")).agent == AGENTS[3]


def test_an_alias_leads_to_the_registered_key() -> None:
    plan = accepted(WON.replace("Blueprint", "GTXPro"), registry=known({"GTXPro": "gtx-pro"}))
    assert plan.service.key == "gtx-pro"


def test_an_alias_to_nothing_is_refused_with_the_nearest_key() -> None:
    with pytest.raises(BadMapping, match=r"\[aliases.service\] \"X\" is 'gtxpro'.*Nearest key: 'gtx-pro'"):
        known({"X": "gtxpro"})


def test_the_rows_region_wins_over_the_agents_and_that_over_the_default() -> None:
    plan = accepted(WON + ",United States", mapping(region="place"), HEADER + ",place")
    assert plan.region == USA
    default = mapping('region = "USA"', region="place")
    assert accepted(WON + ",", default, HEADER + ",place").region == EU
    assert accepted(WON.replace("Arwen", "Aurora") + ",", default, HEADER + ",place").region == USA


def amount(text: str, *, decimal: str = ",", thousands: str = ".") -> RowPlan | Rejected:
    used = replace(mapping(), decimal_mark=decimal, thousands_mark=thousands)
    sheet = Sheet(Path(), "utf-8", ";", HEADER.split(","), 1, "", has_reasons=False)
    row = Row(2, [*WON.split(",")[:-1], text])
    return plan_row(row, sheet, used, known(), today=date(2026, 3, 2))


@pytest.mark.parametrize(("text", "minor"), [("1.000,50", 100050), ("12.34.567", 123456700), ("7,5", 750)])
def test_marks_of_the_mapping_read_other_countries_amounts(text: str, minor: int) -> None:
    plan = amount(text)
    assert isinstance(plan, RowPlan)
    assert plan.amount_minor == minor


@pytest.mark.parametrize(
    "text", ["12.50", "1.000.5", ".500", "1..000", "1000.000", "1,000.50", "1.0000", "1.000,000.00"]
)
def test_a_thousands_mark_in_another_place_is_refused_and_not_dropped(text: str) -> None:
    plan = amount(text)
    assert isinstance(plan, Rejected)
    assert "Amount" in plan.reasons[0]


def test_a_months_column_makes_a_sale_recur() -> None:
    used = mapping(months="term", quantity="seats")
    plan = accepted(WON + ",12,3", used, HEADER + ",term,seats")
    assert (plan.months, plan.quantity) == (12, 3)
    refused = planned(WON + ",0,x", used, HEADER + ",term,seats")
    assert isinstance(refused, Rejected)
    assert len(refused.reasons) == 2


def test_content_is_what_a_row_means_and_not_how_it_is_spelt() -> None:
    same = accepted(" 1 ,arwen,BLUEPRINT,nordwind,won,2026-01-12,2026-02-20,1000.5")
    assert same.content_sha256 == accepted(WON).content_sha256
    assert accepted(WON.replace("1000.50", "1000.51")).content_sha256 != same.content_sha256
