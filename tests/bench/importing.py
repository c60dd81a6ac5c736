"""``import_pipeline`` on a generated file, and the monitor over what it left."""

import random
import statistics
import time
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from sales.blocks.intake.mapping import read_mapping
from sales.ledger.reconcile import run
from sales.management.importing import BATCH_ROWS, import_file
from sales.monitor.report import report
from tests.bench.raw import Line, Statement, insert, replay, snapshot, written_since
from tests.makers import AURORA, NOW

TABLES = [
    "sales_import",
    "sales_importrow",
    "sales_customer",
    "sales_lead",
    "sales_leadevent",
    "sales_account",
    "sales_win",
    "sales_creditshare",
    "sales_winpricing",
    "sales_handoff",
    "sales_commissionentry",
]
MAPPING = """
source = "bench"
date_format = "%Y-%m-%d"
[columns]
reference = "id"
service = "service"
agent = "agent"
customer = "customer"
stage = "stage"
amount = "amount"
sold_date = "sold"
[stages]
Won = "WON"
Lost = "LOST"
Engaging = "ENGAGED"
[defaults]
currency = "EUR"
lost_reason = "unknown"
"""


def write_file(path: Path, rows: int) -> None:
    """A pipeline of ``rows``: 48 % won, 28 % lost, the rest in conversation; always the same."""
    chance, first = random.Random(7), date(2026, 1, 1)
    lines = ["id,service,agent,customer,stage,amount,sold"]
    for number in range(rows):
        stage = chance.choices(["Won", "Lost", "Engaging"], [48, 28, 24])[0]
        sold = (first + timedelta(days=chance.randrange(60))).isoformat() if stage == "Won" else ""
        agent, customer = chance.choice(["arwen", "atlas", "kiran"]), f"Customer {chance.randrange(90)}"
        lines.append(f"R{number},blueprint,{agent},{customer},{stage},{chance.randrange(50, 5000)},{sold}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def measure(folder: Path, rows: int) -> Line:
    """Import the file, then write the same rows raw, in as many transactions."""
    source, mapping = folder / "pipeline.csv", folder / "mapping.toml"
    write_file(source, rows)
    mapping.write_text(MAPPING, encoding="utf-8")
    before, after = folder / "before.sqlite3", folder / "after.sqlite3"
    connection.close()
    snapshot(folder / "bench.sqlite3", before)
    started = time.perf_counter()
    outcome = import_file(source, read_mapping(mapping), by=AURORA, now=NOW)
    ours = time.perf_counter() - started
    assert not outcome.run.rejected, outcome.reasons
    connection.close()
    snapshot(folder / "bench.sqlite3", after)
    raw = replay(before, _transactions(before, after, batches=-(-rows // BATCH_ROWS)))
    return Line(f"import_pipeline ({rows:,} rows)", rows / ours, rows / raw)


def _transactions(before: Path, after: Path, *, batches: int) -> list[list[Statement]]:
    """The new rows, table after table so that parents come first, split evenly over the transactions."""
    new = [(table, row) for table, rows in written_since(before, after, TABLES).items() for row in rows]
    transactions = []
    for batch in range(batches):
        part = new[len(new) * batch // batches : len(new) * (batch + 1) // batches]
        grouped = groupby(part, key=lambda item: item[0])
        transactions.append([insert(table, [row for _, row in rows]) for table, rows in grouped])
    return transactions


def monitor_line() -> str:
    """Median seconds of five reports over everything that was imported, and of one reconciliation."""
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        with CaptureQueriesContext(connection) as statements:
            found = report(NOW)
        seconds.append(time.perf_counter() - started)
    wins = sum(found["wins"]["by_state"].values())
    started = time.perf_counter()
    proof = run(now=NOW)
    took = time.perf_counter() - started
    return (
        f"monitor: {statistics.median(seconds):.3f} s for {wins:,} wins, {len(statements)} statements\n"
        f"reconcile: {took:.2f} s for {proof.entries:,} rows, {'ok' if proof.ok else 'NOT OK'}"
    )
