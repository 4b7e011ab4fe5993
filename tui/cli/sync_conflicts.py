"""What `thuky sync conflicts`, `restore` and `keep` answer."""

from typing import Any

from office.moments import show_moment
from schema.errors import N_
from sync import conflicts
from sync.machines import machines
from tui.cli.desk import Desk
from tui.cli.table import table
from tui.overwritten import Naming, Overwritten, overwritten
from tui.words import _


def list_conflicts(desk: Desk) -> None:
    naming = Naming(desk.store)
    found = [overwritten(naming, conflict) for conflict in conflicts.conflicts(desk.store)]
    if desk.common.json:
        desk.json([_facts(one) for one in found])
    elif not found:
        desk.say(_("Không có giá trị nào bị ghi đè."))
    else:
        names = {machine.device: machine.name for machine in machines(desk.store)}
        heads = [_("Mã"), _("Ở đâu"), _("Ô"), _("Bị ghi đè"), _("Đang hiện"), _("Ai, lúc")]
        rows = (
            [
                *(one.conflict.id, one.title, one.label, one.lost, one.shown),
                f"{names.get(one.device, one.device)} {show_moment(one.at)}",
            ]
            for one in found
        )
        desk.say(table(heads, rows))


def restore_one(desk: Desk, id: str) -> None:
    one = _one(desk, id)
    conflicts.restore(desk.store, one.conflict)
    _answer(desk, one, N_("Đã lấy lại “{lost}” thay cho “{shown}”."))


def keep_one(desk: Desk, id: str) -> None:
    one = _one(desk, id)
    conflicts.keep(desk.store, one.conflict)
    _answer(desk, one, N_("Đã giữ “{shown}”, bỏ “{lost}”."))


def _one(desk: Desk, id: str) -> Overwritten:
    return overwritten(Naming(desk.store), conflicts.find(desk.store, id))


def _answer(desk: Desk, one: Overwritten, sentence: str) -> None:
    if desk.common.json:
        desk.json(_facts(one))
    else:
        desk.say(_(sentence).format(lost=one.lost, shown=one.shown))


def _facts(one: Overwritten) -> dict[str, Any]:
    conflict = one.conflict
    return {
        "id": conflict.id,
        "table": conflict.tbl,
        "row": conflict.row,
        "column": conflict.lost.col,
        "title": one.title,
        "label": one.label,
        "lost": _value(conflict.lost.val),
        "shown": None if conflict.deleted else _value(conflict.shown.val),
        "deleted": conflict.deleted,
        "at": one.at,
        "device": conflict.lost.device,
    }


def _value(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
