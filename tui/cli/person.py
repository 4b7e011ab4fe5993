"""thuky person: add, list, import."""

from pathlib import Path

import click

from office.directory import plain
from office.intake import plan_persons, write
from schema.errors import N_, ThukyError
from schema.records import Person, Post
from tui.cli.command import Argument, Group, Option, command, fields
from tui.cli.desk import Desk
from tui.cli.fields import one_line
from tui.cli.rows import as_json
from tui.cli.spreadsheet import read_rows, tell_counts
from tui.words import _

person = Group("person", N_("Con người: thêm, xem, nhập từ tệp CSV."))


@command(
    person,
    "add",
    N_("Thêm một người."),
    fields(Person, "name"),
    Option("--post", N_("Chức vụ"), N_("CHỮ")),
    Option("--unit", N_("Đơn vị của chức vụ"), N_("ĐƠN VỊ")),
)
def add(desk: Desk, cells: dict[str, str], post: str | None, unit: str | None) -> None:
    with desk.store.transaction():
        new = Person(**desk.read(Person, cells))
        if not new.name:
            raise ThukyError(N_("Chưa có họ tên."))
        if any(plain(other.name) == plain(new.name) for other in desk.directory.persons):
            desk.notice(N_("Đã có người khác tên “{name}”."), name=new.name)
        kept = desk.store.insert(new)
        if post or unit:
            held = desk.directory.unit(unit).id if unit else None
            desk.store.insert(Post(person=kept.id, title=one_line(post or ""), unit=held))
    desk.done(kept, N_("Đã thêm {name}."), name=kept.name)


@command(person, "list", N_("Liệt kê mọi người theo tên, với chức vụ hiện nay."))
def list_(desk: Desk) -> None:
    posts = {p.id: desk.directory.posts_of(p, desk.today) for p in desk.directory.persons}
    if desk.common.json:
        desk.json(
            [as_json(p) | {"posts": [*map(as_json, posts[p.id])]} for p in desk.directory.persons]
        )
        return

    def titles(person: Person) -> str:
        names = ((post.title, desk.directory.name_of(post.unit)) for post in posts[person.id])
        return "; ".join(" ".join(filter(None, pair)) for pair in names)

    also = {_("Chức vụ"): titles}
    desk.rows(Person, desk.directory.persons, "name", "phone", "email", also=also)


@command(
    person,
    "import",
    N_(
        "Nhập từ tệp CSV có các cột name, post, unit, phone, email; nhập cả tệp hoặc không nhập gì."
    ),
    Argument("file", N_("TỆP"), type=click.Path()),
)
def import_(desk: Desk, file: str) -> None:
    rows = read_rows(Path(file).expanduser(), ("name", "post", "unit", "phone", "email"))
    with desk.store.transaction():
        plan = plan_persons(rows, desk.directory, desk.store.new_id, desk.today)
        write(desk.store, plan)
    tell_counts(desk, plan)
