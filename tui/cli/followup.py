"""thuky followup: add, list, show, set."""

from dataclasses import replace

from office import followups
from office.labels import FOLLOWUP_STATES
from schema.errors import N_, ThukyError
from schema.records import Followup, Meeting
from tui.cli.command import Argument, Group, Option, command, fields
from tui.cli.desk import Desk
from tui.cli.fields import coded
from tui.cli.rows import listed

followup = Group("followup", N_("Nhiệm vụ theo dõi: thêm, xem, sửa."))
ID = Argument("id", N_("MÃ"))
STATE = coded(FOLLOWUP_STATES)


@command(followup, "add", N_("Thêm một nhiệm vụ."), fields(Followup, "work"))
def add(desk: Desk, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        new = Followup(**desk.read(Followup, cells))
        check(new)
        kept = followups.add(desk.store, new, by=desk.store.local("name"))
    desk.done(kept, N_("Đã thêm nhiệm vụ: {work}."), work=kept.work)


@command(
    followup,
    "list",
    N_("Liệt kê các nhiệm vụ theo thời hạn."),
    Option("--meeting", N_("của cuộc họp này"), N_("MÃ")),
    Option("--state", N_("đang ở trạng thái này"), STATE.metavar),
)
def list_(desk: Desk, meeting: str | None, state: str | None) -> None:
    wanted = {}
    if meeting:
        wanted["meeting = ?"] = desk.row(Meeting, meeting).id
    if state:
        wanted["state = ?"] = STATE.read(desk, state)
    rows = listed(desk.store, Followup, "due IS NULL, due", wanted)
    desk.rows(Followup, rows, "due", "state", "lead", "work")


@command(followup, "show", N_("Xem một nhiệm vụ."), ID)
def show(desk: Desk, id: str) -> None:
    desk.record(desk.row(Followup, id))


@command(followup, "set", N_("Sửa một nhiệm vụ; giá trị rỗng xóa ô."), ID, fields(Followup))
def set_(desk: Desk, id: str, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        old = desk.row(Followup, id)
        changes = desk.read(Followup, cells)
        check(replace(old, **changes))
        kept = desk.change(old, changes)
    desk.done(kept, N_("Đã sửa nhiệm vụ: {work}."), work=kept.work)


def check(new: Followup) -> None:
    if not new.work:
        raise ThukyError(N_("Nhiệm vụ chưa nói việc gì."))
