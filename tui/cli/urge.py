"""thuky urge: list, mark, answer, history, rules."""

from datetime import date
from pathlib import Path
from typing import Any

from office import urged
from office.labels import URGED, URGING_KINDS
from office.merging import successors
from office.moments import office_day, parse_date, show_date
from office.urged import Sent, Urging, urgings_of, whom_of
from office.urging import Item, urge_list
from office.urging_groups import Group, groups
from office.urging_tasks import Task, tasks
from schema.errors import N_, ThukyError
from schema.records import Followup, Unit
from tui.arguments import WrongUsage
from tui.cli.command import Argument, Option, command
from tui.cli.command import Group as Commands
from tui.cli.desk import Desk
from tui.cli.fields import NUMBER, coded, one_line
from tui.cli.rows import short_ids
from tui.cli.table import table
from tui.urging_words import times, why
from tui.words import _

urge = Commands(
    "urge",
    N_("Đôn đốc: ai cần được nhắc việc gì, công văn đôn đốc, đã nhắc bao nhiêu lần, ai trả lời."),
    {"rules": "tui.cli.urge_rules:rules"},
    usual="list",
)
WHOM = coded(URGED)
KIND = coded(URGING_KINDS)
FOLLOWUP = Argument("id", N_("MÃ"))
LETTER = [
    Option("--number", N_("số công văn đôn đốc"), N_("SỐ")),
    Option("--issued-on", N_("ngày công văn"), N_("NGÀY")),
    Option("--note", N_("ghi chú"), N_("CHỮ")),
]


@command(
    urge,
    "list",
    N_("Liệt kê ai cần được đôn đốc việc gì vào một ngày, và vì sao."),
    Option("--date", N_("ngày ấy; mặc định là hôm nay"), N_("NGÀY")),
    Option("--unit", N_("chỉ đơn vị này"), N_("ĐƠN VỊ")),
    Option("--whom", N_("chỉ nhắc người này"), WHOM.metavar),
    Option("--kind", N_("chỉ những việc như thế"), KIND.metavar),
    Option("--limit", N_("nhiều nhất bấy nhiêu việc"), N_("SỐ")),
    Option("--out", N_("ghi công văn, thư và bảng vào thư mục mới này"), N_("THƯ_MỤC")),
    Option("--answer-by", N_("hạn trả lời trong công văn"), N_("NGÀY")),
    Option("--mark-sent", N_("ghi là đã đôn đốc tất cả những việc ấy"), is_flag=True),
    LETTER,
)
def list_(desk: Desk, date: str | None, **asked: Any) -> None:
    on = parse_date(date, desk.today) if date else desk.today
    letter = _letter(desk, asked)
    if asked["mark_sent"] and on > desk.today:
        raise ThukyError(N_("Ngày {day} chưa đến; chưa ghi gì."), day=show_date(on))
    if any(letter.values()) and not asked["mark_sent"]:
        raise WrongUsage(N_("--number, --issued-on, --note chỉ đi cùng --mark-sent."))
    found = _wanted(desk, urge_list(desk.store, on), asked)
    facts: dict[str, Any] = {"date": on.isoformat()}
    shown = tasks(desk.store, found)
    facts["items"] = [task_json(desk, task) for task in shown]
    if asked["out"]:
        facts |= _write(desk, Path(asked["out"]).expanduser(), found, on, asked["answer_by"])
    if asked["mark_sent"]:
        marked = urged.mark_urged(
            desk.store, _sent(shown), on, by=desk.store.local("name"), **letter
        )
        facts |= {"marked": len(marked.events), "again": marked.again}
    if desk.common.json:
        desk.json(facts)
    else:
        _say(desk, shown, facts)


