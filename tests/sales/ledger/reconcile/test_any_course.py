"""Whatever the verbs did, in whatever order: reconciliation finds no fault, and the monitor says what the ledger says.

Three numbers of decimals, shares, bands, caps, floors, terms that change their scope, batches, instalments, cancelled
wins that are booked again, wins that wait for terms.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from sales.blocks.closing.forms import BadAmount, WinForm
from sales.blocks.closing.reversal import cancel_win
from sales.blocks.closing.work import book_wins
from sales.blocks.commission.work import price_wins, release_due, unpriced
from sales.ledger import reconcile
from sales.ledger.balances import account_balances
from sales.ledger.models import CommissionEntry
from sales.money import unit_of
from sales.monitor.placing import placed_wins
from sales.monitor.states import State
from sales.monitor.totals import credit_by_agent, sums_by
from sales.wins.models import Refund, Win
from tests.makers import (
    ARWEN,
    AURORA,
    MIDAS,
    NOW,
    Organisation,
    make_lead,
    make_terms,
    organisation,
    read_registry_at,
    win_form,
)

pytestmark = pytest.mark.django_db

BANDS = [{"up_to_minor": 30_000, "rate_bp": 333}, {"up_to_minor": None, "rate_bp": 1_250}]
SOLD = [
    *(("blueprint", "EUR"), ("blueprint", "USD"), ("migration", "EUR")),
    *(("whatsapp", "EUR"), ("whatsapp", "JPY"), ("whatsapp", "KWD")),
]
SHARES: list[dict[str, int]] = [
    *({}, {"arwen": 5_000, "atlas": 5_000}),
    *({"arwen": 3_334, "atlas": 3_333, "kiran": 3_333}, {"arwen": 9_999, "leo": 1}),
]
BOOKING = st.tuples(
    st.sampled_from(SOLD),
    st.one_of(st.integers(0, 60), st.integers(1, 3_000_000), st.just(10**15)),
    st.integers(0, 45),
    st.sampled_from(SHARES),
)
STEP = st.one_of(
    st.tuples(st.just("book"), st.lists(BOOKING, min_size=1, max_size=4)),
    st.tuples(st.just("cancel"), st.integers(0, 9)),
    st.tuples(st.just("book again"), st.integers(0, 9)),
    st.tuples(st.just("price"), st.none()),
    st.tuples(st.just("wait"), st.sampled_from([1, 2, 15])),
)


def agreed() -> Organisation:
    """Terms of many kinds; those of WhatsApp in EUR change their scope twice, and a migration has none yet."""
    org = organisation()
    make_terms(org.blueprint, currency="USD", instalments=12, floor_minor=200, rounding="HALF_EVEN")
    for starts, scope in (
        (date(2026, 1, 1), "quarter"),
        (date(2026, 2, 10), "month"),
        (date(2026, 2, 20), "win"),
        (date(2026, 3, 1), "year"),
    ):
        make_terms(org.whatsapp, starts=starts, scope=scope, bands=BANDS, cap_minor=60_000, hold_days=2)
    make_terms(org.whatsapp, currency="JPY", scope="month", rate_bp=775, fixed_minor=3, cap_minor=900, hold_days=0)
    make_terms(org.whatsapp, currency="KWD", scope="year", bands=BANDS, rounding="DOWN", hold_days=30)
    return org


@dataclass
class Course:
    """The verbs in some order, with a clock; releases are never more than a day late."""

    org: Organisation
    now: datetime = NOW
    forms: list[WinForm] = field(default_factory=list)

    def book(self, wishes: list[tuple[tuple[str, str], int, int, dict[str, int]]]) -> None:
        self._book([self._form(*wish) for wish in wishes])

    def _form(self, sold: tuple[str, str], amount_minor: int, days_ago: int, shares: dict[str, int]) -> WinForm:
        service, currency = sold
        lead = make_lead(self.org, service=getattr(self.org, service), amount_minor=amount_minor, currency=currency)
        monthly: dict[str, Any] = {"cadence": "monthly", "term_months": 6} if currency == "USD" else {}
        day = self.now.date() - timedelta(days=days_ago)
        return win_form(lead, sold_date=day, shares=shares, **monthly)

    def _book(self, forms: list[WinForm]) -> None:
        for form, outcome in zip(forms, book_wins(forms, by=ARWEN, now=self.now), strict=True):
            assert outcome.refusal is None or (isinstance(outcome.refusal, BadAmount) and form.amount_minor == 0)
        self.forms += [form for form in forms if form.amount_minor]

    def cancel(self, number: int) -> None:
        wins = list(Win.objects.exclude(refunds__kind=Refund.Kind.VOID).order_by("pk"))
        if wins:
            win = wins[number % len(wins)]
            cancel_win(win, by=ARWEN, now=self.now, reason_code="why", lead_goes_to="PROPOSED")

    def book_again(self, number: int) -> None:
        """The same booking: of a win that stands nothing happens, after a cancelled one it is a new win."""
        if self.forms:
            self._book([self.forms[number % len(self.forms)]])

    def price(self, _: None) -> None:
        make_terms(
            self.org.migration,
            starts=date(2026, 1, 1),
            revision=self.org.migration.terms.count() + 1,
            scope="quarter",
            bands=BANDS,
        )
        price_wins(list(unpriced()), by=AURORA, approver=MIDAS, now=self.now)

    def wait(self, days: int) -> None:
        for _ in range(days):
            self.now += timedelta(days=1)
            release_due(by=AURORA, now=self.now)
        read_registry_at(self.now)

    def go(self, name: str, wish: Any) -> None:
        getattr(self, name.replace(" ", "_"))(wish)


@contextmanager
def undone_after() -> Iterator[None]:
    """Each course starts from the same facts."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def check_reconciled(now: datetime, *, as_of: int | None = None) -> None:
    report = reconcile.run(now=now, as_of=as_of)
    assert report.ok, [fault.sentence for equation in report.equations for fault in equation.faults]


