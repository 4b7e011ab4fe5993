"""Who is writing, and in which language they read: asked once on each machine."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from schema.errors import N_
from tui.screens.page import Page
from tui.screens.settings import LANGUAGE_NAMES
from tui.widgets.choice import Choice
from tui.widgets.field import Field
from tui.widgets.form import Form, FormRow
from tui.widgets.reader import Paragraph, Reader
from tui.words import LANGUAGES, _, language


class FirstRun(Page):
    """Two questions, and what to know before the first meeting."""

    HEADING = N_("Chào bạn")
    HELP = N_("Tên của bạn hiện bên những gì bạn ghi, trên máy này và máy của đồng nghiệp.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4,ctrl+s", "start", N_("Bắt đầu")),
        Binding("escape", "start", show=False),
    ]
    AUTO_FOCUS = "Field"

    def body(self) -> Iterable[Widget]:
        languages = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
        yield Form(
            FormRow("language", _("Ngôn ngữ"), Choice(languages, language(), id="language")),
            FormRow("name", _("Tên của bạn"), Field(compact=True, id="name")),
        )
        yield Reader(
            [
                Paragraph(
                    _("Thư Ký giữ cuộc họp, biên bản và nhiệm vụ trong một tệp trên máy này:")
                ),
                Paragraph(str(self.office.store.path), label="  "),
                Paragraph(
                    _("Gõ đến đâu lưu đến đó, không cần lệnh lưu. F1 giải thích màn hình đang mở.")
                ),
                Paragraph(_("Muốn dùng thử trước: lệnh thuky demo mở một văn phòng mẫu.")),
            ]
        )

    async def recompose(self) -> None:
        name = self.query_one(Form).rows["name"].value
        await super().recompose()
        self.query_one(Form).rows["name"].value = name

    def on_choice_changed(self, event: Choice.Changed) -> None:
        self.office.store.set_local({"language": event.value})
        self.office.speak(event.value)

    def on_form_finished(self) -> None:
        self.action_start()

    def action_start(self) -> None:
        row = self.query_one(Form).rows["name"]
        if not row.value:
            row.blame(_("Hãy gõ tên của bạn."))
            row.control.focus()
            return
        self.office.author = row.value
        self.office.store.set_local({"name": row.value, "language": language()})
        self.dismiss()
        self.office.say(_("Chào {name}. Nhấn n để tạo cuộc họp đầu tiên.").format(name=row.value))
