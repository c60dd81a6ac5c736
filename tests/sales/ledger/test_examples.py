"""The ledger's worked examples through the verbs, as far as this system's events go: rows exactly as published.

Examples 1, 7, 9, 11, 17 and 23. Where an example refunds a part, pays or closes a month, it stops before that.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from sales.access.actor import Actor
from sales.access.second_person import NeedsSecondPerson
from sales.blocks.closing.forms import BadAmount, BadShares
from sales.blocks.closing.reversal import CancelRefused, cancel_win
from sales.blocks.commission.work import PricingRefused, price_wins, release_due
from sales.ledger.balances import account_balances
from sales.ledger.models import CommissionEntry
from sales.ledger.reconcile import run
from sales.wins.models import Win
from tests.makers import ARWEN, AURORA, MIDAS, NOW, make_terms, organisation
from tests.sales.ledger.won import won

pytestmark = pytest.mark.django_db

Published = tuple[int, str, int, str, str, str, int, str, str]
THREE = {"arwen": 5_000, "atlas": 3_000, "kiran": 2_000}


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, 15, tzinfo=UTC)


def rows(named: dict[str, Win], units: dict[str, str] | None = None) -> list[Published]:
    """The rows as the examples print them: seq, event, line, kind, debit, credit, amount, effective on, instalment;
    with the examples' names of wins in the place of ours."""
    found = []
    for row in CommissionEntry.objects.order_by("seq"):
        name = next(name for name, win in named.items() if win.key == row.win_id)
        event = row.event_key.replace(named[name].key, name)
        assert row.unit == (units or {}).get(name, "EUR/2") and row.period == f"{row.effective_on:%Y-%m}"
        found.append(
            (
                row.seq,
                event,
                row.line,
                row.kind,
                row.debit,
                row.credit,
                row.amount,
                f"{row.effective_on}",
                f"{name}/{row.instalment}",
            )
        )
    return found


def closing(*leave_out: str) -> dict[str, int]:
    return {code: amount for (_, code), amount in account_balances().items() if code not in leave_out}


def in_order(now: datetime) -> bool:
    return run(now=now).ok


def test_example_1_flat_ten_percent_and_an_ordinary_life() -> None:
    w1 = won(organisation(), amount_minor=123_465)
    assert release_due(by=AURORA, now=at(2026, 3, 15)) == 0
    assert release_due(by=AURORA, now=at(2026, 3, 16)) == 1
    assert release_due(by=AURORA, now=at(2026, 3, 17)) == 0
    assert rows({"W1": w1}) == [
        (1, "win:W1:1:book", 1, "sold", "M:sold:blueprint", "M:volume", 123_465, "2026-03-02", "W1/1"),
        (2, "win:W1:1:book", 2, "book", "A:recv:blueprint", "L:held:blueprint", 12_347, "2026-03-02", "W1/1"),
        (3, "win:W1:1:book", 3, "credit", "M:pool", "M:agent:arwen", 12_347, "2026-03-02", "W1/1"),
        (4, "win:W1:1:release", 1, "release", "L:held:blueprint", "I:comm:blueprint", 12_347, "2026-03-16", "W1/1"),
    ]
    assert closing() == {
        "A:recv:blueprint": 12_347,
        "I:comm:blueprint": 12_347,
        "L:held:blueprint": 0,
        "M:agent:arwen": 12_347,
        "M:pool": 12_347,
        "M:sold:blueprint": 123_465,
        "M:volume": 123_465,
    }
    assert in_order(at(2026, 3, 31))


def test_example_7_three_agents_three_cents() -> None:
    org = organisation()
    make_terms(org.whatsapp)
    w1 = won(org, lead_service=org.whatsapp, amount_minor=30, shares=THREE)
    assert rows({"W1": w1}) == [
        (1, "win:W1:1:book", 1, "sold", "M:sold:whatsapp", "M:volume", 30, "2026-03-02", "W1/1"),
        (2, "win:W1:1:book", 2, "book", "A:recv:whatsapp", "L:held:whatsapp", 3, "2026-03-02", "W1/1"),
        (3, "win:W1:1:book", 3, "credit", "M:pool", "M:agent:arwen", 1, "2026-03-02", "W1/1"),
        (4, "win:W1:1:book", 4, "credit", "M:pool", "M:agent:atlas", 1, "2026-03-02", "W1/1"),
        (5, "win:W1:1:book", 5, "credit", "M:pool", "M:agent:kiran", 1, "2026-03-02", "W1/1"),
    ]
    assert in_order(NOW)


