"""Years, and the words that move from this period to another."""

from office.deadline.numbers import number
from office.deadline.spans import FIRST_YEAR, LAST_YEAR
from office.deadline.words import Lexicon, Reader, listed, whole

_SHIFT = Lexicon(
    listed(0, "này | nay | hiện tại")
    | listed(1, "sau | tới | kế | kế tiếp | tiếp theo")
    | listed(2, "sau nữa | tới nữa")
    | listed(-1, "trước | qua | vừa qua | vừa rồi | ngoái")
)
_SHORT_FROM = 20  # 15/3/26 is 2026; 15/3/15 is no date of an office at work now


def shift(r: Reader) -> int | None:
    """này 0, sau 1, trước -1; not the "trước" of "trước ngày"."""
    if r.word() == "trước" and (r.word(1) in {"ngày", "mùng"} or r.word(1).isdecimal()):
        return None
    return _SHIFT.read(r)


@whole
def year(r: Reader) -> int | None:
    """The year after a day or a month: /2026, -2026, năm 2026, năm nay, or the bare figures."""
    if r.skip("/") and len(r.word()) == 2:
        short = r.digits(99)
        return 2000 + short if short and short >= _SHORT_FROM else None
    if r.word(-1) == "/" or r.skip("-"):
        return year_number(r)
    if r.word().isdecimal():
        return year_number(r)
    r.skip(",", "của")
    if not r.skip("năm"):
        return None
    moved = shift(r)
    return r.scene.on.year + moved if moved is not None else year_number(r)


@whole
def year_number(r: Reader) -> int | None:
    """A year in figures or in words."""
    value = number(r)
    return value if value is not None and FIRST_YEAR <= value <= LAST_YEAR else None
