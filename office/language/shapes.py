"""Where a name ends, judged by its shape alone: a body, a place, a person, a collective.

Each function looks at `words` from `at` and answers with the index after the name, or None. Names
follow the capitals of decree 30/2020/NĐ-CP, appendix II: the kind of body and each field of its
work begin with a capital, the other words are small.
"""

from collections.abc import Sequence

from office.language.bodies import (
    BARE,
    COLLECTIVE,
    FIXED,
    HEADS,
    LEVELS,
    LONG_TAILED,
    OUTER,
    PEOPLE,
    PLACED,
    QUALIFIERS,
    QUANTIFIERS,
    SURNAMES,
    TITLES,
)
from office.language.lexicon import LEXICON, Lexeme, Role
from office.language.tokens import Token

Words = Sequence[Token]

_NAMED = ("tỉnh", "xã", "sông", "biển", "tuyến")
"""Last words of a qualifier that a name may follow: các xã ven sông Đà."""
_SMALL_WORDS = 4
_SMALL_WORDS_LONG = 12


def body(words: Words, at: int, *, post: bool = False) -> int | None:
    """A body by its head: Sở Du lịch tỉnh Lào Cai, UBND xã Yên Lập, Công ty Cổ phần Sao Mai.

    After a `post` the body's place may be followed by the name of a person, which is no part of it.
    """
    fixed = FIXED.longest(words, at)
    head = HEADS.longest(words, at)
    if fixed is not None and words[at].capital and (head is None or fixed[0] >= head[0]):
        return fixed[0]
    if head is None:
        return None
    end = head[0]
    if words[end - 1].key in PLACED:
        placed = place(words, end, post=post)
        if placed is None and words[at].capital and _ends_here(words, end):
            return end
        return placed
    if not words[at].capital:
        return None
    name = head[1]
    inner = HEADS.longest(words, end) if name in OUTER and _capital(words, end) else None
    if inner is not None and words[inner[0] - 1].key not in PLACED:
        end, name = inner
    tail = _field(words, at, end, post)
    if tail > end or (name in BARE and _ends_here(words, end)):
        return tail
    return None


def place(words: Words, at: int, *, post: bool = False) -> int | None:
    """A level and its own name, if it has one: tỉnh, tỉnh Hòa Bình, khu vực 5."""
    level = LEVELS.longest(words, at)
    if level is None or (words[at].capital and level[1] not in {"thành phố", "tp"}):
        return None
    end = level[0]
    if level[1] == "xã" and key_at(words, end) == "hội":
        return None
    if post and level[1] == "tỉnh" and person(words, end, least=3) is not None:
        return end
    return proper(words, end, post=post)


def proper(words: Words, at: int, *, post: bool = False) -> int:
    """The end of a run of capitalised words, figures and Roman numerals; `at` if there is none."""
    end = at
    while end < len(words) and end - at < 6:
        if key_at(words, end) == "-" and end > at and _capital(words, end + 1):
            end += 1
            continue
        if not (words[end].capital or (end == at and words[end].key.isdigit())):
            break
        if post and end > at and person(words, end, least=3) is not None:
            break
        lexeme = LEXICON.longest(words, end)
        if lexeme is not None and lexeme[1].paper:
            break
        end += 1
    return end


def item(words: Words, at: int) -> int:
    """The end of an unknown name in a list whose head stands before: Tài chính, Y dược."""
    end = proper(words, at)
    if end - at > 1:
        # Two capitals are a place, which no small word follows.
        return end
    for small in range(end, min(end + _SMALL_WORDS, len(words))):
        lexeme = LEXICON.longest(words, small)
        if not words[small].word or words[small].capital or words[small].key == "và":
            return small
        if lexeme is not None and _is_verb(lexeme[1]):
            return small
        end = small + 1
    return end


def person(words: Words, at: int, *, least: int = 2) -> int | None:
    """A person's name: `least` to five capitalised words, the first a surname."""
    if at >= len(words) or words[at].key not in SURNAMES:
        return None
    end = at
    while end - at < 5 and _capital(words, end):
        end += 1
    return end if end - at >= least else None


def collective(words: Words, at: int) -> int | None:
    """Several bodies named together: các sở, ngành; UBND các xã, phường liên quan."""
    title = TITLES.longest(words, at)
    start = at if title is None else title[0]
    while key_at(words, start) in PLACED:
        start += 1
        if key_at(words, start) == "," and key_at(words, start + 1) in PLACED:
            start += 1
    quantified = QUANTIFIERS.longest(words, start)
    end = _nouns(words, start if quantified is None else quantified[0])
    if end is None:
        return None
    qualified = _qualifiers(words, end)
    if quantified is not None or (start > at and key_at(words, start) == "cấp"):
        return qualified
    together = start == at and words[qualified - 1].key in {"quan", "quyền"}
    return qualified if together and qualified > end else None


