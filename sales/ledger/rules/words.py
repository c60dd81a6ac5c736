"""The terms and a commission in words, so that a person can check the figure beside them.

It isn't the figure: that is ``commission_minor``. Whether terms are a sample is said by the page that shows
them.
"""

from sales.ledger.rules.commission import headroom_minor, slices, unbounded_minor
from sales.ledger.rules.terms import TermsRule
from sales.money import format_figure, format_minor


def percent(rate_bp: int) -> str:
    """Basis points as a percentage without idle zeros: "10 %", "7.25 %"."""
    whole, part = divmod(rate_bp, 100)
    return f"{whole}.{part:02}".rstrip("0").rstrip(".") + " %"


def explain_commission(
    terms: TermsRule, gross_minor: int, currency: str, *, before_minor: int = 0, used_minor: int = 0
) -> str:
    """How the commission on a base comes about: "5 % of the first 10,000.00, 8 % of the next 2,345.67"."""

    def figure(minor: int) -> str:
        return format_figure(minor, currency)

    parts = [_bands_applied(terms, gross_minor, before_minor, currency)]
    if terms.fixed_minor:
        parts[0] += f", plus {figure(terms.fixed_minor)} fixed"
    if before_minor:
        parts.append(f"counted after {figure(before_minor)} sold before in the {terms.scope}")
    owed = unbounded_minor(gross_minor, before_minor, terms)
    if owed < terms.floor_minor:
        parts.append(f"raised to the floor of {figure(terms.floor_minor)}")
    headroom = headroom_minor(used_minor, terms)
    if headroom is not None and headroom < max(owed, terms.floor_minor):
        parts.append(_cap_applied(terms, headroom, currency))
    return "; ".join(parts)


def _bands_applied(terms: TermsRule, gross_minor: int, before_minor: int, currency: str) -> str:
    found = slices(gross_minor, before_minor, terms) or [(gross_minor, terms.marginal_bands[0][1])]
    if len(found) == 1:
        return f"{percent(found[0][1])} of {format_figure(found[0][0], currency)}"
    order = ["the first", *["the next"] * (len(found) - 1)]
    shown = zip(order, found, strict=True)
    return ", ".join(f"{percent(rate)} of {nth} {format_figure(part, currency)}" for nth, (part, rate) in shown)


def _cap_applied(terms: TermsRule, headroom: int, currency: str) -> str:
    if terms.is_per_win:
        return f"limited to the cap of {format_figure(headroom, currency)}"
    cap = format_figure(terms.cap_minor or 0, currency)
    return f"limited to {format_figure(headroom, currency)}, what is left of the {terms.scope}'s cap of {cap}"


def describe_terms(terms: TermsRule, currency: str) -> str:
    """The terms in one line: "10 %, held 14 days"; bands in words; only what differs from the defaults."""

    def money(minor: int) -> str:
        return format_minor(minor, currency)

    said = [_bands_said(terms, currency)]
    if terms.fixed_minor:
        said.append(f"plus {money(terms.fixed_minor)} fixed")
    if terms.floor_minor:
        said.append(f"at least {money(terms.floor_minor)}")
    if terms.cap_minor is not None:
        said.append(f"at most {money(terms.cap_minor)} per {terms.scope}")
    if terms.base == "after_credit":
        said.append("on what is left after credit")
    if terms.instalments > 1:
        said.append(f"{terms.instalments} instalments")
    if terms.rounding != "HALF_UP":
        said.append({"HALF_EVEN": "halves rounded to the even", "DOWN": "rounded down"}[terms.rounding])
    said.append(_hold_said(terms.hold_days))
    return ", ".join(said)


def _bands_said(terms: TermsRule, currency: str) -> str:
    if not terms.bands:
        return percent(terms.marginal_bands[0][1])
    over = "" if terms.is_per_win else f"by the {terms.scope}'s volume "
    said = [
        f"{percent(rate)} {'above' if end is None else f'up to {format_minor(end, currency)}'}"
        for end, rate in terms.bands
    ]
    return over + ", ".join(said)


def _hold_said(hold_days: int) -> str:
    if hold_days == 0:
        return "not held"
    return f"held {hold_days} day{'' if hold_days == 1 else 's'}"
