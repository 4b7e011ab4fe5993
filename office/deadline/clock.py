"""Times of day: 15h30, 15:30, 15 giờ 30 phút, 8 giờ rưỡi sáng, and halves of a day by name."""

from dataclasses import dataclass
from datetime import time

from office.deadline.numbers import number
from office.deadline.words import Lexicon, Reader, whole


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; None is the end of the day. `vague` where it was only a part of the day."""

    time: time | None
    vague: bool = False


_NOON, _CLOSE = time(12), time(17)
_PARTS: Lexicon[time] = Lexicon(
    {
        f"{lead}{part}": until
        for lead in ("", "buổi ", "trong buổi ", "cuối buổi ", "cuối giờ ")
        for part, until in {
            "sáng": _NOON,
            "trưa": _NOON,
            "chiều": _CLOSE,
            "tối": time(22),
            "đêm": time(23, 59),
        }.items()
    }
)
_SESSIONS: Lexicon[Clock] = Lexicon(
    {
        "đầu giờ sáng": Clock(time(8), vague=True),
        "đầu giờ làm việc": Clock(time(8), vague=True),
        "đầu giờ chiều": Clock(time(14), vague=True),
        "giờ nghỉ trưa": Clock(_NOON),
        "giờ làm việc": Clock(_CLOSE),
        "giờ hành chính": Clock(_CLOSE),
        "cuối giờ làm việc": Clock(_CLOSE),
        "cuối giờ hành chính": Clock(_CLOSE),
        "cuối ngày": Clock(None),
    }
)
_HALVES = Lexicon({half: half for half in ("sáng", "trưa", "chiều", "tối", "đêm")})
CLOCK_WORDS = _PARTS.first_words | _SESSIONS.first_words


def clock(r: Reader) -> Clock | None:
    """A time of day, with or without the part of the day it is in."""
    return _SESSIONS.read(r) or _hour(r) or _part(r)


def _part(r: Reader) -> Clock | None:
    until = _PARTS.read(r)
    return Clock(until, vague=True) if until else None


@whole
def _hour(r: Reader) -> Clock | None:
    hour = number(r, 24)
    if hour is None:
        return None
    if r.word() == ":" and r.word(1).isdecimal() and len(r.word(1)) == 2:
        r.skip(":")
        minute = r.digits(59)
        r.skip("h", "giờ")
    elif r.skip("giờ", "h", "g") and r.word() != "làm":
        minute = _minutes(r) or 0
    else:
        return None
    if minute is None or not 0 <= hour * 60 + minute <= 24 * 60:
        return None
    return _with_half(r, hour * 60 + minute)


@whole
def _minutes(r: Reader) -> int | None:
    """Minutes after "giờ", 0 where none follow; negative for "kém mười lăm"."""
    if r.skip("rưỡi"):
        return 30
    less = r.skip("kém")
    minute = number(r, 59) if less else r.digits(59)
    if minute is None:
        return None
    if r.word() in {"/", "-", "."} and r.word(1).isdecimal():
        return None  # the figure belongs to a date: 15h 03/4
    r.skip("phút", "p", "'", "′")
    return -minute if less else minute


def _with_half(r: Reader, minutes: int) -> Clock:
    """The time that is `minutes` after midnight, or after noon where the next word says so."""
    noon = 12 * 60
    half = _HALVES.read(r)
    if half == "đêm" and minutes == noon:
        return Clock(None)
    later = (
        (half in {"chiều", "tối"} and minutes < noon)
        or (half == "trưa" and minutes < 3 * 60)
        or (half == "đêm" and 8 * 60 <= minutes < noon)
    )
    minutes += noon if later else 0
    return Clock(time(*divmod(minutes, 60))) if minutes < 2 * noon else Clock(None)
