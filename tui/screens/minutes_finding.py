"""Finding and replacing in live minutes."""

from textual.screen import Screen

from tui.editor.editor import Editor
from tui.editor.find import find, find_all
from tui.editor.findbar import FindBar
from tui.widgets.statusbar import StatusBar
from tui.words import _


class Finding(Screen[None]):
    """The part of the minutes' screen that finds words in its `editor`."""

    editor: Editor
    _words = ""

    def say(self, text: str) -> None:
        """Put a sentence into the status bar."""
        self.query_one(StatusBar).say(text)

    async def action_find(self) -> None:
        await self._open_bar(replacing=False)

    async def action_replace(self) -> None:
        await self._open_bar(replacing=True)

    async def _open_bar(self, *, replacing: bool) -> None:
        await self.query(FindBar).remove()
        bar = FindBar(replacing=replacing, words=self._words)
        await self.mount(bar, before=self.query_one(StatusBar))
        bar.take_focus()

    async def action_find_next(self) -> None:
        if self._words:
            self._find(self._words)
        else:
            await self.action_find()

    def on_find_bar_asked(self, event: FindBar.Asked) -> None:
        event.stop()
        self._words = event.words
        match event.what:
            case "close":
                self.query_one(FindBar).remove()
                self.editor.focus()
            case "next" | "previous":
                self._find(event.words, backwards=event.what == "previous")
            case "replace":
                self._replace(event.words, event.instead)
            case "replace all":
                self._replace_all(event.words, event.instead)

    def _find(self, words: str, *, backwards: bool = False) -> bool:
        start = self.editor.selected[0] if self.editor.selected else self.editor.cursor
        found = find(self.editor.lines, words, start, backwards=backwards)
        if found is None:
            self.say(_("Không thấy “{words}”.").format(words=words))
            return False
        self.editor.select(*found)
        return True

    def _replace(self, words: str, instead: str) -> None:
        span = self.editor.selected
        if span is not None and span in find_all(self.editor.lines, words):
            self.editor.replace_span(*span, instead)
        self._find(words)

    def _replace_all(self, words: str, instead: str) -> None:
        found = find_all(self.editor.lines, words)
        for start, end in found:
            self.editor.replace_span(start, end, instead)
        self.say(_("Đã thay {count} chỗ.").format(count=len(found)))
