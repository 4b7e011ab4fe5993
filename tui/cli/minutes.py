"""thuky minutes: edit, show, append, history."""

from office.moments import parse_moment, show_moment, to_utc
from schema import texts
from schema.errors import N_, ThukyError
from schema.records import Meeting, Text
from tui.cli.command import Argument, Group, Option, command
from tui.cli.desk import Desk
from tui.cli.streams import read_input
from tui.cli.table import table
from tui.graphemes import clean
from tui.launch import open_app
from tui.words import _

minutes = Group("minutes", N_("Biên bản của một cuộc họp: soạn, xem, ghi thêm, lịch sử."))
ID = Argument("id", N_("MÃ"))


@command(minutes, "edit", N_("Mở chương trình ngay ở biên bản này."), ID)
def edit(desk: Desk, id: str) -> int:
    return open_app(desk.common, id)


@command(
    minutes,
    "show",
    N_("In biên bản."),
    ID,
    Option("--at", N_("như lúc ấy, thay vì bây giờ"), N_("GIỜ NGÀY")),
)
def show(desk: Desk, id: str, at: str | None) -> None:
    held = desk.row(Meeting, id)
    document = texts.load(desk.store, held.id).document
    if at:
        moment = parse_moment(at, desk.today)
        text = document.at(moment)
        times = [to_utc(version.at) for version in document.history() if version.at <= moment]
        updated = max(times, default=None)
    else:
        text = document.text
        row = desk.store.find(Text, held.id)
        updated = row.updated_at if row else None
    if desk.common.json:
        desk.json({"id": held.id, "text": text, "updated_at": updated})
    else:
        desk.text(text)


@command(minutes, "append", N_("Ghi thêm đầu vào chuẩn vào cuối biên bản."), ID)
def append(desk: Desk, id: str) -> None:
    held = desk.row(Meeting, id)
    added = _decoded(read_input())
    # The lock from before the text is read: an editor that is open merges what comes in here.
    with desk.store.transaction():
        document = texts.load(desk.store, held.id, desk.store.local("name")).document
        before = document.text
        if added:
            document.insert(len(document), added if before[-1:] in ("", "\n") else "\n" + added)
        if update := document.pending():
            seq = texts.append(desk.store, held.id, update)
            texts.keep_plain(desk.store, held.id, document.text, seq)
    if desk.common.json:
        row = desk.store.find(Text, held.id)
        updated = row.updated_at if row else None
        desk.json({"id": held.id, "text": document.text, "updated_at": updated})
    else:
        desk.say(_("Đã ghi thêm {count} ký tự vào biên bản.").format(count=len(added)))


@command(minutes, "history", N_("Ai đã ghi, lúc nào."), ID)
def history(desk: Desk, id: str) -> None:
    held = desk.row(Meeting, id)
    versions = texts.load(desk.store, held.id).document.history()
    if desk.common.json:
        desk.json(
            [{"at": to_utc(v.at), "author": v.author, "operations": v.operations} for v in versions]
        )
    elif not versions:
        desk.say(_("Biên bản chưa có gì."))
    else:
        desk.say(
            table(
                [_("Lúc"), _("Người ghi"), _("Số thao tác")],
                ([show_moment(to_utc(v.at)), v.author, str(v.operations)] for v in versions),
            )
        )


def _decoded(data: bytes) -> str:
    """Standard input as it may be kept. Raises ThukyError where it is not UTF-8."""
    try:
        return clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ThukyError(
            N_("Đầu vào không phải UTF-8 (dòng {row}); chưa ghi gì vào biên bản."),
            row=data[: error.start].count(b"\n") + 1,
        ) from error
