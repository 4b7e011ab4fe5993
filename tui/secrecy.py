"""State-secret grades in words: what stands before a title wherever a marked meeting is shown, so
that nobody needs a colour to see that it stays on this machine (law 117/2025/QH15).

Public entrance: `grade`, `under_mark`, `titled`, `stays`.
"""

from office.labels import SECRECY
from schema.errors import N_
from schema.records import Meeting
from tui.words import _

GONE = N_(
    "{count} thay đổi của cuộc họp này đã đến các máy khác từ trước: dấu mật không lấy lại được."
    " Hãy báo người phụ trách bảo vệ bí mật nhà nước."
)
OPENED = N_(
    "Đã bỏ dấu {grade}: cả cuộc họp, biên bản và nhiệm vụ của nó sẽ đến mọi máy, không lấy lại"
    " được."
)
MARKED = N_(
    "Cuộc họp mang dấu {grade}: cùng biên bản và nhiệm vụ chỉ ở máy này, không đồng bộ, không xuất,"
    " không tìm thấy."
)
REALLY = N_("Bỏ dấu {grade}, gửi cả cuộc họp đến mọi máy?")
LEFT = N_("Đã lưu. {count} thay đổi đã ở máy khác: dấu mật không lấy lại được.")


def grade(code: str) -> str:
    """MẬT, TỐI MẬT, TUYỆT MẬT; nothing where there is no mark."""
    return _(SECRECY.get(code, code)).upper() if code else ""


def under_mark(words: str, code: str) -> str:
    """Words after the mark of what they are of."""
    return f"[{grade(code)}] {words}" if code else words


def titled(meeting: Meeting) -> str:
    return under_mark(meeting.title, meeting.secrecy)


def stays(code: str) -> str:
    """What a mark means, in short; nothing where there is none."""
    return _("{grade}, chỉ ở máy này").format(grade=grade(code)) if code else ""
