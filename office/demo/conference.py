"""The year-opening conference of 27/02/2026: its minutes as typed, and the tasks they become.

The directions are those that the office was given for 2026, each put into one conclusion sentence
written for this sample; nothing here is a quotation.
"""

from collections.abc import Iterator
from datetime import date

from office.demo.cast import CHAIRMAN, CHIEF, DEPUTIES, DEPUTY_CHIEFS
from office.demo.directions import DIRECTIONS, HEAD, Direction

__all__ = ["DAY", "DIRECTIONS", "END", "LINES", "PLACE", "START", "TITLE", "Direction"]

TITLE = "Hội nghị triển khai nhiệm vụ trọng tâm năm 2026 của Văn phòng UBND tỉnh"
PLACE = "Hội trường tầng 2, Văn phòng UBND tỉnh"
DAY = date(2026, 2, 27)
START, END = "14:00", "17:00"

_PARTS = ("Phân công và kỷ luật", "Kết quả và sản phẩm", "Con người và dự báo")
_PART_ENDS = (8, 16)


def _lines() -> Iterator[str]:
    first, second = DEPUTY_CHIEFS[:2]
    yield f"Khai mạc lúc 14 giờ 00. Đồng chí {CHAIRMAN} dự và chỉ đạo; {CHIEF} điều hành."
    yield "# Kết quả công tác năm 2025"
    yield f"@{first}: đã phục vụ hơn 500 hội nghị, cuộc họp; phát hành 386 thông báo kết luận."
    yield "Tăng trưởng 10,52%; cả 15/15 chỉ tiêu đạt và vượt."
    yield f"@{DEPUTIES[0]}: các phòng đã bám sát chương trình công tác, giữ nếp họp thường kỳ."
    yield "# Khen thưởng"
    yield f"@{second}: đã công bố danh sách; 2 cá nhân được Thủ tướng Chính phủ tặng Bằng khen."
    yield "# Kết luận"
    yield f"= {HEAD} ghi nhận, biểu dương kết quả công tác năm 2025 của Văn phòng UBND tỉnh."
    starts = dict(zip((0, *_PART_ENDS), _PARTS, strict=True))
    for index, direction in enumerate(DIRECTIONS):
        if index in starts:
            yield f"# {starts[index]}"
        yield f"= {direction.sentence}"
    yield "Hội nghị kết thúc lúc 17 giờ 00 cùng ngày."


LINES: tuple[str, ...] = tuple(_lines())
"""The minutes line by line, as a secretary types them."""
