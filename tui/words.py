"""The person's language: Vietnamese is what the code says, English comes from the catalog.

Public entrance: `_(msgid)`, `tell(error)`, `set_language`, `language`, `preferred`, `insist`.
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


_insisted = ""
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


def insist(code: str) -> None:
    """Let `code`, one of LANGUAGES, be the language of this run whatever is set; "" undoes that."""
    global _insisted
    _insisted = code
    set_language(preferred())


def preferred(setting: str = "") -> str:
    """The language to speak: of this run, else $THUKY_LANG, else this machine's `setting`, else
    Vietnamese."""
    for wanted in (_insisted, os.environ.get("THUKY_LANG", ""), setting):
        code = wanted.strip().lower()[:2]
        if code in LANGUAGES:
            return code
    return "vi"


def tell(error: ThukyError) -> str:
    """The error's sentence in the person's language, its fields filled in; errors among the fields
    are told as well."""
    return _(error.words).format(**{name: _told(value) for name, value in error.fields.items()})


def _told(value: object) -> object:
    if isinstance(value, ThukyError):
        return tell(value)
    if isinstance(value, list | tuple):
        return "; ".join(str(_told(part)) for part in value)
    return value


set_language(preferred())
