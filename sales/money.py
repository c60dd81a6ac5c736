"""Money as integers: minor units, ISO 4217's decimals, reading and showing amounts, rounding, sharing out.

It isn't an account and knows no terms: what is earned is the ledger's rule. An amount is an ``int`` of minor
units with its currency beside it; a *unit* is a currency with its decimals ("EUR/2"; model costs are counted
in "USD/6"). No float and no bare Decimal holds money. Babel only formats: its decimals differ from ISO 4217's
for some currencies.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import format_decimal

ROUNDINGS = ("HALF_UP", "HALF_EVEN", "DOWN")

MAX_MINOR = 2**53 - 1
"""The largest amount: the largest integer that every reader of JSON and every database keeps exactly."""

# ISO 4217's list of current currencies and funds that have minor units. ANG and BGN, which ended in 2025,
# stay for what was sold before.
_CODES = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD "
    "CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR "
    "RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD "
    "TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
EXPONENTS: dict[str, int] = {code: decimals for decimals, codes in _CODES.items() for code in codes.split()}

_UNIT = re.compile(r"([A-Z]{3})/([0-6])")
_PLAIN = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_MINUS = "\N{MINUS SIGN}"
_NO_BREAK = "\N{NO-BREAK SPACE}"


class UnknownCurrency(ValueError):
    """The code isn't a current ISO 4217 currency with minor units."""


class NotAnAmount(ValueError):
    """The text or value isn't an amount that can be read without guessing."""


class AmountOutOfRange(ValueError):
    """The amount is below what is allowed here or above ``MAX_MINOR``."""


class UnknownRounding(ValueError):
    """The rounding isn't one of ``ROUNDINGS``."""


class NothingToShareBy(ValueError):
    """There is an amount to share out and no weight above zero."""


def exponent(currency: str) -> int:
    """The decimals of a currency's minor unit by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD."""
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise UnknownCurrency(
            f"{currency!r} is not a currency of ISO 4217 with minor units. Use a code such as EUR."
        ) from None


def unit_of(currency: str) -> str:
    """The unit in which the ledger counts a currency: "EUR/2"."""
    return f"{currency}/{exponent(currency)}"


def _parts(unit: str) -> tuple[str, int]:
    found = _UNIT.fullmatch(unit)
    if found is None or found[1] not in EXPONENTS:
        raise UnknownCurrency(f"{unit!r} is not a unit. Write a currency and its decimals, such as EUR/2.")
    return found[1], int(found[2])


def currency_of(unit: str) -> str:
    """The currency of a unit: "EUR" of "EUR/2", "USD" of "USD/6"."""
    return _parts(unit)[0]


def check_minor(value: object, *, least: int = 0) -> int:
    """The value, if it is an integer from ``least`` to ``MAX_MINOR``; True, 1.0 and "1" never are."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise NotAnAmount(f"{value!r} is not an amount. Give an integer of minor units.")
    if not least <= value <= MAX_MINOR:
        raise AmountOutOfRange(f"The amount {value} is out of range. Give minor units from {least} to {MAX_MINOR}.")
    return value


def parse_minor(text: str, currency: str) -> int:
    """An amount of a form or a file, in minor units: "1054" and "1054.00" are 105400 in EUR.

    Only plain digits and one decimal point: a comma is a thousand here and a decimal there, so nothing is
    guessed.

    Raises:
        NotAnAmount: a sign, a separator, an exponent, or more decimals than the currency has.
        AmountOutOfRange: above ``MAX_MINOR``.
    """
    decimals = exponent(currency)
    found = _PLAIN.fullmatch(text.strip())
    if found is None:
        raise NotAnAmount(
            f"{text!r} is not a plain amount. Write digits and at most one decimal point, such as 1054.50, "
            "without sign, comma or thousands separator."
        )
    whole, part = found[1], found[2] or ""
    if len(part) > decimals:
        raise NotAnAmount(f"{text!r} has {len(part)} decimals and {currency} has {decimals}. Round it at its source.")
    digits = (whole + part.ljust(decimals, "0")).lstrip("0") or "0"
    if len(digits) > len(str(MAX_MINOR)):
        raise AmountOutOfRange(f"The amount is out of range. Give at most {MAX_MINOR} minor units.")
    return check_minor(int(digits))


def _figure(amount: int, decimals: int, locale: str) -> str:
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    shown = format_decimal(Decimal(abs(amount)).scaleb(-decimals), format=pattern, locale=locale)
    return _MINUS + shown if amount < 0 else shown


def format_figure(amount: int, currency: str, *, locale: str = "en") -> str:
    """The figure alone, "24,000.00", where a heading names the currency."""
    return _figure(amount, exponent(currency), locale)


def format_minor(amount: int, currency: str, *, locale: str = "en") -> str:
    """The currency's code and the figure, "EUR 24,000.00", with a space that doesn't break."""
    return f"{currency}{_NO_BREAK}{_figure(amount, exponent(currency), locale)}"


def format_in_unit(amount: int, unit: str, *, locale: str = "en") -> str:
    """As ``format_minor`` for a ledger's unit, whose decimals may be finer: "USD 0.012207" of "USD/6"."""
    currency, decimals = _parts(unit)
    return f"{currency}{_NO_BREAK}{_figure(amount, decimals, locale)}"


def divide_round(numerator: int, denominator: int, rounding: str) -> int:
    """The quotient as an integer; a half goes away from zero (HALF_UP) or to the even (HALF_EVEN).

    Raises:
        ZeroDivisionError: the denominator is 0.
        UnknownRounding: not one of ``ROUNDINGS``.
    """
    quotient, rest = divmod(abs(numerator), abs(denominator))
    if rounding == "HALF_UP":
        up = 2 * rest >= abs(denominator)
    elif rounding == "HALF_EVEN":
        up = 2 * rest > abs(denominator) or (2 * rest == abs(denominator) and quotient % 2 == 1)
    elif rounding == "DOWN":
        up = False
    else:
        raise UnknownRounding(f"{rounding!r} is not a rounding. Use one of {', '.join(ROUNDINGS)}.")
    size = quotient + up
    return -size if (numerator < 0) != (denominator < 0) else size


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """The total in integer parts by weight, adding up exactly: largest remainder, ties to the earlier.

    Raises:
        AmountOutOfRange: the total or a weight is negative.
        NothingToShareBy: there is something to share and every weight is 0.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise AmountOutOfRange(
            "A total and its weights are not negative. Share out the size and give it its sign after."
        )
    whole = sum(weights)
    if whole == 0:
        if total:
            raise NothingToShareBy(f"There is {total} to share out and no weight above 0. Name who has a part of it.")
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    left = total - sum(parts)
    # A stable sort: equal remainders keep their order.
    for position in sorted(range(len(weights)), key=lambda at: -remainders[at])[:left]:
        parts[position] += 1
    return parts
