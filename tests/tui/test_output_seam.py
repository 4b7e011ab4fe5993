"""What tui.cell_app and tui.output take for granted of Textual, much of it private."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from tests.tui.cell_judge import CellJudge
from tui.cell_app import CellApp

LOOK = "See tui/cell_app.py and tui/output.py."
WRITERS = {
    *("_display", "_begin_update", "_end_update", "_process_messages"),
    *("bell", "copy_to_clipboard", "_set_pointer_shape"),
}
LAYOUT = LayoutUpdate([[Strip.blank(3)]], Region(0, 0, 3, 1))
CHOPS = ChopsUpdate([{0: Strip.blank(3)}], [(0, 0, 3)], [[3]])


def takes(function: Callable[..., Any], *names: str) -> bool:
    return [*inspect.signature(function).parameters] == ["self", *names]


def gives(function: Callable[..., Any], kind: str) -> bool:
    return str(inspect.signature(function).return_annotation) == kind


def says(function: Callable[..., Any], *parts: str) -> bool:
    return all(part in inspect.getsource(function) for part in parts)


def writers() -> set[str]:
    """The methods of App that write to the terminal themselves."""
    methods = inspect.getmembers(App, inspect.isfunction)
    return {name for name, method in methods if says(method, "_driver.write")}


SEAM: dict[str, Callable[[], bool]] = {
    "App._display takes a screen and a renderable": lambda: takes(
        App._display, "screen", "renderable"
    ),
    "App._display makes text of an update, writes it and calls the hook": lambda: says(
        App._display,
        *("render_segments(console)", "write(terminal_sequence)", "self.post_display_hook()"),
    ),
    "App._display does so unless one of these forbids it": lambda: says(
        App._display, "self._batch_count", "self._running", "self._closed", "self.is_headless"
    ),
    "App._background_screens is a property, which Screen._compositor_refresh asks": lambda: (
        isinstance(vars(App)["_background_screens"], property)
        and says(Screen._compositor_refresh, "_background_screens")
    ),
    "Screen._compositor_refresh sends all updates through App._display": lambda: says(
        Screen._compositor_refresh, "app._display(self, update)"
    ),
    "a full update is a LayoutUpdate": lambda: gives(Compositor.render_full_update, "LayoutUpdate"),
    "a partial update is a ChopsUpdate": lambda: gives(
        Compositor.render_partial_update, "ChopsUpdate | None"
    ),
    "a LayoutUpdate has rows of strips, and a region": lambda: (
        LAYOUT.strips == [[Strip.blank(3)]] and LAYOUT.region == Region(0, 0, 3, 1)
    ),
    "a ChopsUpdate has chops by row and column, spans (y, x1, x2), and ends by row": lambda: (
        (CHOPS.chops, CHOPS.spans, CHOPS.chop_ends) == ([{0: Strip.blank(3)}], [(0, 0, 3)], [[3]])
    ),
    "App._build_driver makes the driver": lambda: takes(
        App._build_driver, "headless", "inline", "mouse", "size"
    ),
    "a driver's write takes text, and can be replaced": lambda: (
        takes(Driver.write, "data")
        and takes(LinuxDriver.write, "data")
        and says(LinuxDriver.start_application_mode, 'self.write("\\x1b[?1049h")')
    ),
    "nothing else in App writes to the terminal": lambda: writers() == WRITERS,
    "App knows of synchronized output by _sync_available": lambda: says(
        App._begin_update, "self._sync_available", "SYNC_START"
    ),
}


@pytest.mark.parametrize("promise", SEAM)
def test_textual_is_as_the_output_needs_it(promise: str) -> None:
    try:
        kept = SEAM[promise]()
    except (AttributeError, TypeError) as error:
        pytest.fail(f"{promise}: {error}. {LOOK}")
    assert kept, f"no longer so in this Textual: {promise}. {LOOK}"


async def test_every_update_of_an_app_goes_through_the_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unexpected(self: object, *args: object) -> None:
        raise AssertionError("Textual has rendered an update itself, past tui.cell_app")

    monkeypatch.setattr(LayoutUpdate, "render_segments", unexpected)
    monkeypatch.setattr(ChopsUpdate, "render_segments", unexpected)
    judge = CellJudge(CellApp[None]())
    async with judge.run() as pilot:
        pilot.app.screen.styles.background = "red"
        await pilot.pause()
        assert judge.differences() == []
        assert judge.driver.screen.buffer[0][0].bg != "default"


async def test_a_headless_app_is_left_to_textual() -> None:
    app = CellApp[None]()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.invalidate()
        app.cursor_moved()
        assert app.cells is None
