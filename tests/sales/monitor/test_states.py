"""The state of a win: every row of the table, what contradicts, and that any facts have exactly one state."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.ledger.balances import Standing
from sales.monitor.states import InstalmentFacts, State, WinFacts, contradictions, counts, win_state
from sales.monitor.words import WIN_STATES

TODAY = date(2026, 3, 20)
OVER, AHEAD = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
BOOKED = Standing(receivable=100, held=100, sold=1000, booked=100)
RELEASED = replace(BOOKED, held=0, released=100)
PAID = replace(RELEASED, receivable=0)


def instalment(standing: Standing, **values: Any) -> InstalmentFacts:
    given: dict[str, Any] = {"base_minor": 1000, "standing": standing, "has_rows": True, "hold_end": OVER}
    return InstalmentFacts(**given | values)


def win(*instalments: InstalmentFacts, priced: bool = True, voided: bool = False, lead_is_won: bool = True) -> WinFacts:
    return WinFacts(instalments=instalments, priced=priced, voided=voided, lead_is_won=lead_is_won)


def one(standing: Standing, **values: Any) -> WinFacts:
    return win(instalment(standing, **values))


BARE = InstalmentFacts(base_minor=1000)
VOIDED = Standing(sold=1000, refunded=1000, booked=100, voided=100)
CLAWED = Standing(sold=1000, refunded=1000, booked=100, released=100, clawed_back=100)
HALF_BACK = Standing(receivable=50, held=50, sold=1000, refunded=500, booked=100, voided=50)
TO_GO_BACK = replace(PAID, refunded=500, clawed_back=50, due_to=50)
FREE = instalment(Standing(booked=10, voided=10), base_minor=0)
GONE = instalment(VOIDED, refunded_minor=1000)
OPEN, SETTLED = instalment(RELEASED), instalment(PAID)

PLACED = [
    ("in hold before the hold's end", one(BOOKED, hold_end=AHEAD), State.HELD),
    ("in hold though over, until it is released", one(BOOKED), State.HELD),
    ("in hold with a commission of nothing", one(Standing(sold=1000), hold_end=AHEAD), State.HELD),
    ("due on the day that the hold ends", one(RELEASED, hold_end=TODAY), State.EARNED),
    ("part paid", one(replace(RELEASED, receivable=40)), State.PART_SETTLED),
    ("paid", one(PAID), State.SETTLED),
    ("paid with a commission of nothing", one(Standing(sold=1000)), State.SETTLED),
    ("paid, and some of it to go back", one(TO_GO_BACK, refunded_minor=500), State.SETTLED),
    ("written off", one(replace(PAID, written_off=100)), State.WRITTEN_OFF),
    ("written off after a part was paid", one(replace(PAID, written_off=40)), State.WRITTEN_OFF),
    ("partly written off, the rest open", one(replace(RELEASED, receivable=60, written_off=40)), State.EARNED),
    ("disputed before anything else of its money", one(BOOKED, hold_end=AHEAD, disputed=True), State.DISPUTED),
    ("half refunded", one(HALF_BACK, refunded_minor=500), State.HELD),
    ("cancelled before release", win(GONE, voided=True), State.REVERSED),
    ("cancelled after release", win(instalment(CLAWED, refunded_minor=1000), voided=True), State.REVERSED),
    ("refunded in full without being cancelled", win(GONE), State.REVERSED),
    ("cancelled with a base of nothing", win(FREE, voided=True), State.REVERSED),
    ("cancelled while its lead went back", win(GONE, voided=True, lead_is_won=False), State.REVERSED),
    ("without terms", win(BARE, priced=False), State.UNPRICED),
    ("without terms and cancelled", win(replace(BARE, refunded_minor=1000), priced=False, voided=True), State.REVERSED),
    ("nothing sold, nothing booked", win(InstalmentFacts(base_minor=0, hold_end=OVER)), State.SETTLED),
    ("as far as its least advanced instalment", win(SETTLED, OPEN), State.EARNED),
    ("as far as its least advanced live instalment", win(SETTLED, GONE), State.SETTLED),
    ("in hold with one instalment", win(SETTLED, OPEN, instalment(BOOKED)), State.HELD),
]  # fmt: skip
CONTRADICTING = [
    ("rows without terms", win(instalment(BOOKED), priced=False)),
    ("terms without rows", win(replace(BARE, hold_end=OVER))),
    ("no instalment", win()),
    ("live, and its lead isn't won", replace(one(BOOKED), lead_is_won=False)),
    ("two live wins of one lead", replace(one(BOOKED), live_wins_of_lead=2)),
    ("shares that make no whole", replace(one(BOOKED), share_weight=9_999)),
    ("no shares", replace(one(BOOKED), share_weight=0)),
    ("a negative balance", one(replace(BOOKED, receivable=-1))),
    ("more held than booked", one(replace(BOOKED, held=120))),
    ("more open than booked", one(replace(BOOKED, receivable=120))),
    ("another base in the ledger", one(replace(BOOKED, sold=999))),
    ("refunded in the ledger alone", one(HALF_BACK)),
    ("refunded in the facts alone", one(BOOKED, refunded_minor=500)),
    ("more refunded than sold", one(BOOKED, refunded_minor=1001)),
    ("cancelled, and not all of it refunded", win(instalment(HALF_BACK, refunded_minor=500), voided=True)),
    ("taken back with nothing refunded", one(replace(BOOKED, held=90, receivable=90, voided=10))),
]


@pytest.mark.parametrize(("facts", "state"), [row[1:] for row in PLACED], ids=[row[0] for row in PLACED])
def test_a_win_is_in_the_first_state_that_fits(facts: WinFacts, state: State) -> None:
    assert contradictions(facts) == ()
    assert win_state(facts, TODAY) == state


@pytest.mark.parametrize("facts", [row[1] for row in CONTRADICTING], ids=[row[0] for row in CONTRADICTING])
def test_a_win_whose_facts_contradict_each_other_needs_repair_and_says_why(facts: WinFacts) -> None:
    assert win_state(facts, TODAY) == State.UNPLACED
    assert all(sentence.endswith(".") for sentence in contradictions(facts))


def test_the_table_reaches_every_state() -> None:
    assert {row[2] for row in PLACED} | {State.UNPLACED} == set(State)


def test_only_what_needs_repair_is_cancelled_or_has_no_terms_is_out_of_the_totals() -> None:
    assert {state for state in State if not counts(state)} == {State.UNPLACED, State.REVERSED, State.UNPRICED}


def test_every_state_has_its_words() -> None:
    assert {state.value for state in State} == set(WIN_STATES)


SMALL = st.integers(min_value=-2, max_value=4)
INSTALMENTS = st.builds(
    InstalmentFacts,
    base_minor=st.integers(min_value=0, max_value=4),
    refunded_minor=SMALL,
    standing=st.builds(Standing, **dict.fromkeys(Standing.__slots__, SMALL)),
    has_rows=st.booleans(),
    hold_end=st.none() | st.dates(min_value=OVER, max_value=AHEAD),
    disputed=st.booleans(),
)
FACTS = st.builds(
    WinFacts,
    instalments=st.lists(INSTALMENTS, max_size=3).map(tuple),
    voided=st.booleans(),
    priced=st.booleans(),
    lead_is_won=st.booleans(),
    live_wins_of_lead=st.integers(min_value=0, max_value=2),
    share_weight=st.sampled_from([0, 9_999, 10_000]),
)


@given(facts=FACTS, today=st.dates(min_value=OVER, max_value=AHEAD))
def test_any_facts_have_one_state_and_the_same_facts_the_same(facts: WinFacts, today: date) -> None:
    state = win_state(facts, today)
    assert state in State
    assert win_state(replace(facts), today) == state
    assert (state == State.UNPLACED) == bool(contradictions(facts))


@given(facts=FACTS)
def test_a_later_day_never_brings_a_win_back_into_hold(facts: WinFacts) -> None:
    if win_state(facts, TODAY) != State.HELD:
        assert win_state(facts, AHEAD) != State.HELD
