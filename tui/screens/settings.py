"""This machine's own settings, and the office's. Each counts as soon as it is chosen."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from schema.errors import N_
from schema.settings import BEFORE_INCLUSIVE, office_setting, set_office_setting
from tui.screens.page import Page
from tui.theme import DEFAULT_THEME, THEME_NAMES, THEMES
from tui.widgets.choice import Choice
from tui.widgets.field import Field
from tui.widgets.form import Form, FormRow
from tui.words import LANGUAGES, _, language

LANGUAGE_NAMES = {"vi": N_("Tiếng Việt"), "en": "English"}


class Settings(Page):
    """Name, language, theme, mouse; how the office means "trước"."""

    PLACE = 5
    HELP = N_(
        "Cài đặt của riêng máy này, có tác dụng ngay khi chọn. Tên của bạn hiện bên những gì bạn"
        " ghi. Chuột: để terminal dùng thì bôi đen và dán được như mọi cửa sổ khác. “Trước ngày…”"
        " là nếp của cả cơ quan, mọi máy như nhau: trước ngày 15 là kể cả hay không kể ngày 15. F2"
        " mở lịch những ngày nghỉ, ngày làm bù; F3 mở sổ số văn bản."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "app.go('working_days')", N_("Ngày nghỉ, ngày làm bù")),
        Binding("f3", "app.go('register')", N_("Sổ số văn bản")),
    ]
    AUTO_FOCUS = "Field"

    def body(self) -> Iterable[Widget]:
        store = self.office.store
        theme = store.local("theme")
        languages = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
        themes = [(code, _(label)) for code, label in THEME_NAMES.items()]
        mouse = [("", _("Terminal dùng")), ("app", _("Thư Ký dùng"))]
        before = [("", _("không kể chính ngày ấy")), ("1", _("kể cả chính ngày ấy"))]
        yield Form(
            FormRow("name", _("Tên của bạn"), Field(self.office.author, compact=True)),
            FormRow("language", _("Ngôn ngữ"), Choice(languages, language(), id="language")),
            FormRow(
                "theme",
                _("Màu sắc"),
                Choice(themes, theme if theme in THEMES else DEFAULT_THEME, id="theme"),
            ),
            FormRow(
                "mouse",
                _("Chuột"),
                Choice(mouse, "app" if store.local("mouse") == "app" else "", id="mouse"),
            ),
            FormRow("before", _("“Trước ngày…”"), Choice(before, self._before(), id="before")),
        )

    def _before(self) -> str:
        return "1" if office_setting(self.office.store, BEFORE_INCLUSIVE) == "1" else ""

    def refill(self) -> None:
        self._tell_mouse()
        row = self.query_one(Form).rows["before"]
        row.value = self._before()
        row.tell(_("của cả cơ quan"))

    def keep_now(self) -> None:
        """The name is kept when it is left, not letter by letter."""
        name = self.query_one(Form).rows["name"].value
        if name and name != self.office.author:
            self.office.author = name
            self.office.store.set_local({"name": name})

    def action_back(self) -> None:
        self.keep_now()
        super().action_back()

    def on_descendant_blur(self) -> None:
        self.keep_now()

    def on_form_finished(self) -> None:
        self.action_back()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        name = event.choice.id or ""
        if name == "before":
            if event.value != self._before():
                set_office_setting(self.office.store, BEFORE_INCLUSIVE, event.value)
                self.office.changed()
            return
        self.office.store.set_local({name: event.value})
        if name == "language":
            self.office.speak(event.value)
        elif name == "theme":
            self.office.set_theme(event.value)
        else:
            self._tell_mouse()

    def _tell_mouse(self) -> None:
        self.query_one(Form).rows["mouse"].tell(_("có tác dụng từ lần mở sau"))
