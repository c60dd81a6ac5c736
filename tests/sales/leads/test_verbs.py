"""The verbs of a lead: what they write, whom they refuse, and that two at once don't overwrite each other."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sales.leads.forms import LeadForm, LeadMovedMeanwhile, LeadRefused, MoveRefused
from sales.leads.lifecycle import TABLE, TABLE_VERSION
from sales.leads.models import Lead, LeadEvent, State
from sales.leads.verbs import assign, change, create_lead, enter_lead, log_interaction, make_offer, move, open_sister
from sales.money import AmountOutOfRange, NotAnAmount, UnknownCurrency
from sales.registry.models import Agent, Service
from tests.makers import ARWEN, AURORA, NOW, Organisation, make_customer, make_lead, organisation

pytestmark = pytest.mark.django_db


def new_lead(org: Organisation, **values: Any) -> Lead:
    """A lead of nobody's, in NEW."""
    return create_lead(LeadForm(**{"service": org.blueprint, **values}), by=ARWEN, now=NOW)


def states(lead: Lead) -> list[tuple[str, str, str]]:
    return list(lead.events.values_list("kind", "from_state", "to_state"))


def test_a_lead_starts_new_and_with_agent_and_region_it_is_assigned() -> None:
    org = organisation()
    assert new_lead(org).state == State.NEW
    assert new_lead(org, agent=org.arwen, region=org.eu).state == State.ROUTED


def test_a_lead_gets_a_reference_that_nobody_guesses() -> None:
    org = organisation()
    first, second = new_lead(org), new_lead(org)
    assert first.reference != second.reference
    assert first.reference.startswith("test:") and len(first.reference) == len("test:") + 10


@pytest.mark.parametrize("gone", [{"retired_at": NOW}, {"quarantine": "two terms start on one day"}])
def test_a_retired_or_unaccepted_service_takes_no_new_leads(gone: dict[str, Any]) -> None:
    org = organisation()
    Service.objects.filter(key="blueprint").update(**gone)
    with pytest.raises(LeadRefused, match="can't get new leads"):
        create_lead(LeadForm(service=Service.objects.get(key="blueprint")), by=ARWEN, now=NOW)
    assert org.blueprint.leads.count() == 0


@pytest.mark.parametrize(
    ("amount", "currency", "refusal"),
    [
        (100, "", UnknownCurrency),
        (100, "XYZ", UnknownCurrency),
        (True, "EUR", NotAnAmount),
        (1.5, "EUR", NotAnAmount),
        (-1, "EUR", AmountOutOfRange),
        (2**53, "EUR", AmountOutOfRange),
    ],
)
def test_an_expected_amount_is_an_integer_of_a_known_currency(amount: Any, currency: str, refusal: type) -> None:
    org = organisation()
    with pytest.raises(refusal):
        new_lead(org, amount_minor=amount, currency=currency)
    assert Lead.objects.count() == 0


def test_an_import_enters_a_lead_at_a_later_state_with_one_event_that_says_so() -> None:
    org = organisation()
    form = LeadForm(service=org.blueprint, agent=org.arwen, region=org.eu, customer=make_customer(), reference="crm:1")
    lead = enter_lead(form, state="PROPOSED", detail={"import": 7}, by=ARWEN, now=NOW)
    assert states(lead) == [("entered", "", "PROPOSED")]
    event = lead.events.get()
    assert (event.detail, event.table_version, event.by_agent) == ({"import": 7}, TABLE_VERSION, "arwen")


def test_a_move_writes_its_event_and_counts_the_version() -> None:
    org = organisation()
    lead = new_lead(org, agent=org.arwen, region=org.eu)
    moved = move(lead, to="ENGAGED", by=AURORA, now=NOW + timedelta(hours=1))
    assert (moved.state, moved.version, moved.state_since) == ("ENGAGED", 2, NOW + timedelta(hours=1))
    event = moved.events.last()
    assert event is not None
    assert (event.number, event.from_state, event.to_state) == (2, "ROUTED", "ENGAGED")
    assert event.signer.words == "Aurora · by Ida Moreau"


