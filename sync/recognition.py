"""Which workspace a folder holds, if any. Public entrance: `recognise`."""

import re

from schema.errors import N_, ThukyError
from sync.folder import Folder
from sync.keys import workspace_id
from sync.problem import Reason, Refused
from sync.statement import MOST_BYTES

FOUNDING = "thuky.workspace"
OURS = frozenset(("cards/", "devices/", "epochs/"))
# What systems and replicators leave in a folder that is empty for a person.
JUNK = re.compile(r"\..*|Thumbs\.db|desktop\.ini|lost\+found/|~.*|#recycle/|@eaDir/", re.IGNORECASE)


class Emptied(ThukyError):
    """The folder is empty, or lacks its first file, where this workspace was before."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Thư mục chung trống hoặc thiếu tệp gốc của không gian làm việc: có thể ổ chung "
                "chưa được gắn. Không ghi gì vào đó; dữ liệu trên máy này còn nguyên. Hãy gắn lại "
                "ổ chung."
            )
        )


class OtherWorkspace(ThukyError):
    def __init__(self) -> None:
        super().__init__(
            N_(
                "Thư mục chung này thuộc không gian làm việc khác. Không ghi gì vào đó; dữ liệu "
                "trên máy này còn nguyên. Hãy kiểm tra xem đã gắn đúng ổ chung chưa."
            )
        )


class NotAWorkspace(ThukyError):
    def __init__(self, example: str) -> None:
        super().__init__(
            N_(
                "Thư mục này không trống ({example}…) và không phải thư mục chung của Thư Ký. "
                "Chưa ghi gì; hãy chọn thư mục trống."
            ),
            example=example,
        )


def recognise(folder: Folder) -> bytes | None:
    """The id of the workspace in this folder, or None where the folder is empty.

    Raises NotAWorkspace where it holds other things, and FolderError.
    """
    names = folder.names("")
    if FOUNDING not in names:
        kept = [name for name in names if not JUNK.fullmatch(name)]
        if OURS.intersection(kept):
            raise Emptied
        if kept:
            raise NotAWorkspace(kept[0])
        return None
    try:
        return workspace_id(folder.read(FOUNDING, MOST_BYTES))
    except Refused as error:
        if error.reason == Reason.TRUNCATED:
            raise Emptied from error
        raise NotAWorkspace(FOUNDING) from error
