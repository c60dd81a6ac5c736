"""The monitor's report as one JSON object: a contract (DESIGN section 11). Pure, over one reading.

Totals come from counted wins only, by the state that ``states.py`` decides. In ``by_agent`` a win and what it sold
belong to the agent that drove it, and the commission to the agents that are credited with it, so that shared credit
shows where it went. Of ``commission_minor``, ``held_minor`` is in hold and ``due_minor`` is due and unpaid.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sales.leads.models import State as LeadState
from sales.monitor.checks import findings
from sales.monitor.criteria import criteria
from sales.monitor.finding import name_in
from sales.monitor.placing import PlacedWin, states_by_key
from sales.monitor.proof import Proof
from sales.monitor.reading import Named, Reading, read
from sales.monitor.states import State
from sales.monitor.totals import Scope, Sums, counted_and_not, credit_by_agent, state_counts, sums_by
from sales.wins.models import Win

EVERYTHING = Scope()


def report(now: datetime, *, scope: Scope = EVERYTHING, proof: Proof | None = None) -> dict[str, Any]:
    """Read once and report, in at most twelve statements."""
    return report_of(read(now), scope=scope, proof=proof)


def states_of(wins: Iterable[Win], *, now: datetime) -> dict[str, State]:
    """The states of a page of wins by key, in four statements, whatever their number."""
    page = list(wins)
    states = states_by_key(now=now, lead_ids={win.lead_id for win in page})
    return {win.key: states[win.key] for win in page}


def report_of(reading: Reading, *, scope: Scope = EVERYTHING, proof: Proof | None = None) -> dict[str, Any]:
    """The report of a reading, within a scope."""
    wins = [win for win in reading.wins if scope.has_win(win)]
    by_state = state_counts(wins)
    counted, uncounted = counted_and_not(by_state)
    return {
        "as_of": reading.now.isoformat(),
        "wins": {"by_state": by_state, "counted": counted, "uncounted": uncounted},
        "leads": {"by_state": _leads_by_state(reading, scope)},
        "totals": [
            {"currency": currency, **_figures(sums)}
            for currency, sums in sorted(sums_by(wins, lambda win: win.currency).items())
        ],
        "by_service": _by(sums_by(wins, lambda win: (win.service, win.currency)), reading.services),
        "by_region": _by(sums_by(wins, lambda win: (win.region, win.currency)), reading.regions),
        "by_agent": _by_agent(wins, reading.agents),
        "findings": [asdict(finding) for finding in findings(reading, scope)],
        "criteria": [asdict(criterion) for criterion in criteria(reading, scope, proof=proof)],
    }


def _leads_by_state(reading: Reading, scope: Scope) -> dict[str, int]:
    """Every state is named, also those with none; sale dates don't narrow leads."""
    found: Counter[str] = Counter()
    for group in reading.leads:
        if scope.has(group):
            found[group.state] += group.leads
    return {state.value: found[state.value] for state in LeadState}


def _figures(sums: Sums) -> dict[str, int]:
    return asdict(sums)


def _by(sums: Mapping[tuple[str, str], Sums], named: dict[str, Named]) -> list[dict[str, Any]]:
    return [
        {"key": key, "name": name_in(named, key), "currency": currency, **_figures(sums[key, currency])}
        for key, currency in sorted(sums)
    ]


def _by_agent(wins: list[PlacedWin], named: dict[str, Named]) -> list[dict[str, Any]]:
    driven = sums_by(wins, lambda win: (win.agent, win.currency))
    credit = {pair: minor for pair, minor in credit_by_agent(wins).items() if minor}
    rows = []
    for key, currency in sorted({*driven, *credit}):
        sums = driven.get((key, currency), Sums())
        rows.append(
            {
                "key": key,
                "name": name_in(named, key),
                "currency": currency,
                "wins": sums.wins,
                "sold_minor": sums.sold_minor,
                "refunded_minor": sums.refunded_minor,
                "commission_minor": credit.get((key, currency), 0),
            }
        )
    return rows
