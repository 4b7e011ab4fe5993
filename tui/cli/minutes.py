"""thuky minutes: edit, show, append, history, authors, restore."""

import re
from datetime import datetime, timedelta

from office.moments import parse_moment, show_moment, to_utc
from schema import texts
from schema.document import Document
from schema.errors import N_, ThukyError
from schema.records import Meeting, Text
from tui.cli.command import Argument, Group, Option, command
from tui.cli.desk import Desk
from tui.cli.streams import read_input
from tui.cli.table import table
from tui.graphemes import clean, cut
from tui.launch import open_app
from tui.words import _

minutes = Group("minutes", N_("Biên bản của một cuộc họp: soạn, xem, ghi thêm, lịch sử, ai ghi."))
ID = Argument("id", N_("MÃ"))
AT = N_("GIỜ NGÀY")
WORDS_CELLS = 60


@command(minutes, "edit", N_("Mở chương trình ngay ở biên bản này."), ID)
def edit(desk: Desk, id: str) -> int:
    return open_app(desk.common, id)


@command(
    minutes,
    "show",
    N_("In biên bản."),
    ID,
    Option("--at", N_("như lúc ấy, thay vì bây giờ"), AT),
)
def show(desk: Desk, id: str, at: str | None) -> None:
    held = desk.row(Meeting, id)
    document = texts.load(desk.store, held.id).document
    if at:
        moment = _end_of(at, desk)
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
        _keep(desk, held, document)
    _answer(desk, held, document, _("Đã ghi thêm {count} ký tự vào biên bản."), count=len(added))


@command(
    minutes,
    "restore",
    N_("Đưa biên bản về như lúc ấy, bằng một lần sửa mới; không mất gì của ai."),
    ID,
    Option("--at", N_("lúc nào"), AT, required=True),
)
def restore(desk: Desk, id: str, at: str) -> None:
    held = desk.row(Meeting, id)
    moment = _end_of(at, desk)
    with desk.store.transaction():
        document = texts.load(desk.store, held.id, desk.store.local("name")).document
        document.restore(document.history().heads_at(moment))
        _keep(desk, held, document)
    when = show_moment(to_utc(moment))
    _answer(desk, held, document, _("Biên bản đã trở lại như lúc {when}."), when=when)


@command(minutes, "history", N_("Ai đã ghi, lúc nào: từng phút, từng người."), ID)
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


@command(minutes, "authors", N_("Chữ nào của ai, ghi lúc nào."), ID)
def authors(desk: Desk, id: str) -> None:
    document = texts.load(desk.store, desk.row(Meeting, id).id).document
    text = document.text
    spans = document.written(0, len(text))
    if desk.common.json:
        desk.json(
            [{"author": s.author, "at": to_utc(s.at), "text": text[s.start : s.end]} for s in spans]
        )
    elif not spans:
        desk.say(_("Biên bản chưa có gì."))
    else:
        desk.say(
            table(
                [_("Lúc"), _("Người ghi"), _("Chữ")],
                (
                    [show_moment(to_utc(s.at)), s.author, cut(text[s.start : s.end], WORDS_CELLS)]
                    for s in spans
                ),
            )
        )


def _end_of(at: str, desk: Desk) -> datetime:
    """The moment that a person means; a minute without seconds means all of it."""
    moment = parse_moment(at, desk.today)
    exact = re.search(r"\d:\d\d:\d\d", at)
    return moment if exact else moment + timedelta(seconds=59)


def _keep(desk: Desk, held: Meeting, document: Document) -> None:
    if update := document.pending():
        seq = texts.append(desk.store, held.id, update)
        texts.keep_plain(desk.store, held.id, document.text, seq)


def _answer(desk: Desk, held: Meeting, document: Document, words: str, **fields: object) -> None:
    if desk.common.json:
        row = desk.store.find(Text, held.id)
        updated = row.updated_at if row else None
        desk.json({"id": held.id, "text": document.text, "updated_at": updated})
    else:
        desk.say(words.format(**fields))


def _decoded(data: bytes) -> str:
    """Standard input as it may be kept. Raises ThukyError where it is not UTF-8."""
    try:
        return clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ThukyError(
            N_("Đầu vào không phải UTF-8 (dòng {row}); chưa ghi gì vào biên bản."),
            row=data[: error.start].count(b"\n") + 1,
        ) from error
