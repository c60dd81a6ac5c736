"""Links to rows: only filters that the list has, so that a link never shows other rows than were counted."""

import pytest

from sales.monitor.links import UnknownParameter, rows_url


def test_a_link_names_its_filters_in_one_order_and_leaves_empty_ones_out() -> None:
    url = rows_url("win", currency="EUR", state="HELD", region="", agent=None)
    assert url == "/admin/sales/win/?state=HELD&currency=EUR"
    assert rows_url("win") == "/admin/sales/win/"


def test_a_filter_that_the_list_lacks_is_refused() -> None:
    with pytest.raises(UnknownParameter, match="colour"):
        rows_url("win", colour="red")
    with pytest.raises(UnknownParameter):
        rows_url("service", state="HELD")
