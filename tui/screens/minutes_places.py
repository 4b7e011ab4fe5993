"""Going from place to place in live minutes: items of the agenda, speakers, follow-ups."""

from collections.abc import Sequence

from textual.screen import Screen

from office.marks import Heading, outline
from schema.records import Followup
from tui.editor.buffer import Place
from tui.editor.editor import Editor
from tui.editor.live import Live
from tui.words import _


class Places(Screen[None]):
    """The part of the minutes' screen that goes to a heading or a follow-up."""

    editor: Editor
    live: Live
    _followups: Sequence[Followup] = ()

    def action_next_item(self) -> None:
        self._to_heading([h for h in self._items() if h.line > self.editor.cursor.line], 0)

    def action_previous_item(self) -> None:
        self._to_heading([h for h in self._items() if h.line < self.editor.cursor.line], -1)

    def _items(self) -> list[Heading]:
        return [h for h in outline(self.editor.lines) if h.kind == "agenda"]

    def _to_heading(self, headings: Sequence[Heading], index: int) -> None:
        if headings:
            self.editor.reveal_in_middle(Place(headings[index].line, 0))

    def action_outline(self) -> None:
        headings = outline(self.editor.lines)
        labels = {str(h.line): h.title if h.kind == "agenda" else f"  {h.title}" for h in headings}
        self._go_to_one(_("Đến mục nào?"), labels)

    def action_followups(self) -> None:
        lines = {f.id: line for line, tied in self.live.tasks.ties().items() for f in tied}
        labels = {str(lines[f.id]): f.work for f in self._followups if f.id in lines}
        self._go_to_one(_("Đến nhiệm vụ nào?"), labels)

    def _go_to_one(self, question: str, labels: dict[str, str]) -> None:
        from tui.screens.choose import ChooseScreen

        def go(line: str | None) -> None:
            if line is not None:
                self.editor.reveal_in_middle(Place(int(line), 0))

        self.app.push_screen(ChooseScreen(question, labels), go)
