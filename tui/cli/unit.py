"""thuky unit: add, list, set, merge, import."""

from dataclasses import replace
from pathlib import Path

import click

from office.directory import plain
from office.intake import plan_units, write
from office.merging import merge, renamed, unmerge
from schema.errors import N_, ThukyError
from schema.records import Followup, Unit
from tui.cli.command import Argument, Group, Option, command, fields
from tui.cli.desk import Desk
from tui.cli.spreadsheet import read_rows, tell_counts

OPEN = "state NOT IN ('done', 'cancelled')"
UNIT = Argument("unit", N_("ĐƠN_VỊ"))

unit = Group("unit", N_("Đơn vị: thêm, xem, sửa, nhập vào đơn vị khác, nhập từ tệp CSV."))


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
    "set",
    N_("Sửa một đơn vị; giá trị rỗng xóa ô. Tên cũ thành một tên gọi khác."),
    UNIT,
    [option for option in fields(Unit) if option.name != "successor"],
)
def set_(desk: Desk, unit: str, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        old = desk.directory.unit(unit)
        changes = desk.read(Unit, cells)
        if not changes.get("name", old.name):
            raise ThukyError(N_("Đơn vị chưa có tên."))
        now = replace(old, aliases=changes.get("aliases", old.aliases))
        kept = desk.change(old, changes | renamed(now, changes.get("name", old.name)))
    desk.done(kept, N_("Đã sửa đơn vị “{name}”."), name=kept.name)


@command(
    unit,
    "merge",
    N_("Ghi rằng nhiệm vụ của một đơn vị nay thuộc đơn vị khác; không có gì bị viết lại."),
    UNIT,
    Option("--into", N_("đơn vị nhận nhiệm vụ; để rỗng là thôi nhập"), N_("ĐƠN_VỊ"), required=True),
)
def merge_(desk: Desk, unit: str, into: str) -> None:
    old = desk.directory.unit(unit)
    if not into.strip():
        kept = unmerge(desk.store, old.id)
        desk.done(kept, N_("“{name}” lại là một đơn vị riêng."), name=kept.name)
        return
    new = desk.directory.unit(into)
    kept = merge(desk.store, old.id, new.id)
    tasks = desk.store.count(Followup, f"lead = ? AND {OPEN}", old.id)
    words = N_("“{name}” nay là “{into}”. {count} nhiệm vụ đang làm vẫn giữ nguyên.")
    desk.done(kept, words, name=kept.name, into=new.name, count=tasks)


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
