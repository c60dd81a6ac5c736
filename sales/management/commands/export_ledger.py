"""`manage.py export_ledger --format csv`: the ledger's rows as text, to a file or to stdout. Changes nothing."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from sales.access.actor import Actor
from sales.ledger.export import ExportRefused, check_format, export_csv
from sales.management.base import SalesCommand


class Command(SalesCommand):
    help = "Write every field of the ledger's chain, in its order, with the hashes."
    writes = False

    def options(self, parser: CommandParser) -> None:
        parser.add_argument("--format", dest="format_", default="csv", metavar="FORMAT", help="csv")
        parser.add_argument("--out", type=Path, default=None, metavar="FILE", help="default: stdout")

    def work(
        self, *, by: Actor, now: datetime, format_: str = "csv", out: Path | None = None, **options: Any
    ) -> tuple[dict[str, Any], int]:
        check_format(format_)
        if out is None:
            text = io.StringIO()
            rows = export_csv(text)
            return {"format": format_, "rows": rows, "text": text.getvalue()}, 0
        try:
            with out.open("w", encoding="utf-8", newline="") as file:
                rows = export_csv(file)
        except OSError as wrong:
            raise ExportRefused(
                f"{out} can't be written: {wrong.strerror}. Name a file in a folder that is there."
            ) from wrong
        return {"format": format_, "rows": rows, "file": str(out)}, 0

    def say(self, result: dict[str, Any]) -> str:
        if "text" in result:
            return str(result["text"]).removesuffix("\n")
        return f"{result['rows']} rows written to {result['file']}."
