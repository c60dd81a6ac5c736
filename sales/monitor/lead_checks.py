"""Findings about open leads: what a lead lacks that it needs to move by itself. Pure (R33, R34)."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from sales.monitor.finding import Finding, about, days_words, many, name_in
from sales.monitor.links import rows_url
from sales.monitor.reading import OpenLead, Reading
from sales.monitor.totals import Scope


@dataclass(frozen=True, slots=True)
class Lack:
    """What an open lead lacks: as a test of what was read, as a condition of the list, and in words."""

    test: Callable[[OpenLead, datetime], bool]
    where: Callable[[datetime], Q]
    one: str
    more: str
    next_step: str


LACKS = {
    "unassigned": Lack(
        lambda lead, now: lead.agent is None,
        lambda now: Q(agent=None),
        "open lead without an agent",
        "open leads without an agent",
        "Assign an agent of the region.",
    ),
    "next_step_overdue": Lack(
        lambda lead, now: lead.next_step_at is not None and lead.next_step_at < now,
        lambda now: Q(next_step_at__lt=now),
        "lead whose next step is late",
        "leads whose next step is late",
        "Do the step, or say when it will be done.",
    ),
    "no_next_step": Lack(
        lambda lead, now: not lead.next_step,
        lambda now: Q(next_step=""),
        "open lead without a next step",
        "open leads without a next step",
        "Say what happens next, and when.",
    ),
}


def lead_check(code: str) -> Callable[[Reading, Scope], Iterable[Finding]]:
    lack = LACKS[code]

    def check(reading: Reading, scope: Scope) -> Iterable[Finding]:
        leads = [lead for lead in reading.lacking if lack.test(lead, reading.now) and scope.has(lead)]
        agents = Counter(name_in(reading.agents, lead.agent) for lead in leads if lead.agent)
        whose = ", ".join(f"{name} {count}" for name, count in agents.most_common(4))
        oldest = f"The oldest stands there {days_words(leads[0].state_since, reading.now)}. " if leads else ""
        return about(
            [lead.reference for lead in leads],
            code=code,
            severity="hold",
            words=many(len(leads), lack.one, lack.more),
            detail=f"{f'{whose}. ' if whose else ''}{oldest}{lack.next_step}",
            url=rows_url("lead", finding=code, **scope.keys),
        )

    return check
