"""How the app can look."""

from typing import Final

from schema.errors import N_

DEFAULT_THEME: Final = "terminal"

THEMES: Final = {"terminal": "ansi-dark", "dark": "textual-dark", "light": "textual-light"}
"""The choices, and what Textual calls them. The first leaves all colours to the terminal."""

THEME_NAMES: Final = {
    "terminal": N_("Theo terminal"),
    "dark": N_("Tối"),
    "light": N_("Sáng"),
}


def theme_named(name: str) -> str:
    """Textual's name of one of THEMES; the terminal's own looks where `name` is none of them."""
    return THEMES.get(name, THEMES[DEFAULT_THEME])
