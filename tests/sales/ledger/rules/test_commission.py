"""Commission against the golden figures (examples 1, 2, 5, 6, 8, 11, 17, 20), and by property."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.ledger.rules import (
    NoSuchInstalment,
    ScopeIsTheWin,
    TermsRule,
    band_sum,
    commission_minor,
    instalment_commission,
)
from sales.money import MAX_MINOR, ROUNDINGS, AmountOutOfRange, NotAnAmount

BANDS = ((1_000_000, 500), (5_000_000, 800), (None, 1200))
TEN = TermsRule(rate_bp=1000)
CAPPED = TermsRule(bands=BANDS, cap_minor=600_000)
QUARTER = TermsRule(bands=BANDS, scope="quarter")
QUARTER_CAPPED = TermsRule(bands=BANDS, scope="quarter", cap_minor=70_000)


@pytest.mark.parametrize(
    ("terms", "gross", "owed"),
    [
        (TEN, 123_465, 12_347),
        (TermsRule(rate_bp=1000, rounding="HALF_EVEN"), 123_465, 12_346),
        (TermsRule(rate_bp=1000, rounding="DOWN"), 123_465, 12_346),
        (TEN, 99_999, 10_000),
        (CAPPED, 1_234_567, 68_765),
        (CAPPED, 8_234_567, 600_000),
        (CAPPED, 6_234_567, 518_148),
        (CAPPED, 1_000_000, 50_000),
        (CAPPED, 1_000_001, 50_000),
        (CAPPED, 5_000_000, 370_000),
        (TermsRule(rate_bp=750), 1_020, 77),
        (TermsRule(rate_bp=750, rounding="HALF_EVEN"), 1_020, 76),
        (TermsRule(rate_bp=50), 80, 0),
        (TermsRule(rate_bp=1250), 48_000, 6_000),
        (TermsRule(rate_bp=1000, fixed_minor=500), 10_000, 1_500),
        (TermsRule(rate_bp=1000, floor_minor=2_000), 10_000, 2_000),
        (TermsRule(rate_bp=1000, floor_minor=2_000, cap_minor=1_500), 10_000, 1_500),
        (TermsRule(rate_bp=0, fixed_minor=500), 0, 500),
        (TEN, 0, 0),
    ],
)
def test_a_win_earns_its_golden_figure(terms: TermsRule, gross: int, owed: int) -> None:
    assert commission_minor(gross_minor=gross, terms=terms) == owed


@pytest.mark.parametrize(("gross", "before", "owed"), [(600_000, 0, 30_000), (700_000, 600_000, 44_000)])
def test_bands_over_a_quarter_start_where_the_quarter_stands(gross: int, before: int, owed: int) -> None:
    assert commission_minor(gross_minor=gross, before_minor=before, terms=QUARTER) == owed


def test_a_refund_of_an_earlier_win_lowers_the_volume_of_a_later_one() -> None:
    assert commission_minor(gross_minor=500_000, before_minor=700_000, terms=QUARTER) == 31_000


@pytest.mark.parametrize(
    ("gross", "before", "used", "owed"),
    [
        (600_000, 0, 0, 30_000),
        (700_000, 600_000, 30_000, 40_000),
        (500_000, 700_000, 40_000, 30_000),
        (500_000, 700_000, 70_000, 0),
        (500_000, 700_000, 90_000, 0),
    ],
)
def test_a_quarters_cap_leaves_its_headroom(gross: int, before: int, used: int, owed: int) -> None:
    found = commission_minor(gross_minor=gross, before_minor=before, used_minor=used, terms=QUARTER_CAPPED)
    assert found == owed


@pytest.mark.parametrize("given_before", [{"before_minor": 1}, {"used_minor": 1}])
def test_terms_per_win_take_no_volume_of_before(given_before: dict[str, int]) -> None:
    with pytest.raises(ScopeIsTheWin):
        commission_minor(gross_minor=100, terms=TEN, **given_before)


@pytest.mark.parametrize(("gross", "refusal"), [(-1, AmountOutOfRange), (1.5, NotAnAmount), (True, NotAnAmount)])
def test_a_base_that_is_not_an_amount_is_refused(gross: int, refusal: type[ValueError]) -> None:
    with pytest.raises(refusal):
        commission_minor(gross_minor=gross, terms=TEN)


def test_a_commission_above_the_largest_amount_is_refused() -> None:
    with pytest.raises(AmountOutOfRange):
        commission_minor(gross_minor=MAX_MINOR, terms=TermsRule(rate_bp=10_000, fixed_minor=1))


def test_twelve_instalments_add_up_to_the_commission_of_the_whole() -> None:
    bases = [1_999] * 12
    earned = [instalment_commission(instalment=n, bases=bases, terms=TEN) for n in range(1, 13)]
    assert earned == [200, 200, 200, 200, 200, 199, 200, 200, 200, 200, 200, 200]
    assert sum(earned) == 2_399 == commission_minor(gross_minor=sum(bases), terms=TEN)


def test_instalments_under_trial_credit_earn_nothing_until_it_is_used_up() -> None:
    bases = [0] * 5 + [2_000] * 7
    earned = [instalment_commission(instalment=n, bases=bases, terms=TEN) for n in range(1, 13)]
    assert earned == [0] * 5 + [200] * 7


def test_an_instalment_in_a_wider_scope_stands_as_a_win_of_its_own() -> None:
    earned = instalment_commission(instalment=2, bases=[600_000, 700_000], terms=QUARTER, before_minor=600_000)
    assert earned == 44_000


@pytest.mark.parametrize("instalment", [0, 3])
def test_an_instalment_beyond_the_bases_is_refused(instalment: int) -> None:
    with pytest.raises(NoSuchInstalment):
        instalment_commission(instalment=instalment, bases=[100, 100], terms=TEN)


amounts = st.integers(0, 10**12)
rates = st.integers(0, 10_000)


@st.composite
def terms_rules(draw: st.DrawFn, scope: str = "win") -> TermsRule:
    ends = sorted(draw(st.sets(st.integers(1, 10**12), max_size=3)))
    return TermsRule(
        bands=tuple((end, draw(rates)) for end in [*ends, None]),
        fixed_minor=draw(st.integers(0, 10**6)),
        floor_minor=draw(st.integers(0, 10**6)),
        cap_minor=draw(st.none() | st.integers(0, 10**9)),
        rounding=draw(st.sampled_from(ROUNDINGS)),
        scope=scope,
    )


@given(terms_rules(), amounts)
def test_the_bands_are_summed_exactly_and_rounded_once(terms: TermsRule, minor: int) -> None:
    exact, start = Fraction(0), 0
    for end, rate_bp in terms.bands:
        top = minor if end is None else min(minor, end)
        exact += Fraction(max(0, top - start) * rate_bp, 10_000)
        start = max(start, top)
    off = abs(exact - band_sum(minor, terms))
    assert off < 1 if terms.rounding == "DOWN" else off <= Fraction(1, 2)


@given(terms_rules(), amounts, amounts)
def test_more_sold_never_earns_less(terms: TermsRule, one: int, more: int) -> None:
    less = commission_minor(gross_minor=one, terms=terms)
    assert less <= commission_minor(gross_minor=one + more, terms=terms)


@given(terms_rules(), st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_instalments_are_never_negative_and_add_up(terms: TermsRule, bases: list[int]) -> None:
    earned = [instalment_commission(instalment=n + 1, bases=bases, terms=terms) for n in range(len(bases))]
    assert min(earned) >= 0
    assert sum(earned) == commission_minor(gross_minor=sum(bases), terms=terms)


@given(terms_rules("quarter"), st.lists(st.integers(0, 10**9), min_size=1, max_size=8), st.randoms())
def test_a_quarters_cap_holds_in_every_order_of_its_wins(
    terms: TermsRule, bases: list[int], random: st.DataObject
) -> None:
    random.shuffle(bases)  # type: ignore[attr-defined]
    before = used = 0
    for gross in bases:
        used += commission_minor(gross_minor=gross, before_minor=before, used_minor=used, terms=terms)
        before += gross
    assert terms.cap_minor is None or used <= terms.cap_minor
