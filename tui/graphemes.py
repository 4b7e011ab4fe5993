"""Letters as a person counts them, and what of a text may reach the document or the terminal.

A grapheme here is one character and all that follows it without a cell of its own (combining
marks, variation selectors, joiners, tags, skin tones, jamo), a whole ZWJ sequence, or a pair of
regional indicators. It is UAX #29 narrowed to the places where rich, whose `cell_len` lays out
every line of Textual, may cut as well: so the widths of the graphemes add up to the line's.

Indexes are code points. Text is NFC (see `clean`), though nothing breaks when it is not.
"""

import re
from functools import lru_cache

from rich.cells import cell_len, get_character_cell_size

from schema.viet import clean as clean
from schema.viet import symbol

_JOINER = "\u200d"

# Control characters, line and paragraph separators, lone surrogates; then the format characters
# that turn the direction of text, hide, or are drawn differently by every terminal.
_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
_FORMAT = "\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
# Compiled by `re` when first needed, which in most texts is never: it takes longer than a key.
_UNSHOWN = f"[{_CONTROL}{_FORMAT}]"


# Latin with all of Vietnamese, and the usual dashes and quotes: one cell each.
_PLAIN = re.compile("[ -~\xa0-\xac\xae-\u02ff\u1e00-\u1eff\u2010-\u2027]*")


def visible(text: str) -> str:
    """`text` as it may be sent to a terminal, character for character.

    Whatever could move the cursor, start an escape sequence, reorder or hide text is replaced by
    its control picture (U+2400...) or, for want of one, by U+FFFD; each is one cell wide.
    """
    return text if text.isprintable() else re.sub(_UNSHOWN, symbol, text)


def is_plain(text: str) -> bool:
    """Whether each code point of `text` is a grapheme of one cell, as in most Vietnamese text."""
    return _PLAIN.fullmatch(text) is not None


def width(text: str) -> int:
    """Cells that `visible(text)` takes, as Textual's compositor counts them."""
    return len(text) if is_plain(text) else cell_len(visible(text))


def next_boundary(text: str, index: int) -> int:
    """Where the grapheme that starts at `index` ends; the end of `text` at most."""
    end = len(text)
    index = max(index, 0) + 1
    if index >= end:
        return end
    if _is_regional(text[index - 1]) and _is_regional(text[index]):
        index += 1
    while index < end and (text[index - 1] == _JOINER or _extends(text[index])):
        index += 1
    return index


def prev_boundary(text: str, index: int) -> int:
    """Where the grapheme that ends at `index` (or has `index` within it) starts; 0 at least."""
    start = index = min(index, len(text))
    while start > 0:
        start -= 1
        if _surely_starts(text, start):
            break
    while (after := next_boundary(text, start)) < index:
        start = after
    return max(start, 0)


def word_left(text: str, index: int) -> int:
    """Where the word at the left of `index` starts."""
    index = _back_while(text, min(index, len(text)), in_word=False)
    return _back_while(text, index, in_word=True)


def word_right(text: str, index: int) -> int:
    """Where the next word at the right of `index` starts; the end of `text` when there is none."""
    index = _on_while(text, max(index, 0), in_word=True)
    return _on_while(text, index, in_word=False)


def cut(text: str, cells: int, ellipsis: str = "…") -> str:
    """`visible(text)` in `cells` cells at most, ending with `ellipsis` when some is left out."""
    text = visible(text)
    if width(text) <= cells:
        return text
    room = cells - width(ellipsis)
    if room < 0:
        return ""
    if is_plain(text):
        return text[:room] + ellipsis
    end = used = 0
    while (used := used + width(text[end : (after := next_boundary(text, end))])) <= room:
        end = after
    return text[:end] + ellipsis


@lru_cache(maxsize=4096)
def _takes_no_cell(char: str) -> bool:
    return not re.match(_UNSHOWN, char) and get_character_cell_size(char) == 0


def _extends(char: str) -> bool:
    return char >= "\u0300" and _takes_no_cell(char)


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _surely_starts(text: str, index: int) -> bool:
    """Whether a grapheme starts at `index` whatever comes before."""
    char = text[index]
    joined = index > 0 and text[index - 1] == _JOINER
    return not (joined or _extends(char) or _is_regional(char))


def _in_word(text: str, index: int) -> bool:
    return text[index].isalnum() or text[index] == "_"


def _back_while(text: str, index: int, *, in_word: bool) -> int:
    while index > 0 and _in_word(text, before := prev_boundary(text, index)) == in_word:
        index = before
    return max(index, 0)


def _on_while(text: str, index: int, *, in_word: bool) -> int:
    while index < len(text) and _in_word(text, index) == in_word:
        index = next_boundary(text, index)
    return min(index, len(text))
