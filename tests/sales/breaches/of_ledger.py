"""Breaches of the ledger: its accounts, and every rule of a row."""

from typing import Any

from sales.ledger.models import Account
from sales.money import MAX_MINOR
from tests.sales.breaches import rows
from tests.sales.breaches.breach import Breach, Changes
from tests.sales.breaches.world import World


def credit(world: World) -> Any:
    """A good row of credit: its accounts belong to no service."""
    return rows.entry(world, kind="credit", debit="M:pool", credit="M:agent:arwen", book="memo")


def lacking(side: str) -> Any:
    """Spoils the row with a unit in which only the other side has its account."""

    def spoil(world: World) -> Changes:
        there = {"debit": "L:held:blueprint", "credit": "A:recv:blueprint"}[side]
        Account.objects.create(code=there, unit="USD/2", book="money")
        return {"unit": "USD/2"}

    return spoil


def of_another_service(side: str, code: str) -> Any:
    def spoil(world: World) -> Changes:
        Account.objects.create(code=code, unit="EUR/2", book="money")
        return {side: code}

    return spoil


ACCOUNTS = [
    Breach(constraint="ledger_is_one", spoil={"id": 2}, stands_alone=False),
    Breach(
        constraint="account_once",
        spoil={"code": "A:recv:blueprint"},
        behind=("account_pin", "account_append_only"),
    ),
    Breach(
        constraint="account_pin",
        spoil={"code": "A:recv:blueprint"},
        behind=("account_once", "account_append_only"),
    ),
    Breach(constraint="account_book_by_code", case="money", spoil={"book": "memo"}),
    Breach(constraint="account_book_by_code", case="memo", spoil={"code": "M:sold:audit"}),
    Breach(constraint="account_book_by_code", case="unknown", spoil={"book": "cash"}),
]
OF_A_WIN = [
    Breach(constraint="entry_of_a_win", case=column, spoil={column: None})
    for column in ("win_id", "instalment", "lead_id", "terms_id", "facts")
] + [
    Breach(
        constraint="entry_of_a_win",
        case=column,
        spoil={column: None},
        behind=("entry_service_and_owner_of_its_win",),
    )
    for column in ("service_id", "owner_id")
]
ENTRIES = [
    *OF_A_WIN,
    Breach(constraint="entry_of_a_win", case="credit of nobody", row=credit, spoil={"agent_id": None}),
    Breach(
        constraint="entry_event_line_once",
        spoil=lambda w: {"event_key": f"win:{w.win_key}:1:book"},
        behind=("entry_append_only",),
    ),
    Breach(constraint="entry_amount_in_range", case="nothing", spoil={"amount": 0}),
    Breach(constraint="entry_amount_in_range", case="below zero", spoil={"amount": -1}),
    Breach(constraint="entry_amount_in_range", case="above", spoil={"amount": MAX_MINOR + 1}),
    Breach(
        constraint="entry_between_two_accounts",
        spoil={"debit": "L:held:blueprint"},
        behind=("entry_kind_uses_its_accounts",),
    ),
    Breach(constraint="entry_kind_uses_its_accounts", case="kind unknown", spoil={"kind": "gift"}),
    Breach(
        constraint="entry_kind_uses_its_accounts",
        case="sides swapped",
        spoil={"debit": "L:held:blueprint", "credit": "A:recv:blueprint"},
    ),
    Breach(
        constraint="entry_book_by_kind",
        spoil={"book": "memo"},
        behind=("entry_debits_an_account", "entry_credits_an_account"),
    ),
    Breach(constraint="entry_period_is_a_month", case="a word", spoil={"period": "March"}),
    Breach(constraint="entry_period_is_a_month", case="one digit", spoil={"period": "2026-3"}),
    Breach(constraint="entry_period_is_a_month", case="the 13th", spoil={"period": "2026-13"}),
    Breach(constraint="entry_is_signed", spoil={"actor": ""}),
    Breach(constraint="entry_debits_an_account", spoil=lacking("debit")),
    Breach(constraint="entry_credits_an_account", spoil=lacking("credit")),
    Breach(
        constraint="entry_service_and_owner_of_its_win",
        case="service",
        row=credit,
        spoil={"service_id": "whatsapp"},
    ),
    Breach(constraint="entry_service_and_owner_of_its_win", case="owner", spoil={"owner_id": "noah"}),
    Breach(constraint="entry_seq_is_gapless", case="a gap", spoil=lambda w: {"seq": w.head + 2}),
    Breach(constraint="entry_seq_is_gapless", case="before the first", spoil={"seq": 0}),
    Breach(
        constraint="entry_accounts_of_its_service",
        case="debit",
        spoil=of_another_service("debit", "A:recv:whatsapp"),
    ),
    Breach(
        constraint="entry_accounts_of_its_service",
        case="credit",
        spoil=of_another_service("credit", "L:held:whatsapp"),
    ),
]

BREACHES = [*ACCOUNTS, *ENTRIES]
