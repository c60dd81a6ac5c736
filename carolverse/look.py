"""The console's theme as django-unfold reads it. Values only; what is said in it comes from ``sales.admin.frame``.

The two scales are those of ``tokens.css``; unfold wants them as values, not as names.
"""

from typing import Any

from django.templatetags.static import static

STEPS = ("50", "100", "200", "300", "400", "500", "600", "700", "800", "900", "950")
POLAR_NIGHT = (
    *("98.4% .003 235", "96.4% .005 235", "92.2% .008 235", "86.4% .012 235", "71.5% .02 236", "53% .024 238"),
    *("44% .026 240", "35.5% .027 242", "26.5% .025 244", "20.5% .022 246", "15.5% .018 248"),
)
PETROL = (
    *("97.4% .014 215", "94% .03 215", "88.5% .055 215", "81.5% .085 216", "73.5% .105 218", "62% .107 221"),
    *("50% .09 224", "43.5% .078 226", "37% .066 228", "31% .054 230", "22.5% .04 232"),
)


def scale(values: tuple[str, ...]) -> dict[str, str]:
    """Eleven values by the names of their steps."""
    return {step: f"oklch({value})" for step, value in zip(STEPS, values, strict=True)}


def theme() -> dict[str, Any]:
    """Unfold's settings."""
    return {
        "SITE_TITLE": "sales.admin.frame.organisation",
        "SITE_HEADER": "sales.admin.frame.organisation",
        "SITE_SUBHEADER": "sales.admin.frame.owner_agent",
        "SITE_ICON": lambda request: static("sales/logo.svg"),
        "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("sales/logo.svg")}],
        "SHOW_HISTORY": False,
        "SHOW_VIEW_ON_SITE": False,
        "BORDER_RADIUS": "6px",
        "COLORS": {
            "base": scale(POLAR_NIGHT),
            "primary": scale(PETROL),
            "font": {
                "subtle-light": "var(--color-base-500)",
                "subtle-dark": "var(--color-base-400)",
                "default-light": "var(--color-base-600)",
                "default-dark": "var(--color-base-300)",
                "important-light": "var(--color-base-900)",
                "important-dark": "var(--color-base-100)",
            },
        },
        "STYLES": [
            lambda request: static("sales/tokens.css"),
            lambda request: static("sales/parts.css"),
            lambda request: static("sales/console.css"),
        ],
        "SCRIPTS": [lambda request: static("sales/console.js")],
        "GLOBAL_CALLBACK": "sales.admin.frame.frame",
        "DASHBOARD_CALLBACK": "sales.admin.front.dashboard",
        "COMMAND": {"search_models": True},
        "SIDEBAR": {"show_search": True, "command_search": True, "navigation": "sales.admin.frame.sidebar"},
    }