def check_monitor(now: datetime) -> None:
    """Totals of counted wins are the ledger's balances, because a cancelled win leaves nothing in them."""
    placed = placed_wins(now=now)
    assert [win.why for win in placed if win.state == State.UNPLACED] == []
    accounts = account_balances()
    sums = sums_by(placed, lambda win: win.currency)
    for currency in ("EUR", "USD", "JPY", "KWD"):
        unit = unit_of(currency)

        def ledger(prefix: str, unit: str = unit) -> int:
            return sum(minor for (of, code), minor in accounts.items() if of == unit and code.startswith(prefix))

        said = sums.get(currency)
        receivable, held = ledger("A:recv:"), ledger("L:held:")
        if said is None:
            assert (receivable, held, ledger("M:volume"), ledger("M:pool")) == (0, 0, 0, 0)
            continue
        assert said.sold_minor - said.refunded_minor == ledger("M:sold:") == ledger("M:volume")
        assert said.commission_minor == ledger("M:pool") == held + ledger("I:comm:") - ledger("K:clawback:")
        assert (said.held_minor, said.due_minor) == (held, receivable - held)
    credit = {pair: minor for pair, minor in credit_by_agent(placed).items() if minor}
    agents = {(code.removeprefix("M:agent:"), unit[:3]): minor for (unit, code), minor in accounts.items() if minor}
    assert credit == {pair: minor for pair, minor in agents.items() if pair[0] in {"arwen", "atlas", "kiran", "leo"}}


def check_every_row(now: datetime) -> None:
    """As of each row there is no fault either."""
    for seq in CommissionEntry.objects.order_by("seq").values_list("seq", flat=True):
        check_reconciled(now, as_of=seq)


def test_no_order_of_verbs_makes_a_fault_or_a_total_that_the_ledger_does_not_have() -> None:
    org = agreed()

    @settings(max_examples=12)
    @given(steps=st.lists(STEP, min_size=3, max_size=9))
    def follow(steps: list[tuple[str, Any]]) -> None:
        with undone_after():
            course = Course(org)
            for name, wish in steps:
                course.go(name, wish)
                check_reconciled(course.now)
                check_monitor(course.now)
            check_every_row(course.now)

    follow()
