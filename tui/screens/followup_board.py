"""Follow-ups as cards in a column for each state, moved from one to the next by their rules."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from textwrap import wrap
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.labels import FOLLOWUP_STATES
from office.layouts import Form
from office.moments import day_of, show_date
from schema.errors import N_
from schema.followup_rows import FollowupRows, Selection
from schema.records import Followup
from schema.secrecy import grades
from schema.store import Store
from tui import queries
from tui.followup_headings import counted
from tui.followup_table import Beside, marks, standing, table_row
from tui.graphemes import visible
from tui.screens.acting import Acting
from tui.secrecy import under_mark
from tui.widgets.board import LINES, NARROWEST, Board, Card, Pile
from tui.words import _

STATES = tuple(FOLLOWUP_STATES)
# The way of a follow-up from state to state, and what is asked of a person on it: a step of
# `followup_bulk`.
_TAKE, _BACK, _AGAIN = "taken", "returned", "reopened"
MOVES: Mapping[str, Mapping[str, str]] = {
    "proposed": {"assigned": "assign", "cancelled": "cancelled"},
    "assigned": {
        "in_progress": _TAKE,
        "submitted": "submit",
        "paused": "paused",
        "refused": "refused",
        "cancelled": "cancelled",
    },
    "in_progress": {"submitted": "submit", "paused": "paused", "cancelled": "cancelled"},
    "submitted": {"done": "accept", "in_progress": _BACK, "cancelled": "cancelled"},
    "done": {"in_progress": _AGAIN},
    "paused": {"in_progress": _AGAIN, "cancelled": "cancelled"},
    "refused": {"assigned": "assign", "in_progress": _TAKE, "cancelled": "cancelled"},
    "cancelled": {"in_progress": _AGAIN},
}


class _Cards:
    """The cards of what is selected, by state."""

    def __init__(self, store: Store, today: date) -> None:
        self._store = store
        self._today = today
        self._units = queries.unit_names(store)
        self._selections: dict[str, Selection] = {}
        self._found: dict[str, FollowupRows] = {}
        self.counts: dict[str, int] = {}

    def show(self, whole: Selection, selections: Mapping[str, Selection]) -> None:
        self.counts = whole.count_by("state")
        self._selections = dict(selections)
        self._found = {}

    def piles(self) -> Sequence[Pile]:
        known = [*STATES, *(state for state in self.counts if state not in STATES)]
        return [
            Pile(state, f"{_(FOLLOWUP_STATES.get(state, state))} {counted(count)}", count)
            for state in known
            for count in [self.counts.get(state, 0)]
        ]

    def _rows(self, state: str) -> FollowupRows | None:
        if state not in self._found and state in self._selections:
            self._found[state] = FollowupRows(self._selections[state])
        return self._found.get(state)

    def cards(self, pile: int, offset: int, limit: int) -> Sequence[Card]:
        rows = self._rows(self.piles()[pile].key)
        if rows is None:
            return ()
        if offset + limit > rows.count:
            rows.complete()
        page = rows.page(offset, limit)
        secret = grades(self._store, [followup.id for followup in page])
        beside = Beside(self._units, {}, secret)
        return [self._card(followup, beside) for followup in page]

    def _card(self, followup: Followup, beside: Beside) -> Card:
        row = table_row(followup, self._today, beside, wide=False)
        due = day_of(followup.due)
        when = show_date(due)[:5] if due else ""
        head = (when, standing(followup, self._today), beside.lead(followup, wide=False))
        work = under_mark(followup.work, beside.marks.get(followup.id, ""))
        first, *others = wrap(visible(work), NARROWEST - 5) or [""]
        lines = [" ".join(filter(None, (*head, marks(followup)))), first, " ".join(others)]
        return Card(followup.id, tuple(lines[: LINES - 1]), row.mark, row.dim)

    def place(self, key: str) -> tuple[int, int] | None:
        followup = self._store.find(Followup, key)
        rows = self._rows(followup.state) if followup else None
        at = rows.index(key) if rows else None
        if followup is None or at is None:
            return None
        keys = [pile.key for pile in self.piles()]
        return keys.index(followup.state), at


class _Board(Board):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Xem"))]


class FollowupBoard(Acting):
    HEADING = N_("Nhiệm vụ theo trạng thái")
    FORM = Form.BOARD
    HELP = N_(
        "Mỗi cột một trạng thái, thẻ đến hạn sớm đứng trước. Mũi tên hay h j k l đi giữa các thẻ,"
        " cột ngoài màn hình cuộn vào. Phím lớn hơn > chuyển thẻ sang bước tiếp theo (giao, nhận,"
        " trình, xác nhận), nhỏ hơn < trả về bước làm, m chuyển sang trạng thái khác; phần mềm hỏi"
        " điều còn thiếu và giữ đúng quy tắc; u rút lại. / lọc, T về bảng kê, L xem lịch."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("greater_than_sign", "move('next')", N_("Bước tiếp")),
        Binding("less_than_sign", "move('back')", N_("Làm lại")),
        Binding("m", "move('')", N_("Chuyển sang…")),
    ]
    AUTO_FOCUS = "Board"

    def content(self) -> Iterable[Widget]:
        self._cards = _Cards(self.office.store, self.office.today())
        self._board = _Board(self._cards, id="board")
        yield self._board

    def forget(self) -> None:
        self._cards = self._board._cards = _Cards(self.office.store, self.office.today())

    def find(self, *, keep: bool) -> None:
        from schema.conditions import state_in

        asked = self.parsed.filter
        whole = self.asking.selection(asked)
        self._cards.show(
            whole,
            {state: self.asking.selection(asked, also=state_in(state)) for state in STATES},
        )
        self._board.reload(self.view.key)
        self.see_what_works()

    def told(self) -> Iterable[str]:
        yield _("{n} nhiệm vụ").format(n=counted(sum(self._cards.counts.values())))
        if self.view.marked:
            yield _("{n} đã đánh dấu").format(n=len(self.view.marked))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "move":
            return self._works[0]
        return super().check_action(action, parameters)

    @property
    def key(self) -> str:
        card = self._board.card if self._built else None
        return card.key if card else ""

    def show_row(self, id: str) -> None:
        self.view.key = id
        self.look(keep=True)

    def on_board_highlighted(self) -> None:
        if self.key:
            self.view.key = self.key
        self.see_what_works()

    def on_board_chosen(self, event: Board.Chosen) -> None:
        self.open_followup(event.key)

    def action_mark(self) -> None:
        if self.key in self.view.marked:
            del self.view.marked[self.key]
        elif self.key:
            self.view.marked[self.key] = None
        self.marks_changed()
        self._board.action_step(1)

    # ------------------------------------------------------------------ moves

    def action_move(self, where: str) -> None:
        """Move the card under the cursor: on, back, or to a state that is asked for."""
        from tui.screens.choose import ChooseScreen

        followup = self.followup()
        if followup is None:
            return
        ways = MOVES.get(followup.state, {})
        targets = [s for s in ways if s in ("in_progress", "assigned", "submitted", "done")]
        forward = [s for s in targets if STATES.index(s) > STATES.index(followup.state)]
        if where == "next" and (forward or followup.state in ("paused", "refused")):
            self._move(followup, (forward or targets)[0])
        elif where == "back" and "in_progress" in ways and followup.state in ("submitted", "done"):
            self._move(followup, "in_progress")
        elif where:
            words = _("Từ “{state}” không có bước ấy; m: chuyển sang trạng thái khác.")
            self.office.say(words.format(state=_(FOLLOWUP_STATES.get(followup.state, ""))))
        else:
            labels = {state: _(FOLLOWUP_STATES[state]) for state in ways}

            def chosen(state: str | None) -> None:
                if state:
                    self._move(followup, state)

            self.app.push_screen(ChooseScreen(_("Chuyển sang trạng thái nào?"), labels), chosen)

    def _move(self, followup: Followup, state: str) -> None:
        from tui.screens.followup_bulk import ask_reason, ask_value

        step = MOVES[followup.state][state]
        if step == "assign" and not followup.lead:
            ask_value(self, step, lambda unit: ask_reason(self, [followup.id], step, unit))
        else:
            ask_reason(self, [followup.id], step, followup.lead or "")
