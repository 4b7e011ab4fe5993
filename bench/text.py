"""Vietnamese minutes to type and to open, the same in every run."""

from itertools import cycle, islice

SENTENCES = (
    "# I. Tình hình thực hiện nhiệm vụ tháng 02 năm 2026",
    "@Giám đốc Sở Tài chính: thu ngân sách đạt 10,52% dự toán, tăng so với cùng kỳ.",
    "Tiến độ giải ngân vốn đầu tư công còn chậm ở một số chủ đầu tư cấp xã.",
    "Nguyên nhân chủ yếu là vướng mắc trong công tác bồi thường, giải phóng mặt bằng.",
    "@Giám đốc Sở Xây dựng: đã khởi công 12 dự án, còn 03 dự án chờ điều chỉnh quy hoạch.",
    "Đề nghị Ủy ban nhân dân tỉnh cho phép chuyển nguồn kinh phí sang năm sau.",
    "= Đánh giá cao sự chuẩn bị của các cơ quan, đơn vị và các địa phương.",
    "! Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng hoàn thành trước ngày 15/3/2026.",
    "! Giao Văn phòng Ủy ban nhân dân tỉnh theo dõi, đôn đốc, báo cáo kết quả hằng tuần.",
    "Các đại biểu thống nhất với nội dung kết luận của đồng chí chủ trì cuộc họp.",
)

PARAGRAPH = " ".join(sentence.lstrip("@=! ") for sentence in SENTENCES[1:])
"""One long line, about 650 characters: it wraps over six rows at 120 columns."""


def document(lines: int) -> str:
    """Minutes of so many lines, without a line end at the end."""
    return "\n".join(islice(cycle(SENTENCES), lines))


def typed(keys: int) -> str:
    """So many characters to type: plain sentences, each a line of its own."""
    plain = [sentence for sentence in SENTENCES if sentence[0].isalpha()]
    return "".join(islice(cycle("\n".join(plain) + "\n"), keys))
