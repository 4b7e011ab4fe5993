"""Errors that a person can mend, and the mark for words that a person reads."""

from typing import Any


def N_(words: str) -> str:
    """Mark `words` (Vietnamese) for the catalog; whoever shows them translates them."""
    return words


class ThukyError(Exception):
    """Something a person can mend: what happened, what was kept, what to do.

    `words` is a Vietnamese sentence that may name `fields` in braces; it is the catalog's msgid, so
    the edges translate it before filling the fields in.
    """

    def __init__(self, words: str, **fields: Any) -> None:
        super().__init__(words)
        self.words = words
        self.fields = fields

    def __str__(self) -> str:
        return self.words.format(**self.fields)


class NotFound(ThukyError):
    """No record of that id or name."""


class Ambiguous(ThukyError):
    """More than one record answers to that name."""
