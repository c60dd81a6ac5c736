"""Breaches of leads, their events and offers."""

from tests.makers import NOW
from tests.sales.breaches.breach import Breach, Changes

RECURRING: dict[str, Changes] = {
    "no term": {"cadence": "monthly", "term_months": None},
    "no months": {"cadence": "monthly", "term_months": 0},
    "once for a term": {"term_months": 3},
    "a cadence unknown": {"cadence": "weekly"},
}

BREACHES = [
    Breach(constraint="lead_state_known", spoil={"state": "GONE"}),
    Breach(constraint="lead_past_engaged_has_customer", case="offered", spoil={"customer_id": None}),
    Breach(constraint="lead_past_engaged_has_customer", case="won", spoil={"customer_id": None, "state": "WON"}),
    Breach(constraint="lead_assigned_has_agent_and_region", case="agent", spoil={"agent_id": None}),
    Breach(constraint="lead_assigned_has_agent_and_region", case="region", spoil={"region_id": None}),
    Breach(
        constraint="lead_assigned_has_agent_and_region",
        case="routed",
        spoil={"agent_id": None, "region_id": None, "state": "ROUTED"},
    ),
    Breach(constraint="lead_amount_has_currency", case="no currency", spoil={"currency": ""}),
    Breach(constraint="lead_amount_has_currency", case="below zero", spoil={"amount_minor": -1}),
    *(
        Breach(constraint=rule, case=case, spoil=spoil)
        for rule in ("lead_recurring_has_term", "offer_recurring_has_term")
        for case, spoil in RECURRING.items()
    ),
    Breach(constraint="lead_next_step_has_time", case="no time", spoil={"next_step": "Call"}),
    Breach(constraint="lead_next_step_has_time", case="no step", spoil={"next_step_at": NOW}),
    Breach(constraint="lead_has_quantity", spoil={"quantity": 0}),
    Breach(constraint="lead_event_number_once", spoil={"number": 1}, behind=("lead_event_append_only",)),
    Breach(constraint="offer_number_once", spoil={"number": 1}),
    Breach(constraint="offer_amount_has_currency", case="no currency", spoil={"currency": ""}),
    Breach(constraint="offer_amount_has_currency", case="below zero", spoil={"amount_minor": -1}),
]
