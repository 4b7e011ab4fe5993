"""The times of a task that recurs: those that were made, and those to come."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office import occurrences
from office.moments import parse_date, show_date
from schema.errors import N_, ThukyError
from schema.life import ENDED
from schema.records import Followup
from tui.graphemes import cut
from tui.occurrence_words import deadline_words, state_words
from tui.rows import Rows, weekday
from tui.screens.page import Page
from tui.telling import telling
from tui.widgets.listing import Column, Listing, Row
from tui.widgets.pick import Suggestion
from tui.words import _, tell

_NAME = 40


class _Occurrences(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Mở"))]


class OccurrencesScreen(Page):
    """The times of the task of which that follow-up is one."""

    HELP = N_(
        "Các kỳ của một nhiệm vụ lặp lại, một năm tới. Kỳ sau được lập khi kỳ trước xong hoặc ngày"
        " của nó đã gần (mười ngày); mỗi kỳ là một nhiệm vụ riêng. Kỳ theo thứ trong tuần rơi vào"
        " ngày nghỉ thì dời sang ngày làm việc sau đó; kỳ theo ngày trong tháng thì giữ ngày. Tháng"
        " không có ngày ấy thì lấy ngày cuối tháng. Enter mở một kỳ, z thôi lặp từ sau một ngày."
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("z", "stop", N_("Thôi lặp"))]
    AUTO_FOCUS = "Listing"

    def __init__(self, followup: str) -> None:
        super().__init__()
        self._of = followup
        self._rows = Rows()

    @property
    def _root(self) -> Followup:
        store = self.office.store
        return occurrences.root_of(store, store.get(Followup, self._of))

    def heading(self) -> str:
        return _("Các kỳ: {work}").format(work=cut(self._root.work, _NAME))

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Kỳ"), 22), Column(_("Thời hạn"), 28), Column(_("Trạng thái"))]
        self._listing = _Occurrences(columns, self._rows, id="occurrences")
        yield self._listing

    def refill(self) -> None:
        root, today = self._root, self.office.today()
        try:
            found = occurrences.listed(self.office.store, root, today + occurrences.AHEAD)
        except ThukyError as error:  # a rule that another program wrote
            self._rows.fill([Row("", (tell(error), "", ""))])
            self._listing.reload()
            return
        self._rows.fill([_row(each) for each in found])
        self._listing.reload()
        if minded := occurrences.check(root.recurrence, str(found[0].on)):
            self.office.say(tell(minded))

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        from tui.screens.followup_page import FollowupPage

        if event.key.startswith("on:"):
            self.office.say(_("Kỳ này chưa lập: đến gần ngày ấy sẽ có."))
        elif event.key:
            self.app.push_screen(FollowupPage(event.key))

    def action_stop(self) -> None:
        """Ask for the last day on which the task still recurs."""
        from tui.screens.ask_text import AskText

        def stop(said: Suggestion | None) -> None:
            if said is not None:
                with telling(self.app):
                    last = parse_date(said.label, self.office.today())
                    occurrences.stop(self.office.store, self._root, last)
                    self.office.changed()
                    words = _("Sau ngày {day} không còn kỳ nào nữa.")
                    self.office.say(words.format(day=show_date(last)))

        today = show_date(self.office.today())
        self.app.push_screen(AskText(_("Ngày cuối còn lặp?"), value=today), stop)


def _row(each: occurrences.Occurrence) -> Row:
    row = each.followup
    mark = "✓" if row and row.state == "done" else "·" if row else ""
    cells = (f"{weekday(each.on)} {show_date(each.on)}", deadline_words(each), state_words(each))
    key = row.id if row else f"on:{each.on}"
    return Row(key, cells, mark, dim=row is None or row.state in ENDED)
