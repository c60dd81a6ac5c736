"""Credit by gaps (examples 7, 8, 14): it adds up, and a refund raises nobody's credit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.ledger.rules import CreditDoesNotAddUp, recredit_moves, spread_credit

THREE = {"arwen": 5000, "atlas": 3000, "kiran": 2000}
Balances = dict[str, int]


def after(balances: Balances, moved: Balances) -> Balances:
    return {agent: balances.get(agent, 0) + moved.get(agent, 0) for agent in {**balances, **moved}}


def test_three_agents_share_three_cents_and_the_one_who_is_over_gives_one_back() -> None:
    booked = spread_credit(amount=3, net_after=3, shares=THREE, balances={})
    assert booked == {"arwen": 1, "atlas": 1, "kiran": 1}
    assert spread_credit(amount=-1, net_after=2, shares=THREE, balances=booked) == {"kiran": -1}


def test_a_refund_does_not_raise_the_third_agents_credit() -> None:
    shares = {"a": 4286, "b": 4286, "c": 1428}
    booked = spread_credit(amount=11, net_after=11, shares=shares, balances={})
    assert booked == {"a": 5, "b": 5, "c": 1}
    refunded = spread_credit(amount=-1, net_after=10, shares=shares, balances=booked)
    assert after(booked, refunded) == {"a": 4, "b": 5, "c": 1}


def test_twelve_instalments_end_where_one_sum_would() -> None:
    shares = {"a": 3334, "b": 3333, "c": 3333}
    balances: Balances = {}
    for instalment in range(1, 13):
        moved = spread_credit(amount=200, net_after=200 * instalment, shares=shares, balances=balances)
        balances = after(balances, moved)
    assert balances == {"a": 800, "b": 800, "c": 800}


def test_equal_gaps_go_by_the_agents_key() -> None:
    shares = {"kiran": 5000, "arwen": 5000}
    assert spread_credit(amount=1, net_after=1, shares=shares, balances={}) == {"arwen": 1}


def test_an_agent_without_a_share_any_more_gives_back_first() -> None:
    moved = spread_credit(amount=-30, net_after=60, shares={"arwen": 10000}, balances={"arwen": 60, "atlas": 30})
    assert moved == {"atlas": -30}


def test_credit_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(CreditDoesNotAddUp, match="Reconcile"):
        spread_credit(amount=3, net_after=4, shares=THREE, balances={})
    with pytest.raises(CreditDoesNotAddUp, match="Reconcile"):
        recredit_moves(net=4, shares=THREE, balances={"arwen": 3})


def test_new_shares_move_credit_from_over_to_short() -> None:
    moved = recredit_moves(net=9000, shares={"arwen": 4000, "atlas": 6000}, balances={"atlas": 9000})
    assert moved == [("atlas", "arwen", 3600)]


def test_a_refund_after_new_shares_follows_them() -> None:
    moved = spread_credit(
        amount=-3000,
        net_after=6000,
        shares={"arwen": 4000, "atlas": 6000},
        balances={"arwen": 3600, "atlas": 5400},
    )
    assert moved == {"arwen": -1200, "atlas": -1800}


agents = st.sampled_from(["arwen", "atlas", "kiran", "vyra"])
share_sets = st.dictionaries(agents, st.integers(1, 10_000), min_size=1)


@given(share_sets, st.lists(st.integers(0, 10**9), min_size=1, max_size=12), st.data())
def test_balances_always_add_up_and_are_never_negative(shares: Balances, nets: list[int], data: st.DataObject) -> None:
    balances: Balances = {}
    net = 0
    for target in nets:
        moved = spread_credit(amount=target - net, net_after=target, shares=shares, balances=balances)
        rises = [move > 0 for move in moved.values()]
        assert all(rises) or not any(rises)
        balances, net = after(balances, moved), target
        assert sum(balances.values()) == net
        assert min(balances.values(), default=0) >= 0
    names = data.draw(st.permutations(sorted(shares)))
    turned = {name: shares[name] for name in names}
    assert spread_credit(amount=7, net_after=net + 7, shares=turned, balances=balances) == spread_credit(
        amount=7, net_after=net + 7, shares=shares, balances=balances
    )


@given(share_sets, share_sets, st.integers(0, 10**9))
def test_recredit_reaches_the_new_shares_whatever_the_old_ones_were(old: Balances, new: Balances, net: int) -> None:
    balances = spread_credit(amount=net, net_after=net, shares=old, balances={})
    target = spread_credit(amount=net, net_after=net, shares=new, balances={})
    for giver, taker, amount in recredit_moves(net=net, shares=new, balances=balances):
        balances = after(balances, {giver: -amount, taker: amount})
    assert {agent: credit for agent, credit in balances.items() if credit} == target
