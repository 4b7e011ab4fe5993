"""Periods counted from a day or an event: trong 05 ngày làm việc, 10 ngày kể từ ngày 01/3."""

from dataclasses import dataclass

from office.deadline.counts import Count, CountUnit, read_count
from office.deadline.events import clause
from office.deadline.named_days import GivenDay, NamedDay, day
from office.deadline.words import Lexicon, Reader, listed, repeated, whole


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted period and what it is counted from: a day, an event in words, or the meeting.

    `loose` where it may as well tell of the past (sau 02 năm thực hiện).
    """

    count: Count
    start: NamedDay | None = None
    event: str | None = None
    loose: bool = False

    @property
    def from_meeting(self) -> bool:
        """Whether nothing was said of what it is counted from."""
        return self.start is None and self.event is None


_LEAD = Lexicon(
    listed(
        False,
        "trong | trong vòng | trong thời hạn | trong thời gian | "
        "trong khoảng thời gian | trong khoảng | ngay trong | ngay trong vòng | "
        "nội trong | thời hạn | tối đa | không quá | không được quá | "
        "không để quá | chậm nhất | muộn nhất | trễ nhất | thời hạn : | thời hạn là | "
        "thời gian : | thời gian thực hiện : | thời gian hoàn thành : | thời hạn hoàn thành : | "
        "thời hạn thực hiện : | hạn :",
    )
    | {"sau": True}
)
_MORE_LEAD = Lexicon(
    listed(True, "là | sau | trong | trong vòng | không quá | tối đa | khoảng | chậm nhất")
)
_STILL_TO_COME = Lexicon(listed(True, "tới | tới đây | nữa | tiếp theo | liên tục"))
_FROM = Lexicon(
    {
        f"{lead}{when}": True
        for lead in ("kể từ", "tính từ", "bắt đầu từ", "từ", "sau")
        for when in ("", " khi", " lúc", " thời điểm")
    }
)
_MEETING = Lexicon(
    listed(
        True,
        "nay | ngày họp | cuộc họp này | hội nghị này | ngày diễn ra cuộc họp | "
        "ngày kết thúc cuộc họp | ngày kết thúc hội nghị | kết thúc cuộc họp | "
        "ngày diễn ra hội nghị | kết thúc hội nghị | ngày hôm nay",
    )
)
LEAD_WORDS = _LEAD.first_words


@whole
def counted(r: Reader) -> Counted | None:
    """A counted period; without a leading word it must say what it is counted from."""
    lead = _LEAD.read(r)
    if lead is not None:
        repeated(r, _MORE_LEAD.read)
    by_hour = r.word(-1) == "nhất" or (r.word(-2), r.word(-1)) == ("nhất", "là")
    count = read_count(r)
    if count is None:
        return None
    to_come = _STILL_TO_COME.read(r)
    start = _start(r)
    if by_hour and count.unit is CountUnit.MINUTE and not (to_come or start):
        return None  # chậm nhất (là) 16 giờ is an hour of the day
    if lead is None and to_come is None and start is None:
        return None
    named, event = start or (None, None)
    # "Sau 02 năm thực hiện, ..." tells of the past as often as not.
    loose = bool(lead) and start is None and count.unit is CountUnit.MONTH
    return Counted(count, named, event, loose)


@whole
def _start(r: Reader) -> tuple[NamedDay | None, str | None] | None:
    """What the period is counted from: a day, or words that tell of an event."""
    r.skip(",")
    if not _FROM.read(r):
        return None
    if _MEETING.read(r):
        return GivenDay(r.scene.on), None
    named = day(r)
    if named:
        return named, None
    text = clause(r)
    return (None, text) if text else None
