"""The register of official numbers: what waits, the numbers of a year, who holds it."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office import registering
from office.moments import show_moment
from office.register import KINDS, Register, show_number
from schema.errors import N_
from tui.numbering import is_joined, members, register
from tui.register_words import STANDINGS, event_words, holder_words, subject_of
from tui.rows import Rows
from tui.screens.page import Page
from tui.telling import telling
from tui.widgets.listing import Column, Listing, Row
from tui.widgets.pick import Suggestion
from tui.words import _


class RegisterScreen(Page):
    """Papers that wait for a number first, then the numbers of the year, the last first."""

    HELP = N_(
        "Sổ đăng ký số văn bản đi: mỗi loại văn bản một dãy số, từ 01 ngày 01/01 đến hết 31/12. Chỉ"
        " một máy giữ sổ và cấp số; máy khác xin số bằng n và nhận số ở lần đồng bộ tới. Số chỉ ghi"
        " lên văn bản khi không còn chữ “chờ các máy xác nhận”. h bàn giao sổ cho máy khác; T nhận"
        " sổ về máy này khi máy giữ sổ không còn dùng được nữa. [ và ] sang năm trước, năm sau."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,plus", "ask", N_("Xin số")),
        Binding("h", "hand_over", N_("Bàn giao sổ")),
        Binding("T", "take_over", N_("Nhận sổ về máy này"), show=False),
        Binding("left_square_bracket", "year(-1)", N_("Năm trước")),
        Binding("right_square_bracket", "year(1)", N_("Năm sau")),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows()
        self._year = 0
        self._register: Register | None = None

    @property
    def _shown(self) -> int:
        return self._year or self.office.today().year

    def heading(self) -> str:
        return _("Sổ số văn bản {year}").format(year=self._shown)

    def corner(self) -> str:
        return self._holder

    _holder = ""

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Số"), 9), Column(_("Trích yếu"), share=3)]
        columns += [Column(_("Lúc"), 16), Column(_("Trạng thái"), share=1)]
        empty = _("Năm này chưa có số nào. n: xin số cho một văn bản.")
        self._listing = Listing(columns, self._rows, empty=empty, id="numbers")
        yield self._listing

    def refill(self) -> None:
        store = self.office.store
        self._register = now = register(store)
        self._members = members(store)
        self._holder = _("Sổ ở {holder}").format(holder=holder_words(now, self._members))
        self._rows.fill([*self._waiting(now), *self._numbers(now), *self._history(now)])
        self._listing.reload()
        self.show_title()
        self.refresh_bindings()

    def _waiting(self, now: Register) -> Iterable[Row]:
        if self._shown == self.office.today().year:
            for request in now.waiting:
                cells = (f"…/{request.kind}", request.subject, show_moment(request.created_at))
                yield Row(f"request:{request.id}", (*cells, _("chờ số")), mark="·")

    def _numbers(self, now: Register) -> Iterable[Row]:
        given = [n for n in (*now.numbers, *now.voided) if n.year == self._shown]
        for number in sorted(given, key=lambda n: (n.created_at, n.number), reverse=True):
            standing = now.standing(number)
            cells = (show_number(number.number, number.kind), subject_of(now, number))
            yield Row(
                f"number:{number.id}",
                (*cells, show_moment(number.created_at), _(STANDINGS[standing])),
                mark={"void": "!", "unsettled": "·"}.get(standing, ""),
                dim=standing == "void",
            )

    def _history(self, now: Register) -> Iterable[Row]:
        for (year, kind), numbers in now.missing.items():
            missing = ", ".join(show_number(number, kind) for number in numbers[:9])
            if year == self._shown:
                words = _("số đã cấp mà máy này chưa nhận được")
                yield Row(f"missing:{kind}", (missing, words), mark="!")
        for term in reversed(now.terms):
            words = event_words(self._members, term.event, term.holder)
            if term.event.created_at.startswith(str(self._shown)):
                at = show_moment(term.event.created_at)
                yield Row(f"term:{term.event.id}", ("", words, at), dim=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        now = self._register
        match action:
            case "hand_over":
                return bool(now and now.joined and now.mine and now.open)
            case "take_over":
                return bool(now and now.joined and not now.mine)
        return True

    def action_year(self, by: int) -> None:
        if 1900 < self._shown + by < 2200:
            self._year = self._shown + by
            self.refill()

    # Asking

    def action_ask(self) -> None:
        from tui.screens.choose import ChooseScreen

        labels = {kind: f"{kind} · {_(words)}" for kind, words in KINDS.items()}
        self.app.push_screen(ChooseScreen(_("Xin số cho loại văn bản nào?"), labels), self._subject)

    def _subject(self, kind: str | None) -> None:
        from tui.screens.ask_text import AskText

        def answer(subject: Suggestion | None) -> None:
            if subject is not None:
                with telling(self.app):
                    self._ask(str(kind), subject.label)

        if kind:
            words = _("Trích yếu của {kind}").format(kind=_(KINDS[kind]).lower())
            self.app.push_screen(AskText(words), answer)

    def _ask(self, kind: str, subject: str) -> None:
        store = self.office.store
        request = registering.ask(
            store,
            kind,
            subject,
            self.office.today(),
            by=self.office.author,
            joined=is_joined(store),
        )
        self._year = 0
        self.office.changed()
        now = register(store)
        given = now.answers.get(request.id)
        key = f"number:{given.id}" if given else f"request:{request.id}"
        self._listing.go_to(key)
        if given:
            number = show_number(given.number, given.kind)
            self.office.say(_("Số {number}: {subject}").format(number=number, subject=subject))
        else:
            self.office.say(_("Đã xin số; số có ở lần đồng bộ tới."))

    # Holding

    def action_hand_over(self) -> None:
        from tui.screens.choose import ChooseScreen

        known = self._members
        now = self._register
        called = list(known.names.values())
        there = {
            device: name if called.count(name) == 1 else f"{name} · {device[:8]}"
            for device, name in known.names.items()
            if device not in known.revoked and now and device != now.me
        }
        if not there:
            self.office.say(_("Chưa có máy nào khác để bàn giao."))
            return
        question = _("Bàn giao sổ cho máy nào?")
        self.app.push_screen(ChooseScreen(question, there), self._hand_over_to)

    def _hand_over_to(self, device: str | None) -> None:
        from tui.screens.ask import Ask

        def answer(yes: bool | None) -> None:
            if yes and device:
                with telling(self.app):
                    registering.hand_over(self.office.store, device, by=self.office.author)
                    self.office.changed()
                    self.office.say(_("Đã bàn giao sổ cho máy “{name}”.").format(name=name))

        if device:
            name = self._members.name(device)
            words = _("Bàn giao sổ cho “{name}”? h: bàn giao, phím khác: thôi.")
            self.app.push_screen(Ask(words.format(name=name), "h"), answer)

    def action_take_over(self) -> None:
        from tui.screens.ask import Ask

        def answer(yes: bool | None) -> None:
            if yes:
                with telling(self.app):
                    self._take_over()

        words = _("“{name}” không còn cấp số? t: nhận sổ, báo mọi máy; phím khác: thôi.")
        holder = self._register.holder if self._register else ""
        name = self._members.name(holder) if holder else _("chưa có máy nào")
        self.app.push_screen(Ask(words.format(name=name), "t"), answer)

    def _take_over(self) -> None:
        registering.take_over(
            self.office.store,
            self.office.today(),
            {},
            by=self.office.author,
            joined=True,
        )
        self.office.changed()
        self.office.say(_("Máy này nhận sổ, và cấp số sau khi đồng bộ trọn vẹn."))
