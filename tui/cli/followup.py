"""thuky followup: add, list, show, set, event, carry, escalate, undo, earlier. The steps of its
life are in `tui.cli.lifecycle`."""

from dataclasses import replace

from office import followups
from office.labels import FOLLOWUP_EVENTS, SOURCE_KINDS
from office.moments import parse_date
from schema.earlier import events_at, left_by_earlier
from schema.errors import N_, ThukyError
from schema.records import Followup, FollowupSource, Meeting
from tui.arguments import WrongUsage
from tui.cli.command import Argument, FieldOption, Group, Option, command, fields
from tui.cli.desk import Desk
from tui.cli.fields import DAY, coded, one_line
from tui.cli.followup_list import OPTIONS, list_followups
from tui.cli.points import read_cells, read_sentence, warn_of_the_past
from tui.cli.table import table
from tui.event_words import clear_words
from tui.words import _

_STEPS = (
    *("assign", "accept", "progress", "extend", "submit", "return", "close", "done", "cancel"),
    *("reopen", "review", "history"),
)
followup = Group(
    "followup",
    N_("Nhiệm vụ theo dõi: thêm, xem, sửa, ghi việc đã xảy ra."),
    {name: f"tui.cli.lifecycle:{name.replace('return', 'return_')}" for name in _STEPS}
    | {
        "split": "tui.cli.parts:split",
        "parts": "tui.cli.parts:parts_",
        "answer": "tui.cli.parts:answer",
        "unsplit": "tui.cli.parts:unsplit",
        "milestone": "tui.cli.milestones:milestone",
        "occurrences": "tui.cli.occurrences:occurrences_",
        "bulk": "tui.cli.followup_views:bulk_",
        "standing": "tui.cli.followup_views:standing",
        "days": "tui.cli.followup_views:days",
    },
)
ID = Argument("id", N_("MÃ"))
SOURCE = coded(SOURCE_KINDS)
EVENT = coded({k: words for k, words in FOLLOWUP_EVENTS.items() if k not in followups.OF_THE_APP})
NOTE = Option("--note", N_("ghi chú, lý do"), N_("CHỮ"))
AT_MEETING = Option("--meeting", N_("tại cuộc họp này"), N_("MÃ"))


def _columns() -> list[Option]:
    """The columns of a follow-up, of which the deadline may also be a phrase."""
    options = [option for option in fields(Followup) if isinstance(option, FieldOption)]
    for option in options:
        if option.column == "due":
            option.metavar = N_("NGÀY|CỤM_TỪ")
    return [*options]


@command(
    followup,
    "add",
    N_("Thêm một nhiệm vụ; thời hạn là ngày hay cụm từ như “trong 05 ngày làm việc”."),
    Option("--read", N_("đọc các điểm từ câu giao việc này"), N_("CÂU")),
    Option("--source", N_("nhiệm vụ từ đâu đến"), SOURCE.metavar),
    Option("--number", N_("số văn bản giao"), N_("CHỮ")),
    Option("--issued-on", N_("ngày văn bản giao"), N_("NGÀY")),
    Option("--issuer", N_("nơi ban hành, người ra lệnh"), N_("CHỮ")),
    Option("--excerpt", N_("đoạn trích giao việc"), N_("CHỮ")),
    _columns(),
)
def add(
    desk: Desk,
    cells: dict[str, str],
    read: str | None,
    source: str | None,
    number: str | None,
    issued_on: str | None,
    issuer: str | None,
    excerpt: str | None,
) -> None:
    if "work" not in cells and not read:
        raise WrongUsage(N_("Thiếu {missing}."), missing="--work")
    with desk.store.transaction():
        meeting = desk.row(Meeting, cells["meeting"]) if cells.get("meeting") else None
        came_from = FollowupSource(
            kind=SOURCE.read(desk, source) if source else "meeting" if meeting else "hand",
            meeting=meeting.id if meeting else None,
            number=one_line(number or ""),
            issued_on=parse_date(issued_on, desk.today).isoformat() if issued_on else None,
            issuer=one_line(issuer or ""),
            excerpt=one_line(excerpt or read or ""),
        )
        on = followups.day_given(meeting, [came_from]) or desk.today
        stated = read_sentence(desk, one_line(read), on) if read else {}
        new = Followup(**stated | read_cells(desk, cells, on))
        check(desk, new)
        kept = followups.add(desk.store, new, by=desk.store.local("name"), source=came_from)
    warn_of_the_past(desk, kept)
    desk.done(kept, N_("Đã thêm nhiệm vụ: {work}."), work=kept.work)


command(followup, "list", N_("Liệt kê các nhiệm vụ theo thời hạn."), OPTIONS)(list_followups)


@command(followup, "show", N_("Xem một nhiệm vụ, nguồn và những gì đã xảy ra."), ID)
def show(desk: Desk, id: str) -> None:
    from tui.cli.lifecycle import event_json, history_table

    row = desk.row(Followup, id)
    if desk.common.json:
        events = followups.events_of(desk.store, row.id)
        sources = followups.sources_of(desk.store, row.id)
        desk.json(
            desk.facts(row)
            | {
                "events": [event_json(desk, event) for event in events],
                "sources": [desk.facts(source) for source in sources],
            }
        )
        return
    desk.record(row)
    desk.say(_("Sáu điểm: {points}").format(points=clear_words(row)))
    _say_sources(desk, row.id)
    desk.say(history_table(desk, followups.events_of(desk.store, row.id)))


