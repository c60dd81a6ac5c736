"""The sync: reads the registry and the design store, and brings the mirror up to date or refuses to (R26, R38).

Reading comes before the transaction. In it the mirror is read again under the write lock, planned, and written as a
whole or not at all. Each attempt leaves one RegistrySync row, a refused one too; a dry run leaves none.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from carolverse.db.locks import write_lock
from carolverse.designs.facts import DesignsFacts
from carolverse.registry.facts import RegistryFacts
from carolverse.sources.errors import FeedRefused
from sales.access.actor import Actor
from sales.refusal import Refusal
from sales.registry.apply import apply
from sales.registry.existing import read_existing
from sales.registry.freshness import last_good_read, max_age
from sales.registry.models import RegistrySync
from sales.registry.plan import Plan, loses_too_much, plan
from sales.registry.result import SyncResult
from sales.registry.sources import Reading, read_sources, shown

DEMO = "demo:"
"""Sources that begin so mark a database as the demo's."""


class NoRegistry(Refusal):
    """Nobody said where the registry is."""

    code = "no_registry"


class _Refused(Exception):
    """Ends the transaction of a sync that is refused as a whole."""


def addresses() -> tuple[str, str]:
    """Registry and design store as the settings name them; without a setting a demo goes on reading its sample.

    Raises:
        NoRegistry: neither.
    """
    if settings.REGISTRY_URL:
        return settings.REGISTRY_URL, settings.DESIGNS_URL
    last = last_good_read()
    if last and last.source.startswith(DEMO):
        return last.source, ""
    raise NoRegistry(
        "No registry is set. Set REGISTRY_URL, or name one: sync_registry --registry sqlite:PATH (or file:, https:)."
    )


def sync_registry(
    *,
    registry_url: str,
    designs_url: str,
    by: Actor,
    now: datetime,
    dry_run: bool = False,
    accept_retirements: bool = False,
) -> SyncResult:
    """Read both addresses and bring the mirror up to date (DESIGN section 5).

    A refusal is a result, with its reason, because it is an attempt to be recorded; nothing else was changed.
    """
    last = last_good_read()
    known = last.etag if last and last.source == shown(registry_url) else ""
    try:
        reading = read_sources(registry_url, designs_url, previous_etag=known, now=now)
    except FeedRefused as refused:
        attempt = _Attempt(shown(registry_url), shown(designs_url), by, now, dry_run)
        return attempt.refuse(refused.reason)
    return sync_facts(
        reading.registry,
        reading.designs,
        source=shown(registry_url),
        designs_source=shown(designs_url),
        by=by,
        now=now,
        dry_run=dry_run,
        accept_retirements=accept_retirements,
    )


def sync_facts(
    registry: RegistryFacts | None,
    designs: DesignsFacts | None,
    *,
    source: str,
    designs_source: str = "",
    by: Actor,
    now: datetime,
    dry_run: bool = False,
    accept_retirements: bool = False,
) -> SyncResult:
    """Bring the mirror up to date with what was read; without a registry it is as good as the last one read."""
    attempt = _Attempt(source, designs_source, by, now, dry_run)
    try:
        with transaction.atomic():
            write_lock()
            return attempt.carry_out(Reading(registry, designs), accept_retirements=accept_retirements)
    except _Refused as refused:
        return attempt.refuse(str(refused))


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One attempt: where from, who, when."""

    source: str
    designs_source: str
    by: Actor
    now: datetime
    dry_run: bool

    def carry_out(self, reading: Reading, *, accept_retirements: bool) -> SyncResult:
        last = last_good_read()
        self._check_mark(last)
        made = plan(
            reading.registry,
            reading.designs,
            read_existing(),
            now=self.now,
            sales_service=settings.SALES_SERVICE,
            max_age=max_age(),
        )
        if not accept_retirements and (reason := loses_too_much(made)):
            raise _Refused(reason)
        result = self._result(made, reading, last)
        if not self.dry_run:
            apply(made, by=self.by, now=self.now)
            self._record(result, reading, last)
        return result

    def refuse(self, reason: str) -> SyncResult:
        """Record that nothing was believed."""
        result = SyncResult("refused", reason=reason, dry_run=self.dry_run)
        if not self.dry_run:
            self._record(result, Reading(None, None), None)
        return result

    def _check_mark(self, last: RegistrySync | None) -> None:
        if last is None or last.source.startswith(DEMO) == self.source.startswith(DEMO):
            return
        if self.source.startswith(DEMO):
            raise _Refused(
                "This database mirrors a registry, and the sample organisation fills an empty one only."
                " Name an empty database in DATABASE_URL."
            )
        raise _Refused(
            "This database holds the sample organisation and takes no other registry. Name an empty database in"
            " DATABASE_URL, migrate it, and sync there."
        )

    def _result(self, made: Plan, reading: Reading, last: RegistrySync | None) -> SyncResult:
        quarantined = made.quarantined
        if reading.registry is None and last:
            kept = last.diff.get("quarantined", [])
            quarantined += [row for row in kept if not row["key"].startswith("design:")]
        return SyncResult(
            outcome="unchanged" if made.writes_nothing else "applied",
            digest=reading.registry.digest if reading.registry else last.digest if last else "",
            added=made.added,
            changed=made.changed,
            retired=made.retired,
            unchanged=made.unchanged,
            quarantined=quarantined,
            seats=[f"{row['agent_key']} {row['role']} {row['region_key']}".strip() for row in made.seats],
            notes=made.notes,
            dry_run=self.dry_run,
        )

    def _record(self, result: SyncResult, reading: Reading, last: RegistrySync | None) -> None:
        registry, designs = reading.registry, reading.designs
        told = ("added", "changed", "retired", "unchanged", "quarantined", "seats", "notes")
        RegistrySync.objects.create(
            at=self.now,
            source=self.source,
            designs_source=self.designs_source,
            outcome=result.outcome,
            reason=result.reason,
            digest=result.digest,
            designs_digest=designs.digest if designs else last.designs_digest if last else "",
            etag=_etag(registry.etag if registry else last.etag if last else ""),
            generated_at=registry.generated_at if registry else last.generated_at if last else None,
            diff={name: value for name, value in result.as_dict().items() if name in told},
            **self.by.signature(),
        )


def _etag(etag: str | None) -> str:
    """An ETag too long to store is forgotten: the next sync then reads in full."""
    return etag if etag and len(etag) <= 200 else ""
