"""Finding anything by its words: minutes line by line, follow-ups, meetings, units, people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.labels import FOLLOWUP_STATES
from office.moments import day_of, show_date
from schema.errors import N_
from tui import graphemes, queries
from tui.editor.wrap import row_starts
from tui.finder import Answer
from tui.rows import Rows, marked
from tui.screens.page import Page
from tui.widgets.field import Field
from tui.widgets.line import Lines
from tui.widgets.listing import Column, Listing, Row
from tui.words import _, tell

if TYPE_CHECKING:
    from schema.search_hits import Hit

_KIND_CELLS, _DAY_CELLS = 9, 10
# Of what those leave, found words and where they are have so much.
_TEXT_SHARE, _WHERE_SHARE = 5, 3
_NOT_SHARED = _KIND_CELLS + _DAY_CELLS + 10
_WHOLE_ROWS = 2
_FOR_MARKS = 12
_STRONG = Style(bold=True)


@dataclass
class Looked:
    """What was looked for last, for whoever comes back."""

    typed: str = ""
    key: str = ""


class _Words(Field):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.open_best", N_("Mở")),
        Binding("down,pagedown", "screen.to_list", N_("Tới danh sách")),
        Binding("escape", "screen.back", N_("Quay lại")),
    ]


class _Found(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Mở"))]


class SearchAll(Page):
    """A field, and what answers it, best first; under them all of what the cursor is on."""

    DEFAULT_CSS = f"""
    SearchAll _Words {{ margin: 1 3 0 3; text-style: underline; }}
    SearchAll #found-summary {{ height: 1; margin-bottom: 1; }}
    SearchAll #found-whole {{ height: {1 + _WHOLE_ROWS}; }}
    """
    PLACE = 3
    HELP = N_(
        "Tìm trong biên bản, nhiệm vụ, cuộc họp, đơn vị, người. Gõ không dấu thì thấy mọi dấu; gõ"
        " có dấu thì tìm đúng dấu. Chữ trong ngoặc kép đứng liền nhau. Thêm loại:, ngày:, đv:,"
        " họp:, tt:, hạn: để thu hẹp, như: giai ngan loại:biên ngày:“tháng 2”. Enter mở đúng chỗ."
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("slash", "words", N_("Tìm"))]
    AUTO_FOCUS = "_Words"

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows()
        self._answer: Answer | None = None
        self._hits: Mapping[str, Hit] = {}
        self._open_best = False

    def body(self) -> Iterable[Widget]:
        self._looked = self.office.remembered(Looked)
        columns = [
            Column(_("Loại"), _KIND_CELLS),
            Column(_("Tìm thấy"), share=_TEXT_SHARE),
            Column(_("Ở đâu"), share=_WHERE_SHARE),
            Column(_("Ngày"), _DAY_CELLS),
        ]
        hint = _("Gõ vài chữ, không cần dấu")
        self._field = _Words(self._looked.typed, hint, compact=True, id="words")
        self._listing = _Found(columns, self._rows, id="found")
        self._summary, self._whole = Lines(id="found-summary"), Lines(id="found-whole")
        yield self._field
        yield self._summary
        yield self._listing
        yield self._whole

    def refill(self) -> None:
        """Look again: what was written since may be among it."""
        self._ask()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "words" or self.focused is not self._field

    # Asking

    def on_input_changed(self, event: Field.Changed) -> None:
        if event.value != self._looked.typed:
            self._looked.typed, self._looked.key = event.value, ""
            self._open_best = False
            self._ask()

    def _ask(self) -> None:
        typed = self._looked.typed
        if typed.strip():
            self.office.finder.ask(typed, partial(self.office.call_later, self._show_answer))
        else:
            self._show_answer(Answer(typed))

    def _show_answer(self, answer: Answer) -> None:
        if answer.typed != self._looked.typed or not (self._built and self.is_running):
            return
        first = self._answer is None
        self._answer = answer
        # Whoever is not in the list is shown the best, also where a better one comes up later.
        self._fill(keep=self._listing.has_focus)
        if first:
            self._listing.go_to(self._looked.key)
        if self._open_best:
            self._open_best = False
            self._open(self._listing.key)

    # Showing

    def _fill(self, *, keep: bool) -> None:
        hits = self._answer.hits if self._answer else ()
        name_of = queries.Names(self.office.store)
        self._hits = {_key(hit): hit for hit in hits}
        cells = max(self.size.width - _NOT_SHARED, 0) * _TEXT_SHARE // (_TEXT_SHARE + _WHERE_SHARE)
        self._rows.fill([self._row(key, hit, cells, name_of) for key, hit in self._hits.items()])
        self._listing.reload(keep=keep)
        self._summary.show([(f"   {self._sum_up()}", Style())])
        self._show_whole()

    def _row(self, key: str, hit: "Hit", cells: int, name_of: queries.Names) -> Row:
        day = show_date(hit.day) if hit.day else ""
        return Row(key, (_kind(hit), _marked(hit, cells), self._where(hit, name_of), day))

    def _where(self, hit: "Hit", name_of: queries.Names) -> str:
        """What else tells a hit from others."""
        if hit.kind == "followup":
            state = _(FOLLOWUP_STATES.get(hit.state, hit.state))
            return " · ".join(filter(None, (name_of(hit.unit), state)))
        return hit.title if hit.title != hit.text else ""

    def _sum_up(self) -> str:
        answer = self._answer
        if answer is None or not answer.typed.strip():
            return _("Biên bản, nhiệm vụ, cuộc họp, đơn vị, người: cái đúng nhất đứng đầu.")
        if answer.problems:
            return "! " + " ".join(map(tell, answer.problems))
        from schema.search import LIMIT

        count = len(answer.hits)
        if count >= LIMIT:
            told = _("{n} kết quả đúng nhất; gõ thêm để thu hẹp.").format(n=count)
        elif count:
            told = _("{n} kết quả.").format(n=count)
        else:
            told = _("Không thấy. Thử bỏ dấu, bớt chữ, hoặc bỏ điều kiện như đv:, ngày:.")
        if answer.waiting:
            told += " " + _("Còn {n} mục đang được lập chỉ mục.").format(n=answer.waiting)
        return told

    def _show_whole(self) -> None:
        """All of the line that the cursor is on."""
        hit = self._hits.get(self._listing.key)
        rows: list[tuple[str, Style]] = []
        if hit:
            name_of = queries.Names(self.office.store)
            line = "" if hit.line is None else _("dòng {n}").format(n=hit.line + 1)
            due = day_of(hit.due)
            until = _("hạn {day}").format(day=show_date(due)) if due else ""
            where = self._where(hit, name_of)
            told = filter(None, (_kind(hit), where, line, until))
            rows = [(f"   {' · '.join(told)}", _STRONG)]
            rows += [(f"   {text}", Style()) for text in self._wrapped(hit)]
        self._whole.show(rows)

    def _wrapped(self, hit: "Hit") -> Sequence[str]:
        cells = max(self.size.width - 6, 1)
        text = graphemes.visible(_marked(hit, cells * _WHOLE_ROWS - _FOR_MARKS))
        starts = row_starts(text, cells)[:_WHOLE_ROWS]
        return [text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]

    # Going there

    def on_listing_highlighted(self, event: Listing.Highlighted) -> None:
        if self._answer and event.key:
            self._looked.key = event.key
        self._show_whole()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        self._open(event.key)

    def action_open_best(self) -> None:
        """Open what the cursor is on, once what is typed has its answer."""
        if self._answer and self._answer.typed == self._looked.typed:
            self._open(self._listing.key)
        else:
            self._open_best = True

    def _open(self, key: str) -> None:
        if hit := self._hits.get(key):
            match hit.kind:
                case "minutes":
                    self.office.open_minutes(hit.id, at=hit.line)
                case "followup":
                    from tui.screens.followup_page import FollowupPage

                    self.app.push_screen(FollowupPage(hit.id))
                case "meeting":
                    from tui.screens.meetings import Meetings

                    self.app.push_screen(Meetings(at=hit.id))
                case _:
                    from tui.screens.directory import DirectoryScreen

                    self.app.push_screen(DirectoryScreen(at=hit.id))

    def action_to_list(self) -> None:
        if self._listing.count:
            self._listing.focus()

    def action_words(self) -> None:
        self._field.focus()

    def on_resize(self) -> None:
        if self._built and self._answer:
            self._fill(keep=True)


def _key(hit: "Hit") -> str:
    return f"{hit.kind}:{hit.id}:{hit.line}"


def _kind(hit: "Hit") -> str:
    from office.finding import KINDS

    return _(KINDS[hit.kind])


def _marked(hit: "Hit", length: int) -> str:
    """At most so much of what answered, with what was looked for between marks."""
    from schema.search_hits import excerpt

    return marked(*excerpt(hit.text, hit.spans, length))
