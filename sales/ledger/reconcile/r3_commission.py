"""R3: what was booked is what the pinned terms give, for facts and terms that are still the ones cited."""

from collections import defaultdict
from datetime import UTC, date

from sales.ledger.pricing import rule_of, scope_days
from sales.ledger.reconcile.equation import Equation, money
from sales.ledger.reconcile.r3_leads import check_leads
from sales.ledger.reconcile.rows import Row
from sales.ledger.reconcile.snapshot import Pricing, Snapshot, WinFact
from sales.ledger.reconcile.tally import Running, Tally
from sales.ledger.rules import NoSuchInstalment, TermsNotReadable, instalment_commission
from sales.money import unit_of
from sales.registry.models import Terms
from sales.registry.terms import digest_of
from sales.wins.facts import facts_digest

SOLD = {"sold": 1, "unsold": -1}
EARNED = {"book": 1, "void": -1, "clawback": -1}
Volumes = dict[tuple[str, str], dict[date, list[int]]]


class Commission(Equation):
    id = "R3"
    title = "Every booked commission is what the pinned terms give"
    remedy = "Look at the win and its terms with `manage.py trace`; cancel the win and book it anew if it is wrong."

    def __init__(self, book: Snapshot, tally: Tally) -> None:
        super().__init__(book, tally)
        self._by_month: Volumes = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        self._digests = {version.pk: digest_of(version) for version in book.terms.values()}
        self._cited: set[tuple[str, str | None, str | None]] = set()

    def event(self, rows: list[Row]) -> None:
        for row in rows:
            fact = self.fact_of(row)
            if fact is None:
                continue
            if fact.pricing is None:
                self.fault("a win without terms has no rows", row=row.seq, win=fact.key)
                continue
            self._citations(row, fact, fact.pricing)
            if row.kind in ("sold", "book") and row.instalment == 1:
                self._date(row, fact, fact.pricing)
        first = rows[0]
        fact = self.fact_of(first)
        if fact and fact.pricing and first.instalment == 1 and first.kind in ("sold", "book"):
            self._volume_before(first, fact, fact.pricing)
        for row in rows:
            self._add_volume(row)

    def end(self) -> None:
        for fact in self.book.wins.values():
            if fact.pricing:
                self._win(fact, fact.pricing)
        for (key, instalment), line in self.tally.lines.items():
            later = self.book.wins.get(key) if instalment != 1 else None
            if later and later.pricing:
                self._instalment(later, later.pricing, instalment, line)
        if self.book.at_head:
            check_leads(self.fault)

    def _citations(self, row: Row, fact: WinFact, pricing: Pricing) -> None:
        """A row cites the win's facts and terms; a win's many rows are looked at once for each citation."""
        cited = (fact.key, row.facts, row.terms)
        if cited in self._cited:
            return
        self._cited.add(cited)
        if row.facts != pricing.facts_digest:
            self.fault(
                "a row cites the win's facts",
                row=row.seq,
                win=fact.key,
                expected=pricing.facts_digest,
                found=row.facts,
            )
        if row.terms != pricing.terms_digest:
            self.fault(
                "a row cites the win's terms",
                row=row.seq,
                win=fact.key,
                expected=pricing.terms_digest,
                found=row.terms,
            )

    def _date(self, row: Row, fact: WinFact, pricing: Pricing) -> None:
        """The hold counts from this date, so an earlier one would release commission too early."""
        due = min(fact.sold_date, pricing.priced_at.astimezone(UTC).date())
        if row.effective_on != due:
            self.fault(
                "a booking is effective on the sale date, or on the day of pricing if that is earlier",
                row=row.seq,
                win=fact.key,
                expected=due,
                found=row.effective_on,
            )

    def _volume_before(self, row: Row, fact: WinFact, pricing: Pricing) -> None:
        """B and U are what the ledger said before the event; 0 for terms that count within the win."""
        terms = self.book.terms.get(pricing.terms_id)
        if terms is None:
            return
        before = used = 0
        if terms.scope != Terms.Scope.WIN:
            low, high = scope_days(terms.scope, fact.sold_date)
            months = self._by_month[fact.service, row.unit].items()
            before = sum(sold for first, (sold, _) in months if low <= first <= high)
            used = sum(earned for first, (_, earned) in months if low <= first <= high)
        if (before, used) != (pricing.before_minor, pricing.used_minor):
            self.fault(
                "sold and earned before in the terms' scope are what the ledger said",
                row=row.seq,
                win=fact.key,
                expected=f"{money(before, row.unit)} and {money(used, row.unit)}",
                found=f"{money(pricing.before_minor, row.unit)} and {money(pricing.used_minor, row.unit)}",
            )

    def _add_volume(self, row: Row) -> None:
        fact = self.fact_of(row)
        if fact is None:
            return
        month = self._by_month[row.service or "", row.unit][fact.sold_date.replace(day=1)]
        month[0] += SOLD.get(row.kind, 0) * row.amount
        month[1] += EARNED.get(row.kind, 0) * row.amount

    def _win(self, fact: WinFact, pricing: Pricing) -> None:
        terms = self.book.terms.get(pricing.terms_id)
        if terms is None or terms.digest != pricing.terms_digest or self._digests[terms.pk] != terms.digest:
            self.fault(
                "the pinned terms are the ones that were cited",
                win=fact.key,
                expected=pricing.terms_digest,
                found=self._digests[terms.pk] if terms else "no terms",
            )
        if terms is None:
            return
        if (terms.service_id, terms.currency) != (fact.service, fact.currency) or (
            terms.kind != Terms.Kind.TERMS or terms.starts > fact.sold_date
        ):
            self.fault("the pinned terms cover the sale", win=fact.key, found=str(terms))
        self._facts(fact, pricing, terms)
        line = self.tally.lines.get((fact.key, 1), Running())
        self._instalment(fact, pricing, 1, line)

    def _facts(self, fact: WinFact, pricing: Pricing, terms: Terms) -> None:
        again = facts_digest(
            service=fact.service,
            customer=fact.customer,
            agent=fact.agent,
            bases=fact.bases(terms.instalments),
            currency=fact.currency,
            sold_date=fact.sold_date,
            before_minor=pricing.before_minor,
            used_minor=pricing.used_minor,
            shares=fact.shares_at(pricing.after_seq),
        )
        if again != pricing.facts_digest:
            self.fault(
                "the win's facts are the ones that were priced",
                win=fact.key,
                expected=pricing.facts_digest,
                found=again,
            )

    def _instalment(self, fact: WinFact, pricing: Pricing, instalment: int, line: Running) -> None:
        """An instalment's base was sold and its commission booked, once."""
        terms = self.book.terms.get(pricing.terms_id)
        if terms is None:
            return
        bases, unit = fact.bases(terms.instalments), unit_of(fact.currency)
        try:
            owed = instalment_commission(
                instalment=instalment,
                bases=bases,
                terms=rule_of(terms),
                before_minor=pricing.before_minor,
                used_minor=pricing.used_minor,
            )
        except (NoSuchInstalment, TermsNotReadable, ValueError) as wrong:
            self.fault(f"instalment {instalment} can be priced", row=line.booked_row, win=fact.key, found=str(wrong))
            return
        for what, row, expected, found in (
            ("commission booked is what the terms give", line.booked_row, owed, line.booked),
            ("base sold is the win's", line.sold_row, bases[instalment - 1], line.sold),
        ):
            if expected != found:
                self.fault(
                    f"instalment {instalment}: {what}",
                    row=row,
                    win=fact.key,
                    expected=money(expected, unit),
                    found=money(found, unit),
                )
