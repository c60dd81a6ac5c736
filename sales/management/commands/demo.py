"""`demo`: fill an empty database with the sample organisation and print one screen. Thin: `build` does it."""

from datetime import datetime
from typing import Any

from django.conf import settings

from sales.access.actor import Actor
from sales.management.base import SalesCommand
from sales.management.demo.build import build
from sales.management.demo.plan import load_plan
from sales.management.demo.summary import screen, summary


class Command(SalesCommand):
    help = "Fill an empty database with a sample organisation and its last eighteen months."

    def work(self, *, by: Actor, now: datetime, **options: Any) -> tuple[dict[str, Any], int]:
        logins = build(plan=load_plan(), now=now, progress=self.note)
        result = summary(logins, now=now, port=settings.PORT)
        return result, 0 if result["reconcile"]["ok"] else 1

    def say(self, result: dict[str, Any]) -> str:
        return screen(result)
