"""One unit's page, and one leader's: how much there is to do, how it stands, and what it is."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.moments import ZONE, show_moment
from office.silence import silent_since
from schema import subject_rows
from schema.conditions import EVERY, OPEN, Where
from schema.errors import N_, ThukyError
from schema.followup_groups import Groups
from schema.followup_rows import Selection
from schema.records import Field, Person, Unit
from schema.standing import DONE, Standing
from schema.store import Store
from schema.subject_rows import Figures
from tui import queries
from tui.followup_asking import of_leader, of_unit
from tui.followup_headings import counted
from tui.followup_view import View
from tui.screens.followups import Followups
from tui.widgets.line import Lines, Look
from tui.words import _, tell

SECTIONS = {
    subject_rows.LATE: N_("Quá hạn"),
    subject_rows.WAITING: N_("Chờ xác nhận"),
    subject_rows.SILENT: N_("Im lặng sau khi giao"),
    subject_rows.RUNNING: N_("Đang mở, trong hạn"),
    subject_rows.PROPOSED: N_("Chưa giao"),
    subject_rows.DONE: N_("Hoàn thành"),
}
_LINES = 5


class _Subject(Followups):
    """What somebody has to do, under headings that say how it stands."""

    PLACE = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "edit", N_("Sửa")),
        Binding("a", "all", N_("Xem thành bảng kê")),
    ]

    def __init__(self, id: str) -> None:
        super().__init__(View("", folded={subject_rows.DONE}))
        self.id_shown = id
        self._figures: Figures | None = None

    # To be filled in by a page

    def where(self) -> Where:
        raise NotImplementedError

    def about(self) -> list[str]:
        """Who it is, in a few lines."""
        raise NotImplementedError

    def asked(self) -> str:
        """The filter that asks for its open follow-ups."""
        raise NotImplementedError

    # ------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        self._directory = queries.directory(self.office.store)
        self._about = Lines(id="about")
        self._about.styles.height = _LINES
        for widget in super().body():
            if widget is self._field:
                widget.display = False
            yield self._about if widget is self._summary else widget

    def refill(self) -> None:
        self._directory = queries.directory(self.office.store)
        super().refill()
        self.show_title()

    def find(self, *, keep: bool) -> None:
        """What is open; and then, beside the keys, what is done and all figures."""
        office = self.office
        where, today = self.where(), office.today()
        since = silent_since(office.store, today)

        def groups(store: Store, also: Where) -> Groups:
            selection = Selection(store, where & also)
            return subject_rows.standing_groups(selection, today, since)

        def all_of_it(store: Store) -> tuple[Figures, Groups]:
            offset = datetime.combine(today, time(), ZONE).utcoffset() or timedelta()
            midnight = f"{offset.total_seconds():+.0f} seconds"
            return subject_rows.figures(store, where, today, midnight), groups(store, EVERY)

        def then(found: tuple[Figures, Groups] | ThukyError) -> None:
            if isinstance(found, ThukyError):
                office.say(tell(found), error=True)
            elif self.is_attached and self._source.found is shown:
                self._figures = found[0]
                self._list(found[1].read_by(office.store), keep=True)
                self.sum_up()

        shown = groups(office.store, OPEN)
        self._figures = None
        self._list(shown, keep=keep)
        self.call_after_refresh(office.aside, all_of_it, then)

    def _list(self, groups: Groups, *, keep: bool) -> None:
        groups.fold(self.view.folded)
        self._source.name = lambda key: _(SECTIONS.get(key, key))
        self._source.found = groups
        if self._listing:
            self._listing.reload(keep=keep)
        self.see_what_works()

    def sum_up(self) -> None:
        about: list[Look] = [(f"   {line}", Style()) for line in self.about()]
        lines = [*about[: _LINES - 3], *((f"   {line}", Style(bold=True)) for line in self._told())]
        self._about.show([("", Style()), *lines])

    def _told(self) -> Iterable[str]:
        found = self._figures
        if found is None:
            yield "…"
            return
        standings = found.standings
        done = sum(standings.get(one, 0) for one in DONE)
        open_ = found.given - done
        share = found.on_time_share
        first = [
            _("giao {n}").format(n=counted(found.given)),
            _("xong {n} (muộn {late})").format(
                n=counted(done), late=counted(standings.get(Standing.DONE_LATE, 0))
            ),
            _("đang mở {n} (quá hạn {late})").format(
                n=counted(open_), late=counted(standings.get(Standing.RUNNING_LATE, 0))
            ),
        ]
        if share is not None:
            percent = f"{share * 100:.1f}".replace(".", ",")
            first.append(_("đúng hạn {percent} %").format(percent=percent))
        yield " · ".join(first)
        second = [
            _("{n} phần việc").format(n=counted(found.parts)) if found.parts else "",
            _("gia hạn {n}").format(n=counted(found.extended)),
            _("trả lại {n}").format(n=counted(found.returned)),
            _("đôn đốc {n}, gần nhất {when}").format(
                n=counted(found.urged), when=show_moment(found.last_urged)
            )
            if found.last_urged
            else _("chưa đôn đốc"),
        ]
        yield " · ".join(filter(None, second))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("filter", "named", "save", "form", "group", "sort", "reverse"):
            return False
        if action == "fold_all":
            return True
        return super().check_action(action, parameters)

    def show_row(self, id: str) -> None:
        if self._listing:
            self._listing.go_to(id)

    def action_all(self) -> None:
        """Ask for its open ones in the table, where they can be filtered further."""
        self.app.push_screen(Followups(self.asked()))


class UnitPage(_Subject):
    HELP = N_(
        "Một đơn vị: giao bao nhiêu, xong, muộn, quá hạn, tỷ lệ đúng hạn (đúng hạn chia cho số đã"
        " xong và số quá hạn chưa xong), lần đôn đốc gần nhất; người của đơn vị; rồi từng việc theo"
        " tình trạng: quá hạn, chờ xác nhận, im lặng, đang mở, chưa giao, đã xong. Việc giao cho"
        " nhiều đơn vị đếm theo phần của đơn vị này. Enter mở nhiệm vụ hay gấp nhóm, e làm với mọi"
        " việc đã đánh dấu, a xem thành bảng kê để lọc tiếp."
    )

    def heading(self) -> str:
        return self._directory.shown(self.id_shown, _(queries.NOW)) if self._built else ""

    def where(self) -> Where:
        merged = [id for id, into in self._directory.successors.items() if into == self.id_shown]
        return subject_rows.of_unit([self.id_shown, *merged])

    def asked(self) -> str:
        return of_unit(self._directory.name_of(self.id_shown))

    def about(self) -> list[str]:
        today, names = self.office.today(), self._directory
        people = [
            " ".join(filter(None, (post.title, person.name, person.phone)))
            for person in names.persons
            for post in names.posts_of(person, today)
            if post.unit == self.id_shown
        ]
        return ["; ".join(people) or _("Chưa ghi ai giữ chức vụ ở đơn vị này.")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False if action == "unit" else super().check_action(action, parameters)

    def action_edit(self) -> None:
        from tui.screens.directory_forms import UnitForm

        self.app.push_screen(UnitForm(self.office.store.get(Unit, self.id_shown)))


class LeaderPage(_Subject):
    HELP = N_(
        "Một lãnh đạo: những nhiệm vụ phụ trách, ghi riêng cho từng việc hay theo lĩnh vực; giao"
        " bao nhiêu, xong, muộn, quá hạn, tỷ lệ đúng hạn; rồi từng việc theo tình trạng. Enter mở"
        " nhiệm vụ hay gấp nhóm, U mở trang đơn vị chủ trì, a xem thành bảng kê để lọc tiếp."
    )

    def heading(self) -> str:
        return self._directory.name_of(self.id_shown) if self._built else ""

    def where(self) -> Where:
        return subject_rows.of_leader(self.id_shown)

    def asked(self) -> str:
        return of_leader(self._directory.name_of(self.id_shown))

    def about(self) -> list[str]:
        store, today = self.office.store, self.office.today()
        person = store.find(Person, self.id_shown)
        posts = self._directory.posts_of(person, today) if person else []
        held = "; ".join(
            " ".join(filter(None, (p.title, self._directory.name_of(p.unit)))) for p in posts
        )
        fields = store.live(Field, "leader = ? ORDER BY position, name", self.id_shown)
        led = _("Lĩnh vực: {names}").format(names=", ".join(f.name for f in fields))
        return [" · ".join(filter(None, (held, led if fields else "")))]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False if action == "leader" else super().check_action(action, parameters)

    def action_edit(self) -> None:
        from tui.screens.directory_forms import PersonForm

        self.app.push_screen(PersonForm(self.office.store.get(Person, self.id_shown)))
