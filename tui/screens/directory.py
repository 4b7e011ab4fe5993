"""Units and people, side by side."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from office.directory import Directory
from office.merging import merge, unmerge
from schema.errors import N_
from schema.records import Person, Post, Unit
from tui import queries
from tui.matching import Query, searchable
from tui.rows import Rows
from tui.screens.page import Page
from tui.screens.search import SearchField
from tui.telling import telling
from tui.widgets.field import Field
from tui.widgets.listing import Column, Listing, Row
from tui.words import _


class _Entries(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Sửa"))]


class DirectoryScreen(Page):
    """Two lists that one search narrows; keys act on the list that has the focus."""

    PLACE = 4
    HELP = N_(
        "Đơn vị xếp theo vần, con người xếp theo tên. Tab chuyển giữa hai danh sách; phím tác động"
        " vào danh sách đang chọn. p xem các chức vụ của một người, cũ và mới, có ngày tháng. i ghi"
        " rằng nhiệm vụ của một đơn vị nay thuộc đơn vị khác (hoặc thôi như thế): nhiệm vụ cũ giữ"
        " nguyên, câu mới gọi tên cũ thì hiểu là đơn vị mới. Đổi tên đơn vị thì tên cũ vẫn tìm ra."
        " l mở các lĩnh vực và lãnh đạo phụ trách."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", N_("Tìm")),
        Binding("n", "new_unit", N_("Đơn vị mới")),
        Binding("m", "new_person", N_("Người mới")),
        Binding("p", "posts", N_("Chức vụ")),
        Binding("i", "merge", N_("Nhập vào đơn vị khác"), show=False),
        Binding("o", "followups", N_("Nhiệm vụ")),
        Binding("U", "page", N_("Trang đơn vị, lãnh đạo")),
        Binding("l", "fields", N_("Lĩnh vực")),
        Binding("d", "delete", N_("Xóa")),
        Binding("u", "restore", N_("Lấy lại cái vừa xóa"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, at: str = "") -> None:
        """`at` is the unit or person that the cursor starts on."""
        super().__init__()
        self._at = at
        self._unit_rows = Rows()
        self._person_rows = Rows()
        self._typed = ""

    def body(self) -> Iterable[Widget]:
        units = [Column(_("Đơn vị"), share=3), Column(_("Viết tắt"), 9)]
        people = [Column(_("Con người"), share=2), Column(_("Chức vụ"), share=3)]
        self._units = _Entries(
            units, self._unit_rows, empty=_("Không có đơn vị nào. n: thêm."), id="units"
        )
        self._people = _Entries(
            people, self._person_rows, empty=_("Không có ai. m: thêm."), id="people"
        )
        yield SearchField(self._typed)
        yield Horizontal(self._units, self._people)

    def on_mount(self) -> None:
        super().on_mount()
        self._saved(self._at)

    def refill(self) -> None:
        self._directory = queries.directory(self.office.store)
        self._fill()

    def _fill(self) -> None:
        query = Query(self._typed)
        on = self.office.today()
        names = self._directory
        self._unit_rows.fill(
            [
                Row(
                    unit.id,
                    (names.shown(unit.id, _(queries.NOW)), unit.abbr),
                    dim=unit.id in names.successors,
                )
                for unit in names.units
                if query.finds(searchable(f"{unit.name} {unit.abbr} {unit.aliases}"))
            ]
        )
        posts = {p.id: _posts_words(names, names.posts_of(p, on)) for p in names.persons}
        self._person_rows.fill(
            [
                Row(person.id, (person.name, posts[person.id]))
                for person in names.persons
                if query.finds(searchable(f"{person.name} {posts[person.id]}"))
            ]
        )
        self._units.reload()
        self._people.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        of_list = {"posts": "people", "merge": "units"}.get(action)
        return of_list is None or (self.focused is not None and self.focused.id == of_list)

    def on_input_changed(self, event: Field.Changed) -> None:
        self._typed = event.value
        self._fill()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        from tui.screens.directory_forms import PersonForm, UnitForm

        store = self.office.store
        if event.listing is self._units:
            self.app.push_screen(UnitForm(store.get(Unit, event.key)), self._saved)
        else:
            self.app.push_screen(PersonForm(store.get(Person, event.key)), self._saved)

    def action_search(self) -> None:
        self.query_one(SearchField).focus()

    def action_new_unit(self) -> None:
        from tui.screens.directory_forms import UnitForm

        self.app.push_screen(UnitForm(), self._saved)

    def action_new_person(self) -> None:
        from tui.screens.directory_forms import PersonForm

        self.app.push_screen(PersonForm(), self._saved)

    def action_posts(self) -> None:
        from tui.screens.posts import Posts

        if self._people.key:
            self.app.push_screen(Posts(self._people.key))

    def action_merge(self) -> None:
        """Say which unit has the duties of this one now; for one that was merged, that it has its
        own again."""
        from tui.screens.ask import Ask
        from tui.screens.choose import ChooseScreen

        if not (id := self._units.key):
            return
        names, name = self._directory, self._directory.name_of(id)
        if after := names.successors.get(id):
            words = _("“{name}” nay là “{into}”. i: thôi nhập, phím khác: thôi.")
            question = words.format(name=name, into=names.name_of(after))
            self.app.push_screen(Ask(question, "i"), lambda yes: self._unmerge(id) if yes else None)
        else:
            question = _("Nhiệm vụ của “{name}” nay thuộc đơn vị nào?").format(name=name)
            others = {unit.id: unit.name for unit in names.units if unit.id != id}
            self.app.push_screen(ChooseScreen(question, others), lambda into: self._merge(id, into))

    def _merge(self, id: str, into: str | None) -> None:
        if not into:
            return
        with telling(self.app):
            merge(self.office.store, id, into)
            self.office.changed()
            self._saved(id)
            words = _("“{name}” nay là “{into}”. Nhiệm vụ cũ giữ nguyên; i: thôi nhập.")
            names = self._directory
            self.office.say(words.format(name=names.name_of(id), into=names.name_of(into)))

    def _unmerge(self, id: str) -> None:
        with telling(self.app):
            unmerge(self.office.store, id)
            self.office.changed()
            self._saved(id)
            words = _("“{name}” lại là một đơn vị riêng.")
            self.office.say(words.format(name=self._directory.name_of(id)))

    def action_followups(self) -> None:
        """The open ones of the unit or person under the cursor."""
        from tui.followup_asking import of_person, of_unit
        from tui.screens.followups import Followups

        in_people = self.focused is self._people
        if id := self._people.key if in_people else self._units.key:
            name = self._directory.name_of(id)
            self.app.push_screen(Followups(of_person(name) if in_people else of_unit(name)))

    def action_fields(self) -> None:
        from tui.screens.fields import FieldsScreen

        self.app.push_screen(FieldsScreen())

    def action_page(self) -> None:
        """All about the unit under the cursor, or about what the person is in charge of."""
        from tui.screens.unit_page import LeaderPage, UnitPage

        if self.focused is self._people and self._people.key:
            self.app.push_screen(LeaderPage(self._people.key))
        elif self._units.key:
            self.app.push_screen(UnitPage(self._units.key))

    def action_delete(self) -> None:
        in_people = self.focused is self._people
        id = self._people.key if in_people else self._units.key
        if id:
            name = self._directory.name_of(id)
            self.ask_to_delete(Person if in_people else Unit, id, name)

    def action_restore(self) -> None:
        if id := self.office.restore_deleted():
            self._saved(id)

    def _saved(self, id: str | None) -> None:
        """Put the cursor on a unit or person, in its list."""
        if id:
            self._typed = self.query_one(SearchField).value = ""
            self.refill()
            for listing in (self._units, self._people):
                if listing.go_to(id):
                    listing.focus()


def _posts_words(names: Directory, posts: Sequence[Post]) -> str:
    return "; ".join(" ".join(filter(None, (p.title, names.name_of(p.unit)))) for p in posts)
