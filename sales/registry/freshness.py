"""How old the mirror is, and whether wins may still be booked on it (DESIGN section 5).

Age counts from the last good read: applied, unchanged or not modified. A refused read doesn't renew it.
"""

from datetime import datetime, timedelta

from django.conf import settings

from sales.registry.models import RegistrySync

GOOD = (RegistrySync.Outcome.APPLIED, RegistrySync.Outcome.UNCHANGED)


def max_age() -> timedelta:
    """The limit past which a win can't be booked."""
    return timedelta(hours=settings.REGISTRY_MAX_AGE_HOURS)


def last_good_read() -> RegistrySync | None:
    """The newest sync whose reading was accepted."""
    return RegistrySync.objects.filter(outcome__in=GOOD).order_by("-at", "-id").first()


def is_stale(*, read_at: datetime | None, now: datetime) -> bool:
    """Whether a mirror read then is too old now; one that was never read is."""
    return read_at is None or now - read_at > max_age()


def age_words(*, read_at: datetime | None, now: datetime) -> str:
    """The age as people read it."""
    if read_at is None:
        return "never read"
    minutes = max(0, int((now - read_at).total_seconds() // 60))
    if minutes < 60:
        return f"read {minutes} min ago"
    return f"read {minutes // 60} h ago" if minutes < 48 * 60 else f"read {minutes // 1440} days ago"
