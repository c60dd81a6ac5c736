"""Terms say what is owed without a gap, or they are refused."""

from typing import Any

import pytest

from sales.ledger.rules import TermsNotReadable, TermsRule


def test_what_a_feed_lacks_has_the_first_or_named_value() -> None:
    terms = TermsRule(rate_bp=1000)
    assert (terms.fixed_minor, terms.floor_minor, terms.cap_minor) == (0, 0, None)
    assert (terms.scope, terms.base, terms.instalments, terms.hold_days) == ("win", "list", 1, 0)
    assert terms.rounding == "HALF_UP"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"rate_bp": 500, "bands": ((None, 500),)},
        {"bands": ((10_000, 500),)},
        {"bands": ((None, 500), (10_000, 800))},
        {"bands": ((10_000, 500), (10_000, 800), (None, 900))},
        {"bands": ((0, 500), (None, 800))},
        {"rate_bp": -1},
        {"rate_bp": 10_001},
        {"rate_bp": 500, "fixed_minor": -1},
        {"rate_bp": 500, "floor_minor": -1},
        {"rate_bp": 500, "cap_minor": -1},
        {"rate_bp": 500, "hold_days": -1},
        {"rate_bp": 500, "instalments": 0},
        {"rate_bp": 500, "rounding": "UP"},
        {"rate_bp": 500, "scope": "week"},
        {"rate_bp": 500, "base": "net"},
    ],
)
def test_terms_that_leave_open_what_is_owed_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(TermsNotReadable, match="unpriced"):
        TermsRule(**fields)
