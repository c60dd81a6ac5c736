"""The lifecycle's table: where a lead can go, and that it gets nowhere else. No database."""

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.leads.lifecycle import ENDS, FORWARD, TABLE, TABLE_VERSION, step, steps_from, why_not
from sales.leads.models import OPEN_STATES, State

EVERYTHING = {"has_customer": True, "has_agent": True, "has_region": True}


def allowed(from_state: str, to_state: str, **lacks: bool) -> bool:
    return not why_not(from_state=from_state, to_state=to_state, **{**EVERYTHING, **lacks})


def reachable(start: State) -> set[State]:
    """Every state that some way leads to."""
    seen, waiting = {start}, deque([start])
    while waiting:
        for to in TABLE[waiting.popleft()]:
            if to not in seen:
                seen.add(to)
                waiting.append(to)
    return seen


def test_every_state_has_its_steps() -> None:
    assert set(TABLE) == set(State)
    assert all(entry.to == to for steps in TABLE.values() for to, entry in steps.items())


@pytest.mark.parametrize("state", State)
def test_from_every_state_there_is_a_way_to_won(state: State) -> None:
    assert State.WON in reachable(state)


@pytest.mark.parametrize("state", State)
def test_from_new_there_is_a_way_to_every_state(state: State) -> None:
    assert state in reachable(State.NEW)


@pytest.mark.parametrize("place", range(len(OPEN_STATES)))
def test_forward_may_skip_up_to_offer_made(place: int) -> None:
    for later in OPEN_STATES[place + 1 :]:
        entry = step(OPEN_STATES[place], later)
        assert entry is not None and not entry.needs_reason and not entry.by_booking


@pytest.mark.parametrize("place", range(1, len(OPEN_STATES)))
def test_one_step_back_needs_a_reason_and_two_are_refused(place: int) -> None:
    back = step(OPEN_STATES[place], OPEN_STATES[place - 1])
    assert back is not None and back.needs_reason
    for earlier in OPEN_STATES[: place - 1]:
        assert step(OPEN_STATES[place], earlier) is None


@pytest.mark.parametrize("state", OPEN_STATES)
@pytest.mark.parametrize("end", ENDS)
def test_an_open_lead_may_end_with_a_reason(state: State, end: State) -> None:
    entry = step(state, end)
    assert entry is not None and entry.needs_reason


@pytest.mark.parametrize("end", ENDS)
def test_an_ended_lead_reopens_to_assigned_alone(end: State) -> None:
    assert set(TABLE[end]) == {State.ROUTED}


def test_won_is_reached_by_booking_and_left_by_cancelling_alone() -> None:
    assert [state for state in State if State.WON in TABLE[state]] == list(OPEN_STATES)
    assert all(TABLE[state][State.WON].by_booking for state in OPEN_STATES)
    assert set(TABLE[State.WON]) == {State.PROPOSED, State.LOST}
    assert all(entry.by_booking and entry.needs_reason for entry in TABLE[State.WON].values())
    assert all(entry.to != State.WON for state in State for entry in steps_from(state))


@pytest.mark.parametrize("state", State)
def test_no_state_leads_to_itself(state: State) -> None:
    assert step(state, state) is None


def test_an_unknown_state_is_refused_with_the_known_ones() -> None:
    assert step("NEW", "GONE") is None
    sentence = why_not(from_state="NEW", to_state="GONE", **EVERYTHING)
    assert "no state 'GONE'" in sentence and "PROPOSED" in sentence


def test_a_refused_move_says_where_one_can_go() -> None:
    sentence = why_not(from_state="LOST", to_state="PROPOSED", **EVERYTHING)
    assert sentence == "A lead that is 'Lost' can't become 'Offer made'. From here: Assigned."


def test_without_a_customer_a_lead_gets_no_further_than_a_conversation() -> None:
    assert allowed("NEW", "ENGAGED", has_customer=False)
    assert "Add the customer" in why_not(
        from_state="ENGAGED", to_state="PROPOSED", has_customer=False, has_agent=True, has_region=True
    )


@pytest.mark.parametrize("lack", ["has_agent", "has_region"])
@pytest.mark.parametrize("to", FORWARD[1:-1])
def test_without_agent_or_region_a_lead_stays_new(lack: str, to: State) -> None:
    assert not allowed("NEW", to, **{lack: False})
    assert allowed("NEW", "LOST", **{lack: False})


def test_the_table_has_a_version() -> None:
    assert TABLE_VERSION == 1, "Another table gets another version: events say by which one they were allowed."


@given(wishes=st.lists(st.sampled_from([*State.values, "GONE", ""]), max_size=40))
def test_no_sequence_of_moves_leaves_the_table(wishes: list[str]) -> None:
    state: str = State.NEW
    for wish in wishes:
        refusal = why_not(from_state=state, to_state=wish, **EVERYTHING)
        assert bool(refusal) == (step(state, wish) is None)
        if not refusal:
            assert State(wish) in TABLE[State(state)]
            state = wish
    assert state in State.values
