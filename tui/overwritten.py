"""Overwritten values in a person's words: which record, which cell, what was lost, what shows.

Public entrance: `Overwritten`, `overwritten`, `Naming`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from office.directory import Directory
from office.labels import URGING_KINDS
from office.moments import show_day, show_moment
from schema import records
from schema.errors import N_
from schema.store import Store, utc_text
from schema.tables import BY_NAME, columns_of
from sync.change import writer
from sync.conflicts import Conflict
from tui import queries
from tui.cli.fields import field_of
from tui.words import _

TABLES: Mapping[str, str] = {
    "unit": N_("Đơn vị: {title}"),
    "person": N_("Người: {title}"),
    "post": N_("Chức vụ: {title}"),
    "series": N_("Loạt họp: {title}"),
    "meeting": N_("Cuộc họp: {title}"),
    "agenda_item": N_("Mục chương trình: {title}"),
    "attendance": N_("Người dự: {title}"),
    "followup": N_("Nhiệm vụ: {title}"),
    "followup_source": N_("Nguồn của nhiệm vụ: {title}"),
    "text": N_("Biên bản: {title}"),
    "abbreviation": N_("Gõ tắt: {title}"),
    "setting": N_("Cài đặt: {title}"),
    "field": N_("Lĩnh vực: {title}"),
    "urging_rule": N_("Luật đôn đốc: {title}"),
    "inspection": N_("Cuộc kiểm tra: {title}"),
    "finding": N_("Điều kiểm tra thấy: {title}"),
    "calendar_day": N_("Ngày nghỉ, ngày làm bù: {title}"),
    "saved_filter": N_("Bộ lọc: {title}"),
}
# What the columns are called that are no option of any command.
COLUMNS: Mapping[str, str] = {
    "deleted_at": N_("Xóa"),
    "position": N_("Thứ tự"),
    "anchor": N_("Chỗ trong biên bản"),
    "line": N_("Dòng trong biên bản"),
    "meeting": N_("Cuộc họp"),
    "followup": N_("Nhiệm vụ"),
    "person": N_("Con người"),
    "unit": N_("Đơn vị"),
    "title": N_("Tên"),
    "name": N_("Tên"),
    "kind": N_("Loại"),
    "starts_on": N_("Từ ngày"),
    "ends_on": N_("Đến hết"),
    "owner": N_("Loại"),
    "short": N_("Gõ tắt"),
    "long": N_("Gõ đầy đủ"),
    "value": N_("Giá trị"),
    "source": N_("Căn cứ"),
    "provisional": N_("Tạm tính"),
    "scope": N_("Loại"),
    "query": N_("Điều kiện lọc"),
    "view": N_("Cách bày"),
    "secrecy": N_("Độ mật"),
}
# What a record is called by, the first that it has.
_TITLES = ("title", "work", "name", "short", "number", "excerpt")
_OWNERS = ("person", "followup", "meeting", "series", "unit")


@dataclass(frozen=True, slots=True)
class Overwritten:
    """One overwritten value, ready to be shown; `at` is when it was written (UTC)."""

    conflict: Conflict
    title: str
    label: str
    lost: str
    shown: str
    device: str
    at: str


class Naming:
    """What ids stand for in one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def directory(self) -> Directory:
        return queries.directory(self._store)

    def title(self, record: type[Any], id: str) -> str:
        """What a record is called, by itself or by whom it belongs to."""
        row = self._store.find(record, id)
        if row is None:
            return ""
        for name in _TITLES:
            if text := getattr(row, name, ""):
                return str(text)
        if isinstance(row, records.CalendarDay):
            return show_day(row.id)
        if isinstance(row, records.UrgingRule):
            return _(URGING_KINDS.get(row.kind, row.kind))
        if isinstance(row, records.Text):
            return self.title(records.Meeting, row.id)
        for owner in _OWNERS:
            if (there := getattr(row, owner, None)) and (words := self.title_of(owner, there)):
                return words
        return row.id if isinstance(row, records.Setting) else ""

    def title_of(self, table: str, id: str) -> str:
        return self.title(BY_NAME[table].record, id) if table in BY_NAME else ""

    def full_title(self, table: str, id: str) -> str:
        """The kind of record, and what it is called."""
        words = _(TABLES.get(table, f"{table}: {{title}}"))
        return words.format(title=self.title_of(table, id)).removesuffix(": ")

    def value(self, table: str, column: str, value: Any) -> str:
        """A cell as people read it."""
        if value is None or value == "":
            return _("(trống)")
        if isinstance(value, bytes):
            return _("(chỗ trong biên bản)")
        record = BY_NAME[table].record if table in BY_NAME else None
        if record and (field := field_of(record, column)):
            return field.show_value(self, value) or str(value)
        if column == "deleted_at":
            return _("xóa lúc {at}").format(at=show_moment(str(value)))
        if column == "provisional":
            return _("Có") if value else _("Không")
        ref = next((c.ref for c in columns_of(record) if c.name == column), None) if record else ""
        if ref:
            return self.title_of(ref, str(value)) or str(value)
        return show_day(str(value)) if column.endswith("_on") else str(value)


def label(table: str, column: str) -> str:
    """What people call a column."""
    field = field_of(BY_NAME[table].record, column) if table in BY_NAME else None
    return _(field.words if field else COLUMNS.get(column, column))


def overwritten(naming: Naming, conflict: Conflict) -> Overwritten:
    table, lost = conflict.tbl, conflict.lost
    value = naming.value(table, lost.col, lost.val)
    if lost.col == "deleted_at" and lost.val is None:
        value = _("không xóa")
    if conflict.deleted:
        shown = naming.value(table, "deleted_at", conflict.shown.val)
    elif lost.col == "deleted_at" and conflict.shown.val is None:
        shown = _("không xóa")
    else:
        shown = naming.value(table, lost.col, conflict.shown.val)
    return Overwritten(
        conflict=conflict,
        title=naming.full_title(table, conflict.row),
        label=label(table, lost.col),
        lost=value,
        shown=shown,
        device=writer(lost.device),
        at=utc_text((lost.hlc >> 16) / 1000),
    )
