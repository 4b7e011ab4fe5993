"""thuky followup: bulk (one step with many), standing (of one unit or leader), days (deadlines)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from office import bulk, bulk_steps
from office.asking import Asking
from office.filtering import Filter
from office.labels import FOLLOWUP_KINDS
from office.moments import ZONE, parse_date, show_date, show_moment
from office.silence import silent_since
from office.standing import STANDINGS
from office.workdays import WorkCalendar, special_days
from schema import subject_rows
from schema.conditions import due_between
from schema.errors import N_
from schema.followup_groups import by_day
from schema.followup_rows import Selection
from schema.records import CalendarDay, Followup
from tui.arguments import WrongUsage
from tui.cli.command import Argument, Group, Option, command
from tui.cli.desk import Desk
from tui.cli.fields import coded, one_line
from tui.cli.table import details, table
from tui.words import _, tell

_HERE = Group("followup", "")
_STEPS = (
    *("assign", "extend", "remind", "taken", "accept", "returned", "refused", "paused"),
    *("cancelled", "reopened", "noted", "field", "leader", "kind", "deadline"),
)
_NEED_VALUE = ("assign", "extend", "field", "leader", "kind", "deadline")
_FILTER = Option("--filter asked", N_("dòng lọc, như trên màn hình"), N_("CHỮ"), required=True)
_KIND = coded(FOLLOWUP_KINDS)


@command(
    _HERE,
    "bulk",
    N_("Làm một việc với mọi nhiệm vụ mà dòng lọc hỏi; việc nào không làm được thì nói vì sao."),
    Argument("step", "|".join(_STEPS)),
    _FILTER,
    Option(
        "--to value", N_("đơn vị, ngày (hay thêm bao lâu), lĩnh vực, lãnh đạo, loại"), N_("CHỮ")
    ),
    Option("--reason", N_("lý do, ghi chú"), N_("CHỮ")),
    Option("--dry-run dry", N_("chỉ cho biết sẽ ra sao, không ghi gì"), is_flag=True),
)
def bulk_(
    desk: Desk, step: str, asked: str, value: str | None, reason: str | None, dry: bool
) -> None:
    if step not in _STEPS:
        raise WrongUsage(
            N_("Không có giá trị “{text}”; chọn một trong: {codes}."),
            text=step,
            codes=", ".join(_STEPS),
        )
    if step in _NEED_VALUE and value is None:
        raise WrongUsage(N_("Thiếu {missing}."), missing="--to")
    asking = Asking(desk.store, desk.today, directory=desk.directory)
    ids = asking.rows(_understood(asking, asked)).ids()
    done = _step(desk, step, value or "", one_line(reason or ""))
    try:
        with desk.store.transaction():
            outcome = bulk.take(desk.store, ids, done, by=desk.store.local("name"))
            if dry:
                raise _OnlyTriedError
    except _OnlyTriedError:
        pass
    _tell(desk, outcome, dry)


class _OnlyTriedError(Exception):
    """What was written is to be rolled back."""


def _step(desk: Desk, step: str, value: str, reason: str) -> bulk.Step:
    match step:
        case "assign":
            return bulk_steps.assign(desk.directory.unit(value).id, reason)
        case "extend":
            calendar = WorkCalendar(special_days(desk.store.live(CalendarDay)))
            return bulk_steps.extend(value, reason, desk.today, calendar)
        case "remind":
            return bulk_steps.remind(desk.today, reason)
        case "accept":
            return bulk_steps.accept(reason)
        case "deadline":
            return bulk_steps.deadline(parse_date(value, desk.today))
        case "field":
            from office.fields import called

            return bulk_steps.cells(field=called(desk.store, value).id if value else None)
        case "leader":
            person = desk.directory.person(value).id if value else None
            return bulk_steps.cells(leader=person)
        case "kind":
            return bulk_steps.cells(kind=_KIND.read(desk, value))
    return bulk_steps.event(step, reason)


def _tell(desk: Desk, outcome: bulk.Outcome, dry: bool) -> None:
    if desk.common.json:
        desk.json(
            {
                "done": [after.id for _before, after, _event in outcome.done],
                "same": outcome.same,
                "failed": [
                    {"id": failed.followup.id, "why": tell(failed.why)} for failed in outcome.failed
                ],
                "dry_run": dry,
            }
        )
        return
    words = _("Sẽ ghi {n} nhiệm vụ.") if dry else _("Đã ghi {n} nhiệm vụ.")
    desk.say(words.format(n=len(outcome.done)))
    if outcome.failed:
        rows = [[failed.followup.work, tell(failed.why)] for failed in outcome.failed]
        desk.say(table([_("Không ghi được"), _("Vì sao")], rows))


@command(
    _HERE,
    "standing",
    N_("Một đơn vị hay một lãnh đạo: giao, xong, muộn, quá hạn, tỷ lệ đúng hạn, từng việc."),
    Option("--unit", N_("đơn vị này"), N_("ĐƠN VỊ")),
    Option("--leader", N_("lãnh đạo này"), N_("HỌ TÊN")),
)
def standing(desk: Desk, unit: str | None, leader: str | None) -> None:
    if bool(unit) == bool(leader):
        raise WrongUsage(N_("Thiếu {missing}."), missing="--unit | --leader")
    names = desk.directory
    if unit:
        id = names.unit(unit).id
        id = names.successors.get(id, id)
        where = subject_rows.of_unit([id, *(u for u, now in names.successors.items() if now == id)])
    else:
        id = names.person(leader or "").id
        where = subject_rows.of_leader(id)
    found = subject_rows.figures(desk.store, where, desk.today, _midnight(desk.today))
    since = silent_since(desk.store, desk.today)
    groups = subject_rows.standing_groups(Selection(desk.store, where), desk.today, since)
    facts = {
        "given": found.given,
        **{str(one): found.standings.get(one, 0) for one in STANDINGS},
        "on_time_share": found.on_time_share,
        "parts": found.parts,
        "extended": found.extended,
        "returned": found.returned,
        "urged": found.urged,
        "last_urged": found.last_urged,
    }
    lists = {key: groups.ids(key) for key in subject_rows.SECTIONS}
    if desk.common.json:
        desk.json({"id": id, "name": names.name_of(id), **facts, "followups": lists})
        return
    desk.say(names.name_of(id))
    share = found.on_time_share
    pairs = [(_("Tổng giao"), str(found.given))]
    pairs += [(_(words), str(n)) for s, words in STANDINGS.items() if (n := found.standings.get(s))]
    pairs += [
        (
            _("Tỷ lệ đúng hạn"),
            f"{share * 100:.1f} %".replace(".", ",") if share is not None else "",
        ),
        (_("Lần đôn đốc gần nhất"), show_moment(found.last_urged) if found.last_urged else ""),
    ]
    desk.say(details(pairs))
    open_ = [id for key in subject_rows.SECTIONS[:-1] for id in lists[key]]
    rows = [desk.store.get(Followup, id) for id in open_]
    desk.rows(Followup, rows, "due", "state", "lead", "work")


@command(
    _HERE,
    "days",
    N_("Mỗi ngày có bao nhiêu nhiệm vụ đến hạn: tất cả, đã xong, quá hạn."),
    Option("--filter asked", N_("dòng lọc, như trên màn hình"), N_("CHỮ")),
    Option("--from first", N_("từ ngày này"), N_("NGÀY")),
    Option("--to last", N_("đến hết ngày này"), N_("NGÀY")),
)
def days(desk: Desk, asked: str | None, first: str | None, last: str | None) -> None:
    start = parse_date(first, desk.today) if first else desk.today.replace(day=1)
    end = parse_date(last, desk.today) if last else _month_end(start)
    asking = Asking(desk.store, desk.today, directory=desk.directory)
    selection = asking.selection(_understood(asking, asked or ""), also=due_between(start, end))
    tallies = sorted(by_day(selection, desk.today).items())
    if desk.common.json:
        desk.json([{"day": day, **tally._asdict()} for day, tally in tallies])
        return
    rows: Sequence[Sequence[Any]] = [
        [show_date(date.fromisoformat(day)), *map(str, tally)] for day, tally in tallies
    ]
    desk.say(table([_("Ngày"), _("Số việc"), _("Đã xong"), _("Quá hạn")], rows))


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _midnight(today: date) -> str:
    offset = datetime.combine(today, time(), ZONE).utcoffset() or timedelta()
    return f"{offset.total_seconds():+.0f} seconds"


def _understood(asking: Asking, text: str) -> Filter:
    parsed = asking.parse(text)
    for problem in parsed.problems:
        raise problem
    return parsed.filter