def _wanted(desk: Desk, found: list[Item], asked: dict[str, Any]) -> list[Item]:
    """Those that all options ask for, each with the reasons that they ask for."""
    if asked["unit"]:
        unit = desk.directory.unit(asked["unit"]).id
        now = successors(desk.store.live(Unit))
        found = [i for i in found if i.lead and unit in (i.lead, now.get(i.lead))]
    whom = WHOM.read(desk, asked["whom"]) if asked["whom"] else None
    kind = KIND.read(desk, asked["kind"]) if asked["kind"] else None
    kept = (
        item._replace(
            reasons=tuple(
                r for r in item.reasons if whom in (None, r.whom) and kind in (None, r.kind)
            )
        )
        for item in found
    )
    found = [item for item in kept if item.reasons]
    return found if asked["limit"] is None else found[: NUMBER.read(desk, asked["limit"])]


def _letter(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    issued = asked["issued_on"]
    return {
        "number": one_line(asked["number"] or ""),
        "issued_on": parse_date(issued, desk.today) if issued else None,
        "note": one_line(asked["note"] or ""),
    }


def _sent(shown: list[Task]) -> list[Sent]:
    return [sent for task in shown for sent in urged.sent_of(task.item, task.followup.id)]


def _write(
    desk: Desk, folder: Path, found: list[Item], on: date, answer_by: str | None
) -> dict[str, Any]:
    from office.urging_papers import write_papers

    until = parse_date(answer_by, desk.today) if answer_by else None
    of_day: list[Group] = groups(found, successors(desk.store.live(Unit)))
    written = write_papers(desk.store, folder, of_day, on, answer_by=until)
    if written.kept:
        desk.notice(N_("{n} nhiệm vụ có dấu mật không đưa vào văn bản nào."), n=written.kept)
    for name in written.addressless:
        desk.notice(
            N_("Địa chỉ thư của “{name}” không dùng được; bản nháp thư chưa có người nhận."),
            name=name,
        )
    return {"folder": str(written.folder), "files": written.files}


def task_json(desk: Desk, task: Task) -> dict[str, Any]:
    """One thing that is urged, as JSON tells of it."""
    item, row, last = task.item, task.followup, task.last
    names = desk.directory.name_of
    return {
        "followup": row.id,
        "work": row.work,
        "role": row.role,
        "state": row.state,
        "lead": item.lead,
        "lead_name": names(item.lead),
        "leader": item.leader,
        "leader_name": names(item.leader),
        "given_by": task.given_by,
        "due": row.due,
        "late_days": item.late,
        "silent_since": item.given,
        "reasons": [{"whom": r.whom, "rule": r.rule, "kind": r.kind} for r in item.reasons],
        "urged_times": len(task.urgings),
        "last": urging_json(last) if last else None,
        "secrecy": task.secret,
    }


def urging_json(urging: Urging) -> dict[str, Any]:
    event, answer = urging.event, urging.answer
    whom, rule = whom_of(event)
    day = office_day(event.at)
    return {
        "event": event.id,
        "date": day.isoformat() if day else None,
        "whom": whom,
        "rule": rule,
        "unit": event.unit,
        "person": event.person,
        "by": event.by,
        "number": event.number,
        "issued_on": event.issued_on,
        "note": event.note,
        "answer": answer.note if answer else None,
        "answered_at": answer.at if answer else None,
    }


def _say(desk: Desk, shown: list[Task], facts: dict[str, Any]) -> None:
    if not shown:
        desk.say(_("Không ai cần được đôn đốc vào ngày ấy."))
        return
    ids = short_ids(desk.store, Followup, [task.followup.id for task in shown])
    heads = [_("Mã"), _("Đơn vị chủ trì"), _("Vì sao"), _("Đôn đốc ai"), _("Đã nhắc"), _("Việc")]
    rows = [
        [
            ids[task.followup.id],
            desk.directory.name_of(task.item.lead),
            why(task.item),
            ", ".join(_(URGED[whom]) for whom in task.item.whoms()),
            times(task),
            task.followup.work,
        ]
        for task in shown
    ]
    desk.say(table(heads, rows))
    desk.say(_("{n} việc cần đôn đốc.").format(n=len(shown)))
    if files := facts.get("files"):
        desk.say(_("Đã ghi {n} tệp vào {folder}.").format(n=len(files), folder=facts["folder"]))
    if "marked" in facts:
        desk.say(_told_marked(facts["marked"], facts["again"]))


def _told_marked(marked: int, again: int) -> str:
    words = _("Đã ghi {n} lần đôn đốc.").format(n=marked)
    if again:
        words += " " + _("{n} lần khác đã ghi trong ngày.").format(n=again)
    return words


@command(
    urge,
    "mark",
    N_("Ghi là đã đôn đốc một việc, như qua điện thoại."),
    FOLLOWUP,
    Option("--whom", N_("đã đôn đốc ai; mặc định là đơn vị chủ trì"), WHOM.metavar),
    Option("--date", N_("vào ngày này; mặc định là hôm nay"), N_("NGÀY")),
    LETTER,
)
def mark(desk: Desk, id: str, whom: str | None, date: str | None, **letter: Any) -> None:
    row = desk.row(Followup, id)
    code = WHOM.read(desk, whom) if whom else "unit"
    on = parse_date(date, desk.today) if date else desk.today
    person = row.accountable_person if code == "head" else row.leader if code == "leader" else None
    unit = row.lead if code in ("unit", "head") else None
    sent = Sent(row.id, code, unit=unit, person=person)
    cells = _letter(desk, letter)
    marked = urged.mark_urged(desk.store, [sent], on, by=desk.store.local("name"), **cells)
    if marked.ended:
        raise ThukyError(N_("Nhiệm vụ này đã kết thúc, không đôn đốc nữa; chưa ghi gì."))
    facts = {"marked": len(marked.events), "again": marked.again}
    if desk.common.json:
        desk.json(facts | {"urgings": _history_json(desk, row.id)})
    else:
        desk.say(_told_marked(**facts))


@command(
    urge,
    "answer",
    N_("Ghi đơn vị trả lời thế nào về việc đã đôn đốc."),
    FOLLOWUP,
    Option("--note", N_("câu trả lời"), N_("CHỮ"), required=True),
)
def answer(desk: Desk, id: str, note: str) -> None:
    row = desk.row(Followup, id)
    by = desk.store.local("name")
    urged.answer(desk.store, row.id, one_line(note), by=by)
    desk.done(desk.store.get(Followup, row.id), N_("Đã ghi trả lời: {work}."), work=row.work)


@command(
    urge,
    "history",
    N_("Xem một việc đã được đôn đốc khi nào, ai, bằng văn bản nào, trả lời ra sao."),
    FOLLOWUP,
)
def history(desk: Desk, id: str) -> None:
    row = desk.row(Followup, id)
    if desk.common.json:
        desk.json(_history_json(desk, row.id))
        return
    found = urgings_of(desk.store, [row.id]).get(row.id, [])
    if not found:
        desk.say(_("Chưa có gì."))
        return
    heads = [_("Ngày"), _("Đôn đốc ai"), _("Văn bản"), _("Người ghi"), _("Trả lời")]
    desk.say(table(heads, [_line(desk, urging) for urging in found]))


def _history_json(desk: Desk, id: str) -> list[dict[str, Any]]:
    return [urging_json(urging) for urging in urgings_of(desk.store, [id]).get(id, [])]


def _line(desk: Desk, urging: Urging) -> list[str]:
    event, said = urging.event, urging.answer
    day = office_day(event.at)
    who = desk.directory.name_of(event.person) or desk.directory.name_of(event.unit)
    whom = _(URGED[whom_of(event)[0]])
    return [
        show_date(day) if day else event.at,
        f"{whom}: {who}" if who else whom,
        " ".join(filter(None, (event.number, event.note))),
        event.by,
        said.note if said else "",
    ]
