"""Trying a breach in one way, and reading whose refusal it got."""

from django.db import IntegrityError, connection, transaction

from carolverse.db.constraints import AppendOnly, PinnedKey, Refuse, constraint_of
from tests.sales.breaches.breach import Breach, rule_of
from tests.sales.breaches.ways import INSERTS, UPDATES, rolled_back
from tests.sales.breaches.world import World


def ways_of(breach: Breach) -> list[str]:
    """Inserts always; updates where rows may change, the rule looks at updates, and a column is spoilt."""
    model, rule = rule_of(breach.constraint)
    frozen = any(isinstance(other, AppendOnly) for other in model._meta.constraints)
    at_insert = isinstance(rule, Refuse) and rule.when == "insert"
    return [*INSERTS, *([] if frozen or at_insert or not breach.spoil else UPDATES)]


def refusal_of(breach: Breach, way: str, world: World) -> IntegrityError | None:
    """Why the database refuses a breach; None where it takes it. Nothing stays."""
    with rolled_back():
        row = breach.good(world)
        if way in UPDATES:
            row.save(force_insert=True)
        changes = breach.changes(world)
        if breach.before:
            breach.before(world)
        # Only from here on: a refusal of what sets the scene must not be taken for that of the breach.
        try:
            with transaction.atomic():
                if way in UPDATES:
                    UPDATES[way](row, changes)
                else:
                    for name, value in changes.items():
                        setattr(row, name, value)
                    INSERTS[way](row)
        except IntegrityError as refusal:
            return refusal
    return None


def says(refusal: IntegrityError | None, *names: str) -> bool:
    """Whether the refusal is one of these rules'. SQLite names no foreign key."""
    if refusal is None:
        return False
    if found := constraint_of(refusal):
        return found in names
    pinned = any(isinstance(rule_of(name)[1], PinnedKey) for name in names)
    return connection.vendor == "sqlite" and pinned and "FOREIGN KEY" in str(refusal)
