"""Who wrote what in live minutes, and back to how they were."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from textual.screen import Screen

from office.moments import show_moment, to_utc
from schema.history import Written
from schema.records import Meeting
from tui.editor.buffer import Place
from tui.editor.editor import Editor
from tui.graphemes import clean, cut
from tui.words import _

if TYPE_CHECKING:
    from tui.app import ThukyApp

_WORDS_CELLS = 40


class PastCommands(Screen[None]):
    """The part of the minutes' screen that has to do with who wrote what, and when."""

    editor: Editor
    meeting_id: str

    @property
    def office(self) -> "ThukyApp":
        raise NotImplementedError

    def action_authors(self) -> None:
        """Say who wrote the words at the cursor; of a selection, list who wrote which part."""
        spans = self._spans()
        if not spans:
            self.office.say(_("Chưa có chữ nào ở đây."))
        elif len(spans) == 1:
            words, author, moment = self._told(spans[0])
            said = _("{author} ghi “{words}” lúc {moment}.")
            self.office.say(said.format(author=author, words=words, moment=moment))
        else:
            self._list(spans)

    def _spans(self) -> Sequence[Written]:
        buffer = self.editor.buffer
        if self.editor.selected:
            start, end = map(buffer.offset, self.editor.selected)
            return _joined(buffer.document.written(start, end))
        cursor = self.editor.cursor
        line = buffer.lines[cursor.line]
        start = buffer.offset(Place(cursor.line, 0))
        # At the end of a line the last letter is meant.
        at = start + min(cursor.column, max(len(line) - 1, 0))
        spans = _joined(buffer.document.written(start, start + len(line)))
        return [span for span in spans if span.start <= at < span.end]

    def _told(self, span: Written) -> tuple[str, str, str]:
        """The words of a span, as far as there is room, whose they are, and when."""
        buffer = self.editor.buffer
        words = buffer.slice(buffer.place(span.start), buffer.place(span.end))
        author = clean(span.author).replace("\n", " ") or _("không rõ ai")
        shown = cut(" ".join(words.split()), _WORDS_CELLS)
        return shown, author, show_moment(to_utc(span.at))

    def _list(self, spans: Sequence[Written]) -> None:
        from tui.screens.choose import ChooseScreen

        labels = {
            str(span.start): f"{author} · {moment} · {words}"
            for span in spans
            for words, author, moment in [self._told(span)]
        }

        def go(start: str | None) -> None:
            if start is not None:
                self.editor.go_to(self.editor.buffer.place(int(start)))

        self.app.push_screen(ChooseScreen(_("Ai ghi những chữ này?"), labels), go)

    def action_history(self) -> None:
        """Go through the versions of the minutes; one may be brought back."""
        from tui.screens.minutes_history import MinutesHistory

        document = self.editor.buffer.document
        history = document.history()
        if not history:
            self.office.say(_("Biên bản chưa có gì."))
            return

        def restore(number: int | None) -> None:
            if number is None:
                return
            if self.editor.follow(document.restore(history.heads(number)), own=True):
                moment = show_moment(to_utc(history[number].at))
                words = _("Biên bản đã trở lại như lúc {when}. Ctrl+K u: hoàn tác.")
                self.office.say(words.format(when=moment))
            else:
                self.office.say(_("Biên bản đang đúng như bản ấy."))

        title = self.office.store.get(Meeting, self.meeting_id).title
        self.app.push_screen(MinutesHistory(title, history), restore)


def _joined(spans: Sequence[Written]) -> list[Written]:
    """Neighbours that one person wrote in one minute as one."""
    found = []
    for _key, run in groupby(spans, lambda span: (span.author, span.at.replace(second=0))):
        parts = list(run)
        found.append(Written(parts[0].start, parts[-1].end, parts[0].author, parts[0].at))
    return found
