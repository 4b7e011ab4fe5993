"""What keys are called, and which key UniKey made a Vietnamese letter of."""

import unicodedata
from typing import Final

from textual.keys import format_key

_NAMES: Final = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "home": "Home",
    "end": "End",
    "delete": "Del",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}
_TONE_KEYS: Final = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"


def show_key(key: str) -> str:
    """A key of Textual's, or several in turn, as a person knows it: `ctrl+p` is ^P."""
    if " " in key:
        return " ".join(map(show_key, key.split()))
    if " " in key:  # the leader key and a letter after it
        return " ".join(map(show_key, key.split(" ")))
    if name := _NAMES.get(key):
        return name
    if key.startswith("ctrl+"):
        return f"^{show_key(key[5:]).upper()}"
    if key[:1] == "f" and key[1:].isdigit():
        return key.upper()
    return format_key(key)


def telex_key(letter: str) -> str | None:
    """The last key that makes `letter` in Telex; None where it takes no Telex.

    With UniKey on, `a` and then `s` arrive as a, Backspace, á: a list in which letters are
    commands takes á as the `s` that was pressed.
    """
    if len(letter) != 1 or letter.isascii():
        return None
    decomposed = unicodedata.normalize("NFD", letter)
    base, marks = decomposed[0], decomposed[1:]
    key = next((_TONE_KEYS[mark] for mark in marks if mark in _TONE_KEYS), None)
    if key is None and (_BREVE in marks or _HORN in marks):
        key = "w"
    if key is None and _CIRCUMFLEX in marks:
        key = base.lower()
    if key is None and unicodedata.name(base, "").endswith("LETTER D WITH STROKE"):
        key = "d"
    return key.upper() if key and letter.isupper() else key
