"""thuky unit: add, list, import."""

from pathlib import Path

import click

from office.directory import plain
from office.intake import plan_units, write
from schema.errors import N_, ThukyError
from schema.records import Unit
from tui.cli.command import Argument, Group, command, fields
from tui.cli.desk import Desk
from tui.cli.spreadsheet import read_rows, tell_counts

unit = Group("unit", N_("Đơn vị: thêm, xem, nhập từ tệp CSV."))


@command(unit, "add", N_("Thêm một đơn vị."), fields(Unit, "name"))
def add(desk: Desk, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        new = Unit(**desk.read(Unit, cells))
        if not new.name:
            raise ThukyError(N_("Đơn vị chưa có tên."))
        if any(plain(other.name) == plain(new.name) for other in desk.directory.units):
            desk.notice(N_("Đã có đơn vị khác tên “{name}”."), name=new.name)
        kept = desk.store.insert(new)
    desk.done(kept, N_("Đã thêm đơn vị “{name}”."), name=kept.name)


@command(unit, "list", N_("Liệt kê các đơn vị theo vần."))
def list_(desk: Desk) -> None:
    desk.rows(Unit, desk.directory.units, "name", "abbr", "type", "parent")


@command(
    unit,
    "import",
    N_("Nhập từ tệp CSV có các cột name, abbr, type, parent; nhập cả tệp hoặc không nhập gì."),
    Argument("file", N_("TỆP"), type=click.Path()),
)
def import_(desk: Desk, file: str) -> None:
    rows = read_rows(Path(file).expanduser(), ("name", "abbr", "type", "parent"))
    with desk.store.transaction():
        plan = plan_units(rows, desk.directory, desk.store.new_id)
        write(desk.store, plan)
    tell_counts(desk, plan)
