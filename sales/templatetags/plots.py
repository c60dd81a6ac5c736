"""Template tags of the plots: amounts in whole units of their currency, where the exact figure is one press away."""

from django import template

from sales.money import divide_round, exponent, format_figure

register = template.Library()


@register.filter
def whole(amount_minor: int, currency: str) -> str:
    """Such as "24,000": rounded half up to whole units of the currency, for cells and bars only."""
    unit = 10 ** exponent(currency)
    rounded = divide_round(amount_minor, unit, "HALF_UP") * unit
    return format_figure(rounded, currency).split(".")[0]
