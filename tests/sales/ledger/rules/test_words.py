"""Terms and commissions in words that a person can check."""

import pytest

from sales.ledger.rules import TermsRule, describe_terms, explain_commission, percent

BANDS = ((1_000_000, 500), (5_000_000, 800), (None, 1200))


@pytest.mark.parametrize(
    ("rate_bp", "shown"),
    [(0, "0 %"), (5, "0.05 %"), (50, "0.5 %"), (725, "7.25 %"), (1000, "10 %"), (10000, "100 %")],
)
def test_a_rate_is_shown_without_idle_zeros(rate_bp: int, shown: str) -> None:
    assert percent(rate_bp) == shown


@pytest.mark.parametrize(
    ("terms", "gross", "said"),
    [
        (TermsRule(rate_bp=725), 105_400, "7.25 % of 1,054.00"),
        (TermsRule(bands=BANDS), 1_234_567, "5 % of the first 10,000.00, 8 % of the next 2,345.67"),
        (TermsRule(bands=BANDS), 600_000, "5 % of 6,000.00"),
        (TermsRule(bands=BANDS), 0, "5 % of 0.00"),
        (TermsRule(rate_bp=1000, fixed_minor=500), 10_000, "10 % of 100.00, plus 5.00 fixed"),
        (TermsRule(rate_bp=1000, floor_minor=500), 10_000, "10 % of 100.00"),
        (TermsRule(rate_bp=1000, floor_minor=2_000), 10_000, "10 % of 100.00; raised to the floor of 20.00"),
        (TermsRule(rate_bp=1000, cap_minor=1_000), 10_000, "10 % of 100.00"),
        (TermsRule(rate_bp=1000, cap_minor=900), 10_000, "10 % of 100.00; limited to the cap of 9.00"),
    ],
)
def test_a_commission_is_explained_by_what_made_it(terms: TermsRule, gross: int, said: str) -> None:
    assert explain_commission(terms, gross, "EUR") == said


def test_a_commission_over_a_quarter_names_what_was_before() -> None:
    terms = TermsRule(bands=BANDS, scope="quarter", cap_minor=70_000)
    said = explain_commission(terms, 700_000, "EUR", before_minor=600_000, used_minor=30_000)
    assert said == (
        "5 % of the first 4,000.00, 8 % of the next 3,000.00; "
        "counted after 6,000.00 sold before in the quarter; "
        "limited to 400.00, what is left of the quarter's cap of 700.00"
    )


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (TermsRule(rate_bp=1000, hold_days=14), "10 %, held 14 days"),
        (TermsRule(rate_bp=1000, hold_days=1), "10 %, held 1 day"),
        (TermsRule(rate_bp=1000), "10 %, not held"),
        (
            TermsRule(bands=BANDS, cap_minor=600_000, hold_days=14),
            "5 % up to EUR 10,000.00, 8 % up to EUR 50,000.00, 12 % above, at most EUR 6,000.00 per win, held 14 days",
        ),
        (
            TermsRule(bands=((1_000_000, 500), (None, 800)), scope="quarter", rounding="DOWN"),
            "by the quarter's volume 5 % up to EUR 10,000.00, 8 % above, rounded down, not held",
        ),
        (
            TermsRule(rate_bp=1000, fixed_minor=500, floor_minor=700, base="after_credit", instalments=12),
            "10 %, plus EUR 5.00 fixed, at least EUR 7.00, on what is left after credit, 12 instalments, not held",
        ),
    ],
)
def test_terms_are_described_in_one_line(terms: TermsRule, said: str) -> None:
    assert describe_terms(terms, "EUR").replace("\N{NO-BREAK SPACE}", " ") == said
