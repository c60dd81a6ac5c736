"""Terms: the defaults of a field that is missing, and what can't be read as terms at all."""

from datetime import date

import pytest

from carolverse.registry.facts import Band, TermsFacts
from carolverse.registry.terms import terms
from carolverse.sources.errors import Unreadable
from tests.carolverse.sources import feeds

OPEN = {"up_to_minor": None, "rate_bp": 500}


def to(up_to_minor: object, rate_bp: object = 1000) -> dict[str, object]:
    return {"up_to_minor": up_to_minor, "rate_bp": rate_bp}


def banded(*bands: object) -> dict[str, object]:
    return feeds.terms(rate_bp=None, bands=list(bands))


def test_missing_fields_have_the_defaults_of_the_ledger():
    assert terms(feeds.terms()) == TermsFacts(
        currency="EUR",
        starts=date(2026, 1, 1),
        rate_bp=1000,
        bands=(),
        fixed_minor=0,
        floor_minor=0,
        cap_minor=None,
        scope="win",
        base="list",
        instalments=1,
        hold_days=0,
        rounding="HALF_UP",
        sample=False,
    )


def test_null_counts_as_missing():
    names = ("bands", "fixed_minor", "floor_minor", "cap_minor", "scope", "base", "instalments", "hold_days")
    nulls = dict.fromkeys((*names, "rounding", "sample"))
    assert terms(feeds.terms(**nulls)) == terms(feeds.terms())


def test_every_field_is_read():
    given = {
        "fixed_minor": 100,
        "floor_minor": 200,
        "cap_minor": 90_000,
        "scope": "quarter",
        "base": "after_credit",
        "instalments": 12,
        "hold_days": 14,
        "rounding": "HALF_EVEN",
        "sample": True,
    }
    found = terms(feeds.terms(**given))
    assert {name: getattr(found, name) for name in given} == given


def test_marginal_bands_are_read_in_their_order():
    found = terms(banded(to(10_000, 1000), to(50_000, 800), OPEN))
    assert found.rate_bp is None
    assert found.bands == (Band(10_000, 1000), Band(50_000, 800), Band(None, 500))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (feeds.terms(rate_bp=10_001), "rate_bp must be from 0 to 10000"),
        (feeds.terms(rate_bp=-1), "rate_bp must be from 0 to 10000"),
        (feeds.terms(rate_bp=725.0), "rate_bp must be a whole number"),
        (feeds.terms(rate_bp="725"), "rate_bp must be a whole number"),
        (feeds.terms(rate_bp=True), "rate_bp must be a whole number"),
        (feeds.terms(rate_bp=None), "either rate_bp or bands"),
        (feeds.terms(bands=[OPEN]), "either rate_bp or bands"),
        (banded(), "either rate_bp or bands"),
        (feeds.terms(rate_bp=None, bands="[1"), "bands must be a list"),
        (banded(1), "bands must hold objects"),
        (banded(to(10_000)), "bands leave a gap"),
        (banded(to(10_000), to(10_000), OPEN), "bands overlap"),
        (banded(to(10_000), to(5_000), OPEN), "bands overlap"),
        (banded(OPEN, to(5_000)), "never reached"),
        (banded(OPEN, OPEN), "never reached"),
        (banded(to(0), OPEN), "up_to_minor must be from 1"),
        (banded(to(1.5), OPEN), "up_to_minor must be a whole number"),
        (banded(to(None, None)), "rate_bp is missing"),
        (banded(to(None, 10_001)), "rate_bp must be from 0 to 10000"),
        (feeds.terms(starts="2026-02-30"), "isn't a day of the calendar"),
        (feeds.terms(starts="1/2/2026"), "starts must be a date"),
        (feeds.terms(starts=None), "starts is missing"),
        (feeds.terms(currency="eur"), "currency must be three capital letters"),
        (feeds.terms(currency=None), "currency is missing"),
        (feeds.terms(fixed_minor=-1), "fixed_minor must be from 0"),
        (feeds.terms(floor_minor=-1), "floor_minor must be from 0"),
        (feeds.terms(cap_minor=-1), "cap_minor must be from 0"),
        (feeds.terms(scope="week"), "scope must be one of win, month, quarter, year"),
        (feeds.terms(base="net"), "base must be one of list, after_credit"),
        (feeds.terms(rounding="UP"), "rounding must be one of HALF_UP, HALF_EVEN, DOWN"),
        (feeds.terms(instalments=0), "instalments must be from 1 to 120"),
        (feeds.terms(instalments=121), "instalments must be from 1 to 120"),
        (feeds.terms(hold_days=-1), "hold_days must be from 0 to 3660"),
        (feeds.terms(hold_days=3661), "hold_days must be from 0 to 3660"),
        (feeds.terms(sample="yes"), "sample must be true or false"),
    ],
)
def test_terms_that_can_not_be_read_say_why(row: dict[str, object], reason: str):
    with pytest.raises(Unreadable, match=reason):
        terms(row)