def test_example_9_unpriced_then_priced_later_and_released_at_once() -> None:
    org = organisation()
    booked = {"lead_service": org.migration, "lead_agent": org.kiran, "lead_region": org.usa}
    w1 = won(org, **booked, amount_minor=48_000, sold_date=date(2026, 2, 10))
    early = won(org, **booked, amount_minor=48_000, sold_date=date(2026, 1, 31))
    assert not CommissionEntry.objects.exists() and in_order(NOW)
    make_terms(org.migration, rate_bp=1_250, starts=date(2026, 2, 1))
    now = at(2026, 4, 21)
    with pytest.raises(PricingRefused, match="No terms of migration in EUR cover 2026-01-31"):
        price_wins([early], by=AURORA, approver=MIDAS, now=now)
    assert price_wins([w1], by=AURORA, approver=MIDAS, now=now) == 1
    # The example has closed February and March; no month is closed yet here, so the period is the sale's own.
    assert rows({"W1": w1}) == [
        (1, "win:W1:1:book", 1, "sold", "M:sold:migration", "M:volume", 48_000, "2026-02-10", "W1/1"),
        (2, "win:W1:1:book", 2, "book", "A:recv:migration", "L:held:migration", 6_000, "2026-02-10", "W1/1"),
        (3, "win:W1:1:book", 3, "credit", "M:pool", "M:agent:kiran", 6_000, "2026-02-10", "W1/1"),
        (4, "win:W1:1:release", 1, "release", "L:held:migration", "I:comm:migration", 6_000, "2026-02-24", "W1/1"),
    ]
    assert set(CommissionEntry.objects.values_list("actor", "approver")) == {("aurora/ida", "midas/finn")}
    assert in_order(now)


def test_example_11_yen_and_kuwaiti_dinar() -> None:
    org = organisation()
    named = {}
    for name, currency in (("W1", "JPY"), ("W2", "KWD")):
        make_terms(org.blueprint, currency=currency, rate_bp=750, hold_days=0)
        named[name] = won(org, currency=currency, amount_minor=1_020)
    life = [
        ("book", 1, "sold", "M:sold:blueprint", "M:volume", 1_020),
        ("book", 2, "book", "A:recv:blueprint", "L:held:blueprint", 77),
        ("book", 3, "credit", "M:pool", "M:agent:arwen", 77),
        ("release", 1, "release", "L:held:blueprint", "I:comm:blueprint", 77),
    ]
    assert rows(named, units={"W1": "JPY/0", "W2": "KWD/3"}) == [
        (
            seq + first,
            f"win:{name}:1:{event}",
            line,
            kind,
            debit,
            credit,
            amount,
            "2026-03-02",
            f"{name}/1",
        )
        for name, first in (("W1", 0), ("W2", 4))
        for seq, (event, line, kind, debit, credit, amount) in enumerate(life, start=1)
    ]
    assert account_balances()["KWD/3", "I:comm:blueprint"] == account_balances()["JPY/0", "I:comm:blueprint"] == 77
    assert in_order(NOW)


def test_example_17_commission_that_rounds_to_nothing() -> None:
    org = organisation()
    make_terms(org.whatsapp, rate_bp=50)
    w1 = won(org, lead_service=org.whatsapp, amount_minor=80)
    make_terms(org.whatsapp, rate_bp=1_000, revision=2)
    w2 = won(org, lead_service=org.whatsapp, amount_minor=100)
    assert rows({"W1": w1, "W2": w2}) == [
        (1, "win:W1:1:book", 1, "sold", "M:sold:whatsapp", "M:volume", 80, "2026-03-02", "W1/1"),
        (2, "win:W2:1:book", 1, "sold", "M:sold:whatsapp", "M:volume", 100, "2026-03-02", "W2/1"),
        (3, "win:W2:1:book", 2, "book", "A:recv:whatsapp", "L:held:whatsapp", 10, "2026-03-02", "W2/1"),
        (4, "win:W2:1:book", 3, "credit", "M:pool", "M:agent:arwen", 10, "2026-03-02", "W2/1"),
    ]
    assert release_due(by=AURORA, now=at(2026, 3, 16)) == 1
    assert in_order(at(2026, 3, 16))


def test_a_win_that_earned_nothing_is_cancelled_by_a_memo_row_alone() -> None:
    org = organisation()
    make_terms(org.whatsapp, rate_bp=50)
    w1 = won(org, lead_service=org.whatsapp, amount_minor=80)
    void(w1, at(2026, 3, 3))
    assert rows({"W1": w1})[1:] == [
        (2, "refund:W1:void", 1, "unsold", "M:volume", "M:sold:whatsapp", 80, "2026-03-03", "W1/1"),
    ]
    assert in_order(at(2026, 3, 3))


