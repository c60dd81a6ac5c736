"""``monitor``: every win and lead by state, totals, findings and criteria, as of a time. It writes nothing.

``--prove`` reconciles the ledger first, so that the criterion about it is measured too; that takes a second or two on
a large ledger, which is why it isn't the default.
"""

from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser

from sales.access.actor import Actor
from sales.management.base import SalesCommand
from sales.money import format_minor
from sales.monitor.proof import proof
from sales.monitor.report import report
from sales.monitor.totals import Scope
from sales.monitor.words import LEAD_STATES, WIN_STATES, StateWords
from sales.refusal import Refusal
from sales.registry.lookup import find_service
from sales.registry.models import Region

WIDTH = 30


class Command(SalesCommand):
    """Reads once and reports."""

    help = "Show wins and leads by state, totals, findings and criteria."
    writes = False

    def options(self, parser: CommandParser) -> None:
        parser.add_argument("--region", default="", metavar="KEY", help="only this region's")
        parser.add_argument("--service", default="", metavar="KEY", help="only this service's")
        parser.add_argument("--prove", action="store_true", help="reconcile the ledger too")

    def work(self, *, by: Actor, now: datetime, **options: Any) -> tuple[dict[str, Any], int]:
        """The report of DESIGN section 11."""
        scope = Scope(region=_region(options["region"]), service=_service(options["service"]))
        return report(now, scope=scope, proof=proof(now=now) if options["prove"] else None), 0

    def say(self, result: dict[str, Any]) -> str:
        """One screen."""
        wins = result["wins"]
        lines = [
            f"As of {result['as_of']}",
            f"Wins: {wins['counted']:,} in totals, {wins['uncounted']:,} not",
            *_states(wins["by_state"], WIN_STATES),
            "Leads:",
            *_states(result["leads"]["by_state"], LEAD_STATES),
            "Totals:",
            *(_total(row) for row in result["totals"]),
            "Findings:",
            *(f"  {row['words']}. {row['detail']}" for row in result["findings"]),
            "What Sales promised:",
            *(
                f"  {_met(row['met'])}: {row['title']} ({row['words']}; {row['target_words']})"
                for row in result["criteria"]
            ),
        ]
        return "\n".join(lines)


class UnknownRegion(Refusal):
    """The key names no region: nothing would be counted, which reads like nothing sold."""

    code = "unknown_region"


def _region(key: str) -> str:
    if key and not Region.objects.filter(key=key).exists():
        keys = ", ".join(Region.objects.order_by("key").values_list("key", flat=True)) or "none yet"
        raise UnknownRegion(f"No region '{key}' in the registry. Its regions are: {keys}.")
    return key


def _service(key: str) -> str:
    return find_service(key).key if key else ""


def _states(counts: dict[str, int], words: dict[str, StateWords]) -> list[str]:
    """The states that have any, in their order."""
    return [f"  {words[code].word:<{WIDTH}}{counts[code]:>8,}" for code in words if counts[code]] or ["  none"]


def _total(row: dict[str, Any]) -> str:
    """One currency, its commission always split."""

    def amount(name: str) -> str:
        return format_minor(row[name], row["currency"])

    split = f"in hold {amount('held_minor')}, due {amount('due_minor')}"
    return f"  {row['wins']:,} wins, sold {amount('sold_minor')}, commission {amount('commission_minor')}: {split}"


def _met(met: bool | None) -> str:
    return {True: "met", False: "not met", None: "not measured"}[met]
