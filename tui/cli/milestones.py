"""thuky followup milestone: add, list, done, move, remove: the steps of a scheme.

A milestone is a follow-up, so `followup extend`, `set` and `history` take its id as well.
"""

from office import followups, milestones
from office.answers import read_answer
from schema.errors import N_
from schema.records import Followup
from tui.arguments import WrongUsage
from tui.cli.command import Argument, Group, Option, command
from tui.cli.desk import Desk
from tui.cli.fields import NUMBER, one_line
from tui.cli.points import read_cells, warn_of_the_past

milestone = Group("milestone", N_("Các mốc của một đề án: thêm, xem, xong, đổi thứ tự, bỏ."))
_ID = Argument("id", N_("MÃ"))
_MARK = "◂"


@command(
    milestone,
    "add",
    N_("Thêm một mốc vào cuối các mốc của một đề án hay nhiệm vụ."),
    _ID,
    Option("--work", N_("mốc là việc gì"), N_("CHỮ"), required=True),
    Option("--due", N_("thời hạn"), N_("NGÀY|CỤM_TỪ")),
    Option("--product", N_("sản phẩm của mốc"), N_("CHỮ")),
)
def add(desk: Desk, id: str, work: str, due: str | None, product: str | None) -> None:
    with desk.store.transaction():
        scheme = desk.row(Followup, id)
        on = followups.said_on(desk.store, scheme) or desk.today
        given = {"due": due, "product": product}
        cells = read_cells(desk, {name: text for name, text in given.items() if text}, on)
        kept = milestones.add(desk.store, scheme.id, one_line(work), cells)
    warn_of_the_past(desk, kept)
    desk.done(kept, N_("Đã thêm mốc: {work}."), work=kept.work)


@command(milestone, "list", N_("Liệt kê các mốc theo thứ tự; mốc phải tới tiếp theo có dấu."), _ID)
def list_(desk: Desk, id: str) -> None:
    rows = milestones.milestones_of(desk.store, desk.row(Followup, id).id)
    following = milestones.next_of(rows)

    def mark(row: Followup) -> str:
        return _MARK if following and row.id == following.id else ""

    desk.rows(Followup, rows, "due", "state", "work", "product", also={"": mark})


@command(
    milestone,
    "done",
    N_("Ghi một mốc đã xong, với điều cho thấy: số văn bản, số liệu, vài chữ."),
    _ID,
    Option("--said", N_("12/BC-STC ngày 5/3; 12,5 tỷ đồng; vài chữ"), N_("CHỮ")),
)
def done(desk: Desk, id: str, said: str | None) -> None:
    with desk.store.transaction():
        row = desk.row(Followup, id)
        given = read_answer(one_line(said or ""), desk.today)
        milestones.reach(desk.store, row.id, given, by=desk.store.local("name"))
        kept = desk.store.get(Followup, row.id)
    desk.done(kept, N_("Đã xong mốc: {work}."), work=kept.work)


@command(
    milestone,
    "move",
    N_("Đưa một mốc xuống sau, hoặc lên trước, bấy nhiêu mốc."),
    _ID,
    Option("--down", N_("xuống bấy nhiêu mốc"), N_("SỐ")),
    Option("--up", N_("lên bấy nhiêu mốc"), N_("SỐ")),
)
def move(desk: Desk, id: str, down: str | None, up: str | None) -> None:
    if bool(down) == bool(up):
        raise WrongUsage(N_("Thiếu {missing}."), missing="--down | --up")
    by = NUMBER.read(desk, down) if down else -NUMBER.read(desk, up or "")
    kept = milestones.move(desk.store, desk.row(Followup, id).id, by)
    desk.done(kept, N_("Đã đổi chỗ mốc: {work}."), work=kept.work)


@command(milestone, "remove", N_("Bỏ một mốc."), _ID)
def remove(desk: Desk, id: str) -> None:
    kept = milestones.remove(desk.store, desk.row(Followup, id).id)
    desk.done(kept, N_("Đã bỏ mốc: {work}."), work=kept.work)
