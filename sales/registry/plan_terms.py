"""Which versions of terms a sync appends. Pure; versions are only ever added (DESIGN section 5, LEDGER.md).

A new start is a new version; other content on a start that no win uses is its next revision, and so is another
``sample`` mark. A version that the feed drops is withdrawn while it lies ahead, ended today while it is in force, and
left alone when another has followed it; it is withdrawn too where the feed lets an older one hold again. A rewrite of
what a win uses is not a plan but a fault of the service.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import pairwise

from carolverse.registry.facts import TermsFacts
from sales import money
from sales.registry import columns
from sales.registry.columns import Row
from sales.registry.existing import Start
from sales.registry.models import Terms
from sales.registry.terms import DIGESTED, in_force, terms_digest, versions_that_count

NOTHING: Row = {
    "rate_bp": None,
    "bands": [],
    "fixed_minor": 0,
    "floor_minor": 0,
    "cap_minor": None,
    "scope": "win",
    "base": "list",
    "instalments": 1,
    "hold_days": 0,
    "rounding": "HALF_UP",
    "sample": False,
}


@dataclass(slots=True)
class TermsPlan:
    """The versions to append, and the starts they touch as keys: ``blueprint EUR 2026-01-01``."""

    write: list[Terms] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    unchanged: int = 0


def terms_fault(
    service: str, said: Sequence[TermsFacts], stored: Sequence[Terms], used: set[Start], *, today: date
) -> str:
    """Why the terms that the feed gives a service can't be accepted; empty if they can."""
    seen: set[tuple[str, date]] = set()
    latest = {
        (version.currency, version.starts): version
        for version in _by_revision(stored)
        if version.kind == Terms.Kind.TERMS
    }
    for facts in said:
        place = (facts.currency, facts.starts)
        if place in seen:
            return f"Two versions of its terms in {facts.currency} start on {facts.starts}. Remove one at the source."
        seen.add(place)
        if reason := _range_fault(facts):
            return reason
        old = latest.get(place)
        if old and (service, *place) in used and _content(old, leave="sample") != _said(facts, leave="sample"):
            return (
                f"Its terms in {facts.currency} from {facts.starts} were rewritten, but a win is priced by them."
                " Restore them at the source, and give the new ones a start of their own."
            )
    for version in overruled(said, stored, today=today):
        if (service, version.currency, version.starts) in used:
            return (
                f"Its terms in {version.currency} from {version.starts} are gone and older ones would hold again, but a"
                " win is priced by them. Restore them at the source, and give the older ones a new start beside them."
            )
    return ""


def overruled(said: Sequence[TermsFacts], stored: Sequence[Terms], *, today: date) -> list[Terms]:
    """The versions that the feed no longer names, while an older one that it does name is to hold today instead."""
    found = []
    for currency in sorted({facts.currency for facts in said}):
        starts = {facts.starts for facts in said if facts.currency == currency}
        held = max((start for start in starts if start <= today), default=today)
        counted = versions_that_count(version for version in stored if version.currency == currency)
        found += [version for version in counted if held < version.starts <= today and version.starts not in starts]
    return found


def plan_terms(
    plan: TermsPlan, service: str, said: Sequence[TermsFacts], stored: Sequence[Terms], *, now: datetime
) -> None:
    """Add to the plan what one service's terms come to; they have no fault."""
    of_currency: defaultdict[str, tuple[list[TermsFacts], list[Terms]]] = defaultdict(lambda: ([], []))
    for facts in said:
        of_currency[facts.currency][0].append(facts)
    for version in stored:
        of_currency[version.currency][1].append(version)
    for currency, (feed, versions) in sorted(of_currency.items()):
        _Line(plan, service, currency, versions, now).follow(feed)


class _Line:
    """The versions of one service in one currency, while a plan adds to them."""

    def __init__(self, plan: TermsPlan, service: str, currency: str, versions: Iterable[Terms], now: datetime) -> None:
        self.plan, self.service, self.currency, self.now = plan, service, currency, now
        self.today = now.astimezone(UTC).date()
        self.top = {version.starts: version for version in _by_revision(versions)}

    def follow(self, feed: Sequence[TermsFacts]) -> None:
        said = {facts.starts for facts in feed}
        for facts in feed:
            self._accept(facts)
        self._take_back_ends(said)
        for version in overruled(feed, list(self.top.values()), today=self.today):
            self._append(version.starts, Terms.Kind.WITHDRAWN, _content(version))
            if version.kind == Terms.Kind.TERMS:
                self.plan.retired.append(self._key(version.starts))
        for start, version in sorted(self.top.items()):
            if start > self.today and start not in said and version.kind == Terms.Kind.TERMS:
                self._append(start, Terms.Kind.WITHDRAWN, _content(version))
                self.plan.retired.append(self._key(start))
        current = in_force(self.top.values(), self.today)
        if current and current.starts not in said:
            self._append(self.today, Terms.Kind.ENDED, NOTHING | {"sample": current.sample})
            self.plan.retired.append(self._key(current.starts))

    def _accept(self, facts: TermsFacts) -> None:
        old = self.top.get(facts.starts)
        known = old is not None and old.kind == Terms.Kind.TERMS
        if old and known and _content(old) == _said(facts):
            self.plan.unchanged += 1
            return
        self._append(facts.starts, Terms.Kind.TERMS, _said(facts))
        (self.plan.changed if known else self.plan.added).append(self._key(facts.starts))

    def _take_back_ends(self, said: set[date]) -> None:
        """An end was our conclusion from a gap; where the feed fills the gap again, it is withdrawn."""
        counted = versions_that_count(self.top.values())
        for before, end in pairwise(counted):
            if end.kind == Terms.Kind.ENDED and before.kind == Terms.Kind.TERMS and before.starts in said:
                self._append(end.starts, Terms.Kind.WITHDRAWN, _content(end))
                self.plan.changed.append(self._key(before.starts))

    def _append(self, start: date, kind: Terms.Kind, content: Row) -> None:
        revision = self.top[start].revision + 1 if start in self.top else 1
        place = {"currency": self.currency, "starts": start, "revision": revision, "kind": kind.value}
        values = content | place
        named = {name: (values | {"service": self.service})[name] for name in DIGESTED}
        version = Terms(service_id=self.service, **values, digest=terms_digest(named), recorded_at=self.now)
        self.top[start] = version
        self.plan.write.append(version)

    def _key(self, start: date) -> str:
        return f"{self.service} {self.currency} {start}"


def _by_revision(versions: Iterable[Terms]) -> list[Terms]:
    return sorted(versions, key=lambda version: version.revision)


def _content(version: Terms, *, leave: str = "") -> Row:
    return {name: getattr(version, name) for name in NOTHING if name != leave}


def _said(facts: TermsFacts, *, leave: str = "") -> Row:
    return {name: value for name, value in columns.terms(facts).items() if name != leave}


def _range_fault(facts: TermsFacts) -> str:
    if facts.cap_minor is not None and facts.cap_minor < facts.floor_minor:
        return f"Its terms in {facts.currency} from {facts.starts} have a cap below their floor."
    try:
        money.exponent(facts.currency)
    except money.UnknownCurrency as unknown:
        return f"Its terms from {facts.starts}: {unknown}"
    return ""
