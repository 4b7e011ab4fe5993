"""What the search index is kept in. It is derived: each machine makes its own, and may anew.

`search_index` has a row for each entry: a line of minutes, or all that is said of something else.
It keeps no text, only where words are; the text that an entry stands for is in `search_document`,
so that an entry is taken out by the same words by which it was put in.

An entry's rowid says what kind of thing it belongs to, of which day that is, and which document:

    kind | day (16 bits) | document of that day (20 bits) | entry (12 bits)
    `------------- search_document.id ------------------'

so that the newest of a kind are found first, and days are looked for in the index itself.
"""

from datetime import date, timedelta

KINDS = ("minutes", "followup", "meeting", "unit", "person")
"""What is found; the place of a kind here, from 1, is its number in the index."""

ENTRY_BITS = 12
KEYS = 1 << ENTRY_BITS
DOCUMENT_BITS = 20
DAY_BITS = 16
LAST_DAY = (1 << DAY_BITS) - 1
_FIRST_DAY = date(1999, 12, 31)

# The words of an entry stand in the index without their marks, in order, and after them, each once,
# those that have marks as they are written: of the two forms none is a form of the other kind.
# `search_word` has every word of the index, so that a beginning can be made into words; in
# `search_pending` are the documents to be read again; `search_state.seq` is the last change that
# was seen, and `form` says how the index was made.
SEARCH_SQL = (
    # Blanks part the words already (`schema.search_words`).
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(
        words, content = '', columnsize = 0, tokenize = 'ascii'
    )""",
    """CREATE TABLE IF NOT EXISTS search_document (
        id INTEGER PRIMARY KEY,
        row TEXT NOT NULL,
        content BLOB NOT NULL,
        entries BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX IF NOT EXISTS search_document_row ON search_document (row)",
    """CREATE TABLE IF NOT EXISTS search_word (
        folded TEXT NOT NULL,
        word TEXT NOT NULL,
        PRIMARY KEY (folded, word)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS search_pending (
        row TEXT NOT NULL,
        kind INTEGER NOT NULL,
        PRIMARY KEY (row, kind)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS search_state (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        seq INTEGER NOT NULL,
        form INTEGER NOT NULL
    ) STRICT""",
)


def number_of(kind: str) -> int:
    return KINDS.index(kind) + 1


def kind_at(document: int) -> int:
    """The number of the kind of a document, by its id."""
    return document >> (DAY_BITS + DOCUMENT_BITS)


def day_at(document: int) -> date | None:
    """The day of a document by its id; None where it has none."""
    number = (document >> DOCUMENT_BITS) & ((1 << DAY_BITS) - 1)
    return _FIRST_DAY + timedelta(days=number) if number else None


def day_number(day: date | None) -> int:
    """The number of a day in the index; days before 2000 and after 2179 are at its ends."""
    return min(max((day - _FIRST_DAY).days, 1), LAST_DAY) if day else 0


def documents_between(kind: int, first: int = 0, last: int = LAST_DAY) -> range:
    """The ids that documents of a kind and of these days may have, by the numbers of the days."""
    base = kind << DAY_BITS
    return range((base + first) << DOCUMENT_BITS, (base + last + 1) << DOCUMENT_BITS)
