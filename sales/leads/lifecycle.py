"""The lifecycle of a lead as one table, and what it allows. Pure: no database, no clock (R25, R54).

``NEW → ROUTED → QUALIFIED → ENGAGED → PROPOSED → WON``. Steps forward may skip up to PROPOSED; an open state may go
one back, or to an end, with a reason; the three ends reopen to ROUTED. WON is reached by a booking alone.
"""

from dataclasses import dataclass

from sales.leads.models import OPEN_STATES, State

TABLE_VERSION = 1
ENDS = (State.DISQUALIFIED, State.LOST, State.DORMANT)
FORWARD = (*OPEN_STATES, State.WON)


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed move, whether it needs a reason, and whether only a booking or a reversal may take it."""

    to: State
    needs_reason: bool = False
    by_booking: bool = False


def _steps() -> dict[State, dict[State, Step]]:
    table: dict[State, dict[State, Step]] = {}
    for place, state in enumerate(OPEN_STATES):
        steps = [Step(later) for later in OPEN_STATES[place + 1 :]]
        steps += [Step(OPEN_STATES[place - 1], needs_reason=True)] if place > 0 else []
        steps += [Step(end, needs_reason=True) for end in ENDS]
        table[state] = {step.to: step for step in [*steps, Step(State.WON, by_booking=True)]}
    for end in ENDS:
        table[end] = {State.ROUTED: Step(State.ROUTED)}
    table[State.WON] = {to: Step(to, needs_reason=True, by_booking=True) for to in (State.PROPOSED, State.LOST)}
    return table


TABLE = _steps()


def step(from_state: str, to_state: str) -> Step | None:
    """The table's entry for a move, or None where there is none."""
    return TABLE[State(from_state)].get(State(to_state)) if to_state in State.values else None


def steps_from(state: str) -> tuple[Step, ...]:
    """The moves that a person may take from a state, in the table's order."""
    return tuple(entry for entry in TABLE[State(state)].values() if not entry.by_booking)


def why_not(*, from_state: str, to_state: str, has_customer: bool, has_agent: bool, has_region: bool) -> str:
    """Why a move can't be made, as a sentence with the next step; empty when it can.

    Pages, commands and tools ask this same function, so that a button and a verb never disagree.
    """
    if to_state not in State.values:
        return f"There is no state '{to_state}'. The states are {', '.join(State.values)}."
    if step(from_state, to_state) is None:
        allowed = ", ".join(State(s.to).label for s in steps_from(from_state)) or "nothing"
        here, there = State(from_state).label, State(to_state).label
        return f"A lead that is '{here}' can't become '{there}'. From here: {allowed}."
    if to_state in (State.PROPOSED, State.WON) and not has_customer:
        return "Its customer isn't known yet. Add the customer first."
    if to_state in FORWARD[1:] and not (has_agent and has_region):
        return "No agent is assigned yet. Assign an agent of its region first."
    return ""
