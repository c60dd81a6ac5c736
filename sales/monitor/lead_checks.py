"""Findings about open leads: what a lead lacks that it needs to move by itself. Pure (R33, R34)."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime

from sales.monitor.finding import Finding, about, days_words, many, name_in
from sales.monitor.links import rows_url
from sales.monitor.reading import OpenLead, Reading
from sales.monitor.totals import Scope

LeadTest = Callable[[OpenLead, datetime], bool]
LACKS: dict[str, tuple[LeadTest, str, str, str]] = {
    "unassigned": (
        lambda lead, now: lead.agent is None,
        "open lead without an agent",
        "open leads without an agent",
        "Assign an agent of the region.",
    ),
    "next_step_overdue": (
        lambda lead, now: lead.next_step_at is not None and lead.next_step_at < now,
        "lead whose next step is late",
        "leads whose next step is late",
        "Do the step, or say when it will be done.",
    ),
    "no_next_step": (
        lambda lead, now: not lead.next_step,
        "open lead without a next step",
        "open leads without a next step",
        "Say what happens next, and when.",
    ),
}


def lead_check(code: str) -> Callable[[Reading, Scope], Iterable[Finding]]:
    lacks, one, more, step = LACKS[code]

    def check(reading: Reading, scope: Scope) -> Iterable[Finding]:
        leads = [lead for lead in reading.lacking if lacks(lead, reading.now) and _within(lead, scope)]
        agents = Counter(name_in(reading.agents, lead.agent) for lead in leads if lead.agent)
        whose = ", ".join(f"{name} {count}" for name, count in agents.most_common(4))
        oldest = f"The oldest stands there {days_words(leads[0].state_since, reading.now)}. " if leads else ""
        return about(
            [lead.reference for lead in leads],
            code=code,
            severity="hold",
            words=many(len(leads), one, more),
            detail=f"{f'{whose}. ' if whose else ''}{oldest}{step}",
            url=rows_url("lead", finding=code),
        )

    return check


def _within(lead: OpenLead, scope: Scope) -> bool:
    return scope.has(region=lead.region, service=lead.service, agent=lead.agent, currency=lead.currency)
