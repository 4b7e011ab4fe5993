"""thuky followup: split, parts, answer, unsplit: one task that is given to many units."""

from collections.abc import Sequence
from typing import Any

from office import followups, parts
from office.answers import Answer, read_answer
from office.figures import read_figure, show_figure
from office.labels import FOLLOWUP_STATES, UNIT_TYPES
from office.moments import parse_date
from office.unit_sets import COMMUNES, types_said, units_of
from schema.errors import N_, ThukyError
from schema.records import Followup
from tui.arguments import WrongUsage
from tui.cli.command import Argument, Group, Option, command
from tui.cli.desk import Desk
from tui.cli.fields import UNITS, coded, field_of, one_line
from tui.cli.table import table
from tui.part_words import answer_words, totals_words
from tui.words import _

_HERE = Group("followup", "")
_ID = Argument("id", N_("MÃ"))
_TYPE = coded(UNIT_TYPES)
_MANY = Option("--units", N_("các đơn vị này"), N_("ĐƠN VỊ; ĐƠN VỊ"))
_EVERY = {"xa_phuong": COMMUNES}
"""More names for several types at once."""


@command(
    _HERE,
    "split",
    N_("Giao một nhiệm vụ cho nhiều đơn vị: mỗi đơn vị một phần, hạn và kết quả riêng."),
    _ID,
    _MANY,
    Option("--type kinds", N_("mọi đơn vị loại này; nhiều loại cách nhau dấu phẩy"), N_("LOẠI")),
    Option("--said", N_("các đơn vị mà câu giao việc gọi chung"), is_flag=True),
)
def split(desk: Desk, id: str, units: str | None, kinds: str | None, said: bool) -> None:
    row = desk.row(Followup, id)
    wanted: list[str] = UNITS.read(desk, units).splitlines() if units else []
    types = _types(desk, kinds) if kinds else []
    if said:
        types += _said(desk, row)
    elif not (units or kinds):
        raise WrongUsage(N_("Thiếu {missing}."), missing="--units, --type, --said")
    with desk.store.transaction():
        of_types = parts.untold(desk.store, row.id, units_of(desk.store, types))
        wanted += [unit for unit in of_types if unit not in wanted]
        made = parts.split(desk.store, row.id, wanted)
    _answer_with(desk, row.id, N_("Đã giao {n} đơn vị: {work}."), n=len(made))


@command(
    _HERE,
    "parts",
    N_("Xem các phần của một nhiệm vụ: đơn vị nào đã trả lời gì, tổng ở cuối."),
    _ID,
    Option("--open waiting", N_("chỉ những đơn vị chưa trả lời"), is_flag=True),
)
def parts_(desk: Desk, id: str, waiting: bool) -> None:
    row = desk.row(Followup, id)
    every = parts.table(desk.store, row.id, desk.today)
    shown = [part for part in every if not (waiting and part.answered)]
    counted = parts.totals(every)
    if desk.common.json:
        desk.json(_json(desk, row, shown, counted))
        return
    if not every:
        desk.say(_("Nhiệm vụ này chưa chia cho đơn vị nào."))
        return
    heads = [_("Đơn vị"), _("Trạng thái"), _("Thời hạn"), _("Quá hạn"), _("Trả lời"), _("Số liệu")]
    due = field_of(Followup, "due")
    desk.say(
        table(
            heads,
            (
                [
                    part.unit,
                    _(FOLLOWUP_STATES.get(part.followup.state, part.followup.state)),
                    due.show(desk, part.followup) if due else "",
                    str(part.late_days or ""),
                    answer_words(part.answer),
                    show_figure(*part.answer.figure) if part.answer and part.answer.figure else "",
                ]
                for part in shown
            ),
        )
    )
    desk.say(totals_words(counted))


