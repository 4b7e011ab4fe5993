"""An app of which only the cells that differ are sent to the terminal, whatever the screen.

Textual sends whole strips, through `App._display`. The names of Textual that this module and
`tui.output` lean on, some of them private, are checked by tests/tui/test_output_seam.py.
"""

import os
import sys

from rich.console import COLOR_SYSTEMS, RenderableType
from textual import events, on
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.errors import NoWidget
from textual.geometry import Offset
from textual.screen import Screen

from tui.cells import Grid
from tui.output import CellOutput, abilities, size_of


class CellApp(App[ReturnType]):
    """An app that sends the terminal only what has changed, and shows the terminal's own cursor.

    The cursor is where the focused widget says by an attribute `terminal_cursor: Offset | None`:
    the column and row from the corner of its content, as scrolled; hidden when it is None, or
    when the place is not to be seen. Other widgets of Textual, which paint a cursor of their own,
    set `App.cursor_position`: the terminal's cursor waits there, hidden, for input methods.
    """

    _cell_output: CellOutput | None = None

    @property
    def cells(self) -> Grid | None:
        """What the terminal is believed to show; None for an app without a screen of its own."""
        return self._cell_output.grid if self._cell_output else None

    @property
    def _background_screens(self) -> list[Screen[object]]:
        """Only what lies under a modal screen shines through it; Textual takes the next screen for
        seen under any, so that whatever changes there redraws the one on top."""
        return super()._background_screens if self.screen.is_modal else []

    def invalidate(self) -> None:
        """Paints the whole screen anew, as after something else has written to the terminal."""
        if self._cell_output:
            self._cell_output.forget()
            self.call_later(self._send_cells)

    def cursor_moved(self) -> None:
        """To be called when `terminal_cursor` has changed; with the next update, if one is due."""
        if self._cell_output and self._running:
            self.screen.call_after_refresh(self._send_cells)

    def _build_driver(
        self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None
    ) -> Driver:
        driver = super()._build_driver(headless, inline, mouse, size)
        if not (driver.is_headless or driver.is_inline):
            color_system = COLOR_SYSTEMS.get(self.console.color_system or "")
            terminal = abilities(os.environ, sys.platform)
            self._cell_output = CellOutput(driver.write, color_system, terminal)
            driver.write = self._write_past_cells  # type: ignore[method-assign,assignment]
        return driver

    def _write_past_cells(self, text: str) -> None:
        """Takes the place of the driver's `write` for all but the cells."""
        if self._cell_output and self._cell_output.pass_on(text):
            self.call_later(self._send_cells)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        output = self._cell_output
        if not (output and isinstance(renderable, LayoutUpdate | ChopsUpdate)):
            super()._display(screen, renderable)
            return
        try:
            # A screen that was covered when the window changed its size draws itself once as it
            # was, before it hears of that.
            fits = size_of(renderable) in (self.size, output.grid.size)
            if fits and not self._batch_count:
                output.take(renderable)
                self._send_cells()
        except Exception as error:
            self._handle_exception(error)
        finally:
            self.post_display_hook()

    def _send_cells(self) -> None:
        output = self._cell_output
        if not (output and self._driver and self._running) or self._closed:
            return
        # Where the window has just got another size, a layout for it is on its way.
        if output.grid.size == self.size:
            cursor, visible = self._find_cursor()
            output.send(cursor, visible=visible, sync=self._sync_available)
            self._driver.flush()

    def _find_cursor(self) -> tuple[Offset, bool]:
        """Where the terminal's cursor belongs on the screen, and whether it is to be seen."""
        focused = self.focused
        place: Offset | None = getattr(focused, "terminal_cursor", None)
        if focused is not None and place is not None:
            try:
                visible = self.screen.find_widget(focused).visible_region
            except NoWidget:
                return self.cursor_position, False
            place += focused.content_region.offset
            return place, visible.contains_point(place)
        return self.cursor_position, False

    @on(events.Resize)
    def _terminal_resized(self, event: events.Resize) -> None:
        # Terminals clear or wrap what they show; Textual paints anew only when the size differs.
        if self._cell_output:
            self._cell_output.forget()
            if event.size == self._cell_output.grid.size:
                self.call_later(self._send_cells)

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _focus_changed(self) -> None:
        self.cursor_moved()
