"""The sample registry as it was read over the months: at first with a service that is gone now, and without terms
that became known late. Pure.

All its dates count from the demo's day, or terms would start on other days and count as rewritten.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from carolverse.registry.facts import RegistryFacts
from carolverse.registry.from_document import registry_facts
from sales.management.demo.files import load_registry
from sales.management.demo.plan import DemoPlan, LateTerms


class Feeds:
    """The registry of any day of the demo's."""

    def __init__(self, plan: DemoPlan, *, now: datetime, source: str) -> None:
        self._plan = plan
        self._now = now
        self._source = source
        self.today = self._read(before=False)
        self._before = self._read(before=True)
        self._first = self._read(before=True, unknown=plan.late_terms)

    @property
    def terms_known_at(self) -> datetime:
        """When the late terms became known."""
        return self._now - timedelta(days=self._plan.late_terms.days_ago)

    @property
    def retired_at(self) -> datetime:
        """When the service that is gone had left."""
        return self._now - timedelta(days=self._plan.retired.days_ago)

    def on(self, at: datetime) -> RegistryFacts:
        """What was read at a time."""
        told = self._first if at < self.terms_known_at else self._before if at < self.retired_at else self.today
        return replace(told, generated_at=at)

    def _read(self, *, before: bool, unknown: LateTerms | None = None) -> RegistryFacts:
        document = load_registry(self._now, before=before)
        for row in document["services"] if unknown else []:
            if unknown and row["key"] == unknown.service:
                row["commission"] = [terms for terms in row["commission"] if terms["currency"] != unknown.currency]
        return registry_facts(document, source=self._source)
