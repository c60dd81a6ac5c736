"""Money as integers: units, reading, showing, rounding and sharing out, exact for 0, 2 and 3 decimals."""

from fractions import Fraction

import pytest
from babel.numbers import list_currencies
from hypothesis import given
from hypothesis import strategies as st

from sales.money import (
    EXPONENTS,
    MAX_MINOR,
    ROUNDINGS,
    AmountOutOfRange,
    NotAnAmount,
    NothingToShareBy,
    UnknownCurrency,
    UnknownRounding,
    allocate,
    check_minor,
    currency_of,
    divide_round,
    exponent,
    format_figure,
    format_in_unit,
    format_minor,
    parse_minor,
    unit_of,
)

currencies = st.sampled_from(["JPY", "EUR", "KWD"])
amounts = st.integers(0, MAX_MINOR)


@pytest.mark.parametrize(
    ("currency", "decimals"),
    [
        ("EUR", 2),
        ("JPY", 0),
        ("KWD", 3),
        ("IQD", 3),
        ("LBP", 2),
        ("AFN", 2),
        ("MGA", 2),
        ("HUF", 2),
        ("CLF", 4),
    ],
)
def test_decimals_are_those_of_iso_4217(currency: str, decimals: int) -> None:
    assert exponent(currency) == decimals
    assert unit_of(currency) == f"{currency}/{decimals}"
    assert currency_of(unit_of(currency)) == currency


def test_every_listed_code_is_a_currency_that_babel_can_name() -> None:
    assert len(EXPONENTS) == 166
    assert set(EXPONENTS) <= set(list_currencies())


@pytest.mark.parametrize("code", ["", "eur", "EURO", "XXX", "XAU", "E1R"])
def test_an_unknown_currency_is_refused_with_its_name(code: str) -> None:
    with pytest.raises(UnknownCurrency, match="ISO 4217"):
        unit_of(code)


@pytest.mark.parametrize("unit", ["EUR", "EUR/", "EUR/7", "XXX/2", "eur/2", "EUR/2\n"])
def test_a_malformed_unit_is_refused(unit: str) -> None:
    with pytest.raises(UnknownCurrency):
        currency_of(unit)


@pytest.mark.parametrize("value", [True, 1.0, float("nan"), "100", "1,054", None])
def test_only_an_integer_is_an_amount(value: object) -> None:
    with pytest.raises(NotAnAmount):
        check_minor(value)


def test_an_amount_stays_within_what_every_reader_keeps_exactly() -> None:
    assert check_minor(MAX_MINOR) == 2**53 - 1
    assert check_minor(0) == 0
    for value, least in [(MAX_MINOR + 1, 0), (-1, 0), (0, 1)]:
        with pytest.raises(AmountOutOfRange):
            check_minor(value, least=least)


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("1054", "EUR", 105400),
        ("1054.00", "EUR", 105400),
        (" 0.5 ", "EUR", 50),
        ("007.05", "EUR", 705),
        ("1020", "JPY", 1020),
        ("1.020", "KWD", 1020),
        ("90071992547409.91", "EUR", MAX_MINOR),
    ],
)
def test_a_plain_amount_is_read_exactly(text: str, currency: str, amount: int) -> None:
    assert parse_minor(text, currency) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,054.00",
        "1.054,00",
        "1 054",
        "+5",
        "-5",
        "1e3",
        "5.",
        ".5",
        "EUR 5",
        "NaN",
        "٣",
        "1.005",
        "1.000",
    ],
)
def test_an_amount_that_needs_guessing_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        parse_minor(text, "EUR")


@pytest.mark.parametrize("text", ["90071992547409.92", "9" * 5000])
def test_an_amount_above_the_range_is_refused(text: str) -> None:
    with pytest.raises(AmountOutOfRange):
        parse_minor(text, "EUR")


@pytest.mark.parametrize(
    ("amount", "currency", "figure"),
    [
        (2400000, "EUR", "24,000.00"),
        (-48, "EUR", "\N{MINUS SIGN}0.48"),
        (1020, "JPY", "1,020"),
        (77, "KWD", "0.077"),
    ],
)
def test_an_amount_is_shown_with_its_units_decimals(amount: int, currency: str, figure: str) -> None:
    assert format_figure(amount, currency) == figure
    assert format_minor(amount, currency) == f"{currency}\N{NO-BREAK SPACE}{figure}"


def test_an_amount_follows_the_readers_locale() -> None:
    assert format_figure(2400000, "EUR", locale="de") == "24.000,00"


def test_a_model_cost_is_shown_in_its_finer_unit() -> None:
    assert format_in_unit(12207, "USD/6") == "USD\N{NO-BREAK SPACE}0.012207"


@given(amounts, currencies)
def test_a_shown_figure_without_separators_reads_back_the_same(amount: int, currency: str) -> None:
    assert parse_minor(format_figure(amount, currency).replace(",", ""), currency) == amount


def test_a_sum_longer_than_any_amount_is_shown_exactly() -> None:
    assert format_figure(10**22 + 1, "EUR").replace(",", "") == "1" + "0" * 20 + ".01"


@pytest.mark.parametrize(
    ("numerator", "denominator", "half_up", "half_even", "down"),
    [
        (765, 10, 77, 76, 76),
        (775, 10, 78, 78, 77),
        (764, 10, 76, 76, 76),
        (-5, 2, -3, -2, -2),
        (0, 7, 0, 0, 0),
    ],
)
def test_a_quotient_rounds_as_its_rounding_says(
    numerator: int, denominator: int, half_up: int, half_even: int, down: int
) -> None:
    assert [divide_round(numerator, denominator, rounding) for rounding in ROUNDINGS] == [
        half_up,
        half_even,
        down,
    ]


def test_an_unknown_rounding_is_refused() -> None:
    with pytest.raises(UnknownRounding, match="HALF_UP"):
        divide_round(1, 2, "UP")


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**6), st.sampled_from(ROUNDINGS))
def test_a_rounded_quotient_is_never_a_whole_unit_off(numerator: int, denominator: int, rounding: str) -> None:
    off = abs(Fraction(numerator, denominator) - divide_round(numerator, denominator, rounding))
    assert off < 1 if rounding == "DOWN" else off <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (3, [5000, 3000, 2000], [1, 1, 1]),
        (11, [4286, 4286, 1428], [5, 5, 1]),
        (10, [4286, 4286, 1428], [4, 4, 2]),
        (1, [1, 1], [1, 0]),
        (0, [], []),
        (0, [0, 0], [0, 0]),
    ],
)
def test_a_total_is_shared_by_largest_remainder(total: int, weights: list[int], parts: list[int]) -> None:
    assert allocate(total, weights) == parts


def test_a_total_without_weights_is_refused() -> None:
    with pytest.raises(NothingToShareBy):
        allocate(1, [0, 0])
    with pytest.raises(AmountOutOfRange):
        allocate(-1, [1])


@given(amounts, st.lists(st.integers(0, 10000), min_size=1, max_size=8).filter(any))
def test_parts_add_up_and_are_less_than_a_unit_off(total: int, weights: list[int]) -> None:
    parts = allocate(total, weights)
    assert sum(parts) == total
    assert all(abs(part - Fraction(total * w, sum(weights))) < 1 for part, w in zip(parts, weights, strict=True))
