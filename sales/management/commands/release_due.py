"""Release the commission whose hold is over. Safe to run at any time and twice; a droid will, once there are droids."""

from datetime import datetime
from typing import Any

from sales.access.actor import Actor
from sales.blocks.commission.work import release_due
from sales.management.base import SalesCommand


class Command(SalesCommand):
    help = "Release the commission whose hold is over. JSON keys: released."

    def work(self, *, by: Actor, now: datetime, **options: Any) -> tuple[dict[str, Any], int]:
        return {"released": release_due(by=by, now=now)}, 0
