"""A new shared folder, and joining one: a path, a code, a name; the work itself is done aside."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType

from schema.errors import N_, ThukyError
from schema.store import Store
from sync.local import BESIDE, lies_beside
from tui.screens.form_page import FormPage, Saved, WrongError
from tui.widgets.field import Field
from tui.widgets.form import FormRow
from tui.widgets.path import PathField
from tui.words import _, tell


class _Pairing(FormPage):
    """A form whose answer is worked on aside; it says what is wrong in the row concerned."""

    DOING: ClassVar[str] = ""
    DONE: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f4,ctrl+s", "save", N_("Làm"))]

    def __init__(self) -> None:
        super().__init__()
        self._busy = False
        self._folder = ""

    def work(self, values: dict[str, str]) -> Callable[[Store], None]:
        """What is to be done. Raises WrongError for what cannot even be tried."""
        raise NotImplementedError

    def row_of(self, error: ThukyError) -> str:
        """The row that an error is about."""
        return "folder"

    def folder_row(self) -> FormRow:
        return FormRow("folder", _("Thư mục"), PathField(), wide=True)

    def name_row(self) -> FormRow:
        from tui.sync_facts import machine_name

        field = Field(machine_name(), compact=True)
        return FormRow("name", _("Tên máy này"), field)

    def understood(self, name: str, value: str) -> str:
        return _("các máy khác thấy tên này") if name == "name" else ""

    def save(self, values: dict[str, str]) -> Saved:
        raise NotImplementedError

    def action_save(self) -> None:
        if self._busy:
            return
        for row in self.form.rows.values():
            row.blame("")
        values = self.values
        try:
            if not values["folder"]:
                raise WrongError("folder", ThukyError(N_("Hãy ghi thư mục.")))
            if not values["name"]:
                raise WrongError("name", ThukyError(N_("Hãy đặt tên cho máy này.")))
            work = self.work(values)
        except WrongError as wrong:
            self._blame(wrong.name, wrong.error)
            return
        self._busy = True
        self._folder = values["folder"]
        self.office.say(_(self.DOING))
        self.office.aside(work, self._did)

    def _did(self, done: "ThukyError | None") -> None:
        self._busy = False
        if isinstance(done, ThukyError):
            if self.is_current:
                self.office.say("")
                self._blame(self.row_of(done), done)
            else:
                self.office.say(tell(done), error=True)
            return
        from tui.sync_facts import at

        self.office.start_syncing()
        self.office.changed()
        if self.is_current:
            self.dismiss()
        beside = lies_beside(self.office.store.path, at(self._folder))
        self.office.say(_(BESIDE).format(folder=self._folder) if beside else _(self.DONE))

    def _blame(self, name: str, error: ThukyError) -> None:
        row = self.form.rows[name]
        row.blame(tell(error))
        row.control.focus()


class NewFolder(_Pairing):
    """Makes the shared folder of an office, on its first machine."""

    HEADING = N_("Lập thư mục chung")
    HELP = N_(
        "Một thư mục trống mà mọi máy của cơ quan đều thấy: ổ mạng, thư mục Syncthing, Nextcloud,"
        " Dropbox, hay một USB. Thư Ký chỉ để trong đó những tệp đã mã hóa; khóa nằm trên máy này."
        " Lập xong thì mời từng máy bằng phím m ở màn hình Đồng bộ."
    )
    DOING = N_("Đang lập thư mục chung…")
    DONE = N_("Đã lập thư mục chung. m: mời máy khác.")

    def rows(self) -> Iterable[FormRow]:
        yield self.folder_row()
        yield self.name_row()

    def work(self, values: dict[str, str]) -> Callable[[Store], None]:
        from tui.sync_facts import found

        return lambda store: found(store, values["folder"], values["name"])


class Join(_Pairing):
    """Asks to be let into the workspace of a folder."""

    HEADING = N_("Tham gia bằng mã mời")
    HELP = N_(
        "Thư mục chung như máy này thấy nó, và mã mời mà máy mời đưa ra (phím m ở màn hình Đồng bộ"
        " của máy ấy, có tác dụng trong 15 phút, dùng một lần). Gõ mã không cần dấu gạch, chữ hoa"
        " hay thường đều được. Sau đó dữ liệu tự về; có thể làm việc khác trong khi đợi."
    )
    DOING = N_("Đang gửi lời xin vào…")
    DONE = N_("Đã xin vào; đang đợi máy mời trả lời.")

    def rows(self) -> Iterable[FormRow]:
        yield self.folder_row()
        yield FormRow("code", _("Mã mời"), Field(compact=True))
        yield self.name_row()

    def work(self, values: dict[str, str]) -> Callable[[Store], None]:
        if not values["code"]:
            raise WrongError("code", ThukyError(N_("Hãy gõ mã mời.")))
        from tui.sync_facts import join

        return lambda store: join(store, values["folder"], values["code"], values["name"])

    def row_of(self, error: ThukyError) -> str:
        return "code" if type(error).__name__ == "WrongCode" else "folder"
