"""The posts that a person holds and has held."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from schema.errors import N_
from schema.records import Person, Post
from tui import queries
from tui.rows import Rows
from tui.screens.directory_forms import PostForm, shown
from tui.screens.page import Page
from tui.widgets.listing import Column, Listing, Row
from tui.words import _


class _Posts(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Sửa"))]


class Posts(Page):
    """The last post first; the dates say who held what when."""

    HELP = N_(
        "Các chức vụ của một người, mới nhất ở trên. Khi người ấy chuyển công tác: ghi ngày thôi"
        " vào chức vụ cũ, rồi n để thêm chức vụ mới."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,plus", "new", N_("Chức vụ mới")),
        Binding("d", "delete", N_("Xóa")),
        Binding("u", "restore", N_("Lấy lại cái vừa xóa"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, person: str) -> None:
        super().__init__()
        self._person = person
        self._rows = Rows()

    def heading(self) -> str:
        name = self.office.store.get(Person, self._person).name
        return _("Chức vụ của {name}").format(name=name)

    def body(self) -> Iterable[Widget]:
        columns = [
            Column(_("Chức vụ"), share=2),
            Column(_("Đơn vị"), share=3),
            Column(_("Từ ngày"), 10),
            Column(_("Đến hết"), 10),
        ]
        empty = _("Chưa ghi chức vụ nào. Nhấn n để thêm.")
        self._listing = _Posts(columns, self._rows, empty=empty, id="posts")
        yield self._listing

    def refill(self) -> None:
        store = self.office.store
        name_of = queries.Names(store)
        today = self.office.today().isoformat()
        self._rows.fill(
            [
                Row(
                    post.id,
                    (post.title, name_of(post.unit), shown(post.starts_on), shown(post.ends_on)),
                    dim=bool(post.ends_on and post.ends_on < today),
                )
                for post in queries.posts_of(store, self._person)
            ]
        )
        self._listing.reload()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        post = self.office.store.get(Post, event.key)
        self.app.push_screen(PostForm(self._person, post), self._saved)

    def action_new(self) -> None:
        self.app.push_screen(PostForm(self._person), self._saved)

    def action_delete(self) -> None:
        if id := self._listing.key:
            post = self.office.store.get(Post, id)
            name = post.title or queries.Names(self.office.store)(post.unit)
            self.ask_to_delete(Post, id, name)

    def action_restore(self) -> None:
        self.office.restore_deleted()

    def _saved(self, id: str | None) -> None:
        if id:
            self.refill()
            self._listing.go_to(id)