def test_free_text_of_a_move_goes_into_a_note_that_can_be_erased() -> None:
    lead = make_lead(organisation())
    move(lead, to="LOST", by=ARWEN, now=NOW, reason_code="too_dear", text="Jana found it too dear.")
    event = lead.events.last()
    assert event is not None and event.note is not None and event.note.text == "Jana found it too dear."
    event.note.delete()
    event.refresh_from_db()
    assert event.reason_code == "too_dear" and event.note_id is not None


@pytest.mark.parametrize(
    ("to", "reason", "part"),
    [
        ("WON", "", "by booking its win"),
        ("LOST", "", "needs a reason"),
        ("ENGAGED", "", "needs a reason"),
        ("NEW", "wrong", "can't become 'New'"),
        ("GONE", "", "no state 'GONE'"),
    ],
)
def test_a_refused_move_writes_nothing(to: str, reason: str, part: str) -> None:
    lead = make_lead(organisation())
    before = states(lead)
    with pytest.raises(MoveRefused, match=part):
        move(lead, to=to, by=ARWEN, now=NOW, reason_code=reason, text="A note.")
    assert states(lead) == before and lead.notes.count() == 0


def test_a_lead_without_customer_is_not_offered() -> None:
    org = organisation()
    lead = move(new_lead(org, agent=org.arwen, region=org.eu), to="ENGAGED", by=ARWEN, now=NOW)
    with pytest.raises(MoveRefused, match="Add the customer"):
        move(lead, to="PROPOSED", by=ARWEN, now=NOW)
    known = change(lead, customer=make_customer(), by=ARWEN, now=NOW)
    assert move(known, to="PROPOSED", by=ARWEN, now=NOW).state == State.PROPOSED


def test_a_move_of_a_stale_lead_says_who_moved_it() -> None:
    lead = make_lead(organisation())
    stale = Lead.objects.get(pk=lead.pk)
    move(lead, to="LOST", by=AURORA, now=NOW + timedelta(minutes=5), reason_code="too_dear")
    before = states(lead)
    with pytest.raises(LeadMovedMeanwhile, match=r"Aurora · by Ida Moreau did that at 09:20 UTC"):
        move(stale, to="DORMANT", by=ARWEN, now=NOW, reason_code="silent", text="A note.")
    assert states(lead) == before and lead.notes.count() == 0


@pytest.mark.parametrize(
    "verb",
    [
        lambda lead, org: assign(lead, agent=org.atlas, region=org.usa, by=ARWEN, now=NOW, reason_code="moved"),
        lambda lead, org: change(lead, title="Another", by=ARWEN, now=NOW),
    ],
)
def test_no_verb_overwrites_what_happened_meanwhile(verb: Callable[[Lead, Organisation], Lead]) -> None:
    org = organisation()
    lead = make_lead(org)
    stale = Lead.objects.get(pk=lead.pk)
    change(lead, title="First", by=AURORA, now=NOW)
    with pytest.raises(LeadMovedMeanwhile):
        verb(stale, org)
    assert Lead.objects.get(pk=lead.pk).title == "First"


def test_assigning_a_new_lead_routes_it_and_an_offered_one_stays_offered() -> None:
    org = organisation()
    fresh = assign(new_lead(org), agent=org.arwen, region=org.eu, by=AURORA, now=NOW, reason_code="by region")
    assert (fresh.state, fresh.agent_id, fresh.region_id) == ("ROUTED", "arwen", "EU")
    offered = assign(make_lead(org), agent=org.atlas, region=org.usa, by=AURORA, now=NOW, reason_code="absence")
    assert (offered.state, offered.agent_id) == ("PROPOSED", "atlas")
    event = offered.events.last()
    assert event is not None and event.detail == {"agent": "atlas", "before": "arwen", "region": "USA"}


@pytest.mark.parametrize("spoil", [{"retired_at": NOW}, {"is_agent": False}, {"quarantine": "no region"}])
def test_only_an_active_agent_takes_leads(spoil: dict[str, Any]) -> None:
    org = organisation()
    Agent.objects.filter(key="atlas").update(**spoil)
    with pytest.raises(LeadRefused, match="not an active agent"):
        assign(
            make_lead(org), agent=Agent.objects.get(key="atlas"), region=org.usa, by=AURORA, now=NOW, reason_code="x"
        )


