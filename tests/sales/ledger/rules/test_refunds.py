"""What refunds take back (examples 2, 5, 7, 11, 13, 17), and that nothing drifts."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.ledger.rules import RefundBeyondBase, taken_back


def moves(commission: int, base: int, refunds: Sequence[int]) -> list[int]:
    so_far = [0, *accumulate(refunds)]
    taken = [taken_back(commission=commission, base=base, refunded=refunded) for refunded in so_far]
    return [later - earlier for earlier, later in pairwise(taken)]


@pytest.mark.parametrize(
    ("commission", "base", "refunds", "taken"),
    [
        (10_000, 99_999, [33_333, 33_333, 33_333], [3_333, 3_333, 3_334]),
        (600_000, 8_234_567, [2_000_000], [145_727]),
        (3, 30, [10], [1]),
        (77, 1_020, [340, 340, 340], [25, 26, 26]),
        (10_000, 100_000, [40_000], [4_000]),
        (10, 100, [5, 5], [0, 1]),
    ],
)
def test_a_refund_takes_back_its_golden_figure(
    commission: int, base: int, refunds: list[int], taken: list[int]
) -> None:
    assert moves(commission, base, refunds) == taken


def test_a_base_of_nothing_gives_back_all_of_it_once_it_is_voided() -> None:
    assert taken_back(commission=500, base=0, refunded=0) == 0
    assert taken_back(commission=500, base=0, refunded=0, voided=True) == 500


@pytest.mark.parametrize(("base", "refunded"), [(100, 101), (100, -1), (0, 1)])
def test_a_refund_beyond_the_base_is_refused(base: int, refunded: int) -> None:
    with pytest.raises(RefundBeyondBase):
        taken_back(commission=10, base=base, refunded=refunded)


@given(st.integers(0, 10**15), st.lists(st.integers(1, 10**12), min_size=1, max_size=10))
def test_refunds_of_the_whole_base_take_back_the_whole_commission(commission: int, parts: list[int]) -> None:
    taken = moves(commission, sum(parts), parts)
    assert sum(taken) == commission
    assert min(taken) >= 0


@given(st.integers(0, 10**15), st.permutations(list(range(1, 8))))
def test_the_order_of_refunds_does_not_change_what_they_take_together(commission: int, parts: list[int]) -> None:
    assert sum(moves(commission, 100, parts)) == commission * 28 // 100
