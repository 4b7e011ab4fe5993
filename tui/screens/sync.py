"""The sync screen: this machine, the folder, the other machines, what is wrong, what was lost."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from schema.errors import N_, ThukyError
from tui.rows import Rows
from tui.screens.page import Page
from tui.widgets.lined import BESIDE_CELLS, Lined
from tui.widgets.listing import Column, Listing
from tui.words import _, tell

# Ciphers take longer to import than a screen to draw: that is done aside.
if TYPE_CHECKING:
    from collections.abc import Sequence

    from schema.store import Store
    from sync.machines import Machine
    from sync.pairing import Invitation
    from tui.overwritten import Overwritten
    from tui.sync_facts import Facts

LABEL_CELLS = 17


class _Facts(Lined):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", show=False)]


class SyncScreen(Page):
    """What is known of syncing, read aside each time that something of it has changed."""

    HEADING = N_("Đồng bộ")
    HELP = N_(
        "Các máy giống nhau qua một thư mục chung. Máy đầu tiên lập thư mục (n), rồi mời từng máy"
        " (m); máy kia tham gia (t) bằng mã mời. “Giống hệt lúc…” là hai máy đã so với nhau và dữ"
        " liệu trùng khít. Khi hai máy cùng sửa một ô mà chưa thấy nhau, giá trị sau hiện ra, giá"
        " trị kia nằm ở “Bị ghi đè”: l lấy lại, b giữ giá trị đang hiện, đổi ý thì nhấn phím kia."
        " d loại một máy: từ đó nó không đọc được gì mới. Thư mục vắng mặt thì cứ làm việc; mọi thứ"
        " được gửi khi nó trở lại."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,plus", "new_folder", N_("Lập thư mục chung")),
        Binding("t", "join", N_("Tham gia bằng mã mời")),
        Binding("x", "give_up", N_("Thôi xin vào")),
        Binding("l", "restore", N_("Lấy lại giá trị mất")),
        Binding("b", "keep", N_("Giữ giá trị đang hiện")),
        Binding("d", "revoke", N_("Loại máy")),
        Binding("m", "invite", N_("Mời máy mới")),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows()
        self._facts: Facts | None = None
        self._decided: dict[str, Overwritten] = {}
        self._reading = False
        self._again = False
        self._early: list[str] = []

    def body(self) -> Iterable[Widget]:
        columns = [Column("", LABEL_CELLS), Column("")]
        self._listing = _Facts(columns, self._rows, empty="…", id="facts")
        yield self._listing

    # What is known

    def refill(self) -> None:
        self._show_facts()
        self._read()

    def sync_stands(self) -> None:
        """Syncing stands otherwise than before."""
        self.reload()

    def _read(self) -> None:
        """Read again, once for all that has changed meanwhile."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        decided = list(self._decided.values())

        def read(store: "Store") -> "Facts":
            from tui.sync_facts import gather

            return gather(store, decided)

        self.office.aside(read, self._took)

    def _took(self, facts: "Facts | ThukyError") -> None:
        self._reading = False
        if isinstance(facts, ThukyError):
            self.office.say(tell(facts), error=True)
        else:
            self._facts = facts
            if self._built and self.is_attached:
                self._show_facts()
                early, self._early = self._early, []
                for key in early:
                    self.app.simulate_key(key)
        if self._again and self.is_attached:
            self._again = False
            self._read()

    def on_key(self, event: events.Key) -> None:
        """A key that comes before it is known what may be done waits for that."""
        if self._facts is None and event.is_printable:
            self._early.append(event.key)
            event.stop()

    def on_resize(self, event: events.Resize) -> None:
        self._show_facts()

    def _show_facts(self) -> None:
        if self._facts is None:
            return
        from tui.sync_rows import SyncRows

        cells = max(self.app.size.width - LABEL_CELLS - BESIDE_CELLS, 20)
        first = not self._listing.count
        self._rows.fill(SyncRows(self._facts, self.office.sync, self.office.now(), cells)())
        self._listing.reload(keep=not first)
        self.refresh_bindings()

    def on_listing_highlighted(self) -> None:
        self.refresh_bindings()

    # What may be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        facts = self._facts
        if not self._built or facts is None:
            return action not in _OWN
        match action:
            case "new_folder":
                return facts.may_join and not facts.joined
            case "join":
                return facts.may_join
            case "give_up":
                return bool(facts.asking)
            case "invite":
                return facts.joined and not facts.may_join
            case "revoke":
                machine = self._machine
                return bool(machine and not machine.own and not machine.revoked)
            case "restore" | "keep":
                return self._value is not None
        return True

    @property
    def _key(self) -> tuple[str, str]:
        """The kind and id of the thing under the cursor."""
        kind, _colon, id = self._listing.key.strip().partition(":")
        return kind, id

    @property
    def _machine(self) -> "Machine | None":
        kind, id = self._key
        machines = self._facts.machines if self._facts and kind == "machine" else ()
        return next((machine for machine in machines if machine.device == id), None)

    @property
    def _value(self) -> "Overwritten | None":
        kind, id = self._key
        if kind != "value" or self._facts is None:
            return None
        values = [*self._facts.values, *(one.value for one in self._facts.settled)]
        return next((value for value in values if value.conflict.id == id), None)

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        kind, _id = self._key
        if kind == "new":
            self.action_new_folder()
        elif kind == "join":
            self.action_join()
        elif (value := self._value) and value.conflict.tbl == "followup":
            from tui.screens.followup_page import FollowupPage

            self.app.push_screen(FollowupPage(value.conflict.row))

    def action_new_folder(self) -> None:
        from tui.screens.sync_forms import NewFolder

        self.app.push_screen(NewFolder())

    def action_join(self) -> None:
        from tui.screens.sync_forms import Join

        self.app.push_screen(Join())

    def action_give_up(self) -> None:
        def give_up(store: "Store") -> None:
            from sync.enrol import give_up

            give_up(store)

        self.office.aside(give_up, lambda done: self._did(done, _("Đã thôi xin vào.")))

    def action_invite(self) -> None:
        def invite(store: "Store") -> "tuple[Invitation, Sequence[str]]":
            from tui.sync_facts import invited

            return invited(store)

        def show(made: "tuple[Invitation, Sequence[str]] | ThukyError") -> None:
            if isinstance(made, ThukyError):
                self.office.say(tell(made), error=True)
            elif self.is_current:
                from tui.screens.sync_invite import Invite

                self.office.say("")
                self.app.push_screen(Invite(*made))

        self.office.say(_("Đang lập mã mời…"))
        self.office.aside(invite, show)

    def action_revoke(self) -> None:
        from tui.screens.ask import Ask

        machine = self._machine
        if machine is None:
            return
        device, name = machine.device, machine.name

        def revoke(store: "Store") -> None:
            from tui.sync_facts import revoke

            revoke(store, device)

        def answer(yes: bool | None) -> None:
            if yes:
                words = _("Đã loại máy “{name}”.").format(name=name)
                self.office.aside(revoke, lambda done: self._did(done, words))

        question = _("Loại máy “{name}”, không lấy lại được? d: loại, phím khác: thôi.")
        self.app.push_screen(Ask(question.format(name=name), "d"), answer)

    def action_restore(self) -> None:
        self._settle(restore=True)

    def action_keep(self) -> None:
        self._settle(restore=False)

    def _settle(self, *, restore: bool) -> None:
        value = self._value
        if value is None:
            return
        if restore:
            words = _("Đã lấy lại “{lost}” thay cho “{shown}”. b: đổi lại.")
        else:
            words = _("Đã giữ “{shown}”, bỏ “{lost}”. l: đổi lại.")
        words = words.format(lost=value.lost, shown=value.shown)
        self._decided[value.conflict.id] = value

        def settle(store: "Store") -> None:
            from tui.sync_facts import settle

            settle(store, value.conflict, restore=restore)

        self.office.aside(settle, lambda done: self._did(done, words))

    def _did(self, done: "ThukyError | None", words: str) -> None:
        if isinstance(done, ThukyError):
            self.office.say(tell(done), error=True)
            return
        self.office.changed()
        self.office.say(words)


_OWN = {"new_folder", "join", "give_up", "invite", "revoke", "restore", "keep"}
