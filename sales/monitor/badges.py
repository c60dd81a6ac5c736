"""A badge: a word, a shape, then a colour. The console's lists and the templates draw states with this alone.

It decides no word (``words.py``) and no colour (``tokens.css``): it puts them together as escaped HTML.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from sales.monitor.drawings import shape_svg
from sales.monitor.words import StateWords


def badge_html(state: StateWords, *, money: bool) -> SafeString:
    """One state as HTML; ``money`` squares the corners: money is squares, leads are circles."""
    classes = ["badge", "tone", state.tone]
    if money:
        classes.append("m")
    if state.ended:
        classes.append("end")
    return format_html('<span class="{}">{}{}</span>', " ".join(classes), shape_svg(state.shape), state.word)
