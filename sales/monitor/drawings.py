"""The drawings: state shapes on a grid of 16, icons on a grid of 20. Only geometry: no word, no colour.

``f`` fills with the current colour, ``k`` cuts a line out of a fill; both are defined in ``parts.css``, so
a drawing needs no inline style and holds under the strict Content-Security-Policy.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString

_RING = '<circle cx="8" cy="8" r="6"/>'
_DISC = '<circle class="f" cx="8" cy="8" r="6"/><path class="k" d="M5.2 8.3l2 2 3.6-4.2"/>'
_BOX = '<rect x="2" y="2" width="12" height="12" rx="2.2"/>'

SHAPES: dict[str, str] = {
    "lead-dashed": '<circle cx="8" cy="8" r="6" stroke-dasharray="2.2 2.1"/>',
    "lead-empty": _RING,
    "lead-third": _RING + '<path class="f" stroke="none" d="M8 8V4A4 4 0 0 1 11.51 9.93z"/>',
    "lead-most": _RING + '<path class="f" stroke="none" d="M8 8V4A4 4 0 1 1 5.65 11.24z"/>',
    "lead-nearly": _RING + '<path class="f" stroke="none" d="M8 8V4A4 4 0 1 1 4.76 5.65z"/>',
    "lead-full": _DISC,
    "lead-slash": _RING + '<path d="M3.9 12.1l8.2-8.2"/>',
    "lead-cross": _RING + '<path d="M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2"/>',
    "lead-dash": _RING + '<path d="M5.5 8h5"/>',
    "money-question": '<rect x="2" y="2" width="12" height="12" rx="2.2" stroke-dasharray="2.6 2"/>'
    '<path d="M6.3 6.5a1.7 1.7 0 1 1 2.5 1.5c-.5.3-.8.6-.8 1.1M8 11.3v.1"/>',
    "money-pause": _BOX + '<path d="M6.2 5.8v4.4M9.8 5.8v4.4"/>',
    "money-play": _BOX + '<path class="f" d="M6.3 5.3L10.7 8l-4.4 2.7z"/>',
    "money-half": _BOX + '<path class="f" stroke="none" d="M2 8h12v4a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2z"/>',
    "money-full": '<rect class="f" x="2" y="2" width="12" height="12" rx="2.2"/>'
    '<path class="k" d="M5 8.3l2.2 2.2L11 5.9"/>',
    "money-slash": _BOX + '<path d="M4 12l8-8"/>',
    "money-cross": _BOX + '<path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8"/>',
    "fault": '<path class="f" d="M8 2l6.5 11.5h-13z"/><path class="k" d="M8 6.2v3M8 11.3v.1"/>',
    "flag": '<path d="M4 14.5V2"/><path class="f" d="M4 2.5h8l-2 3 2 3H4z"/>',
    # Beside the states: late or refused, waiting for someone, half met, met, and the two trends.
    "alert": _RING + '<path d="M8 4.8v3.7M8 11v.1"/>',
    "wait": _RING + '<path d="M8 5v3.2l2 1.2"/>',
    "partly": _RING + '<path class="f" stroke="none" d="M8 2a6 6 0 0 1 0 12z"/>',
    "done": _DISC,
    "up": '<path class="f" d="M8 3l5.5 9h-11z"/>',
    "down": '<path class="f" d="M8 13L2.5 4h11z"/>',
}

ICONS: dict[str, str] = {
    "search": '<path d="M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "theme": '<path d="M16 11.8A6.5 6.5 0 1 1 8.2 4a5.2 5.2 0 0 0 7.8 7.8z"/>',
    "sign-out": '<path d="M8 4H4v12h4M8 10h9M13.5 6.5L17 10l-3.5 3.5"/>',
    "today": '<path d="M3 8h14M5.5 3v3M14.5 3v3M4 4.5h12a1 1 0 0 1 1 1V16a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V5.5'
    'a1 1 0 0 1 1-1zM7 12.2l2 2 4-4"/>',
    "leads": '<path d="M3 5h14M3 10h14M3 15h9"/>',
    "wins": '<path d="M6 3h8v5a4 4 0 0 1-8 0zM6 4.5H3.2v1.2A2.8 2.8 0 0 0 6 8.5M14 4.5h2.8v1.2'
    'A2.8 2.8 0 0 1 14 8.5M10 12v3M6.5 17h7M8 15h4"/>',
    "services": '<path d="M10 2.8l6.5 3.6v7.2L10 17.2l-6.5-3.6V6.4zM3.8 6.5L10 10l6.2-3.5M10 10v7"/>',
    "commission": '<path d="M3 6.5h14V15H3zM3 9.2h14M6 12.5h3"/>',
    "arrow": '<path d="M4 10h12M11.5 5.5L16 10l-4.5 4.5"/>',
    "call": '<path d="M5 3h2.6l1.3 3.6-1.7 1.2a9 9 0 0 0 5 5l1.2-1.7L17 12.4V15a2 2 0 0 1-2.2 2A12.5 12.5 0 0'
    ' 1 3 5.2 2 2 0 0 1 5 3z"/>',
    "check": '<path d="M4 10.5l4 4 8-9"/>',
    "droid": '<path d="M5 7.5h10v8H5zM10 7.5v-3M8 11h.1M12 11h.1M3 10.5V13M17 10.5V13"/>',
    "info": '<path d="M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.3v4M10 6.6v.1"/>',
    "edit": '<path d="M4 16l.8-3.2L13.5 4 16 6.5l-8.7 8.7zM12 5.5L14.5 8"/>',
    "file": '<path d="M5 2.8h6.5L15 6.3v10.9H5zM11.3 3v3.5H15"/>',
    "talk": '<path d="M4 4h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H9l-4 3v-3H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z"/>',
    "proof": '<path d="M10 2.8L16 5v5c0 3.6-2.5 6-6 7.2C6.5 16 4 13.6 4 10V5zM7.3 10l2 2 3.6-4"/>',
    "inbox": '<path d="M3 11l2.5-6.5h9L17 11v5H3zM3 11h4l1.2 2.2h3.6L13 11h4"/>',
    "lock": '<path d="M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9"/>',
    "monitor": '<path d="M3.5 3.5h3.6v13H3.5zM8.7 3.5h3.6v9H8.7zM13.9 3.5h2.6v6h-2.6z"/>',
    "people": '<path d="M7.5 9a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 7.5 9zM2.5 16.5c0-3 2.2-4.8 5-4.8s5 1.8 5'
    ' 4.8M13 3.9a2.6 2.6 0 0 1 0 4.9M14.5 12c1.9.6 3 2.2 3 4.5"/>',
    "warning": '<path d="M10 3.2l7.2 13H2.8zM10 8v4M10 14.3v.1"/>',
    "more": '<path stroke-width="3" d="M4.5 10h.1M10 10h.1M15.5 10h.1"/>',
    "hand-off": '<path d="M3 11l4-1 3 2.2h2.5a1.2 1.2 0 0 1 0 2.4h-3M12.5 13.2l3.7-1.7a1.2 1.2 0 0 1 1 2.2L12'
    ' 17H7l-4-1.5M10 3v5M7.8 5.8L10 8l2.2-2.2"/>',
    "download": '<path d="M10 3v9M6 8.5l4 4 4-4M4 16.5h12"/>',
    "link": '<path d="M8.5 11.5a3 3 0 0 0 4.3 0l2.7-2.7a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-2.7'
    ' 2.7a3 3 0 0 0 4.3 4.3l1-1"/>',
    "print": '<path d="M6 7V3h8v4M5 14H3V7.5h14V14h-2M6 11.5h8V17H6z"/>',
    "back": '<path d="M7 5L3.5 8.5 7 12M4 8.5h8a4 4 0 0 1 0 8H9"/>',
    "clock": '<path d="M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4.2l2.8 1.6"/>',
    "filter": '<path d="M3 5h14M5.5 10h9M8 15h4"/>',
    "close": '<path d="M5 5l10 10M15 5L5 15"/>',
    "regions": '<path d="M10 17.2a7.2 7.2 0 1 0 0-14.4 7.2 7.2 0 0 0 0 14.4zM3 10h14M10 2.8c2.2 2.2 3 4.6 3'
    ' 7.2s-.8 5-3 7.2c-2.2-2.2-3-4.6-3-7.2s.8-5 3-7.2z"/>',
}


def shape_svg(name: str) -> SafeString:
    """One state shape, hidden from screen readers: the word beside it speaks."""
    return format_html('<svg class="g" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', SafeString(SHAPES[name]))


def icon_svg(name: str) -> SafeString:
    """One icon, hidden from screen readers: the word beside it speaks."""
    return format_html('<svg class="i" viewBox="0 0 20 20" aria-hidden="true">{}</svg>', SafeString(ICONS[name]))
