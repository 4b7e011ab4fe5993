"""A table's columns as options of a command and as words on a screen.

The columns come from `schema.tables`. Only what they are called is said here; how one is read and
shown follows from its declaration (what it refers to, how its name ends, its type).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from office import labels
from office.moments import (
    parse_date,
    parse_moment,
    parse_time,
    show_date,
    show_moment,
    show_time,
    to_utc,
)
from schema import records
from schema.errors import N_, ThukyError
from schema.tables import Column, columns_of
from schema.viet import fold
from tui.arguments import WrongUsage
from tui.graphemes import clean
from tui.words import _

if TYPE_CHECKING:
    from office.directory import Directory
    from tui.cli.desk import Desk

# What a cell holds.
Value = Any

# Columns that a person does not give by an option: the program keeps them.
KEPT = {
    *("id", "created_at", "deleted_at", "position", "anchor", "line", "opened_at", "closed_at"),
    *("recurs_from", "occurs_on", "digest"),
}
KEPT_OF: Mapping[type[Any], Sequence[str]] = {records.Followup: ("parent", "role")}
"""Those of one table."""

WORDS: Mapping[type[Any], Mapping[str, str]] = {
    records.Unit: {
        "name": N_("Tên"),
        "abbr": N_("Viết tắt"),
        "type": N_("Loại"),
        "parent": N_("Trực thuộc"),
        "aliases": N_("Tên gọi khác"),
        "successor": N_("Nhập vào"),
        "email": N_("Thư điện tử"),
    },
    records.Person: {
        "name": N_("Họ và tên"),
        "phone": N_("Điện thoại"),
        "email": N_("Thư điện tử"),
        "note": N_("Ghi chú"),
    },
    records.Series: {
        "title": N_("Tên"),
        "kind": N_("Loại"),
        "rule": N_("Lịch lặp"),
        "host": N_("Cơ quan tổ chức"),
        "chair": N_("Chủ trì"),
        "place": N_("Địa điểm"),
        "time": N_("Giờ họp"),
    },
    records.Meeting: {
        "title": N_("Tên"),
        "kind": N_("Loại"),
        "series": N_("Loạt họp"),
        "host": N_("Cơ quan tổ chức"),
        "chair": N_("Chủ trì"),
        "place": N_("Địa điểm"),
        "starts_at": N_("Bắt đầu"),
        "ends_at": N_("Kết thúc"),
        "opened_at": N_("Khai mạc lúc"),
        "closed_at": N_("Bế mạc lúc"),
        "secrecy": N_("Độ mật"),
        "urgency": N_("Độ khẩn"),
        "note": N_("Ghi chú"),
    },
    records.AgendaItem: {
        "title": N_("Nội dung"),
        "presenter": N_("Người trình bày"),
        "minutes": N_("Số phút"),
    },
    records.Attendance: {
        "person": N_("Người dự"),
        "unit": N_("Đơn vị"),
        "name": N_("Tên"),
        "role": N_("Vai trò"),
        "status": N_("Điểm danh"),
        "substitute": N_("Người dự thay"),
        "note": N_("Ghi chú"),
    },
    records.Followup: {
        "meeting": N_("Cuộc họp"),
        "work": N_("Việc"),
        "lead": N_("Đơn vị chủ trì"),
        "coordinating": N_("Đơn vị phối hợp"),
        "due": N_("Thời hạn"),
        "due_time": N_("Giờ hạn"),
        "inclusive": N_("Tính cả ngày hạn"),
        "due_text": N_("Thời hạn như đã nói"),
        "accountable": N_("Chịu trách nhiệm"),
        "monitor": N_("Đầu mối theo dõi"),
        "product": N_("Sản phẩm"),
        "authority": N_("Thẩm quyền"),
        "due_kind": N_("Loại thời hạn"),
        "recurrence": N_("Lịch lặp"),
        "due_event": N_("Chờ sự kiện"),
        "due_meeting": N_("Chờ cuộc họp"),
        "accountable_person": N_("Người chịu trách nhiệm"),
        "field": N_("Lĩnh vực"),
        "leader": N_("Lãnh đạo phụ trách"),
        "kind": N_("Loại nhiệm vụ"),
        "effect_due": N_("Xem tác động vào"),
        "parent": N_("Thuộc nhiệm vụ"),
        "role": N_("Là"),
        "recurs_from": N_("Kỳ của nhiệm vụ"),
        "occurs_on": N_("Ngày của kỳ"),
        "state": N_("Trạng thái"),
        "done_at": N_("Hoàn thành lúc"),
        "given_at": N_("Giao lúc"),
        "heard_at": N_("Có hồi âm lúc"),
        "urged_at": N_("Đôn đốc lúc"),
        "extensions": N_("Số lần gia hạn"),
        "returns": N_("Số lần trả lại"),
    },
    records.FollowupSource: {
        "kind": N_("Nguồn"),
        "number": N_("Số văn bản"),
        "issued_on": N_("Ngày văn bản"),
        "issuer": N_("Nơi ban hành, người ra lệnh"),
        "excerpt": N_("Trích"),
        "digest": N_("Dấu của dòng đã nhập"),
    },
    records.Field: {
        "name": N_("Lĩnh vực"),
        "leader": N_("Lãnh đạo phụ trách"),
    },
    records.UrgingRule: {
        "kind": N_("Khi nào"),
        "days": N_("Số ngày làm việc"),
        "every": N_("Nhắc lại sau (ngày làm việc)"),
        "whom": N_("Đôn đốc ai"),
        "active": N_("Đang dùng"),
    },
    records.Inspection: {
        "title": N_("Tên"),
        "unit": N_("Đơn vị được kiểm tra"),
        "head": N_("Trưởng đoàn"),
        "members": N_("Thành viên"),
        "number": N_("Số quyết định"),
        "issued_on": N_("Ngày quyết định"),
        "planned_on": N_("Dự kiến ngày"),
        "visited_on": N_("Đã kiểm tra ngày"),
        "plan": N_("Nội dung kiểm tra"),
        "conclusion": N_("Kết luận"),
    },
    records.Finding: {
        "inspection": N_("Cuộc kiểm tra"),
        "followup": N_("Nhiệm vụ"),
        "text": N_("Điều thấy được"),
        "result": N_("Đánh giá"),
        "evidence": N_("Bằng chứng"),
        "by": N_("Người ghi"),
        "seen_on": N_("Ngày thấy"),
    },
}
YES_NO = {"1": N_("Có"), "0": N_("Không")}
CODES: Mapping[tuple[type[Any], str], Mapping[str, str]] = {
    (records.Meeting, "kind"): labels.MEETING_KINDS,
    (records.Meeting, "secrecy"): labels.SECRECY,
    (records.Meeting, "urgency"): labels.URGENCY,
    (records.Series, "kind"): labels.MEETING_KINDS,
    (records.Attendance, "role"): labels.ATTENDANCE_ROLES,
    (records.Attendance, "status"): labels.ATTENDANCE_STATUSES,
    (records.Followup, "state"): labels.FOLLOWUP_STATES,
    (records.Followup, "inclusive"): YES_NO,
    (records.Followup, "kind"): labels.FOLLOWUP_KINDS,
    (records.Followup, "role"): labels.FOLLOWUP_ROLES,
    (records.FollowupSource, "kind"): labels.SOURCE_KINDS,
    (records.Unit, "type"): labels.UNIT_TYPES,
    (records.UrgingRule, "kind"): labels.URGING_KINDS,
    (records.UrgingRule, "whom"): labels.URGED,
    (records.UrgingRule, "active"): YES_NO,
    (records.Finding, "result"): labels.FINDINGS,
}


class Names(Protocol):
    """What the ids in cells stand for."""

    @property
    def directory(self) -> "Directory": ...

    def title(self, record: type[Any], id: str, /) -> str: ...


@dataclass(frozen=True, slots=True)
class Form:
    """How values of one sort are named in help, read from an option and shown."""

    metavar: str
    read: Callable[["Desk", str], Value]
    show: Callable[[Names, Any], str] = lambda names, value: str(value)


@dataclass(frozen=True, slots=True)
class Field:
    """A column that people see: its name for them, and its form."""

    column: Column
    words: str
    form: Form

    @property
    def option(self) -> str:
        """--start for starts_at, --due-time for due_time."""
        return "--" + self.column.name.removesuffix("s_at").replace("_", "-")

    def read(self, desk: "Desk", text: str) -> Value:
        """The value to keep; an empty `text` empties the cell. Raises ThukyError."""
        text = one_line(text)
        if not text:
            return self.column.default
        return self.form.read(desk, text)

    def show(self, names: Names, row: Any) -> str:
        return self.show_value(names, getattr(row, self.column.name))

    def show_value(self, names: Names, value: Value) -> str:
        return "" if value is None else self.form.show(names, value)


def one_line(text: str) -> str:
    """`text` from a command line as it may be kept in a cell."""
    return " ".join(clean(text).split())


def fields_of(record: type[Any]) -> list[Field]:
    """The columns of a table that people see, in their order."""
    words = WORDS[record]
    return [
        Field(c, words[c.name], _form(record, c)) for c in columns_of(record) if c.name in words
    ]


def field_of(record: type[Any], column: str) -> Field | None:
    """The column of that name, if people see it."""
    words = WORDS.get(record, {})
    found = (c for c in columns_of(record) if c.name == column and column in words)
    return next((Field(c, words[column], _form(record, c)) for c in found), None)


def given_fields(record: type[Any]) -> list[Field]:
    """The columns that a person gives."""
    return [
        field
        for field in fields_of(record)
        if field.column.name not in (*KEPT, *KEPT_OF.get(record, ())) and not field.column.derived
    ]


def _form(record: type[Any], column: Column) -> Form:
    if codes := CODES.get((record, column.name)):
        return coded(codes, number=column.type == "INTEGER")
    if column.ref:
        return REFERENCES[column.ref]
    if column.name == "coordinating":
        return UNITS
    for ending, form in ENDINGS.items():
        if column.name.endswith(ending):
            return form
    return NUMBER if column.type == "INTEGER" else TEXT


def coded(codes: Mapping[str, str], *, number: bool = False) -> Form:
    """One of some codes, which may also be given by their names in either language."""

    def read(desk: "Desk", text: str) -> Value:
        for code, words in codes.items():
            if text and fold(text) in (code, fold(words), fold(_(words))):
                return int(code) if number else code
        raise WrongUsage(
            N_("Không có giá trị “{text}”; chọn một trong: {codes}."),
            text=text,
            codes=", ".join(filter(None, codes)),
        )

    return Form(
        "|".join(filter(None, codes)),
        read,
        lambda names, value: _(codes.get(str(value), str(value))),
    )


def _number(desk: "Desk", text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        raise ThukyError(N_("“{text}” không phải là số."), text=text)
    return int(text)


def _show_day(names: Names, value: str) -> str:
    try:
        return show_date(date.fromisoformat(value))
    except ValueError:
        return value


def _field(desk: "Desk", text: str) -> str:
    from office.fields import called

    return called(desk.store, text).id


def _unit_shown(names: Names, id: str) -> str:
    from tui.queries import NOW

    return names.directory.shown(id, _(NOW))


TEXT = Form(N_("CHỮ"), lambda desk, text: text)
NUMBER = Form(N_("SỐ"), _number)
MOMENT = Form(
    N_("GIỜ NGÀY"),
    lambda desk, text: to_utc(parse_moment(text, desk.today)),
    lambda desk, value: show_moment(value),
)
DAY = Form(N_("NGÀY"), lambda desk, text: parse_date(text, desk.today).isoformat(), _show_day)
CLOCK = Form(N_("GIỜ"), lambda desk, text: show_time(parse_time(text)))
UNITS = Form(
    N_("ĐƠN VỊ; ĐƠN VỊ"),
    lambda desk, text: "\n".join(
        desk.directory.unit(part).id for part in text.split(";") if part.strip()
    ),
    lambda desk, value: "; ".join(_unit_shown(desk, id) for id in value.splitlines()),
)
ENDINGS = {"_at": MOMENT, "_on": DAY, "due": DAY, "time": CLOCK}
REFERENCES = {
    "unit": Form(
        N_("ĐƠN VỊ"),
        lambda desk, text: desk.directory.unit(text).id,
        lambda desk, value: _unit_shown(desk, value),
    ),
    "person": Form(
        N_("HỌ TÊN"),
        lambda desk, text: desk.person(text).id,
        lambda desk, value: desk.directory.name_of(value),
    ),
    "meeting": Form(
        N_("MÃ"),
        lambda desk, text: desk.row(records.Meeting, text).id,
        lambda desk, value: desk.title(records.Meeting, value),
    ),
    "series": Form(
        N_("MÃ"),
        lambda desk, text: desk.row(records.Series, text).id,
        lambda desk, value: desk.title(records.Series, value),
    ),
    "field": Form(
        N_("LĨNH_VỰC"),
        lambda desk, text: _field(desk, text),
        lambda desk, value: desk.title(records.Field, value),
    ),
    "inspection": Form(
        N_("MÃ"),
        lambda desk, text: desk.row(records.Inspection, text).id,
        lambda desk, value: desk.title(records.Inspection, value),
    ),
    "followup": Form(
        N_("MÃ"),
        lambda desk, text: desk.row(records.Followup, text).id,
        lambda desk, value: desk.title(records.Followup, value),
    ),
}
