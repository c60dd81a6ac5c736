"""What a booking is refused for: by name, in a sentence with the next step, and nothing is written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sales.blocks.closing import forms
from sales.blocks.closing.forms import WinRefused
from sales.blocks.closing.work import book_win
from sales.leads.models import Lead
from sales.leads.verbs import move
from sales.money import MAX_MINOR
from sales.registry.lookup import UnregisteredService, find_service
from sales.registry.models import Agent, RegistrySync, Service
from tests.makers import (
    ARWEN,
    DAY,
    NOW,
    Organisation,
    make_lead,
    make_terms,
    make_win,
    organisation,
    set_owner,
    win_form,
)
from tests.sales.blocks.closing.refused import refused

pytestmark = pytest.mark.django_db

Around = Callable[[Organisation, Lead], object]


@dataclass(frozen=True, kw_only=True)
class Case:
    """``form`` changes the booking, ``around`` what stands when it is booked, ``lead`` the lead that it is of."""

    name: str
    refusal: type[WinRefused]
    part: str
    form: dict[str, Any] | None = None
    around: Around | None = None
    lead: dict[str, Any] | None = None


def service(**values: Any) -> Around:
    return lambda org, lead: Service.objects.filter(key="blueprint").update(**values)


def agent(key: str, **values: Any) -> Around:
    return lambda org, lead: Agent.objects.filter(key=key).update(**values)


OF_THE_SERVICE = [
    Case(name="retired", refusal=forms.NotForSale, part="no longer in the registry", around=service(retired_at=NOW)),
    Case(name="not accepted", refusal=forms.NotForSale, part="two terms", around=service(quarantine="two terms")),
    Case(name="not for sale", refusal=forms.NotForSale, part="does not offer it", around=service(sellable=False)),
    Case(
        name="no owner",
        refusal=forms.NotForSale,
        part="does not offer it",
        around=service(owner=None, owner_revision=None, sellable=False),
    ),
    Case(name="another service", refusal=forms.NotForSale, part="not 'whatsapp'", form={"service": "whatsapp"}),
    Case(name="an unregistered one", refusal=forms.NotForSale, part="not 'blue-print'", form={"service": "blue-print"}),
    Case(name="owner retired", refusal=forms.NotForSale, part="owner Leo", around=agent("leo", retired_at=NOW)),
    Case(name="owner human", refusal=forms.NotForSale, part="owner Leo", around=agent("leo", is_agent=False)),
    Case(
        name="owner changed",
        refusal=forms.OwnerChanged,
        part="owned by midas now",
        form={"owner_seen": "leo"},
        around=lambda org, lead: set_owner(org.blueprint, org.midas),
    ),
    Case(name="terms changed", refusal=forms.TermsChanged, part="Other terms", form={"terms_seen": "0" * 64}),
    Case(name="terms appeared", refusal=forms.TermsChanged, part="Other terms", form={"terms_seen": "none"}),
]
OF_THE_LEAD = [
    Case(name="no customer", refusal=forms.NoCustomer, part="Add the customer", lead={"customer": None}),
    Case(name="no agent", refusal=forms.NoAgent, part="Assign the lead", lead={"agent": None}),
    Case(
        name="no region",
        refusal=forms.NoAgent,
        part="Assign the lead",
        around=lambda org, lead: Lead.objects.filter(pk=lead.pk).update(state="NEW", region=None),
    ),
    Case(
        name="lost",
        refusal=forms.LeadNotOpen,
        part="'Lost'. Reopen it",
        around=lambda org, lead: move(lead, to="LOST", by=ARWEN, now=NOW, reason_code="too_dear"),
    ),
    Case(name="no such win", refusal=forms.UnknownWin, part="no win 'web:1#1'", form={"replaces": "web:1#1"}),
]
OF_THE_AGENTS = [
    Case(name="agent retired", refusal=forms.NoAgent, part="active agent", around=agent("arwen", retired_at=NOW)),
    Case(name="agent human", refusal=forms.NoAgent, part="active agent", around=agent("arwen", is_agent=False)),
    Case(name="agent unknown", refusal=forms.NoAgent, part="active agent", form={"agent": "ghost"}),
    Case(
        name="three thirds",
        refusal=forms.BadShares,
        part="make 9999, not 10000",
        form={"shares": {"arwen": 3333, "atlas": 3333, "kiran": 3333}},
    ),
    Case(name="too much", refusal=forms.BadShares, part="10001", form={"shares": {"arwen": 5000, "atlas": 5001}}),
    Case(name="to a ghost", refusal=forms.BadShares, part="'ghost'", form={"shares": {"arwen": 1, "ghost": 9999}}),
    Case(name="of nothing", refusal=forms.BadShares, part="'atlas'", form={"shares": {"arwen": 10_000, "atlas": 0}}),
    Case(name="below zero", refusal=forms.BadShares, part="'atlas'", form={"shares": {"arwen": 10_001, "atlas": -1}}),
    Case(
        name="a share in float",
        refusal=forms.BadShares,
        part="whole",
        form={"shares": {"arwen": 5000.0, "atlas": 5000}},
    ),
    Case(
        name="to a human",
        refusal=forms.BadShares,
        part="'atlas'",
        form={"shares": {"arwen": 5000, "atlas": 5000}},
        around=agent("atlas", is_agent=False),
    ),
]
RECURRING: dict[str, dict[str, Any]] = {
    "without a term": {"cadence": "monthly"},
    "for no months": {"cadence": "monthly", "term_months": 0},
    "for fewer": {"cadence": "monthly", "term_months": -1},
    "once, for months": {"term_months": 12},
    "weekly": {"cadence": "weekly"},
}
OF_THE_CONTENT = [
    *(
        Case(name=f"amount {amount!r}", refusal=forms.BadAmount, part="whole number", form={"amount_minor": amount})
        for amount in (True, 100.0, -1, MAX_MINOR + 1, "1,000", None, float("nan"))
    ),
    Case(name="nothing sold", refusal=forms.BadAmount, part="Nothing was sold", form={"amount_minor": 0}),
    *(
        Case(name=f"currency {code!r}", refusal=forms.BadAmount, part="ISO 4217", form={"currency": code})
        for code in ("", "XYZ", "eur", "EURO")
    ),
    Case(name="no quantity", refusal=forms.BadAmount, part="quantity", form={"quantity": 0}),
    *(
        Case(name=f"recurs {name}", refusal=forms.BadAmount, part="months", form=form)
        for name, form in RECURRING.items()
    ),
    Case(name="tomorrow", refusal=forms.BadDate, part="in the future", form={"sold_date": DAY + timedelta(days=1)}),
    Case(name="no evidence", refusal=forms.NoEvidence, part="needs evidence", form={"evidence_reference": " "}),
    Case(name="hearsay", refusal=forms.NoEvidence, part="needs evidence", form={"evidence_kind": "hearsay"}),
    Case(name="no file", refusal=forms.NoEvidence, part="none is attached", form={"evidence_kind": "file"}),
    Case(name="a novel", refusal=forms.NoEvidence, part="Shorten it", form={"evidence_reference": "x" * 201}),
]


@pytest.mark.parametrize(
    "case", [*OF_THE_SERVICE, *OF_THE_LEAD, *OF_THE_AGENTS, *OF_THE_CONTENT], ids=lambda case: case.name
)
def test_a_booking_is_refused_by_name_and_nothing_is_written(case: Case) -> None:
    org = organisation()
    make_win(org)
    lead = make_lead(org, **case.lead or {})
    if case.around:
        case.around(org, lead)
    refusal = refused(win_form(lead, **case.form or {}))
    assert type(refusal) is case.refusal
    assert case.part in refusal.sentence
    assert refusal.sentence.endswith(".") and len(refusal.sentence.split(". ")) > 1, "It needs a next step."
    assert not refusal.passes


def test_an_unknown_lead_is_refused_by_its_reference() -> None:
    org = organisation()
    make_win(org)
    form = replace(win_form(make_lead(org)), lead="web:ghost")
    refusal = refused(form)
    assert isinstance(refusal, forms.UnknownLead) and "no lead 'web:ghost'" in refusal.sentence


def test_a_stale_mirror_books_nothing_and_waiting_helps() -> None:
    org = organisation()
    make_win(org)
    refusal = refused(win_form(make_lead(org)), now=NOW + timedelta(hours=26))
    assert isinstance(refusal, forms.RegistryStale) and refusal.passes
    assert "read 27 h ago" in refusal.sentence and "Sync the registry" in refusal.sentence


def test_the_mirror_is_fresh_up_to_its_limit() -> None:
    org = organisation()
    assert make_win(org, now=NOW + timedelta(hours=25)).is_new


def test_a_refused_reading_does_not_make_the_mirror_fresh() -> None:
    org = organisation()
    lead, later = make_lead(org), NOW + timedelta(hours=26)
    make_win(org)
    RegistrySync.objects.create(at=later, source="test:", outcome="refused", reason="empty", **ARWEN.signature())
    assert isinstance(refused(win_form(lead), now=later), forms.RegistryStale)
    RegistrySync.objects.create(at=later, source="test:", outcome="unchanged", **ARWEN.signature())
    assert book_win(win_form(lead), by=ARWEN, now=later).is_new


def test_a_mirror_that_was_never_read_books_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    org = organisation()
    make_win(org)
    monkeypatch.setattr("sales.ledger.posting.GOOD", ("no outcome",))
    refusal = refused(win_form(make_lead(org)))
    assert isinstance(refusal, forms.RegistryStale) and "never read" in refusal.sentence


def test_the_sale_date_is_asked_in_the_zone_of_the_region() -> None:
    org = organisation()
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    form = win_form(make_lead(org), sold_date=date(2026, 3, 3))
    assert book_win(form, by=ARWEN, now=late).is_new, "In Berlin the 3rd has begun."
    abroad = make_lead(org, region=org.usa, agent=org.atlas)
    assert isinstance(refused(win_form(abroad, sold_date=date(2026, 3, 3)), now=late), forms.BadDate)
    early = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
    assert isinstance(refused(win_form(abroad, sold_date=date(2026, 3, 3)), now=early), forms.BadDate)
    assert book_win(win_form(abroad, sold_date=date(2026, 3, 2)), by=ARWEN, now=early).is_new


def test_a_sale_for_nothing_is_taken_where_the_terms_have_a_fixed_part() -> None:
    org = organisation()
    make_terms(org.whatsapp, fixed_minor=500)
    outcome = make_win(org, lead_service=org.whatsapp, amount_minor=0)
    assert outcome.win is not None and outcome.win.entries.get(kind="book").amount == 500


def test_an_unregistered_service_is_refused_with_the_nearest_key() -> None:
    organisation()
    with pytest.raises(UnregisteredService) as refusal:
        find_service("Blue-Print")
    assert refusal.value.sentence == (
        "Service 'Blue-Print' is not registered. Nearest key: 'blueprint'."
        " Use a registered key, add an alias to the mapping, or sync the registry."
    )


def test_a_key_that_resembles_none_gets_no_hint() -> None:
    organisation()
    with pytest.raises(UnregisteredService) as refusal:
        find_service("zzzz")
    assert "Nearest" not in refusal.value.sentence
