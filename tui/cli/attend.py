"""thuky attend: add, list, set (the roll call)."""

from collections.abc import Sequence

from office.directory import ID_START
from office.labels import ATTENDANCE_STATUSES
from schema.errors import N_, Ambiguous, NotFound, ThukyError
from schema.records import Attendance, Meeting, Person
from schema.viet import fold
from tui import queries
from tui.cli.command import Argument, Group, command, fields
from tui.cli.desk import Desk
from tui.words import _

attend = Group("attend", N_("Thành phần dự họp: thêm, xem, điểm danh."))
MEETING = Argument("meeting", N_("MÃ_CUỘC_HỌP"))


@command(
    attend,
    "add",
    N_("Thêm một người dự: --person, hoặc chỉ tên bằng --name."),
    MEETING,
    fields(Attendance),
)
def add(desk: Desk, meeting: str, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        held = desk.row(Meeting, meeting)
        before = queries.attendance_of(desk.store, held.id)
        values = desk.read(Attendance, cells)
        if not (values.get("person") or values.get("name")):
            raise ThukyError(N_("Chưa nói ai dự: hãy cho --person hoặc --name."))
        person = desk.store.find(Person, values.get("person"))
        if person and (posts := desk.directory.posts_of(person, desk.today)):
            values.setdefault("unit", posts[0].unit)
        position = max((other.position for other in before), default=0.0) + 1
        kept = desk.store.insert(Attendance(meeting=held.id, position=position, **values))
    desk.done(kept, N_("Đã thêm {name} vào thành phần dự họp."), name=name_of(desk, kept))


@command(attend, "list", N_("Xem thành phần dự họp."), MEETING)
def list_(desk: Desk, meeting: str) -> None:
    rows = queries.attendance_of(desk.store, desk.row(Meeting, meeting).id)
    desk.rows(Attendance, rows, "person", "name", "unit", "role", "status", "substitute")


@command(
    attend,
    "set",
    N_("Điểm danh hoặc sửa một người dự, gọi bằng tên hoặc mã."),
    MEETING,
    Argument("who", N_("TÊN")),
    fields(Attendance),
)
def set_(desk: Desk, meeting: str, who: str, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        rows = queries.attendance_of(desk.store, desk.row(Meeting, meeting).id)
        kept = desk.change(called(desk, rows, who), desk.read(Attendance, cells))
    status = _(ATTENDANCE_STATUSES.get(kept.status, kept.status))
    desk.done(kept, N_("{name}: {status}."), name=name_of(desk, kept), status=status)


def name_of(desk: Desk, row: Attendance) -> str:
    return desk.directory.name_of(row.person) or row.name


def called(desk: Desk, rows: Sequence[Attendance], who: str) -> Attendance:
    """The one whose id starts so, or whose name is `who` or has it. Raises NotFound, Ambiguous."""
    folded = fold(who).strip()
    names = {row.id: fold(name_of(desk, row)) for row in rows}
    for found in (
        [row for row in rows if len(folded) >= ID_START and row.id.startswith(folded)],
        [row for row in rows if names[row.id] == folded],
        [row for row in rows if folded and folded in names[row.id]],
    ):
        if len(found) > 1:
            listed = "; ".join(f"{row.id} ({name_of(desk, row)})" for row in found)
            raise Ambiguous(
                N_("Có {count} người dự tên “{name}”; hãy dùng mã của một người: {listed}."),
                count=len(found),
                name=who,
                listed=listed,
            )
        if found:
            return found[0]
    raise NotFound(N_("Không có người dự nào tên “{name}” trong cuộc họp này."), name=who)
