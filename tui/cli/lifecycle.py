"""thuky followup assign, accept, progress, extend, submit, return, close, cancel, reopen, review,
history: the steps of a follow-up's life (`office.lifecycle`)."""

from datetime import date, datetime
from pathlib import Path

import click

from office import followups, lifecycle
from office.figures import Figure, read_figure
from office.labels import EFFECTS
from office.lifecycle import Product
from office.moments import ZONE, parse_date, show_date, show_moment
from schema.errors import N_, NotFound, ThukyError
from schema.records import Followup, FollowupEvent, Meeting
from tui.arguments import WrongUsage
from tui.cli.command import Group, Option, command
from tui.cli.desk import Desk
from tui.cli.fields import coded, one_line
from tui.cli.followup import AT_MEETING, ID
from tui.cli.table import table
from tui.event_words import kind_words, told
from tui.words import _

_STEPS = Group("followup", "")
EFFECT = coded({code: words for code, words in EFFECTS.items() if code})
_MOVES = ("assigned", "taken", "refused", "submitted", "returned", "done", "cancelled", "reopened")
REASON = Option("--reason --note reason", N_("lý do"), N_("CHỮ"))
AT = Option("--on --at at", N_("việc xảy ra ngày này, nếu không phải lúc này"), N_("NGÀY"))
FIGURE = [
    Option("--figure", N_("số liệu đạt được"), N_("SỐ")),
    Option("--measure", N_("đơn vị tính của số liệu"), N_("CHỮ")),
]
PRODUCT = [
    Option("--paper", N_("số văn bản sản phẩm"), N_("SỐ")),
    Option("--on issued_on", N_("ngày văn bản sản phẩm"), N_("NGÀY")),
    Option("--file", N_("tệp sản phẩm"), N_("TỆP")),
    Option("--link", N_("liên kết đến sản phẩm"), N_("LIÊN_KẾT")),
    *FIGURE,
]


@command(
    _STEPS,
    "assign",
    N_("Giao nhiệm vụ cho đơn vị, rồi cho người; thiếu điểm rõ nào thì phải có lý do."),
    ID,
    Option("--unit", N_("đơn vị chủ trì, nếu khác đơn vị đã ghi"), N_("ĐƠN VỊ")),
    Option("--person", N_("người chịu trách nhiệm"), N_("HỌ TÊN")),
    REASON,
    AT,
    AT_MEETING,
)
def assign(
    desk: Desk,
    id: str,
    unit: str | None,
    person: str | None,
    reason: str | None,
    at: str | None,
    meeting: str | None,
) -> None:
    step = _Step(desk, id, at, meeting)
    with desk.store.transaction():  # a name that nobody knows is noted down with it, or not at all
        given = desk.directory.unit(unit).id if unit else None
        event = lifecycle.assign(
            desk.store,
            step.id,
            unit=desk.directory.successors.get(given, given) if given else None,
            person=desk.person(person).id if person else None,
            reason=one_line(reason or ""),
            **step.written,
        )
    step.done(event)


@command(
    _STEPS,
    "accept",
    N_("Đơn vị nhận nhiệm vụ; với --contest là không nhận, việc còn mở chờ quyết định."),
    ID,
    Option("--contest", N_("không nhận, phải có lý do"), is_flag=True),
    REASON,
    AT,
    AT_MEETING,
)
def accept(
    desk: Desk, id: str, contest: bool, reason: str | None, at: str | None, meeting: str | None
) -> None:
    step, why = _Step(desk, id, at, meeting), one_line(reason or "")
    if contest:
        step.done(lifecycle.contest(desk.store, step.id, reason=why, **step.written))
    else:
        step.done(lifecycle.take(desk.store, step.id, note=why, **step.written))


@command(
    _STEPS,
    "progress",
    N_("Ghi tiến độ: đã làm đến đâu, vướng gì."),
    ID,
    Option("--note", N_("đã làm đến đâu"), N_("CHỮ"), required=True),
    AT,
    AT_MEETING,
)
def progress(desk: Desk, id: str, note: str, at: str | None, meeting: str | None) -> None:
    step = _Step(desk, id, at, meeting)
    step.done(lifecycle.progress(desk.store, step.id, note=one_line(note), **step.written))


