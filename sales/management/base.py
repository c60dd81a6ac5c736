"""What every command shares: who acts, what time it is, one JSON object on stdout, and exit codes 0, 1 and 2.

0 fine · 1 a check failed, or rows were rejected or quarantined · 2 refused or bad input, with a reason on stderr.
Logs and progress go to stderr. Commands are thin: each translates its words to one verb (DESIGN section 11).
"""

import json
import sys
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sales import guard
from sales.access.actor import Actor
from sales.refusal import Refusal
from sales.registry.actors import actor_for


def moment(text: str) -> datetime:
    """A time of the command line, ISO 8601; without a zone it is UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise CommandError(f"'{text}' is not a time. Write it as 2026-03-02T09:15:00Z.", returncode=2) from wrong
    return at if at.tzinfo else at.replace(tzinfo=UTC)


class SalesCommand(BaseCommand):
    """Base of our commands. Subclasses write ``options`` and ``work``; ``work`` returns (result, exit code)."""

    writes = True
    """Whether it writes: then the guard looks at the database first."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--as", dest="as_agent", default="", metavar="AGENT", help="the agent that acts")
        parser.add_argument("--now", type=moment, default=None, metavar="ISO", help="the time to work at")
        self.options(parser)

    def options(self, parser: CommandParser) -> None:
        """Arguments of this command alone."""

    def work(self, *, by: Actor, now: datetime, **options: Any) -> tuple[dict[str, Any], int]:
        """Do it. The result's keys are the command's contract."""
        raise TypeError(f"{type(self).__name__} does no work.")

    def say(self, result: dict[str, Any]) -> str:
        """The result as people read it."""
        return "\n".join(f"{key}: {value}" for key, value in result.items())

    def note(self, text: str) -> None:
        """Progress, on stderr."""
        self.stderr.write(text)

    def handle(self, *args: Any, **options: Any) -> None:
        now = options.pop("now") or timezone.now()
        if self.writes and (faults := guard.faults()):
            raise CommandError("Not starting. " + " ".join(faults), returncode=2)
        try:
            by = actor_for(options.pop("as_agent"), channel="command")
            result, code = self.work(by=by, now=now, **options)
        except Refusal as refusal:
            if options["json"]:
                self.stdout.write(json.dumps({"outcome": "refused", "code": refusal.code, "reason": refusal.sentence}))
            raise CommandError(refusal.sentence, returncode=2) from refusal
        self.stdout.write(json.dumps(result, default=str) if options["json"] else self.say(result))
        if code:
            sys.exit(code)
