"""The roll call: one key a person."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.labels import ATTENDANCE_ROLES, ATTENDANCE_STATUSES
from schema.errors import N_
from schema.records import Attendance, Meeting, Post
from tui import queries
from tui.invitations import again, invite
from tui.rows import Rows
from tui.screens.ask_text import AskText
from tui.screens.page import Page
from tui.screens.pickers import AS_TYPED, suggest_anyone
from tui.secrecy import titled
from tui.telling import telling
from tui.widgets.line import Lines
from tui.widgets.listing import Column, Listing, Row
from tui.widgets.pick import Suggestion
from tui.words import _

_MARKS = {
    "invited": " ",
    "present": "✓",
    "late": "→",
    "absent": "✗",
    "excused": "–",
    "substituted": "↔",
}
_THERE = ("present", "late", "substituted")


class RollCallScreen(Page):
    """Those who are to be at a meeting, and whether they are."""

    HELP = N_(
        "Mỗi người một phím, rồi con trỏ xuống người sau: Space có mặt, a vắng, l đến muộn, e vắng"
        " có phép, s cử người thay. P ghi có mặt cho mọi người chưa điểm. + mời thêm người: gõ tắt"
        " tên hay đơn vị; tên chưa có trong danh bạ vẫn được giữ nguyên."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,p", "mark('present')", N_("Có mặt")),
        Binding("a", "mark('absent')", N_("Vắng")),
        Binding("l", "mark('late')", N_("Muộn")),
        Binding("e", "mark('excused')", N_("Có phép")),
        Binding("s", "substitute", N_("Thay")),
        Binding("plus,n", "invite", N_("Mời thêm")),
        Binding("P", "mark_rest", N_("Còn lại có mặt"), show=False),
        Binding("i", "mark('invited')", N_("Bỏ điểm danh"), show=False),
        Binding("v", "role", N_("Đổi vai trò"), show=False),
        Binding("c", "again", N_("Mời như lần họp trước"), show=False),
        Binding("d", "delete", N_("Bỏ khỏi danh sách"), show=False),
        Binding("u", "restore", N_("Lấy lại cái vừa xóa"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, meeting: str) -> None:
        super().__init__()
        self._meeting = meeting
        self._rows = Rows()
        self._known: dict[str, Attendance] = {}

    def heading(self) -> str:
        title = titled(self.office.store.get(Meeting, self._meeting))
        return _("Điểm danh: {title}").format(title=title)

    def body(self) -> Iterable[Widget]:
        columns = [
            Column(_("STT"), 3, align="right"),
            Column(_("Họ tên, đơn vị"), share=3),
            Column(_("Vai trò"), 12),
            Column(_("Điểm danh"), share=2),
        ]
        empty = _("Chưa mời ai. Nhấn + để mời từng người, c để mời như lần họp trước.")
        yield Lines(id="summary")
        self._listing = Listing(columns, self._rows, empty=empty, id="attendance")
        yield self._listing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        needs_somebody = ("mark", "mark_rest", "substitute", "role", "delete")
        return action not in needs_somebody or bool(self._known)

    def refill(self) -> None:
        found = queries.attendance_of(self.office.store, self._meeting)
        self._known = {attendance.id: attendance for attendance in found}
        store = self.office.store
        names = queries.Names(store)
        posts = queries.posts_on(store, [a.person for a in found if a.person], self.office.today())
        self._rows.fill([_row(n, a, names, posts) for n, a in enumerate(found, start=1)])
        self._listing.reload()
        self.refresh_bindings()
        self.query_one("#summary", Lines).show([(f"   {_summary(found)}", Style(bold=True))])

    def on_listing_chosen(self) -> None:
        self.action_mark("present")

    def action_mark(self, status: str) -> None:
        if self._listing.key:
            self._write(self._listing.key, status=status, substitute="")
            self._listing.action_step(1)

    def action_mark_rest(self) -> None:
        store = self.office.store
        with store.transaction():
            for attendance in self._known.values():
                if attendance.status == "invited":
                    store.update(Attendance, attendance.id, status="present")
        self.office.changed()

    def action_substitute(self) -> None:
        attendance = self._known.get(self._listing.key)
        if attendance is None:
            return

        def answer(substitute: Suggestion | None) -> None:
            if substitute:
                with telling(self.app):
                    self._write(attendance.id, status="substituted", substitute=substitute.label)
                    self._listing.action_step(1)

        names = queries.Names(self.office.store)
        question = _("Ai đi thay {name}?").format(name=_name(attendance, names))
        self.app.push_screen(AskText(question, value=attendance.substitute), answer)

    def action_invite(self) -> None:
        directory = queries.directory(self.office.store)

        def more(answer: Suggestion) -> str:
            id = "" if answer.value.startswith(AS_TYPED) else answer.value
            name = answer.value.removeprefix(AS_TYPED) if not id and answer.value else answer.label
            invited = invite(self.office.store, self._meeting, id, name)
            self.office.changed()
            self.refill()
            self._listing.go_to(invited.id)
            return _("Đã mời {name}. Mời thêm ai? (Esc: xong)").format(name=name)

        question = _("Mời ai? Gõ tắt tên hay đơn vị, như stc. (Esc: xong)")
        self.app.push_screen(
            AskText(question, lambda typed: suggest_anyone(directory, typed), more=more)
        )

    def action_again(self) -> None:
        invited = again(self.office.store, self._meeting)
        self.office.changed()
        self.office.say(_("Đã mời {n} người như lần họp trước.").format(n=invited))

    def action_role(self) -> None:
        if attendance := self._known.get(self._listing.key):
            roles = list(ATTENDANCE_ROLES)
            at = roles.index(attendance.role) if attendance.role in roles else -1
            self._write(attendance.id, role=roles[(at + 1) % len(roles)])

    def action_delete(self) -> None:
        if attendance := self._known.get(self._listing.key):
            name = _name(attendance, queries.Names(self.office.store))
            self.ask_to_delete(Attendance, attendance.id, name)

    def action_restore(self) -> None:
        self.office.restore_deleted()

    def _write(self, id: str, **cells: str) -> None:
        self.office.store.update(Attendance, id, **cells)
        self.office.changed()


def _name(attendance: Attendance, names: queries.Names) -> str:
    return names(attendance.person) or attendance.name or names(attendance.unit)


def _row(
    number: int, attendance: Attendance, names: queries.Names, posts: Mapping[str, Post]
) -> Row:
    status = attendance.status
    name = _name(attendance, names)
    post = posts.get(attendance.person or "")
    unit = names(attendance.unit or (post.unit if post else None))
    parts = [post.title if post else "", unit if unit != name else ""]
    shown = ", ".join(filter(None, (name, " ".join(filter(None, parts)))))
    told = "" if status == "invited" else _(ATTENDANCE_STATUSES.get(status, status))
    if attendance.substitute:
        told = f"{told}: {attendance.substitute}"
    role = _(ATTENDANCE_ROLES.get(attendance.role, attendance.role))
    return Row(attendance.id, (str(number), shown, role, told), _MARKS.get(status, "?"))


def _summary(found: Sequence[Attendance]) -> str:
    """18/20 có mặt (1 đến muộn) · 1 vắng · 1 vắng có phép."""
    counts = {code: sum(a.status == code for a in found) for code in ATTENDANCE_STATUSES}
    there = sum(counts[code] for code in _THERE)
    told = {
        "late": _("{n} đến muộn"),
        "substituted": _("{n} cử người thay"),
        "absent": _("{n} vắng"),
        "excused": _("{n} vắng có phép"),
        "invited": _("{n} chưa điểm"),
    }
    parts = {code: words.format(n=counts[code]) for code, words in told.items() if counts[code]}
    of_them = ", ".join(words for code, words in parts.items() if code in _THERE)
    first = _("{there}/{all} có mặt").format(there=there, all=len(found))
    others = [words for code, words in parts.items() if code not in _THERE]
    return " · ".join([f"{first} ({of_them})" if of_them else first, *others])
