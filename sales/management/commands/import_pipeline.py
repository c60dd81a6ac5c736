"""``import_pipeline``: brings in an existing pipeline from a CSV file, or takes such an import back."""

import gc
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from sales.access.actor import Actor
from sales.blocks.intake.mapping import read_mapping
from sales.intake.models import Import
from sales.management.base import SalesCommand
from sales.management.importing import FIGURES, import_file
from sales.management.undoing import undo_import

SHOWN = 20


class Command(SalesCommand):
    """Import a pipeline file through a mapping; the README says how a mapping is written."""

    help = "Bring in a pipeline from a CSV file through a TOML mapping, or undo such an import."

    def options(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="the CSV file")
        parser.add_argument("--mapping", type=Path, metavar="FILE.toml", help="what its columns mean")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change no row")
        parser.add_argument("--rejects", type=Path, metavar="OUT.csv", help="where rejected rows go")
        parser.add_argument("--undo", type=int, metavar="ID", help="take an import back: its number")

    def work(self, *, by: Actor, now: datetime, **options: Any) -> tuple[dict[str, Any], int]:
        if options["undo"] is not None:
            return self._undo(options["undo"], by=by, now=now)
        if options["file"] is None or options["mapping"] is None:
            raise CommandError(
                "Give the file to import and --mapping FILE.toml, or --undo with the import's number.", returncode=2
            )
        # A short life with very many small objects: collecting them less often saves a fifth of the time.
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
        report = import_file(
            options["file"],
            read_mapping(options["mapping"]),
            by=by,
            now=now,
            dry_run=options["dry_run"],
            rejects=options["rejects"],
            progress=lambda done, rows: self.note(f"{done:,} of {rows:,} rows"),
        )
        result = _figures(report.run) | {"reasons": dict(report.reasons.most_common()), "dry_run": report.dry_run}
        return result, 1 if report.run.rejected else 0

    def _undo(self, number: int, *, by: Actor, now: datetime) -> tuple[dict[str, Any], int]:
        undone = undo_import(
            number, by=by, now=now, progress=lambda done, rows: self.note(f"{done:,} of {rows:,} leads")
        )
        result = _figures(undone.run) | {
            "reasons": {},
            "undone_at": undone.run.undone_at,
            "wins_cancelled": undone.wins_cancelled,
            "leads_withdrawn": undone.leads_withdrawn,
            "left": undone.left,
        }
        return result, 1 if undone.left else 0

    def say(self, result: dict[str, Any]) -> str:
        if "left" in result:
            return _undone_words(result)
        head = "Nothing was written. It would be:" if result["dry_run"] else f"Import {result['import']}:"
        lines = [
            f"{head} {result['rows']:,} rows: {result['created']:,} created, {result['updated']:,} updated,"
            f" {result['unchanged']:,} unchanged, {result['rejected']:,} rejected. Wins: {result['wins_booked']:,}."
        ]
        lines += [f"{count:>9,} × {_plain(reason)}" for reason, count in list(result["reasons"].items())[:SHOWN]]
        if (more := len(result["reasons"]) - SHOWN) > 0:
            lines.append(f"And {more:,} more reasons. --rejects OUT.csv keeps each row with its own.")
        return "\n".join(lines)


def _plain(text: str) -> str:
    """A reason as a terminal may show it: it repeats cells, and a cell may hold what moves the cursor."""
    return "".join(character if character.isprintable() else "?" for character in text)


def _figures(run: Import) -> dict[str, Any]:
    return {"import": run.pk} | {name: getattr(run, name) for name in FIGURES}


def _undone_words(result: dict[str, Any]) -> str:
    lines = [
        f"Import {result['import']} is undone: {result['wins_cancelled']:,} wins cancelled,"
        f" {result['leads_withdrawn']:,} leads withdrawn."
    ]
    if result["left"]:
        lines.append("Left as they are, because somebody worked on them since: " + ", ".join(result["left"]))
    return "\n".join(lines)
