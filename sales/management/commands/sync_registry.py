"""`sync_registry`: bring the mirror up to date with the registry and the design store. Thin: the verb does it."""

from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser

from sales.access.actor import Actor
from sales.management.base import SalesCommand
from sales.registry.sync import addresses, sync_registry

SHOWN = 10


class Command(SalesCommand):
    help = "Read the registry and the design store, and bring the mirror up to date. Neither is ever written."
    answered_for = False

    def options(self, parser: CommandParser) -> None:
        parser.add_argument("--registry", default="", metavar="URL", help="sqlite:PATH, file:PATH or https:…")
        parser.add_argument("--designs", default="", metavar="URL", help="the same for the design store")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument(
            "--accept-retirements", action="store_true", help="believe a feed that loses many rows at once"
        )

    def work(self, *, by: Actor, now: datetime, **options: Any) -> tuple[dict[str, Any], int]:
        registry, designs = (options["registry"], options["designs"]) if options["registry"] else addresses()
        result = sync_registry(
            registry_url=registry,
            designs_url=options["designs"] or designs,
            by=by,
            now=now,
            dry_run=options["dry_run"],
            accept_retirements=options["accept_retirements"],
        )
        if result.outcome == "refused":
            self.note(result.reason)
            return result.as_dict(), 2
        return result.as_dict(), 1 if result.quarantined else 0

    def say(self, result: dict[str, Any]) -> str:
        if result["outcome"] == "refused":
            return "Refused: nothing was changed."
        lines = [_summary(result), *result["notes"]]
        lines += [f"Not accepted, {row['key']}: {row['reason']}" for row in result["quarantined"][:SHOWN]]
        if (more := len(result["quarantined"]) - SHOWN) > 0:
            lines.append(f"And {more} more. --json lists them all.")
        if result["seats"] and not result["dry_run"]:
            lines.append(f"Seats proposed or withdrawn: {len(result['seats'])}. Confirm them in the console.")
        return "\n".join(lines)


def _summary(result: dict[str, Any]) -> str:
    counts = ", ".join(f"{len(result[name])} {name}" for name in ("added", "changed", "retired"))
    counts += f", {result['unchanged']} unchanged, {len(result['quarantined'])} not accepted"
    if result["dry_run"]:
        return f"Dry run, nothing was written: {counts}. Run it without --dry-run to write it."
    return f"The mirror is up to date: {counts}."
