"""The ledger as text that anybody can check again: every field of the chain in its order, then the hash.

It isn't a report: no balance is worked out. The same rows always give the same bytes. Text that a spreadsheet would
run as a formula gets an apostrophe before it, which a reader that checks hashes takes off again.
"""

import csv
from datetime import UTC, datetime
from typing import Any, TextIO

from sales.ledger.chain import FIELDS
from sales.ledger.posting import HASH_VERSION
from sales.ledger.reconcile.rows import rows_up_to
from sales.ledger.reconcile.snapshot import event_end
from sales.refusal import Refusal

FORMATS = ("csv",)
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
NULL = ""


class ExportRefused(Refusal):
    """The ledger can't be written like this; nothing was written."""

    code = "export_refused"


def check_format(format_: str) -> None:
    """Refuse a format that isn't written yet.

    Raises:
        ExportRefused: with the formats that are.
    """
    if format_ not in FORMATS:
        raise ExportRefused(f"The ledger can't be exported as '{format_}' yet. Use --format csv.")


def export_csv(out: TextIO) -> int:
    """Write all rows with a header, in the order of the chain; returns how many."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*FIELDS, "hash"])
    count = 0
    for row in rows_up_to(event_end(None)[0]):
        values = {**row._asdict(), "v": HASH_VERSION}
        writer.writerow([*(_text(values[name]) for name in FIELDS), row.hash])
        count += 1
    return count


def _text(value: Any) -> str:
    """A value as the chain codes it; null is empty, because no field of a row may be an empty text."""
    if value is None:
        return NULL
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
    text = str(value)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