def _nouns(words: Words, at: int) -> int | None:
    end = _noun(words, at)
    last = at
    while end is not None and key_at(words, end) in {",", "và", "-", "/"}:
        after = end + 1
        if key_at(words, after) == "và":
            after += 1
        again = QUANTIFIERS.longest(words, after)
        more = _noun(words, after if again is None else again[0])
        if more is None:
            break
        last = after if again is None else again[0]
        end = more
    if end is not None and _capital(words, end):
        noun = COLLECTIVE.longest(words, last)
        return body(words, end) if noun is not None and noun[1] in PEOPLE else None
    return end


def _noun(words: Words, at: int) -> int | None:
    noun = COLLECTIVE.longest(words, at)
    if noun is None:
        return None
    end = noun[0]
    if noun[1] == "cấp" and (level := LEVELS.longest(words, end)) is not None:
        end = level[0]
    # A capital after it names one of them; so does a colon.
    named = _capital(words, end) and noun[1] not in PEOPLE
    return None if named or key_at(words, end) == ":" else end


def _qualifiers(words: Words, at: int) -> int:
    end = at
    while (hit := QUALIFIERS.longest(words, end)) is not None:
        end = proper(words, hit[0]) if hit[1].endswith(_NAMED) else hit[0]
    if key_at(words, end) == "thuộc" and end + 1 < len(words):
        return body(words, end + 1) or end
    return end


def _field(words: Words, at: int, end: int, post: bool) -> int:
    """The end of the field of work and the place after a head that ends at `end`."""
    long_tailed = any(word.key in LONG_TAILED for word in words[at:end])
    limit = _SMALL_WORDS_LONG if long_tailed else _SMALL_WORDS
    started = long_tailed or end - at > 1
    last, small, fallback = end, 0, end
    capitals = 0
    i = end
    while i < len(words):
        if started and (placed := place(words, i, post=post)) is not None:
            return placed
        if words[i].capital or words[i].key.isdigit():
            if post and i > end and person(words, i, least=3) is not None:
                return last
            i += 1
            last = fallback = i
            small, started = 0, True
            capitals += 1
        elif _joins(words, i):
            capitals = 0
            i += 1
        elif not words[i].word or not started or capitals > 1 or _others(words, i):
            # Two capitals in a row are a place, and a place ends a name.
            return last
        else:
            lexeme = LEXICON.longest(words, i)
            if words[i - 1].capital and (field := LEXICON.longest(words, i - 1, stop=i + 1)):
                # Đào tạo, Xây dựng: the second syllable alone may be a verb.
                lexeme = lexeme if field[0] == i else None
            if lexeme is not None and _is_verb(lexeme[1]):
                return last - (last > end and words[last - 1].key == "và")
            small += 1
            capitals = 0
            i = last = i + 1 if lexeme is None else lexeme[0]
            if small == 1:
                fallback = i
            if small > limit:
                # No verb ended it: most fields are two syllables.
                return fallback
    return last


def _joins(words: Words, at: int) -> bool:
    """Whether a comma, a dash or `và` goes on with the same name."""
    if not _capital(words, at + 1) or HEADS.longest(words, at + 1) is not None:
        return False
    if words[at].key in {"-", "&", "và"}:
        return True
    # A comma does when `và` and a last field follow: Văn hóa, Thể thao và Du lịch.
    return words[at].key == "," and any(
        words[j].key == "và" and _capital(words, j + 1) and HEADS.longest(words, j + 1) is None
        for j in range(at + 2, min(at + 5, len(words)))
    )


def _others(words: Words, at: int) -> bool:
    """Whether `và các …` names others beside."""
    return words[at].key == "và" and QUANTIFIERS.longest(words, at + 1) is not None


def _is_verb(lexeme: Lexeme) -> bool:
    return bool(lexeme.role) and not lexeme.role & Role.PART


def key_at(words: Words, at: int) -> str:
    """The key of the word at `at`, empty past the end."""
    return words[at].key if at < len(words) else ""


def _capital(words: Words, at: int) -> bool:
    return at < len(words) and words[at].capital


def _ends_here(words: Words, at: int) -> bool:
    return at >= len(words) or not words[at].word or LEXICON.longest(words, at) is not None
