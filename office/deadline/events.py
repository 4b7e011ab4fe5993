"""Deadlines bound to an event whose day is not known yet: sau khi có ý kiến của ..., tại kỳ họp."""

from dataclasses import dataclass

from office.deadline.days import MonthDay, month_day
from office.deadline.words import Lexicon, Reader, listed, whole


@dataclass(frozen=True, slots=True)
class Event:
    """The words that tell of the event; `loose` where they may tell a story and set no deadline.

    `day` where the words say when it is (phiên họp ngày 10/4), `before` where that day is too late,
    `after` where the event must be over first.
    """

    text: str
    loose: bool = False
    day: MonthDay | None = None
    before: bool = False
    after: bool = False

    @property
    def of_this_meeting(self) -> bool:
        """Whether it is the end of the meeting that is being held."""
        return self.after and self.text.lower().rstrip('”»"').endswith(_THIS_MEETING)


_THIS_MEETING = tuple(
    f"{meeting} {this}"
    for meeting in ("họp", "hội nghị", "buổi làm việc", "cuộc làm việc", "giao ban")
    for this in ("này", "hôm nay")
)
_LONGEST = 40
_CLAUSE_LEAD = Lexicon(
    listed(True, "khi | sau khi | từ khi | kể từ khi")
    | listed(False, "ngay sau khi | ngay khi | trước khi | ngay trước khi | đến khi | cho đến khi")
)
_NOUN_LEAD = Lexicon(
    {
        f"{ahead}{lead}": True
        for ahead in ("", "ngay ", "chậm nhất ", "chậm nhất là ", "muộn nhất là ")
        for lead in ("sau", "trước", "tại", "trong", "đến", "vào", "trước thềm", "từ nay đến")
    }
)
_NOUN = Lexicon(
    listed(
        True,
        "cuộc họp | phiên họp | kỳ họp | buổi họp | hội nghị | buổi làm việc | "
        "giao ban | cuộc làm việc | đại hội | lễ | khai giảng | khai mạc | bế mạc | "
        "bầu cử | cuộc bầu cử | kỳ thi | mùa mưa | mùa lũ | mùa bão | năm học | "
        "đợt kiểm tra | ngày họp | ngày bầu cử | ngày khai mạc | ngày khai giảng | "
        "ngày tổ chức | ngày diễn ra | ngày hội | ngày khánh thành | giờ khai mạc | "
        "ngày khởi công | ngày thành lập | ngày truyền thống | giờ họp | "
        "kỳ báo cáo | kỳ giao ban | giờ giao ban | buổi giao ban | hội thảo | kỳ nghỉ hè | "
        "kỳ nghỉ | chuyến công tác | chuyến thăm | đoàn kiểm tra | đoàn thanh tra | "
        "vụ thu hoạch | mùa khô | mùa nắng nóng | mùa hè | vụ xuân | vụ mùa | vụ đông | "
        "năm học mới | tết trung thu | tết đoan ngọ | tết thanh minh | rằm tháng | đợt mưa | "
        "kỳ tuyển sinh | đợt thanh tra | đợt giám sát | kỳ kiểm tra",
    )
)
_PLAIN_DAYS = frozenset(
    {"này", "nay", "mai", "sau", "kia", "càng", "đêm", "thường", "tháng", "trước", "nào", "làm"}
    | {"nghỉ", "lễ", "thứ", "chủ", "cuối", "đầu", "đó", "đây", "tết", "hôm", "âm", "mùng"}
)
"""Words after "ngày" that name no act of that day."""
_HAPPENS = frozenset(
    {"có", "nhận", "được", "hoàn", "kết", "đủ", "ký", "ban", "thông", "phê", "các", "cấp", "hết"}
)
_SPOKEN = frozenset({"biểu", "luận", "đạo", "kiến", "nêu", "dự"})  # phát biểu, kết luận tại ...
_STOP = frozenset({",", ";", ":", "(", ")", "…", "!", "?", "\n", "thì", "để", "nhằm"})
_WITH_REPORT = frozenset({"nghe", "có", "nhận", "được", "các", "xem", "của"})
_STOP_PAIRS = frozenset(
    {("chậm", "nhất"), ("muộn", "nhất"), ("hoàn", "thành"), ("yêu", "cầu"), ("đề", "nghị")}
    | {("trong", "vòng"), ("trong", "thời"), ("báo", "cáo")}
)
EVENT_WORDS = _CLAUSE_LEAD.first_words | _NOUN_LEAD.first_words


