"""Plots: paths start at zero and fit the picture, bars are measured against the largest, cells step by fifths."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.monitor.plots import Bar, area_plot, bars, heat_table, nice_top, steepest


@pytest.mark.parametrize(
    ("largest", "top"), [(0, 1), (1, 1), (3, 4), (9, 10), (10, 10), (11, 20), (799, 800), (801, 1000)]
)
def test_the_top_of_an_axis_is_a_round_figure_above_the_largest(largest: int, top: int) -> None:
    assert nice_top(largest) == top


@given(st.integers(min_value=1, max_value=2**53))
def test_the_top_is_never_below_the_largest_and_never_far_above(largest: int) -> None:
    assert largest <= nice_top(largest) <= max(1, largest * 5 // 2)


def test_due_lies_below_and_hold_above_and_both_end_at_the_last_day() -> None:
    plot = area_plot(hold=[0, 20], due=[20, 20], before=[10, 20, 30, 40], steps=4)
    assert plot.due_path == "M0 100L25 50L50 50L50 100z"
    assert plot.hold_path == "M0 100L25 50L50 0L50 100z"
    assert plot.before_path == "M0 100L25 75L50 50L75 25L100 0"
    assert plot.y_ticks == (40, 30, 20, 10, 0)


def test_a_plot_of_nothing_is_only_its_grid() -> None:
    plot = area_plot(hold=[], due=[], before=[], steps=30)
    assert (plot.hold_path, plot.due_path, plot.before_path) == ("", "", "")
    assert plot.grid_path.startswith("M0 0H100")


@given(st.lists(st.tuples(st.integers(0, 2**50), st.integers(0, 2**50)), max_size=40))
def test_no_point_leaves_the_picture(days: list[tuple[int, int]]) -> None:
    plot = area_plot(hold=[a for a, _ in days], due=[b for _, b in days], before=[], steps=len(days))
    for figure in re.findall(r"[0-9.]+", plot.hold_path + plot.due_path):
        assert 0 <= float(figure) <= 100


def test_a_bar_is_measured_against_the_largest_and_the_one_before() -> None:
    drawn = bars([Bar("NEW", "New", 400), Bar("ROUTED", "Assigned", 300), Bar("WON", "Won", 30)])
    assert [(bar.width, bar.of_before) for bar in drawn] == [("100", None), ("75", 75), ("7.5", 10)]
    lost = steepest(drawn)
    assert lost is not None and lost.key == "WON"


def test_bars_of_nothing_have_no_width_and_lose_nothing() -> None:
    drawn = bars([Bar("NEW", "New", 0), Bar("WON", "Won", 0)])
    assert [(bar.width, bar.of_before) for bar in drawn] == [("0", None), ("0", None)]
    assert steepest(drawn) is None


def test_a_cell_is_as_strong_as_its_fifth_and_nothing_is_not_zero() -> None:
    amounts = {("a", "x"): 100, ("a", "y"): 20, ("b", "x"): 21}
    table = heat_table(
        amounts,
        rows=[("a", "A"), ("b", "B")],
        columns=[("x", "X"), ("y", "Y")],
        urls={("a", "x"): "/ax", ("a", ""): "/a"},
    )
    assert [[cell.step for cell in row.cells] for row in table.rows] == [[5, 1], [2, 0]]
    assert table.rows[1].cells[1].minor is None
    assert [row.total.minor for row in table.rows] == [120, 21]
    assert [total.minor for total in table.totals] == [121, 20]
    assert (table.rows[0].cells[0].url, table.rows[0].total.url) == ("/ax", "/a")
