"""thuky field: add, list, set, delete."""

from office import fields as office_fields
from schema.conditions import OPEN
from schema.errors import N_
from schema.records import Field, Followup
from tui.cli.command import Argument, Group, command, fields
from tui.cli.desk import Desk
from tui.cli.fields import one_line
from tui.words import _

field = Group("field", N_("Lĩnh vực công tác và lãnh đạo phụ trách từng lĩnh vực."))
NAME = Argument("field", N_("LĨNH_VỰC"))


@command(field, "add", N_("Thêm một lĩnh vực."), fields(Field, "name"))
def add(desk: Desk, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        new = desk.read(Field, cells)
        kept = office_fields.add(desk.store, new["name"], new.get("leader"))
    desk.done(kept, N_("Đã thêm lĩnh vực “{name}”."), name=kept.name)


@command(field, "list", N_("Liệt kê các lĩnh vực, kèm số nhiệm vụ đang mở."))
def list_(desk: Desk) -> None:
    def open_ones(row: Field) -> str:
        return str(desk.store.count(Followup, f"field = ? AND {OPEN.sql}", row.id))

    also = {_("Đang mở"): open_ones}
    desk.rows(Field, office_fields.all_fields(desk.store), "name", "leader", also=also)


@command(field, "set", N_("Đổi tên, đổi lãnh đạo phụ trách; rỗng là bỏ."), NAME, [*fields(Field)])
def set_(desk: Desk, field: str, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        old = office_fields.called(desk.store, one_line(field))
        kept = office_fields.change(desk.store, old.id, **desk.read(Field, cells))
    desk.done(kept, N_("Đã sửa lĩnh vực “{name}”."), name=kept.name)


@command(field, "delete", N_("Xóa một lĩnh vực; nhiệm vụ của nó vẫn còn."), NAME)
def delete(desk: Desk, field: str) -> None:
    with desk.store.transaction():
        old = office_fields.called(desk.store, one_line(field))
        kept = desk.store.delete(Field, old.id)
    desk.done(kept, N_("Đã xóa lĩnh vực “{name}”."), name=kept.name)