def event(r: Reader) -> Event | None:
    """An event with the word that binds the deadline to it."""
    return _of_clause(r) or _of_noun(r)


@whole
def _of_clause(r: Reader) -> Event | None:
    begins = not r.word(-1) or r.word(-1) in _STOP or r.word(-1) == "."
    loose = _CLAUSE_LEAD.read(r)
    if loose is None or r.word() == "nào":
        return None
    led = {word.text for word in r.tokens[max(0, r.place - 3) : r.place]}
    likely = begins or r.word() in _HAPPENS
    text = clause(r, may_start_with_act=True)
    before, after = "trước" in led, "sau" in led
    return Event(text, loose and not likely, before=before, after=after) if text else None


@whole
def _of_noun(r: Reader) -> Event | None:
    spoken = r.word(-1) in _SPOKEN
    if not _NOUN_LEAD.read(r):
        return None
    lead = r.word(-1)
    r.skip("các")
    place = r.place
    if not _NOUN.read(r) and not (lead in {"trước", "sau"} and _is_day_of_act(r)):
        return None
    # A school year named by its figures mostly says which: phòng học trước năm học 2026-2027.
    named = r.words[place : place + 2] == ["năm", "học"] and r.words[place + 2].isdecimal()
    noun_ends, r.place = r.place, place
    text = clause(r, noun_ends=noun_ends)
    day = _day_in(r, place, r.place) if lead != "sau" else None
    if not text:
        return None
    here = lead in {"tại", "trong", "vào"} and text.lower().endswith(("này", "hôm nay"))
    return Event(text, spoken or named or here, day, before=lead == "trước", after=lead == "sau")


def _is_day_of_act(r: Reader) -> bool:
    """ngày mở thầu, ngày ký: a day by what is done on it."""
    return r.word() == "ngày" and r.word(1).isalpha() and r.word(1) not in _PLAIN_DAYS


def _day_in(r: Reader, first: int, end: int) -> MonthDay | None:
    """The date among the tokens from `first` to `end`; the reader is left at `end`."""
    found = None
    for place in range(first, end):
        r.place = place
        if found is None and (r.word() == "ngày" or r.word().isdecimal()):
            day = month_day(r)
            if isinstance(day, MonthDay) and day.month and r.place <= end:
                found = day
    r.place = end
    return found


def clause(r: Reader, *, may_start_with_act: bool = False, noun_ends: int = 0) -> str:
    """The words from here to where the clause ends, passed over; all of the noun, if any."""
    first = r.place
    while r.place < len(r.tokens) and r.place - first < _LONGEST and not _ends(r):
        inside = r.place < noun_ends or (may_start_with_act and r.place == first)
        inside = inside or (r.word() == "báo" and r.word(-1) in _WITH_REPORT)
        if not inside and (r.word(), r.word(1)) in _STOP_PAIRS:
            break
        r.place += 1
    if r.place == first:
        return ""
    return r.text[r.tokens[first].start : r.tokens[r.place - 1].end]


def _ends(r: Reader) -> bool:
    if r.word() == ".":
        return r.place + 1 == len(r.tokens) or not _next_touches(r)
    return r.word() in _STOP


def _next_touches(r: Reader) -> bool:
    return r.tokens[r.place].end == r.tokens[r.place + 1].start
