"""Constraints for `Meta.constraints` beyond Django's, on SQLite and PostgreSQL.

Not system checks and not `save()`: the database itself refuses, whoever writes. They live in the model's Meta
so that migrations carry them and a SQLite table remake makes them again. Migrations import them from this
module.
"""

from carolverse.db.constraints.append_only import AppendOnly
from carolverse.db.constraints.named import constraint_of
from carolverse.db.constraints.pinned_key import PinnedKey
from carolverse.db.constraints.refuse import Refuse
from carolverse.db.constraints.trigger import TriggerConstraint

__all__ = ["AppendOnly", "PinnedKey", "Refuse", "TriggerConstraint", "constraint_of"]