@command(
    _STEPS,
    "extend",
    N_("Gia hạn đến ngày, hay thêm số ngày tính từ hạn đang có; ghi cả việc xin và không cho."),
    ID,
    Option("--to", N_("đến hết ngày, hoặc thêm bấy nhiêu: “10 ngày”"), N_("NGÀY|SỐ_NGÀY")),
    Option("--reason", N_("lý do"), N_("CHỮ"), required=True),
    Option("--asked", N_("đơn vị mới xin, chưa cho"), is_flag=True),
    Option("--refuse", N_("không cho gia hạn như đã xin"), is_flag=True),
    AT,
    AT_MEETING,
)
def extend(
    desk: Desk,
    id: str,
    to: str | None,
    reason: str,
    asked: bool,
    refuse: bool,
    at: str | None,
    meeting: str | None,
) -> None:
    if asked and refuse:
        raise WrongUsage(N_("Chỉ chọn một trong --asked và --refuse."))
    step, why = _Step(desk, id, at, meeting), one_line(reason)
    if refuse:
        step.done(lifecycle.refuse_extension(desk.store, step.id, reason=why, **step.written))
        return
    if not to:
        raise WrongUsage(N_("Thiếu {missing}."), missing="--to")
    from office.calendar import work_calendar

    calendar = work_calendar(desk.store)
    day = lifecycle.later_deadline(step.before, one_line(to), desk.today, calendar)
    write = lifecycle.ask_extension if asked else lifecycle.extend
    step.done(write(desk.store, step.id, day, reason=why, **step.written))
    if not calendar.is_working(day):
        desk.notice(N_("Ngày {day} là ngày nghỉ."), day=show_date(day))


@command(
    _STEPS,
    "submit",
    N_("Trình kết quả: sản phẩm là gì, văn bản số mấy, ở đâu, số liệu đạt được."),
    ID,
    Option("--product", N_("sản phẩm"), N_("CHỮ"), required=True),
    PRODUCT,
    Option("--note", N_("ghi chú"), N_("CHỮ")),
    Option("--at", N_("trình ngày này, nếu không phải lúc này"), N_("NGÀY")),
    AT_MEETING,
)
def submit(
    desk: Desk,
    id: str,
    product: str,
    note: str | None,
    at: str | None,
    meeting: str | None,
    **options: str | None,
) -> None:
    step = _Step(desk, id, at, meeting)
    handed = read_product(desk, product, **options)
    said = one_line(note or "")
    step.done(lifecycle.submit(desk.store, step.id, handed, note=said, **step.written))


@command(
    _STEPS, "return", N_("Trả lại kết quả đã trình, phải có lý do."), ID, REASON, AT, AT_MEETING
)
def return_(desk: Desk, id: str, reason: str | None, at: str | None, meeting: str | None) -> None:
    step = _Step(desk, id, at, meeting)
    why = one_line(reason or "")
    step.done(lifecycle.send_back(desk.store, step.id, reason=why, **step.written))


CLOSING: list[click.Parameter] = [
    ID,
    Option("--by", N_("người xác nhận, nếu không phải người có thẩm quyền"), N_("HỌ TÊN")),
    REASON,
    Option("--product", N_("sản phẩm, nếu chưa trình"), N_("CHỮ")),
    *PRODUCT,
    Option("--effect-due", N_("ngày sẽ xem tác động"), N_("NGÀY")),
    Option("--at", N_("xác nhận ngày này, nếu không phải lúc này"), N_("NGÀY")),
    AT_MEETING,
]


def _close(
    desk: Desk,
    id: str,
    by: str | None,
    reason: str | None,
    product: str | None,
    effect_due: str | None,
    at: str | None,
    meeting: str | None,
    **options: str | None,
) -> None:
    step = _Step(desk, id, at, meeting)
    who = one_line(by or "")
    if any(options.values()) and not product:
        raise WrongUsage(N_("Thiếu {missing}."), missing="--product")
    event = lifecycle.close(
        desk.store,
        step.id,
        who=who,
        person=_known_person(desk, who),
        reason=one_line(reason or ""),
        product=read_product(desk, product, **options) if product else None,
        effect_due=_day(desk, effect_due),
        **step.written,
    )
    step.done(event)


close = command(
    _STEPS,
    "close",
    N_("Xác nhận hoàn thành theo thẩm quyền; người khác xác nhận thì phải có lý do."),
    CLOSING,
)(_close)

done = command(_STEPS, "done", N_("Như close: xác nhận hoàn thành với sản phẩm."), CLOSING)(_close)


@command(_STEPS, "cancel", N_("Hủy nhiệm vụ, phải có lý do."), ID, REASON, AT, AT_MEETING)
def cancel(desk: Desk, id: str, reason: str | None, at: str | None, meeting: str | None) -> None:
    step = _Step(desk, id, at, meeting)
    why = one_line(reason or "")
    step.done(lifecycle.cancel(desk.store, step.id, reason=why, **step.written))


@command(_STEPS, "reopen", N_("Mở lại nhiệm vụ đã kết thúc."), ID, REASON, AT, AT_MEETING)
def reopen(desk: Desk, id: str, reason: str | None, at: str | None, meeting: str | None) -> None:
    step = _Step(desk, id, at, meeting)
    why = one_line(reason or "")
    step.done(lifecycle.reopen(desk.store, step.id, reason=why, **step.written))


