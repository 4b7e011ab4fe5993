"""What may be wrong with a file of the shared folder, each with its sentence."""

from dataclasses import dataclass
from enum import StrEnum

from schema.errors import N_


class Reason(StrEnum):
    """Why a file is not taken. The first ones pass by themselves: the file is looked at again."""

    TRUNCATED = "truncated"
    WAITING = "waiting"
    UNKNOWN_DEVICE = "unknown_device"
    UNKNOWN_EPOCH = "unknown_epoch"
    UNREADABLE = "unreadable"
    NEWER = "newer"
    NOT_OURS = "not_ours"
    OTHER_WORKSPACE = "other_workspace"
    WRONG_NAME = "wrong_name"
    BAD_SIGNATURE = "bad_signature"
    CHAIN_BROKEN = "chain_broken"
    REVOKED = "revoked"
    TOO_LARGE = "too_large"
    MALFORMED = "malformed"
    ROLLED_BACK = "rolled_back"
    KEPT_ASIDE = "kept_aside"
    UNSENDABLE = "unsendable"
    DIFFERENT = "different"
    CLOCK = "clock"


PASSING = frozenset((Reason.TRUNCATED, Reason.WAITING, Reason.UNKNOWN_DEVICE, Reason.UNKNOWN_EPOCH))

WORDS = {
    Reason.TRUNCATED: N_("{path} chưa chép xong hoặc bị cắt cụt; sẽ đọc lại."),
    Reason.WAITING: N_("{path} đến trước phần liền trước nó; đang chờ phần còn thiếu."),
    Reason.UNKNOWN_DEVICE: N_("{path} của một máy chưa được giới thiệu; đang chờ thẻ của máy đó."),
    Reason.UNKNOWN_EPOCH: N_("{path} dùng khóa mà máy này chưa nhận được; đang chờ khóa."),
    Reason.UNREADABLE: N_("Không đọc được {path} ({detail}); sẽ đọc lại."),
    Reason.NEWER: N_("{path} do phiên bản mới hơn ghi; hãy cập nhật Thư Ký để đọc."),
    Reason.NOT_OURS: N_("{path} không phải tệp của Thư Ký; đã bỏ qua."),
    Reason.OTHER_WORKSPACE: N_("{path} thuộc không gian làm việc khác; đã bỏ qua."),
    Reason.WRONG_NAME: N_("{path} không đúng tên mà nó được ghi; đã bỏ qua."),
    Reason.BAD_SIGNATURE: N_("Chữ ký của {path} không khớp: tệp bị hỏng hoặc bị sửa; đã bỏ qua."),
    Reason.CHAIN_BROKEN: N_(
        "{path} không nối tiếp phần đã nhận của máy đó: có thể hai máy dùng chung một danh tính, "
        "hoặc tệp đã bị thay. Phần đã nhận còn nguyên."
    ),
    Reason.REVOKED: N_("{path} do một máy đã bị loại ghi sau khi bị loại; đã bỏ qua."),
    Reason.TOO_LARGE: N_("{path} lớn hơn mức cho phép; đã bỏ qua."),
    Reason.MALFORMED: N_("Nội dung của {path} không đúng định dạng ({detail}); đã bỏ qua."),
    Reason.ROLLED_BACK: N_(
        "Thư mục của máy {device} lùi về bản cũ hơn phần đã nhận. Phần đã nhận còn nguyên trên máy "
        "này; hãy kiểm tra xem thư mục chung có vừa được phục hồi từ bản sao lưu không."
    ),
    Reason.KEPT_ASIDE: N_(
        "{detail} thay đổi từ máy khác chưa ghi được vào bảng: do phiên bản mới hơn ghi, hoặc sai "
        "kiểu. Chúng được giữ lại và sẽ được ghi khi có thể; hãy cập nhật Thư Ký."
    ),
    Reason.UNSENDABLE: N_(
        "{path} không gửi được sang máy khác ({detail}). Nó vẫn còn nguyên trên máy này; hãy rút "
        "ngắn hoặc chia nhỏ."
    ),
    Reason.DIFFERENT: N_(
        "Máy {device} và máy này đã nhận như nhau mà dữ liệu khác nhau, từ {path}. Không có gì bị "
        "xóa; hãy chạy thuky doctor trên cả hai máy và báo lỗi này."
    ),
    Reason.CLOCK: N_(
        "Đồng hồ của một máy lệch {detail} phút so với máy này; hãy chỉnh lại giờ của máy lệch. "
        "Không có gì bị mất."
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One file that was not taken, and why. `device` is whose folder it lies in."""

    reason: Reason
    path: str
    device: str = ""
    detail: str = ""

    @property
    def passing(self) -> bool:
        """Whether it is to be expected now and then, and mends itself as files arrive."""
        return self.reason in PASSING

    @property
    def words(self) -> str:
        """A Vietnamese sentence that may name `path`, `device` and `detail` in braces."""
        return WORDS[self.reason]

    def __str__(self) -> str:
        return self.words.format(path=self.path, device=self.device, detail=self.detail)


class Refused(Exception):
    """Bytes that are not taken for what they should be. Internal: it becomes a `Problem`."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
