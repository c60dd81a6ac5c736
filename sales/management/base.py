"""What every command shares: who acts, what time it is, one JSON object on stdout, and exit codes 0, 1 and 2.

0 fine · 1 a check failed, or rows were rejected or quarantined · 2 refused or bad input, with a reason on stderr, and
under ``--json`` in the object too, whatever was wrong: a word of the command line, the database, or what was asked.
Logs and progress go to stderr. Commands are thin: each translates its words to one verb (DESIGN section 11).
"""

import json
import os
import sys
from argparse import ArgumentTypeError
from datetime import UTC, datetime
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils import timezone

from sales import guard
from sales.access.actor import Actor
from sales.refusal import Refusal
from sales.registry.actors import actor_for

YEARS = range(1970, 2200)
"""The years that a command may work in: beyond them there is no room left to count days back and on."""


def moment(text: str) -> datetime:
    """A time of the command line, ISO 8601; without a zone it is UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise ArgumentTypeError(f"'{text}' is not a time. Write it as 2026-03-02T09:15:00Z.") from wrong
    if at.year not in YEARS:
        raise ArgumentTypeError(f"'{text}' is not between {YEARS[0]} and {YEARS[-1]}. Correct the year.")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


class DatabaseNotReady(Refusal):
    """The guard won't let a command work on this database."""

    code = "database_not_ready"


class SalesCommand(BaseCommand):
    """Base of our commands. Subclasses write ``options`` and ``work``; ``work`` returns (result, exit code)."""

    writes = True
    """Whether it writes: then the guard looks at the database first."""

    answered_for = True
    """Whether an agent must answer for it. Reading and syncing also work while nobody owns Sales."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        # What is wrong with the command line then comes as a CommandError, which --json can tell.
        parser.called_from_command_line = False
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        try:
            super().run_from_argv(argv)
            sys.stdout.flush()
        except CommandError as wrong:
            reason = str(wrong).removeprefix("Error: ")
            self.stderr.write(f"{reason} See {' '.join(argv[:2])} --help.")
            if "--json" in argv:
                self._tell_refusal(reason, code="bad_arguments")
            sys.exit(2)
        except BrokenPipeError:
            # Whoever read it has seen enough, as with `| head`. Python would complain again when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)

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
        try:
            result, code = self._worked(options)
        except Refusal as refusal:
            self._refuse(refusal.sentence, refusal, as_json=options["json"], code=refusal.code)
        except CommandError as wrong:
            self._refuse(str(wrong), wrong, as_json=options["json"], code="bad_arguments")
        except OperationalError as wrong:
            said = f"The database can't be used: {str(wrong).strip()}. Check DATABASE_URL, then try again."
            self._refuse(said, wrong, as_json=options["json"], code="no_database")
        self.stdout.write(json.dumps(result, default=str) if options["json"] else self.say(result))
        if code:
            sys.exit(code)

    def _worked(self, options: dict[str, Any]) -> tuple[dict[str, Any], int]:
        now = options.pop("now") or timezone.now()
        if faults := guard.faults() if self.writes else guard.unreadable():
            raise DatabaseNotReady("Not starting. " + " ".join(faults))
        vacant = not (self.writes and self.answered_for)
        return self.work(by=actor_for(options.pop("as_agent"), channel="command", vacant=vacant), now=now, **options)

    def _refuse(self, reason: str, cause: Exception, *, as_json: bool, code: str) -> NoReturn:
        if as_json:
            self._tell_refusal(reason, code=code)
        raise CommandError(reason, returncode=2) from cause

    def _tell_refusal(self, reason: str, *, code: str) -> None:
        self.stdout.write(json.dumps({"outcome": "refused", "code": code, "reason": reason}))