def _say_sources(desk: Desk, followup: str) -> None:
    rows = [
        [
            _(SOURCE_KINDS.get(source.kind, source.kind)),
            desk.title(Meeting, source.meeting) if source.meeting else source.number,
            DAY.show(desk, source.issued_on) if source.issued_on else "",
            source.issuer,
            source.excerpt,
        ]
        for source in followups.sources_of(desk.store, followup)
    ]
    desk.say(table([_("Nguồn"), _("Từ"), _("Ngày"), _("Ai"), _("Trích")], rows))


@command(followup, "set", N_("Sửa một nhiệm vụ; giá trị rỗng xóa ô."), ID, _columns())
def set_(desk: Desk, id: str, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        old = desk.row(Followup, id)
        on = followups.said_on(desk.store, old) or desk.today
        changes = read_cells(desk, cells, on)
        check(desk, replace(old, **changes))
        kept = desk.change(old, changes)
    if "due" in changes:
        warn_of_the_past(desk, kept)
    desk.done(kept, N_("Đã sửa nhiệm vụ: {work}."), work=kept.work)


@command(
    followup,
    "event",
    N_("Ghi một việc đã xảy ra với nhiệm vụ; trạng thái theo đó mà ra."),
    ID,
    Argument("kind", EVENT.metavar),
    NOTE,
    AT_MEETING,
)
def event(desk: Desk, id: str, kind: str, note: str | None, meeting: str | None) -> None:
    _record(desk, id, EVENT.read(desk, kind), note, meeting)


@command(
    followup,
    "carry",
    N_("Chuyển một nhiệm vụ chưa xong sang cuộc họp này theo dõi tiếp."),
    ID,
    Option("--meeting", N_("cuộc họp theo dõi tiếp"), N_("MÃ"), required=True),
    NOTE,
)
def carry(desk: Desk, id: str, meeting: str, note: str | None) -> None:
    _record(desk, id, "carried", note, meeting)


@command(followup, "escalate", N_("Báo một nhiệm vụ lên lãnh đạo phụ trách."), ID, NOTE, AT_MEETING)
def escalate(desk: Desk, id: str, note: str | None, meeting: str | None) -> None:
    _record(desk, id, "escalated", note, meeting)


@command(followup, "undo", N_("Rút lại việc ghi sau cùng của một nhiệm vụ."), ID)
def undo(desk: Desk, id: str) -> None:
    with desk.store.transaction():
        old = desk.row(Followup, id)
        event = followups.last_event(desk.store, old.id)
        if event is None:
            raise ThukyError(N_("Nhiệm vụ này chưa ghi việc gì để rút lại."))
        followups.undo(desk.store, event, by=desk.store.local("name"))
        kept = desk.store.get(Followup, old.id)
    words = _(FOLLOWUP_EVENTS.get(event.kind, event.kind))
    desk.done(kept, N_("Đã rút lại “{event}”: {work}."), event=words, work=kept.work)


@command(
    followup,
    "earlier",
    N_("Liệt kê việc mà các kỳ họp trước của loạt để lại cho một cuộc họp, và đã ghi gì ở đó."),
    Option("--meeting", N_("cuộc họp này"), N_("MÃ"), required=True),
)
def earlier(desk: Desk, meeting: str) -> None:
    at = desk.row(Meeting, meeting)
    left = left_by_earlier(desk.store, at)
    happened = events_at(desk.store, at.id, [row.id for row in left])

    def here(row: Followup) -> str:
        event = happened.get(row.id)
        return _(FOLLOWUP_EVENTS.get(event.kind, event.kind)) if event else ""

    also = {_("Kỳ này"): here}
    desk.rows(Followup, left, "due", "state", "lead", "work", also=also)


def _record(desk: Desk, id: str, kind: str, note: str | None, meeting: str | None) -> None:
    with desk.store.transaction():
        old = desk.row(Followup, id)
        at = desk.row(Meeting, meeting).id if meeting else None
        by, said = desk.store.local("name"), one_line(note or "")
        if kind == "carried" and at:
            followups.carry_over(desk.store, old.id, meeting=at, by=by, note=said)
        else:
            followups.record(desk.store, old.id, kind, by=by, note=said, meeting=at)
        kept = desk.store.get(Followup, old.id)
    words = _(FOLLOWUP_EVENTS[kind])
    desk.done(kept, N_("Đã ghi “{event}”: {work}."), event=words, work=kept.work)


def check(desk: Desk, new: Followup) -> None:
    """Say what is to be minded of it. Raises ThukyError where it cannot be kept as it is."""
    if not new.work:
        raise ThukyError(N_("Nhiệm vụ chưa nói việc gì."))
    if new.recurrence:
        from office.occurrences import check as check_rule

        if minded := check_rule(new.recurrence, new.due):
            desk.notice(minded.words, **minded.fields)
