"""Terms in sentences, for the catalogue, the booking form and a win's page. Pure: rows in, words out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sales.ledger.pricing import rule_of
from sales.ledger.rules import TermsNotReadable, describe_terms
from sales.monitor.words import day_words
from sales.registry.models import Terms
from sales.registry.terms import in_force, next_after

NO_TERMS = "No commission terms: a win waits for them and is not in totals"


@dataclass(frozen=True, slots=True)
class TermsSentence:
    """What one currency says today: the version in force, if any, and the one that follows."""

    currency: str
    version: Terms | None
    words: str
    sample: bool


def says(version: Terms) -> str:
    """One version in a line: "10 %, held 14 days"."""
    if version.kind == Terms.Kind.ENDED:
        return "no terms any more"
    if version.kind == Terms.Kind.WITHDRAWN:
        return "withdrawn"
    try:
        return describe_terms(rule_of(version), version.currency)
    except TermsNotReadable as fault:
        return str(fault)


def now_and_next(versions: Iterable[Terms], *, on: date) -> list[TermsSentence]:
    """Per currency, in one sentence: what is in force on a date, since when, and what follows."""
    by_currency: dict[str, list[Terms]] = {}
    for version in versions:
        by_currency.setdefault(version.currency, []).append(version)
    return [_sentence(currency, by_currency[currency], on=on) for currency in sorted(by_currency)]


def _sentence(currency: str, versions: list[Terms], *, on: date) -> TermsSentence:
    current, following = in_force(versions, on), next_after(versions, on)
    words = f"{says(current)}, since {day_words(current.starts)}" if current else NO_TERMS
    if following:
        words += f"; from {day_words(following.starts)}: {says(following)}"
    return TermsSentence(currency, current, f"{words}.", bool(current and current.sample))
