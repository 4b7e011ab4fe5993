"""thuky agenda: add, list."""

from schema.errors import N_
from schema.records import AgendaItem, Meeting
from tui import queries
from tui.cli.command import Argument, Group, command, fields
from tui.cli.desk import Desk

agenda = Group("agenda", N_("Chương trình của một cuộc họp: thêm mục, xem."))
MEETING = Argument("meeting", N_("MÃ_CUỘC_HỌP"))


@command(
    agenda, "add", N_("Thêm một mục vào cuối chương trình."), MEETING, fields(AgendaItem, "title")
)
def add(desk: Desk, meeting: str, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        held = desk.row(Meeting, meeting)
        before = queries.agenda_of(desk.store, held.id)
        kept = desk.store.insert(
            AgendaItem(
                meeting=held.id,
                position=max((item.position for item in before), default=0.0) + 1,
                **desk.read(AgendaItem, cells),
            )
        )
    desk.done(
        kept,
        N_("Đã thêm mục {number} vào chương trình: {title}."),
        number=len(before) + 1,
        title=kept.title,
    )


@command(agenda, "list", N_("Xem chương trình."), MEETING)
def list_(desk: Desk, meeting: str) -> None:
    items = queries.agenda_of(desk.store, desk.row(Meeting, meeting).id)
    desk.rows(AgendaItem, items, "title", "presenter", "minutes")
