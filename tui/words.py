"""The person's language: Vietnamese is what the code says, English comes from the catalog.

Public entrance: `_(msgid)`, `tell(error)`, `set_language`, `language`, `preferred`.
"""

import gettext
import os
from collections.abc import Callable
from pathlib import Path

from schema.errors import ThukyError

LANGUAGES = ("vi", "en")
_LOCALE = Path(__file__).parent / "locale"


def _as_written(msgid: str) -> str:
    return msgid


_language = "vi"
_translate: Callable[[str], str] = _as_written


def _(msgid: str) -> str:
    """`msgid`, which is Vietnamese, in the person's language."""
    return _translate(msgid) if msgid else ""


def language() -> str:
    return _language


def set_language(code: str) -> None:
    """Speak `code` from now on, one of LANGUAGES."""
    global _language, _translate
    _language = code
    if code == "vi":
        _translate = _as_written
    else:
        _translate = gettext.translation("thuky", _LOCALE, [code], fallback=True).gettext


def preferred(setting: str = "") -> str:
    """The language to start with: $THUKY_LANG, else this machine's `setting`, else Vietnamese."""
    for wanted in (os.environ.get("THUKY_LANG", ""), setting):
        code = wanted.strip().lower()[:2]
        if code in LANGUAGES:
            return code
    return "vi"


def tell(error: ThukyError) -> str:
    """The error's sentence in the person's language, its fields filled in."""
    fields = {
        name: tell(value) if isinstance(value, ThukyError) else value
        for name, value in error.fields.items()
    }
    return _(error.words).format(**fields)


set_language(preferred())
