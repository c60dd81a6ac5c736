"""``book_win``, one by one, each in its own durable transaction."""

import time
from pathlib import Path

from django.db import connection

from sales.blocks.closing.work import book_win
from tests.bench.raw import Line, Statement, insert, replay, snapshot, written_since
from tests.makers import ARWEN, NOW, make_customer, make_lead, organisation, win_form

PER_WIN = {
    "sales_win": "id",
    "sales_creditshare": "win_id",
    "sales_winpricing": "win_id",
    "sales_leadevent": "lead_id",
    "sales_handoff": "win_id",
    "sales_commissionentry": "win_id",
}


def measure(folder: Path, count: int) -> Line:
    """Book ``count`` wins of 3 ledger rows each, then write the same rows raw."""
    org = organisation()
    forms = [win_form(make_lead(org, customer=make_customer(f"Customer {n}"))) for n in range(count)]
    book_win(win_form(make_lead(org)), by=ARWEN, now=NOW)  # The first one opens ledger and accounts for both.
    before, after = folder / "before.sqlite3", folder / "after.sqlite3"
    connection.close()
    snapshot(folder / "bench.sqlite3", before)
    started = time.perf_counter()
    for form in forms:
        book_win(form, by=ARWEN, now=NOW)
    ours = time.perf_counter() - started
    connection.close()
    snapshot(folder / "bench.sqlite3", after)
    raw = replay(before, _transactions(before, after))
    return Line("book_win (8 rows and an update, 1 transaction)", count / ours, count / raw)


def _transactions(before: Path, after: Path) -> list[list[Statement]]:
    """The written rows by win: six tables, and the lead's move."""
    new = written_since(before, after, list(PER_WIN))
    columns = {table: _column(table, key) for table, key in PER_WIN.items()}
    lead_of = {row[columns["sales_win"]]: row[_column("sales_win", "lead_id")] for row in new["sales_win"]}
    key_of = {row[columns["sales_win"]]: row[_column("sales_win", "key")] for row in new["sales_win"]}
    grouped: dict[str, dict[object, list[tuple[object, ...]]]] = {table: {} for table in PER_WIN}
    for table, rows in new.items():
        for row in rows:
            grouped[table].setdefault(row[columns[table]], []).append(row)
    transactions = []
    for win, lead in lead_of.items():
        place = {"sales_leadevent": lead, "sales_commissionentry": key_of[win]}
        statements = [insert(table, grouped[table].get(place.get(table, win), [])) for table in PER_WIN]
        move = "UPDATE sales_lead SET state = 'WON', version = version + 1 WHERE id = ?"
        transactions.append([statement for statement in statements if statement[1]] + [(move, [(lead,)])])
    return transactions


def _column(table: str, name: str) -> int:
    with connection.cursor() as cursor:
        names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    return names.index(name)