def test_a_refund_of_all_inside_the_hold_voids_what_is_held() -> None:
    # Example 7's three cents, then all of it at once.
    org = organisation()
    w1 = won(org, amount_minor=30, shares=THREE)
    void(w1, at(2026, 3, 5))
    assert rows({"W1": w1})[5:] == [
        (6, "refund:W1:void", 1, "unsold", "M:volume", "M:sold:blueprint", 30, "2026-03-05", "W1/1"),
        (7, "refund:W1:void", 2, "void", "L:held:blueprint", "A:recv:blueprint", 3, "2026-03-05", "W1/1"),
        (8, "refund:W1:void", 3, "uncredit", "M:agent:arwen", "M:pool", 1, "2026-03-05", "W1/1"),
        (9, "refund:W1:void", 4, "uncredit", "M:agent:atlas", "M:pool", 1, "2026-03-05", "W1/1"),
        (10, "refund:W1:void", 5, "uncredit", "M:agent:kiran", "M:pool", 1, "2026-03-05", "W1/1"),
    ]
    assert set(closing().values()) == {0}
    assert in_order(at(2026, 3, 5))


def test_a_refund_of_all_after_the_release_claws_the_commission_back() -> None:
    # Example 1, then example 3's kind of refund, of all that was sold.
    w1 = won(organisation(), amount_minor=123_465)
    release_due(by=AURORA, now=at(2026, 3, 16))
    void(w1, at(2026, 3, 20))
    assert rows({"W1": w1})[4:] == [
        (5, "refund:W1:void", 1, "unsold", "M:volume", "M:sold:blueprint", 123_465, "2026-03-20", "W1/1"),
        (6, "refund:W1:void", 2, "clawback", "K:clawback:blueprint", "A:recv:blueprint", 12_347, "2026-03-20", "W1/1"),
        (7, "refund:W1:void", 3, "uncredit", "M:agent:arwen", "M:pool", 12_347, "2026-03-20", "W1/1"),
    ]
    assert closing("M:agent:arwen", "M:pool", "M:sold:blueprint", "M:volume") == {
        "A:recv:blueprint": 0,
        "I:comm:blueprint": 12_347,
        "K:clawback:blueprint": 12_347,
        "L:held:blueprint": 0,
    }
    assert in_order(at(2026, 3, 20))


@pytest.mark.parametrize("amount", [2**53, -1, True, 10.0], ids=str)
def test_example_23_an_amount_out_of_range_or_not_an_integer_is_refused(amount: int) -> None:
    org = organisation()
    with pytest.raises(BadAmount):
        won(org, amount_minor=amount, lead_amount_minor=1)
    assert nothing_written()


def test_example_23_nothing_sold_is_refused_unless_the_terms_have_a_fixed_part() -> None:
    org = organisation()
    with pytest.raises(BadAmount, match="Nothing was sold"):
        won(org, amount_minor=0)
    assert nothing_written()
    make_terms(org.blueprint, revision=2, fixed_minor=500)
    w1 = won(org, amount_minor=0)
    assert [row[3:7] for row in rows({"W1": w1})] == [
        ("book", "A:recv:blueprint", "L:held:blueprint", 500),
        ("credit", "M:pool", "M:agent:arwen", 500),
    ]
    void(w1, NOW)
    assert in_order(NOW) and set(closing().values()) == {0}


def test_example_23_shares_that_make_no_whole_are_refused() -> None:
    org = organisation()
    with pytest.raises(BadShares, match="9999"):
        won(org, shares={"arwen": 3_333, "atlas": 3_333, "kiran": 3_333})
    assert nothing_written()


@pytest.mark.parametrize("approver", [AURORA, ARWEN], ids=["who acts", "who is credited"])
def test_example_23_pricing_needs_a_second_person(approver: Actor) -> None:
    org = organisation()
    w1 = won(org, lead_service=org.migration)
    make_terms(org.migration)
    with pytest.raises(NeedsSecondPerson):
        price_wins([w1], by=AURORA, approver=approver, now=NOW)
    assert nothing_written()


def test_example_23_nothing_is_left_to_refund_of_a_win_that_was_cancelled() -> None:
    w1 = won(organisation())
    void(w1, NOW)
    written = CommissionEntry.objects.count()
    with pytest.raises(CancelRefused, match="nothing left"):
        void(w1, NOW + timedelta(days=1))
    assert CommissionEntry.objects.count() == written


def void(win: Win, now: datetime) -> None:
    cancel_win(win, by=ARWEN, now=now, reason_code="withdrew", lead_goes_to="LOST")


def nothing_written() -> bool:
    return not CommissionEntry.objects.exists() and in_order(NOW)
