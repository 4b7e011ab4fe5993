"""thuky filter: list, save, delete."""

from office import saved_filters
from office.asking import Asking
from office.layouts import read
from schema.errors import N_
from schema.records import SavedFilter
from tui.cli.command import Argument, Group, Option, command
from tui.cli.desk import Desk
from tui.cli.fields import one_line
from tui.cli.table import table
from tui.words import _

filter_ = Group("filter", N_("Bộ lọc nhiệm vụ có tên, mọi máy dùng chung."))
NAME = Argument("name", N_("TÊN"))


@command(filter_, "list", N_("Liệt kê các bộ lọc, đã lưu trước, sẵn có sau."))
def list_(desk: Desk) -> None:
    found = saved_filters.named_filters(desk.store)
    named = [(f.name if f.id else _(f.name), f) for f in found]
    if desk.common.json:
        desk.json(
            [{"id": f.id or None, "name": n, "query": f.query, "view": f.view} for n, f in named]
        )
    else:
        desk.say(
            table(
                [_("Tên"), _("Dòng lọc"), _("Cách xem")],
                ([name, f.query, f.view] for name, f in named),
            )
        )


@command(
    filter_,
    "save",
    N_("Lưu một dòng lọc; tên đã có thì thay dòng lọc cũ."),
    NAME,
    Argument("asked", N_("DÒNG_LỌC")),
    Option(
        "--view",
        N_("cách xem: form:board|month|week, group:unit|leader|field|state|week|meeting, order:…"),
        N_("CHỮ"),
    ),
)
def save(desk: Desk, name: str, asked: str, view: str | None) -> None:
    parsed = Asking(desk.store, desk.today).parse(asked)
    for problem in parsed.problems:
        raise problem
    kept = saved_filters.save(desk.store, one_line(name), parsed.filter.text, read(view or "").text)
    desk.done(kept, N_("Đã lưu bộ lọc “{name}”."), name=kept.name)


@command(filter_, "delete", N_("Xóa một bộ lọc đã lưu."), NAME)
def delete(desk: Desk, name: str) -> None:
    known = saved_filters.called(desk.store, name)
    kept = desk.store.delete(SavedFilter, known.id)
    desk.done(kept, N_("Đã xóa bộ lọc “{name}”."), name=kept.name)
