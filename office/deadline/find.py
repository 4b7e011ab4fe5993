"""The deadlines of a phrase or a text, and what those of one sentence come to together."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time

from office.deadline.events import Event
from office.deadline.grammar import FIRST_WORDS, Reading, Vague, bare_count, join, reading
from office.deadline.recurrence import Every
from office.deadline.result import Deadline, Found
from office.deadline.sense import sets_deadline
from office.deadline.settle import settle
from office.deadline.spans import FIRST_YEAR, LAST_YEAR
from office.deadline.words import Reader, Scene
from office.workdays import WorkCalendar
from schema.errors import N_, ThukyError

CLOSE_OF_MEETING = time(17)
"""Where hours are counted from when nobody says when the meeting ended."""

_SENTENCE_ENDS = frozenset({";", "!", "?", "\n"})
_LEAD_VERBS = frozenset(
    ("hoàn", "thành", "xong", "báo", "cáo", "trình", "gửi", "nộp", "thực", "hiện", "phải")
)
_AFTER_FIGURES = frozenset(
    {"/", "-", ".", ",", "(", ":", "h", "g", "giờ", "phút", "tiếng", "hôm", "ngày", "tuần", "tháng"}
    | {"quý", "năm", "lần", "và", "đến", "hoặc", "của"}
)
"""What may follow a figure that a time starts with."""
_REACH = 3  # how many deadlines back one may be what another says more of


@dataclass(frozen=True, slots=True)
class _Read:
    """A reading and its tokens, from `first` up to `end`."""

    first: int
    end: int
    reading: Reading


def resolve(
    phrase: str,
    on: date,
    calendar: WorkCalendar,
    *,
    at: time | None = None,
    before_inclusive: bool = False,
    event_on: date | None = None,
) -> Deadline:
    """The deadline that `phrase` sets, said on the day `on`; kind "unclear" where it sets none.

    Of several the first that has a date is taken, then an event, then words of haste. `at` is the
    hour that hours are counted from: the meeting's end, 17:00 if not given. `before_inclusive`
    where the office takes the day of "trước ngày 15/3" as in time. `event_on` is the day of the
    event that the phrase hangs on, once it is known; its date then follows from that day. Raises
    ThukyError on a day outside the years 1900-2199.
    """
    scene = _scene(on, calendar, at, before_inclusive=before_inclusive, event_on=event_on)
    r = _reader(" ".join(phrase.split()), scene)
    deadlines = [settle(each.reading, r.scene) for each in _deadlines(r)]
    best = min(deadlines, key=_rank, default=Deadline("unclear"))
    if _rank(best) > 0 and (whole := _whole(r)):
        return min(best, settle(whole, r.scene), key=_rank)
    return best


def find(
    text: str,
    on: date,
    calendar: WorkCalendar,
    *,
    at: time | None = None,
    before_inclusive: bool = False,
) -> list[Found]:
    """Every deadline of `text`, in order; dates of papers, stories and starts are left out.

    Words of haste are given only where their sentence sets no deadline of another kind. `at`,
    `before_inclusive` and errors as in `resolve`.
    """
    r = _reader(text, _scene(on, calendar, at, before_inclusive=before_inclusive))
    found = []
    for each in _deadlines(r):
        start, end = r.tokens[each.first].start, r.tokens[each.end - 1].end
        found.append(Found(start, end, r.text[start:end], settle(each.reading, r.scene)))
    return found


def _scene(
    on: date,
    calendar: WorkCalendar,
    at: time | None,
    *,
    before_inclusive: bool,
    event_on: date | None = None,
) -> Scene:
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise ThukyError(
            N_("Chỉ đọc được thời hạn nói từ năm {first} đến năm {last}."),
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return Scene(on, at or CLOSE_OF_MEETING, calendar, before_inclusive, event_on)


def _reader(text: str, scene: Scene) -> Reader:
    return Reader(unicodedata.normalize("NFC", text), scene)


def _rank(deadline: Deadline) -> int:
    """How little a deadline says: a date, an event, a date to be mended, nothing."""
    if deadline.date is not None:
        return 0
    if deadline.kind == "event_relative":
        return 1
    return 2 if deadline.problem else 3


def _whole(r: Reader) -> Reading | None:
    """A phrase that is a time and no more, which a running text would not take for a deadline."""
    r.place = 0
    while (word := r.word()) and (word in _LEAD_VERBS or not word.isalnum()):
        r.place += 1
    return reading(r) or bare_count(r)


def _deadlines(r: Reader) -> list[_Read]:
    return [each for sentence in _sentences(r, _candidates(r)) for each in _joined(sentence)]


def _candidates(r: Reader) -> Iterator[_Read]:
    """What reads like a deadline where it stands."""
    place = 0
    for first, token in enumerate(r.tokens):
        if first < place or not (token.text in FIRST_WORDS or token.text.isdecimal()):
            continue
        r.place = first
        if token.text.isdecimal() and not _may_be_time(r):
            continue
        found = reading(r)
        if found is None:
            continue
        each = _Read(first, r.place, found)
        if not isinstance(found.target, Event):
            place = each.end
        if sets_deadline(r, first, found):
            place = each.end
            yield replace(each, first=_past_label(r, each))


def _may_be_time(r: Reader) -> bool:
    """Whether a figure is one that a time may start with: not the end of another, nor an amount."""
    if r.touching() and r.word(-1) in {"/", "-", ".", ","}:
        return False
    return r.word(1) in _AFTER_FIGURES


def _past_label(r: Reader, each: _Read) -> int:
    """Where the time starts, past a vào, a sang or a label (hạn hoàn thành:) before it."""
    first, end = each.first, each.end
    if r.words[first] in {"vào", "sang"} and end - first > 1:
        return first + 1
    colon = r.words.index(":", first, end) if ":" in r.words[first:end] else first
    return colon + 1 if colon > first and r.words[colon - 1].isalpha() else first


def _sentences(r: Reader, reads: Iterator[_Read]) -> Iterator[list[_Read]]:
    """Those of one sentence together."""
    sentence: list[_Read] = []
    for each in reads:
        if sentence and _parted(r, sentence[-1].end, each.first):
            yield sentence
            sentence = []
        sentence.append(each)
    yield sentence


def _parted(r: Reader, first: int, end: int) -> bool:
    return any(
        token.text in _SENTENCE_ENDS or (token.text == "." and token.end < following.start)
        for token, following in zip(r.tokens[first:end], r.tokens[first + 1 : end + 1], strict=True)
    )


def _joined(sentence: list[_Read]) -> list[_Read]:
    """What the deadlines of one sentence come to together.

    "Hằng tháng ... trước ngày 25" is one recurring deadline, and "Sau khi ..., trong 05 ngày" is
    counted from the event; "trong quý II, trước ngày 20/6" is the day.
    """
    joined: list[_Read] = []
    for each in sentence:
        for before in joined[-_REACH:]:
            adjacent = each.first - before.end <= 1
            if merged := join(before.reading, each.reading, adjacent=adjacent):
                joined.remove(before)
                first = before.first if adjacent else each.first
                each = _Read(first, each.end, merged)
                break
        joined.append(each)
    kept = [each for each in joined if not _is_loose(each.reading)]
    kept = [each for each in kept if not isinstance(each.reading.target, Vague)] or kept
    dated = [each for each in kept if not _only_tells(each.reading)]
    return [each for each in kept if not (_only_tells(each.reading) and dated)]


def _only_tells(said: Reading) -> bool:
    """Whether it is an act to come first, which a day in the sentence makes a part of the work.

    Kiểm tra hồ chứa trước mùa lũ, báo cáo trước ngày 15/8.
    """
    return isinstance(said.target, Event) and said.target.before and said.ahead is None


def _is_loose(said: Reading) -> bool:
    return isinstance(said.target, Every) and said.target.loose
