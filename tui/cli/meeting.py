"""thuky meeting: add, new, list, show, edit, start, end."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from office import meetings
from office.labels import MEETING_PHASES
from office.moments import ZONE, local, parse_date, show_moment, to_utc
from schema.errors import N_, ThukyError
from schema.records import Followup, Meeting
from tui import holding, queries
from tui.cli.command import Argument, Group, Option, command, fields
from tui.cli.desk import Desk
from tui.cli.rows import listed
from tui.cli.streams import at_terminal
from tui.secrecy import GONE, MARKED, OPENED, REALLY, grade, stays
from tui.words import _

meeting = Group("meeting", N_("Cuộc họp: thêm, xem, sửa, bắt đầu, kết thúc."))
ID = Argument("id", N_("MÃ"))
CLASH = {
    "place": N_("Trùng địa điểm với “{title}”, {start}."),
    "chair": N_("Trùng người chủ trì với “{title}”, {start}."),
}


@command(meeting, "add", N_("Thêm một cuộc họp."), fields(Meeting, "title", "starts_at"))
def add(desk: Desk, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        new = Meeting(**desk.read(Meeting, cells))
        meetings.check(new)
        kept = desk.store.insert(new)
    warn(desk, kept)
    tell_of_mark(desk, "", kept)
    desk.done(kept, N_("Đã thêm cuộc họp “{title}”, {start}."), **told(kept))


@command(
    meeting,
    "new",
    N_("Thêm một cuộc họp tháo gỡ những nhiệm vụ này, với chương trình và thành phần mời."),
    Option("--from-followups ids", N_("những nhiệm vụ này"), N_("MÃ,MÃ"), required=True),
    fields(Meeting, "starts_at"),
)
def new(desk: Desk, cells: dict[str, str], ids: str) -> None:
    from office import relief  # the heads of units take a while to import

    with desk.store.transaction():
        wanted = filter(None, (id.strip() for id in ids.split(",")))
        chosen = [desk.row(Followup, id).id for id in wanted]
        planned = relief.plan(desk.store, chosen, desk.today)
        given = {"title": planned.title, "kind": relief.KIND} | desk.read(Meeting, cells)
        called = Meeting(**given)
        meetings.check(called)
        kept = desk.store.insert(called)
        relief.carry_out(desk.store, kept, planned, by=desk.store.local("name"))
    warn(desk, kept)
    desk.done(kept, N_("Đã thêm cuộc họp “{title}”, {start}."), **told(kept))


@command(
    meeting,
    "list",
    N_("Liệt kê các cuộc họp theo thời gian."),
    Option("--from since", N_("từ ngày này"), N_("NGÀY")),
    Option("--to until", N_("đến hết ngày này"), N_("NGÀY")),
    Option("--all deleted", N_("kể cả cuộc họp đã xóa"), is_flag=True),
)
def list_(desk: Desk, since: str | None, until: str | None, deleted: bool) -> None:
    wanted = {}
    if since:
        wanted["starts_at >= ?"] = midnight(desk, since)
    if until:
        wanted["starts_at < ?"] = midnight(desk, until, timedelta(days=1))
    rows = listed(desk.store, Meeting, "starts_at", wanted, deleted=deleted)
    also = {
        _("Tình trạng"): lambda row: " · ".join(
            filter(None, (_(MEETING_PHASES[meetings.phase(row)]), stays(row.secrecy)))
        )
    }
    desk.rows(Meeting, rows, "starts_at", "title", "chair", "place", also=also)


@command(meeting, "show", N_("Xem một cuộc họp."), ID)
def show(desk: Desk, id: str) -> None:
    desk.record(desk.row(Meeting, id))


@command(meeting, "edit", N_("Sửa một cuộc họp; giá trị rỗng xóa ô."), ID, fields(Meeting))
def edit(desk: Desk, id: str, cells: dict[str, str]) -> None:
    if "secrecy" in cells and at_terminal():
        may_open(desk, desk.row(Meeting, id), str(desk.read(Meeting, cells)["secrecy"]))
    with desk.store.transaction():
        old = desk.row(Meeting, id)
        changes = desk.read(Meeting, cells)
        meetings.check(replace(old, **changes))
        kept = desk.change(old, changes)
        followed = holding.moved(desk.store, kept.id) if "starts_at" in changes else 0
    if changes:
        warn(desk, kept)
        tell_of_mark(desk, old.secrecy, kept)
    if followed:
        desk.notice(
            N_("{count} nhiệm vụ chờ cuộc họp này có hạn mới theo ngày họp."), count=followed
        )
    desk.done(kept, N_("Đã sửa cuộc họp “{title}”, {start}."), **told(kept))


@command(
    meeting, "start", N_("Bắt đầu cuộc họp, từ lúc này; cuộc họp đã kết thúc thì họp tiếp."), ID
)
def start(desk: Desk, id: str) -> None:
    with desk.store.transaction():
        old = desk.row(Meeting, id)
        if meetings.is_live(old):
            raise ThukyError(
                N_("Cuộc họp “{title}” đang diễn ra, từ {at}."),
                title=old.title,
                at=show_moment(old.opened_at),
            )
        kept = holding.start(desk.store, old.id)
    desk.done(kept, N_("Cuộc họp “{title}” bắt đầu."), **told(kept))


@command(meeting, "end", N_("Kết thúc cuộc họp, vào lúc này."), ID)
def end(desk: Desk, id: str) -> None:
    with desk.store.transaction():
        old = desk.row(Meeting, id)
        if meetings.phase(old) == "ended":
            raise ThukyError(
                N_("Cuộc họp “{title}” đã kết thúc lúc {at}."),
                title=old.title,
                at=show_moment(old.closed_at),
            )
        kept = holding.end(desk.store, old.id)
    desk.done(kept, N_("Cuộc họp “{title}” kết thúc."), **told(kept))


def told(kept: Meeting) -> dict[str, Any]:
    return {"title": kept.title, "start": show_moment(kept.starts_at)}


def may_open(desk: Desk, old: Meeting, secrecy: str) -> None:
    """Ask whoever takes a state-secret mark away. Raises ThukyError where the answer is no."""
    if old.secrecy and not secrecy:
        import click

        if not click.confirm(_(REALLY).format(grade=grade(old.secrecy))):
            raise ThukyError(N_("Chưa thay đổi gì."))


def tell_of_mark(desk: Desk, before: str, kept: Meeting) -> None:
    """Say beside the answer what a mark means that was set or taken away."""
    if before and not kept.secrecy:
        desk.notice(OPENED, grade=grade(before))
    elif kept.secrecy and kept.secrecy != before:
        from sync.capture import already_sent

        desk.notice(MARKED, grade=grade(kept.secrecy))
        if not before and (sent := already_sent(desk.store, kept.id)):
            desk.notice(GONE, count=sent)


def warn(desk: Desk, kept: Meeting) -> None:
    """Say beside the answer whatever else wants the same place or chair at that time."""
    day = local(kept.starts_at).date()
    around = timedelta(days=1)
    for clash in meetings.clashes(
        kept, queries.meetings_between(desk.store, day - around, day + around)
    ):
        desk.notice(CLASH[clash.same], **told(clash.other))


def midnight(desk: Desk, day: str, later: timedelta = timedelta()) -> str:
    return to_utc(datetime.combine(parse_date(day, desk.today) + later, time(), ZONE))
