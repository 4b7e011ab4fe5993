"""The words that stand between an act and its time: trước, chậm nhất, trong, đến hết, từ."""

from enum import IntEnum

from office.deadline.words import Lexicon, listed


class Bound(IntEnum):
    """How a deadline stands to the day that is named; of two said together the greater holds."""

    NONE = 0
    ON = 1
    WITHIN = 2
    BY = 3
    BEFORE = 4
    AFTER = 5
    FROM = 6


BOUND = Lexicon(
    listed(Bound.ON, "vào | vào lúc | lúc | ngay")
    | listed(Bound.WITHIN, "trong | ngay trong | nội trong | trong vòng | trong suốt")
    | listed(
        Bound.BY,
        "chậm nhất | muộn nhất | trễ nhất | chậm nhất là | muộn nhất là | "
        "trễ nhất là | không muộn hơn | không chậm hơn | không trễ hơn | "
        "không quá | không để quá | hết | đến | tới | cho đến | cho tới | đến hết | "
        "từ nay đến | từ nay tới | từ nay cho đến | trước hết | trước khi hết | "
        "trước khi kết thúc | trước thời điểm kết thúc | trước thời hạn kết thúc | "
        "trước hoặc trong | trước và trong | trong và trước | "
        "hạn cuối | hạn cuối là | hạn chót | hạn chót là | thời hạn | thời hạn là | "
        "thời hạn : | hạn : | hạn là | thời hạn cuối là | hạn cuối : | hạn chót : | "
        "kết thúc",
    )
    | {
        f"{label} {of}{mark}": Bound.BY
        for label in ("thời gian", "thời hạn", "hạn", "thời điểm", "tiến độ")
        for of in ("hoàn thành", "báo cáo", "thực hiện", "nộp", "gửi", "trình")
        for mark in (" :", " là")
    }
    | listed(Bound.BEFORE, "trước | trước thời điểm | trước thời hạn")
    | listed(Bound.AFTER, "sau | ngay sau")
)
FROM = Lexicon(listed(Bound.FROM, "từ | kể từ | bắt đầu từ | tính từ | bắt đầu"))
AT_HOUR = Lexicon(
    listed(Bound.ON, "lúc | vào lúc | , lúc | , vào lúc | ,")
    | listed(Bound.BEFORE, "trước | , trước")
    | listed(Bound.BY, "chậm nhất | , chậm nhất | , chậm nhất là")
)
