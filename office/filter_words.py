"""The values of a filter that are among a few, with all that they may be called."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from schema.viet import fold


class Vocabulary:
    """Codes, each with its names: the first is the one that is shown."""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        self.names = names

    def label(self, code: str) -> str:
        """What a code is called; one from elsewhere, itself."""
        return self.names[code][0] if code in self.names else code

    @property
    def labels(self) -> Sequence[str]:
        return [names[0] for names in self.names.values()]

    def code(self, name: str) -> str:
        """The code that is called so, marks or not; nothing where there is none."""
        return self._codes.get(" ".join(fold(name).split()), "")

    def guess(self, start: str) -> str:
        """The only code that has a name which starts so; nothing where there are more, or none."""
        wanted = fold(start).split()
        found = {
            c for name, c in self._codes.items() if wanted and name.startswith(" ".join(wanted))
        }
        return found.pop() if len(found) == 1 else ""

    def begins(self, start: str) -> bool:
        """Whether some name starts so, marks or not."""
        wanted = " ".join(fold(start).split())
        return any(name.startswith(wanted) for name in self._codes)

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {fold(n): code for code, names in self.names.items() for n in (code, *names)}


# Groups first: what reports count by (decision 42/2014/QĐ-TTg).
STATES = Vocabulary(
    {
        "open": ("mở", "chưa xong", "đang mở"),
        "late": ("quá hạn", "muộn", "overdue"),
        "soon": ("sắp đến hạn", "sắp hạn", "gần hạn", "due soon"),
        "silent": ("im lặng", "chưa hồi âm", "no word"),
        "no_deadline": ("không hạn", "no deadline"),
        "closed": ("đã đóng", "đóng"),
        "done": ("xong", "hoàn thành", "finished"),
        "in_time": ("xong đúng hạn", "đúng hạn", "in time", "on time"),
        "done_late": ("xong muộn", "xong quá hạn", "hoàn thành muộn", "done late"),
        "proposed": ("chưa giao", "đề xuất"),
        "assigned": ("đã giao", "chưa thực hiện"),
        "in_progress": ("đang làm", "đang thực hiện", "in progress"),
        "submitted": ("chờ", "chờ xác nhận", "waiting"),
        "paused": ("tạm hoãn", "hoãn"),
        "refused": ("từ chối",),
        "cancelled": ("hủy", "đã hủy"),
    }
)
POINTS = Vocabulary(
    {
        "lead": ("chủ trì", "người", "đơn vị"),
        "work": ("việc",),
        "deadline": ("hạn", "thời hạn", "thời gian", "due"),
        "responsibility": ("trách nhiệm", "accountable"),
        "product": ("sản phẩm",),
        "authority": ("thẩm quyền",),
        "any": ("gì đó", "điểm rõ", "bất kỳ", "something"),
    }
)
SOURCES = Vocabulary(
    {
        "hand": ("tự ghi", "by hand"),
        "meeting": ("họp", "cuộc họp"),
        "directive": ("văn bản", "chỉ đạo"),
        "notice": ("thông báo",),
        "resolution": ("nghị quyết",),
        "phone": ("điện thoại", "gọi điện"),
    }
)
# What has happened to it, once or more.
MARKS = Vocabulary(
    {
        "extended": ("gia hạn", "được gia hạn"),
        "returned": ("trả lại", "bị trả lại"),
        "urged": ("đôn đốc", "được đôn đốc"),
        "heard": ("hồi âm", "trả lời", "answered"),
    }
)
KINDS = Vocabulary(
    {
        "task": ("nhiệm vụ", "thường"),
        "scheme": ("đề án",),
        "duty": ("việc thường xuyên", "thường xuyên"),
        "party": ("công tác Đảng", "đảng", "đoàn thể"),
    }
)
ROLES = Vocabulary(
    {
        "task": ("nhiệm vụ", "việc"),
        "whole": ("việc chung", "chung", "nhiều đơn vị"),
        "part": ("phần", "phần việc"),
        "milestone": ("mốc",),
        "any": ("tất cả", "mọi thứ", "everything"),
    }
)
