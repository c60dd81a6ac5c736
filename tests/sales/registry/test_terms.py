"""sales.registry.terms: the rule in Python and the trigger ``win_terms_in_force`` are one rule, said twice."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from sales.registry.models import Terms
from sales.registry.terms import in_force
from sales.wins.models import Win, WinPricing
from tests.makers import ARWEN, NOW, make_terms, make_win, organisation

pytestmark = pytest.mark.django_db

DAYS = [date(2026, 2, 1) + timedelta(days=number) for number in range(4)]
HISTORIES = st.lists(st.tuples(st.sampled_from(DAYS[1:]), st.sampled_from(Terms.Kind.values)), max_size=7)


def is_taken(win: Win, terms: Terms) -> bool:
    """Whether the database lets the win be priced by these terms."""
    pricing = WinPricing(
        win=win,
        service_id=win.service_id,
        currency=win.currency,
        sold_date=win.sold_date,
        terms=terms,
        terms_digest=terms.digest,
        facts_digest="ab" * 32,
        priced_at=NOW,
        after_seq=0,
        **ARWEN.signature(),
    )
    try:
        with transaction.atomic():
            pricing.save(force_insert=True)
            transaction.set_rollback(True)
    except IntegrityError as refused:
        assert "win_terms_in_force" in str(refused)
        return False
    return True


def test_the_database_takes_exactly_the_terms_that_the_rule_names_for_any_history_and_date() -> None:
    org = organisation()
    wins = [make_win(org, lead_service=org.whatsapp, sold_date=day).win for day in DAYS]

    @settings(max_examples=60)
    @given(history=HISTORIES)
    def agree(history: list[tuple[date, str]]) -> None:
        with transaction.atomic():
            revisions: Counter[date] = Counter()
            for starts, kind in history:
                revisions[starts] += 1
                make_terms(org.whatsapp, starts=starts, kind=kind, revision=revisions[starts])
            versions = list(Terms.objects.filter(service=org.whatsapp))
            for win in wins:
                assert win is not None
                named = in_force(versions, win.sold_date)
                assert [version for version in versions if is_taken(win, version)] == ([named] if named else [])
            transaction.set_rollback(True)

    agree()
