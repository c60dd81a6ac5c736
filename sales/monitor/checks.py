"""Findings: what needs someone, as of a reading. Pure: each check looks at the reading and says so in words.

A finding names its rows (up to 20 keys) and the list that shows them all. It mends nothing: a release that is due is
posted by its verb, a win without terms is priced by its verb.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta

from sales.money import format_minor
from sales.monitor.finding import Finding, about, days_words, many, name_in
from sales.monitor.lead_checks import lead_check
from sales.monitor.links import rows_url
from sales.monitor.placing import PlacedWin
from sales.monitor.reading import Reading
from sales.monitor.states import State
from sales.monitor.totals import Scope
from sales.registry.freshness import age_words, is_stale, max_age
from sales.registry.models import RegistrySync

DAY_OF_GRACE = timedelta(days=1)


def findings(reading: Reading, scope: Scope) -> list[Finding]:
    """All findings within a scope, the worst first; those of the registry whatever the scope."""
    return [finding for check in CHECKS for finding in check(reading, scope)]


def _wins(reading: Reading, scope: Scope, keeps: Callable[[PlacedWin], bool]) -> list[PlacedWin]:
    return [win for win in reading.wins if keeps(win) and scope.has_win(win)]


def _unplaced(reading: Reading, scope: Scope) -> Iterable[Finding]:
    wins = _wins(reading, scope, lambda win: win.state == State.UNPLACED)
    return about(
        [win.key for win in wins],
        code="unplaced",
        severity="bad",
        shape="fault",
        words=f"{many(len(wins), 'win needs', 'wins need')} repair",
        detail=f"{wins[0].key}: {' '.join(wins[0].why)} It is in no total." if wins else "",
        url=rows_url("win", state=State.UNPLACED, **scope.win_filters),
    )


def _stale_registry(reading: Reading, scope: Scope) -> Iterable[Finding]:
    at = reading.read.at if reading.read else None
    if not is_stale(read_at=at, now=reading.now):
        return []
    return about(
        ["registry"],
        code="stale_registry",
        severity="bad",
        shape="alert",
        words=f"The registry was {age_words(read_at=at, now=reading.now)}: no win can be booked",
        detail="Sync the registry. Bookings that wait are booked on their own sale date.",
        url=rows_url("registrysync"),
    )


def _refused_sync(reading: Reading, scope: Scope) -> Iterable[Finding]:
    attempt = reading.attempt
    if attempt is None or attempt.outcome != RegistrySync.Outcome.REFUSED:
        return []
    return about(
        [str(attempt.pk)],
        code="sync_refused",
        severity="bad",
        shape="alert",
        words="The last reading of the registry was refused",
        detail=f"{attempt.reason} Nothing was changed.",
        url=rows_url("registrysync"),
    )


def _release_overdue(reading: Reading, scope: Scope) -> Iterable[Finding]:
    wins = _wins(reading, scope, lambda win: win.is_release_overdue(reading.today))
    late = [win for win in wins if win.hold_end is not None and win.hold_end < reading.today - DAY_OF_GRACE]
    return about(
        [win.key for win in wins],
        code="release_overdue",
        severity="bad" if late else "hold",
        shape="alert" if late else "wait",
        words=f"{many(len(wins), 'win is', 'wins are')} past the hold and not released",
        detail="The commission stays in hold until its release is posted: run `manage.py release_due`, daily.",
        url=rows_url("win", finding="release_overdue", **scope.win_filters),
    )


def _unpriced(reading: Reading, scope: Scope) -> Iterable[Finding]:
    wins = _wins(reading, scope, lambda win: win.state == State.UNPRICED)
    pairs = Counter((win.service, win.currency) for win in wins)
    lacks = [
        f"{name_in(reading.services, service)} has no terms in {currency} for {many(count, 'win', 'wins')} of "
        + format_minor(
            sum(win.amount_minor for win in wins if (win.service, win.currency) == (service, currency)), currency
        )
        for (service, currency), count in pairs.most_common(2)
    ]
    return about(
        [win.key for win in wins],
        code="unpriced",
        severity="terms",
        shape="money-question",
        words=f"{many(len(wins), 'win waits', 'wins wait')} for commission terms",
        detail=". ".join(lacks) + ". In no total until terms cover the sale date.",
        url=rows_url("win", state=State.UNPRICED, **scope.win_filters),
    )


def _quarantined(
    kind: str, code: str, one: str, more: str, means: str = ""
) -> Callable[[Reading, Scope], Iterable[Finding]]:
    def check(reading: Reading, scope: Scope) -> Iterable[Finding]:
        named = {"service": reading.services, "agent": reading.agents, "region": reading.regions}[kind]
        rows = {key: row for key, row in sorted(named.items()) if row.quarantine}
        first = next(iter(rows.values()), None)
        return about(
            list(rows),
            code=code,
            severity="hold",
            shape="alert",
            words=f"{many(len(rows), one, more)} of the registry not accepted",
            detail=f"{first.name}: {first.quarantine} Its last good version stays{means}." if first else "",
            url=rows_url(kind, standing="refused"),
        )

    return check


def _requests(reading: Reading, scope: Scope) -> Iterable[Finding]:
    waiting = reading.requests
    return about(
        [request.key for request in waiting],
        code="booking_waiting",
        severity="hold",
        words=f"{many(len(waiting), 'booking waits', 'bookings wait')}: not a win yet, in no total",
        detail=f"The first {days_words(waiting[0].since, reading.now)}: {waiting[0].why}" if waiting else "",
        url=rows_url("bookingrequest", state__exact="waiting"),
    )


def _hand_offs(reading: Reading, scope: Scope) -> Iterable[Finding]:
    waiting = reading.hand_offs
    owners = Counter(name_in(reading.agents, row.agent) for row in waiting)
    return about(
        [row.key for row in waiting],
        code="hand_off_late",
        severity="hold",
        shape="alert",
        words=f"{many(len(waiting), 'hand-off', 'hand-offs')} not acknowledged for a week",
        detail="Waiting for " + ", ".join(f"{name} {count}" for name, count in owners.most_common(4)) + ".",
        url=rows_url("handoff", finding="hand_off_late"),
    )


def _old_registry(reading: Reading, scope: Scope) -> Iterable[Finding]:
    made = reading.read.generated_at if reading.read else None
    if made is None or reading.now - made <= max_age():
        return []
    return about(
        ["registry"],
        code="registry_generated_long_ago",
        severity="neutral",
        words=f"The registry says of itself that it was made {days_words(made, reading.now).removeprefix('for ')} ago",
        detail="It was read in time; ask who publishes it whether it is still kept up.",
        url=rows_url("registrysync"),
    )


CHECKS: tuple[Callable[[Reading, Scope], Iterable[Finding]], ...] = (
    _unplaced,
    _stale_registry,
    _refused_sync,
    _release_overdue,
    _unpriced,
    _quarantined("service", "quarantined_services", "service", "services", ", and it can't be sold"),
    _quarantined("agent", "quarantined_agents", "agent", "agents"),
    _quarantined("region", "quarantined_regions", "region", "regions"),
    _requests,
    _hand_offs,
    lead_check("unassigned"),
    lead_check("next_step_overdue"),
    lead_check("no_next_step"),
    _old_registry,
)
