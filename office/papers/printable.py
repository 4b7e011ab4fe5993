"""Text from others as it may stand in a paper, a table or the name of a file.

Public entrance: `printable`, `one_line`, `file_name`.
"""

import re
import unicodedata

from schema.viet import fold

_LONGEST_NAME = 80
# What XML cannot hold, and what turns the direction of text or hides.
_UNPRINTED = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
    "\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_RESERVED = "con|prn|aux|nul|com[0-9]|lpt[0-9]"  # by Windows
_BREAK = "\r\n|[\r\x85\u2028\u2029]"


def printable(text: str) -> str:
    """`text` in NFC with lines ended by `\\n`; whatever no paper can show is U+FFFD, so that
    nothing is dropped unseen."""
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        return text
    return re.sub(_UNPRINTED, "\ufffd", re.sub(_BREAK, "\n", text))


def one_line(text: str) -> str:
    return " ".join(printable(text).split())


def file_name(*parts: str) -> str:
    """A name that every system and medium takes, from names in data: folded letters, digits and
    hyphens only, so that it is never a path, hidden, reserved or too long."""
    words = re.sub(r"[^a-z0-9]+", "-", "-".join(fold(part) for part in parts)).strip("-")
    name = words[:_LONGEST_NAME].strip("-") or "khong-ten"
    return f"{name}-" if re.fullmatch(_RESERVED, name) else name