def test_an_ended_lead_is_reopened_before_anything_else() -> None:
    org = organisation()
    lead = move(make_lead(org), to="LOST", by=ARWEN, now=NOW, reason_code="too_dear")
    refused: list[Callable[[], object]] = [
        lambda: assign(lead, agent=org.atlas, region=org.usa, by=AURORA, now=NOW, reason_code="x"),
        lambda: change(lead, title="Another", by=ARWEN, now=NOW),
        lambda: make_offer(lead, amount_minor=100, currency="EUR", by=ARWEN, now=NOW),
    ]
    for verb in refused:
        with pytest.raises(LeadRefused, match="Reopen it"):
            verb()
    reopened = move(lead, to="ROUTED", by=ARWEN, now=NOW)
    assert change(reopened, title="Again", by=ARWEN, now=NOW).title == "Again"


def test_a_change_names_its_fields_and_the_service_before() -> None:
    org = organisation()
    lead = change(make_lead(org), service=org.whatsapp, amount_minor=500, by=ARWEN, now=NOW)
    event = lead.events.last()
    assert event is not None
    assert event.detail == {"fields": ["amount_minor", "service"], "service": "whatsapp", "before": "blueprint"}


def test_state_and_agent_are_not_changed_past_their_verbs() -> None:
    lead = make_lead(organisation())
    with pytest.raises(LeadRefused, match="agent, state"):
        change(lead, state="WON", agent=None, by=ARWEN, now=NOW)


def test_offers_are_numbered_and_the_latest_comes_first() -> None:
    lead = make_lead(organisation())
    first = make_offer(lead, amount_minor=100, currency="EUR", by=ARWEN, now=NOW)
    second = make_offer(lead, amount_minor=90, currency="EUR", by=ARWEN, now=NOW, cadence="monthly", term_months=12)
    assert (first.number, second.number) == (1, 2)
    assert lead.offers.first() == second


def test_also_interested_in_opens_a_sister_of_the_same_customer() -> None:
    org = organisation()
    lead = make_lead(org, first_touch="web form", campaign="spring")
    sister = open_sister(lead, service=org.whatsapp, by=ARWEN, now=NOW)
    assert (sister.customer, sister.agent, sister.region) == (lead.customer, lead.agent, lead.region)
    assert (sister.first_touch, sister.campaign, sister.state) == ("web form", "spring", State.ROUTED)
    assert sister.events.get().detail == {"sister_of": lead.reference}


def test_a_sister_is_about_another_service_that_can_be_sold() -> None:
    org = organisation()
    lead = make_lead(org)
    Service.objects.filter(key="whatsapp").update(retired_at=NOW)
    for service in (org.blueprint, Service.objects.get(key="whatsapp")):
        with pytest.raises(LeadRefused):
            open_sister(lead, service=service, by=ARWEN, now=NOW)
    assert Lead.objects.count() == 1


def test_an_interaction_is_its_agents_and_its_droids() -> None:
    org = organisation()
    said = log_interaction(
        make_lead(org), agent=org.arwen, channel="call", direction="out", at=NOW, by=ARWEN, text="Hi"
    )
    assert (said.agent_id, said.droid, said.by_agent) == ("arwen", "", "arwen")


def test_a_stored_lead_never_leaves_the_table() -> None:
    org = organisation()

    @settings(max_examples=20, deadline=None)
    @given(wishes=st.lists(st.tuples(st.sampled_from(State.values), st.booleans()), max_size=12))
    def walk(wishes: list[tuple[str, bool]]) -> None:
        lead = make_lead(org)
        for to, with_reason in wishes:
            before = State(lead.state)
            try:
                lead = move(lead, to=to, by=ARWEN, now=NOW, reason_code="why" if with_reason else "")
            except MoveRefused:
                assert Lead.objects.get(pk=lead.pk).state == before
            else:
                assert State(to) in TABLE[before] and not TABLE[before][State(to)].by_booking
        assert LeadEvent.objects.filter(lead=lead).count() == lead.version

    walk()