@command(
    _STEPS,
    "review",
    N_("Đánh giá tác động của nhiệm vụ đã hoàn thành."),
    ID,
    Option("--effect", N_("tác động"), EFFECT.metavar, required=True),
    Option("--note", N_("đã thấy gì"), N_("CHỮ")),
    AT,
    AT_MEETING,
)
def review(
    desk: Desk, id: str, effect: str, note: str | None, at: str | None, meeting: str | None
) -> None:
    step = _Step(desk, id, at, meeting)
    grade, said = EFFECT.read(desk, effect), one_line(note or "")
    step.done(lifecycle.review(desk.store, step.id, grade, note=said, **step.written))


@command(_STEPS, "history", N_("Liệt kê mọi việc đã xảy ra với nhiệm vụ, đủ các giá trị."), ID)
def history(desk: Desk, id: str) -> None:
    row = desk.row(Followup, id)
    events = followups.events_of(desk.store, row.id)
    if desk.common.json:
        desk.json([event_json(desk, event) for event in events])
    else:
        desk.say(history_table(desk, events))


def event_json(desk: Desk, event: FollowupEvent) -> dict[str, object]:
    """An event as every command answers with it: all its values, units and people by name as
    well."""
    facts = desk.facts(event)
    names = {"unit_name": event.unit, "person_name": event.person}
    return facts | {name: desk.directory.name_of(id) or None for name, id in names.items()}


def history_table(desk: Desk, events: list[FollowupEvent]) -> str:
    undone = {event.undoes for event in events}

    def what(event: FollowupEvent) -> str:
        words = kind_words(event, events)
        return _("(đã rút lại) {event}").format(event=words) if event.id in undone else words

    rows = [
        [
            show_moment(event.at),
            what(event),
            told(event, desk.directory.name_of),
            event.by,
            event.note,
            desk.title(Meeting, event.meeting) if event.meeting else "",
        ]
        for event in events
    ]
    heads = [_("Khi nào"), _("Việc"), _("Nội dung"), _("Ai"), _("Ghi chú"), _("Cuộc họp")]
    filled = [n for n, head in enumerate(heads) if any(row[n] for row in rows)]
    return table([heads[n] for n in filled], [[row[n] for n in filled] for row in rows])


class _Step:
    """What the steps have in common: which follow-up, when, at which meeting, and the answer."""

    def __init__(self, desk: Desk, id: str, at: str | None, meeting: str | None) -> None:
        self._desk = desk
        self.before = desk.row(Followup, id)
        self.id = self.before.id
        now = datetime.fromtimestamp(desk.store.clock(), ZONE)
        self.written = lifecycle.Written(
            by=desk.store.local("name"),
            at=lifecycle.moment_of(at, now) if at else None,
            meeting=desk.row(Meeting, meeting).id if meeting else None,
        )

    def done(self, event: FollowupEvent) -> None:
        desk, events = self._desk, [event]
        kept = desk.store.get(Followup, self.id)
        words = kind_words(event, events)
        if values := told(event, desk.directory.name_of):
            words = f"{words} ({values})"
        desk.done(kept, N_("Đã ghi “{event}”: {work}."), event=words, work=kept.work)
        if self.written["at"] and kept.state == self.before.state and event.kind in _MOVES:
            desk.notice(N_("Sau việc này đã có việc khác, nên trạng thái không đổi."))


def read_product(
    desk: Desk,
    product: str,
    paper: str | None = None,
    issued_on: str | None = None,
    file: str | None = None,
    link: str | None = None,
    figure: str | None = None,
    measure: str | None = None,
) -> Product:
    """Options as a product. A link and a number are as they were typed: what is hidden in them is
    refused, not mended. Raises ThukyError."""
    if file and link:
        raise WrongUsage(N_("Chỉ chọn một trong --file và --link."))
    if file and not Path(file).exists():
        desk.notice(N_("Không thấy tệp {path} trên máy này; vẫn ghi như vậy."), path=file)
    read = Figure(0.0)
    if figure:
        found = read_figure(one_line(figure))
        if found is None:
            raise ThukyError(N_("“{text}” không phải là số."), text=figure)
        read = found
    return Product(
        one_line(product),
        paper or "",
        _day(desk, issued_on),
        str(Path(file).absolute()) if file else link or "",
        read.number if figure else None,
        one_line(measure or read.measure) if figure else "",
    )


def _day(desk: Desk, text: str | None) -> date | None:
    return parse_date(one_line(text), desk.today) if text else None


def _known_person(desk: Desk, who: str) -> str | None:
    """The id of who accepts, if anybody in the list is. Raises Ambiguous where several are."""
    try:
        return desk.directory.person(who).id if who else None
    except NotFound:
        return None
