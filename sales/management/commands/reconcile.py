"""`manage.py reconcile`: recompute the ledger from its facts; exit 1 when anything doesn't hold. Writes nothing."""

from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser

from sales.access.actor import Actor
from sales.ledger.reconcile import run
from sales.management.base import SalesCommand


class Command(SalesCommand):
    help = "Recompute the ledger from its facts and name each row that doesn't hold."
    writes = False

    def options(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=int, default=None, metavar="SEQ", help="as the ledger stood at a row")

    def work(self, *, by: Actor, now: datetime, as_of: int | None = None, **options: Any) -> tuple[dict[str, Any], int]:
        report = run(now=now, as_of=as_of)
        return report.as_dict(), 0 if report.ok else 1

    def say(self, result: dict[str, Any]) -> str:
        head = result["head"]
        lines = [f"{result['entries']} rows up to {head['seq']}, head {head['hash'][:16] or 'none'}"]
        for equation in result["equations"]:
            mark = "ok   " if equation["ok"] else "FAULT"
            lines.append(f"{equation['id']}  {mark}  {equation['title']}")
            lines += [f"      {fault['sentence']}" for fault in equation["exceptions"]]
            if (more := equation["count"] - len(equation["exceptions"])) > 0:
                lines.append(f"      … and {more} more.")
            if equation["remedy"]:
                lines.append(f"      What to do: {equation['remedy']}")
        lines.append("The ledger reconciles." if result["ok"] else "The ledger does not reconcile.")
        return "\n".join(lines)