@command(
    _HERE,
    "answer",
    N_("Ghi trả lời của một đơn vị cho phần của mình; --done: đã đủ, xong phần ấy."),
    _ID,
    Option("--unit", N_("đơn vị trả lời, khi mã là của nhiệm vụ chung"), N_("ĐƠN VỊ")),
    Option("--said", N_("cả câu: 12/BC-UBND ngày 5/3; 12,5 tỷ đồng; vài chữ"), N_("CHỮ")),
    Option("--note", N_("vài chữ"), N_("CHỮ")),
    Option("--paper", N_("số văn bản"), N_("CHỮ")),
    Option("--on", N_("ngày văn bản"), N_("NGÀY")),
    Option("--link", N_("tệp hoặc liên kết"), N_("CHỮ")),
    Option("--figure", N_("số liệu, như “12,5 tỷ đồng”"), N_("SỐ")),
    Option("--done", N_("xong phần này"), is_flag=True),
)
def answer(
    desk: Desk,
    id: str,
    unit: str | None,
    said: str | None,
    note: str | None,
    paper: str | None,
    on: str | None,
    link: str | None,
    figure: str | None,
    done: bool,
) -> None:
    with desk.store.transaction():
        row = desk.row(Followup, id)
        if unit:
            row = parts.part_for(desk.store, row.id, desk.directory.unit(unit).id)
        read = read_answer(one_line(said or ""), desk.today)
        number = read_figure(one_line(figure)) if figure else read.figure
        if figure and number is None:
            raise ThukyError(
                N_("“{text}” không phải là số liệu; hãy viết như 12,5 tỷ đồng."), text=figure
            )
        given = Answer(
            one_line(note or "") or read.note,
            one_line(paper or "") or read.number,
            parse_date(on, desk.today).isoformat() if on else read.issued_on,
            one_line(link or "") or read.link,
            number,
        )
        parts.answer(desk.store, row.id, given, done=done, by=desk.store.local("name"))
        kept = desk.store.get(Followup, row.id)
    name = desk.directory.name_of(kept.lead)
    state = _(FOLLOWUP_STATES[kept.state])
    desk.done(kept, N_("Đã ghi trả lời của {unit}: {state}."), unit=name, state=state)


@command(
    _HERE,
    "unsplit",
    N_("Bỏ phần của những đơn vị này; đơn vị đã trả lời thì phải có lý do, và phần ấy là hủy."),
    _ID,
    Option("--units", N_("các đơn vị này"), N_("ĐƠN VỊ; ĐƠN VỊ"), required=True),
    Option("--reason", N_("lý do"), N_("CHỮ")),
)
def unsplit(desk: Desk, id: str, units: str, reason: str | None) -> None:
    row = desk.row(Followup, id)
    wanted = UNITS.read(desk, units).splitlines()
    by, why = desk.store.local("name"), one_line(reason or "")
    gone = parts.take_away(desk.store, row.id, wanted, reason=why, by=by)
    _answer_with(desk, row.id, N_("Đã bỏ phần của {n} đơn vị: {work}."), n=gone)


def _types(desk: Desk, kinds: str) -> list[str]:
    found: list[str] = []
    for kind in kinds.replace(";", ",").split(","):
        if kind.strip():
            found += _EVERY.get(kind.strip()) or [_TYPE.read(desk, one_line(kind))]
    return found


def _said(desk: Desk, row: Followup) -> list[str]:
    from office.known import known

    sources = followups.sources_of(desk.store, row.id)
    sentences = [row.line, *(source.excerpt for source in sources), row.work]
    on = followups.said_on(desk.store, row) or desk.today
    types = types_said(sentences, known(desk.store), on)
    if not types:
        raise ThukyError(
            N_(
                "Câu giao việc không gọi chung đơn vị nào (như “các sở, ngành”); chưa chia gì. Hãy"
                " dùng --type hoặc --units."
            )
        )
    return types


def _answer_with(desk: Desk, whole: str, sentence: str, **fields: Any) -> None:
    """Answer with the parts as they now stand."""
    row = desk.store.get(Followup, whole)
    every = parts.table(desk.store, whole, desk.today)
    counted = parts.totals(every)
    if desk.common.json:
        desk.json(_json(desk, row, every, counted))
    else:
        desk.say(_(sentence).format(work=row.work, **fields))
        desk.say(totals_words(counted))


def _json(
    desk: Desk, whole: Followup, shown: Sequence[parts.Part], counted: parts.Totals
) -> dict[str, Any]:
    return {
        "id": whole.id,
        "work": whole.work,
        "state": whole.state,
        "units": counted.units,
        "answered": counted.answered,
        "done": counted.done,
        "late": counted.late,
        "refused": counted.refused,
        "cancelled": counted.cancelled,
        "sums": [
            {"total": each.total, "measure": each.measure, "units": each.units}
            for each in counted.sums
        ],
        "parts": [_part_json(part) for part in shown],
    }


def _part_json(part: parts.Part) -> dict[str, Any]:
    row, given = part.followup, part.answer or Answer()
    figure, measure = given.figure or (None, "")
    return {
        "id": row.id,
        "unit": part.unit,
        "unit_id": row.lead,
        "state": row.state,
        "due": row.due,
        "late_days": part.late_days,
        "answered": part.answered,
        "answered_at": given.at or None,
        "answered_by": given.by,
        "done_at": row.done_at,
        "note": given.note,
        "number": given.number,
        "issued_on": given.issued_on,
        "link": given.link,
        "figure": figure,
        "measure": measure,
    }
