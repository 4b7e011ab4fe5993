"""Ten thousand bursts of typing end with exactly the expected text: on the screen, as pyte draws
it, and in the database; in the minutes and in every kind of input field."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from textual._xterm_parser import XTermParser
from textual.app import ComposeResult
from textual.widget import Widget

from schema import texts
from schema.records import Meeting
from schema.store import Store
from tests.keystrokes import WAYS, Buffer, burst
from tests.tui.cell_judge import CellJudge
from tui.app import ThukyApp
from tui.cell_app import CellApp
from tui.editor.editor import GUTTER, Editor
from tui.editor.findbar import FindBar
from tui.graphemes import visible
from tui.screens.minutes import MinutesScreen
from tui.widgets.field import Field
from tui.widgets.pick import PickField, Suggestion

# In three ways of arrival for the minutes, and as many for each of four fields: 10,000.
BURSTS_IN_MINUTES = 2_000
BURSTS_IN_A_FIELD = 1_000
KEYS = 4
COLUMNS, ROWS = 80, 24
CLEAR = b"\x05\x15"  # Ctrl-E, Ctrl-U


class Typist:
    """Types the bytes of a terminal into an app, and waits until it has acted on them."""

    def __init__(self, judge: CellJudge) -> None:
        self._judge = judge
        self._parser = XTermParser()
        self._held = b""

    def type(self, packets: list[bytes]) -> None:
        for packet in packets:
            self._held += packet
            try:
                text = self._held.decode()
            except UnicodeDecodeError:
                continue
            self._held = b""
            for event in self._parser.feed(text):
                self._judge.driver.process_message(event)

    async def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(20_000):
            if condition():
                return
            await asyncio.sleep(0)
        raise AssertionError("it never came about")


def rows(judge: CellJudge) -> list[str]:
    return [row.rstrip() for row in judge.driver.screen.display]


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
async def test_bursts_in_the_minutes(way: str, tmp_path: Path) -> None:
    path = tmp_path / "thuky.db"
    with Store(path) as store:
        store.set_local({"name": "Lan"})
        id = store.insert(Meeting(title="Giao ban", starts_at="2026-02-27T07:00:00Z")).id
    rng, model = Random(way), Buffer()
    app = ThukyApp(path, open_minutes=id)
    judge = CellJudge(app, (COLUMNS, ROWS))
    async with judge.run() as pilot:
        typist = Typist(judge)
        await typist.until(lambda: isinstance(app.screen, MinutesScreen))
        editor = app.screen.query_one(Editor)
        await typist.until(lambda: editor.has_focus)
        for number in range(BURSTS_IN_MINUTES):
            packets = burst(rng, model, KEYS, lines=True, moves=way != "byte by byte")
            typist.type(WAYS[way](packets))
            await typist.until(
                lambda: (
                    editor.buffer.document.text == model.text
                    and editor.buffer.offset(editor.cursor) == model.cursor
                )
            )
            if number % 20 == 0:
                await pilot.pause()
                lines = editor.lines
                shown = [
                    (" " * GUTTER + visible(lines[row.line][row.start : row.end])).rstrip()
                    for row in editor.window.rows()
                ]
                # The margin may hold the sign of a follow-up.
                seen = [" " * GUTTER + row[GUTTER:] for row in rows(judge)[1 : 1 + len(shown)]]
                assert [row.rstrip() for row in seen] == shown
                assert judge.differences() == []
    with Store(path) as store:
        assert texts.plain_text(store, id) == model.text


class Fields(CellApp[None]):
    """Every kind of input field that the app has."""

    CSS = "Field { height: 1; }"

    def compose(self) -> ComposeResult:
        yield Field(compact=True)
        yield PickField(lambda words: [Suggestion("1", f"{words} xong")], compact=True)
        yield FindBar(replacing=True)


@pytest.mark.slow
@pytest.mark.parametrize("kind", range(4))
async def test_bursts_in_every_kind_of_field(kind: int) -> None:
    rng = Random(kind)
    app = Fields()
    judge = CellJudge(app, (COLUMNS, ROWS))
    async with judge.run() as pilot:
        typist = Typist(judge)
        field = list(app.query(Field))[kind]
        app.screen.set_focus(field)
        await typist.until(lambda: field.has_focus)
        for number in range(BURSTS_IN_A_FIELD):
            model = Buffer()
            packets = burst(rng, model, KEYS, moves=True)
            way = list(WAYS)[number % 2]
            typist.type([CLEAR, *WAYS[way](packets)])

            def typed(text: str = model.text, at: int = model.cursor) -> bool:
                return (field.value, field.cursor_position) == (text, at)

            await typist.until(typed)
            if number % 20 == 0:
                await pilot.pause()
                assert shown(judge, field).startswith(field.value.rstrip()[:20])
                assert judge.differences() == []


def shown(judge: CellJudge, field: Widget) -> str:
    """What the terminal shows where the field is."""
    region = field.content_region
    return rows(judge)[region.y].ljust(COLUMNS)[region.x : region.right]
