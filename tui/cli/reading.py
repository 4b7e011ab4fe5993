"""thuky due, read: what a deadline's words and a conclusion sentence come to."""

from typing import TYPE_CHECKING

from office.labels import NATURES
from office.moments import parse_date, show_date, show_time
from schema.errors import N_, ThukyError
from schema.records import Followup
from tui.cli.command import Argument, Command, Option
from tui.cli.desk import Desk
from tui.cli.fields import WORDS, one_line
from tui.cli.streams import read_input
from tui.cli.table import details
from tui.words import _

# The grammar and the lexicon take longer to import than most commands to run.
if TYPE_CHECKING:
    from datetime import date

    from office.deadline import Deadline
    from office.names import Mention
    from office.reading import Reading
    from office.workdays import WorkCalendar

KINDS = {
    "fixed": N_("Một ngày nhất định"),
    "period_end": N_("Cuối một khoảng thời gian"),
    "working_days": N_("Đếm từ một ngày"),
    "recurring": N_("Định kỳ"),
    "event_relative": N_("Tính từ một sự kiện"),
    "unclear": N_("Không rõ thời hạn"),
}


def _due(desk: Desk, phrase: str, date: str | None) -> None:
    from office.known import known

    ready = known(desk.store)
    deadline = ready.due(_words(phrase), _day(desk, date))
    if desk.common.json:
        desk.json(deadline.to_json())
    else:
        desk.say(_explained(deadline, ready.calendar))


def _read(desk: Desk, sentence: str, date: str | None) -> None:
    from office.known import known

    ready = known(desk.store)
    reading = ready.read(_words(sentence), _day(desk, date))
    if desk.common.json:
        desk.json(reading.to_json())
        return
    desk.say(details([(_("Loại"), _(NATURES[reading.nature])), *_points(reading, ready.calendar)]))
    if reading.split:
        desk.say(_("Câu này có {count} việc:").format(count=len(reading.split)))
        for number, task in enumerate(reading.split, 1):
            desk.say(f"{number}. {task}")


def _words(given: str) -> str:
    """The words to read, from standard input where a lone - stands for them. Raises ThukyError."""
    try:
        words = one_line(read_input().decode("utf-8-sig") if given == "-" else given)
    except UnicodeDecodeError as error:
        raise ThukyError(N_("Đầu vào không phải UTF-8.")) from error
    if not words:
        raise ThukyError(N_("Chưa có chữ nào để đọc."))
    return words


def _day(desk: Desk, given: str | None) -> "date":
    return desk.today if given is None else parse_date(given, desk.today)


def _explained(deadline: "Deadline", calendar: "WorkCalendar") -> str:
    """A deadline, a line for each thing to know of it."""
    problem, working = deadline.problem, deadline.last_working_day
    ask = (problem or N_("Câu chữ này có thể hiểu theo cách khác.")) if deadline.ask else ""
    return details(
        [
            (_("Thời hạn"), _when(deadline, calendar)),
            (_("Loại"), _(KINDS[deadline.kind])),
            (_("Ngày làm việc cuối"), show_date(working) if working else ""),
            (_("Lịch lặp"), deadline.recurrence or ""),
            (_("Cần hỏi lại"), _(ask)),
            (_("Lưu ý"), "" if ask else _(problem or "")),
            (_("Cách tính"), _(deadline.note or "")),
        ]
    )


def _when(deadline: "Deadline", calendar: "WorkCalendar") -> str:
    """A deadline in a few words, such as trước 15/03/2026."""
    if deadline.event:
        return _("chờ sự kiện “{event}”").format(event=deadline.event)
    if deadline.date is None:
        return ""
    when = show_date(deadline.date)
    if deadline.time is not None:
        when = f"{show_time(deadline.time)} {when}"
    if not deadline.inclusive:
        when = _("trước {day}").format(day=when)
    if calendar.is_provisional(deadline.last_ok_date or deadline.date):
        when = _("{day} (tạm tính)").format(day=when)
    return when


def _points(reading: "Reading", calendar: "WorkCalendar") -> list[tuple[str, str]]:
    """The points of a task by name, each with what is stated, missing and suggested."""
    from office.reading import Point

    found, product = reading.deadline, reading.product
    when = _when(found.deadline, calendar) if found else ""
    due = f"{when} (“{found.phrase}”)".lstrip() if found else ""
    points = [
        ("lead", Point.LEAD, "; ".join(map(_name, reading.lead))),
        ("coordinating", None, "; ".join(map(_name, reading.coordinating))),
        ("work", Point.WORK, reading.work.text if reading.work else ""),
        ("due", Point.DEADLINE, due),
        (
            "accountable",
            Point.RESPONSIBILITY,
            reading.accountable.text if reading.accountable else "",
        ),
        ("monitor", None, _name(reading.monitor) if reading.monitor else ""),
        ("product", Point.PRODUCT, product.excerpt.text if product else ""),
        ("authority", Point.AUTHORITY, _name(reading.authority) if reading.authority else ""),
    ]
    lines = []
    for name, point, stated in points:
        missing = _("còn thiếu") if point in reading.missing else ""
        value = reading.suggested.get(name)
        suggested = _("(gợi ý: {value})").format(value=value) if value else ""
        told = "; ".join(filter(None, (stated, missing)))
        lines.append((_(WORDS[Followup][name]), f"{told} {suggested}".strip()))
    return lines


def _name(mention: "Mention") -> str:
    """What somebody is called; a unit that the database does not have is told as such."""
    from office.names import Kind

    if mention.kind is Kind.UNIT and not mention.known:
        return _("{name} (chưa có trong danh sách đơn vị)").format(name=mention.name)
    return mention.name


DATE = Option("--date", N_("ngày nói câu ấy; mặc định là hôm nay"), N_("NGÀY"))
due = Command(
    "due",
    N_("Đọc một thời hạn viết bằng lời, như “trong 05 ngày làm việc”; - là đọc đầu vào chuẩn."),
    callback=_due,
    params=[Argument("phrase", N_("CỤM_TỪ")), DATE],
)
read = Command(
    "read",
    N_("Đọc một câu kết luận thành 6 rõ, nói điểm nào còn thiếu; - là đọc đầu vào chuẩn."),
    callback=_read,
    params=[Argument("sentence", N_("CÂU")), DATE],
)
