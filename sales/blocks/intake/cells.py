"""Reading single cells: text, amount, date, number. Pure; what can't be read is a sentence with its column."""

from datetime import date, datetime
from functools import lru_cache

from sales.blocks.intake.mapping import Mapping
from sales.money import AmountOutOfRange, NotAnAmount, UnknownCurrency, parse_minor

EARLIEST = date(1970, 1, 1)
MAX_NUMBER = 2**31 - 1
LONGEST = {"reference": 120, "title": 200, "evidence": 200, "lead_source": 64, "campaign": 64, "customer": 200}


class Unreadable(Exception):
    """A cell that means nothing here; the text is the reason."""


class Cells:
    """One row's cells by what they mean: the mapped column, else the mapping's default, else empty."""

    def __init__(self, named: dict[str, str], mapping: Mapping) -> None:
        self.named = named
        self.mapping = mapping

    def text(self, meaning: str) -> str:
        """The cell without the spaces around it, else the mapping's default."""
        return self.own(meaning) or self.mapping.defaults.get(meaning, "")

    def own(self, meaning: str) -> str:
        """What the row itself says, without the mapping's default."""
        column = self.mapping.columns.get(meaning)
        found = self.named[column].strip() if column else ""
        if len(found) > LONGEST.get(meaning, 200):
            raise Unreadable(f"The column '{column}' has more than {LONGEST.get(meaning, 200)} characters. Shorten it.")
        return found

    def date(self, meaning: str) -> date | None:
        """The cell's date in the mapping's format, or None where it is empty."""
        if not (found := self.text(meaning)):
            return None
        day = _date(found, self.mapping.date_format)
        if day is None:
            raise Unreadable(
                f"'{found}' in '{self.mapping.columns[meaning]}' is no date of the form"
                f" {self.mapping.date_format}. Correct it, or the mapping's date_format."
            )
        if day < EARLIEST:
            raise Unreadable(f"The date {day} in '{self.mapping.columns[meaning]}' is before 1970. Correct it.")
        return day

    def amount(self, currency: str) -> int | None:
        """The amount in minor units, or None where it is empty."""
        if not (found := self.text("amount")):
            return None
        plain = _without_groups(found, self.mapping)
        try:
            return parse_minor(_with_point(plain, self.mapping.decimal_mark), currency)
        except (NotAnAmount, UnknownCurrency, AmountOutOfRange) as wrong:
            raise Unreadable(f"Amount '{found}': {wrong}") from wrong

    def number(self, meaning: str) -> int | None:
        """A whole number of at least 1, or None where the cell is empty."""
        if not (found := self.text(meaning)):
            return None
        if not (found.isascii() and found.isdigit() and len(found) <= 10 and 1 <= int(found) <= MAX_NUMBER):
            raise Unreadable(
                f"'{found}' in '{self.mapping.columns[meaning]}' is no whole number of at least 1. Correct it."
            )
        return int(found)


def _without_groups(text: str, mapping: Mapping) -> str:
    """The amount without its thousands marks; a mark elsewhere is a decimal point gone astray: 12,50 is not 1250."""
    mark, whole = mapping.thousands_mark, text.partition(mapping.decimal_mark)[0]
    if not mark or mark not in whole:
        return text
    first, *middle, last = whole.split(mark)
    # Of three digits in most countries, of two in between in India.
    if not 1 <= len(first) <= 3 or any(len(group) not in (2, 3) for group in middle) or len(last) != 3:
        raise Unreadable(f"Amount '{text}': '{mark}' doesn't stand before three digits. Correct it, or its marks.")
    return whole.replace(mark, "") + text.removeprefix(whole)


def _with_point(text: str, decimal_mark: str) -> str:
    if decimal_mark == ".":
        return text
    # A point that isn't the mark would be read as one: it is left as something that no amount has.
    return text.replace(".", "?").replace(decimal_mark, ".")


@lru_cache(maxsize=4096)
def _date(text: str, form: str) -> date | None:
    # The same days come again and again in a file, and strptime is slow.
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a date, no time.
    except ValueError:
        return None
