"""What each key does in the minutes editor. Public entrance: `KEYS`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.editor.buffer import Place

if TYPE_CHECKING:
    from tui.editor.editor import Editor


def _mover(place: Callable[["Editor"], Place], *, select: bool) -> Callable[["Editor"], None]:
    return lambda editor: editor.go_to(place(editor), select=select)


def _stepper(rows: Callable[["Editor"], int], *, select: bool) -> Callable[["Editor"], None]:
    return lambda editor: editor.step(rows(editor), select=select)


def _page(editor: "Editor") -> int:
    return max(editor.window.height - 2, 1)


_PLACES: dict[str, Callable[["Editor"], Place]] = {
    "left": lambda e: e.buffer.left(e.cursor),
    "right": lambda e: e.buffer.right(e.cursor),
    "ctrl+left": lambda e: e.buffer.word_left(e.cursor),
    "ctrl+right": lambda e: e.buffer.word_right(e.cursor),
    "home": lambda e: Place(e.cursor.line, 0),
    "end": lambda e: Place(e.cursor.line, len(e.lines[e.cursor.line])),
    "ctrl+home": lambda e: Place(0, 0),
    "ctrl+end": lambda e: e.buffer.end,
}
_STEPS: dict[str, Callable[["Editor"], int]] = {
    "up": lambda e: -1,
    "down": lambda e: 1,
    "pageup": lambda e: -_page(e),
    "pagedown": _page,
}
KEYS: dict[str, Callable[["Editor"], object]] = {
    "enter": lambda e: e.type_text("\n"),
    "ctrl+j": lambda e: e.type_text("\n"),
    "tab": lambda e: e.type_text("    "),
    "backspace": lambda e: e.delete_left(),
    "ctrl+h": lambda e: e.delete_left(),
    "delete": lambda e: e.delete_right(),
    "ctrl+d": lambda e: e.delete_right(),
    "ctrl+w": lambda e: e.delete_word_left(),
    "ctrl+backspace": lambda e: e.delete_word_left(),
    "ctrl+delete": lambda e: e.delete_word_right(),
    "ctrl+u": lambda e: e.delete_to_line_start(),
    "ctrl+z": lambda e: e.undo(),
    "ctrl+y": lambda e: e.redo(),
    "ctrl+a": _mover(_PLACES["home"], select=False),
    "ctrl+e": _mover(_PLACES["end"], select=False),
}
for _key, _place in _PLACES.items():
    KEYS[_key] = _mover(_place, select=False)
    KEYS[f"shift+{_key}" if "+" not in _key else _key.replace("+", "+shift+")] = _mover(
        _place, select=True
    )
for _key, _rows in _STEPS.items():
    KEYS[_key] = _stepper(_rows, select=False)
    KEYS[f"shift+{_key}"] = _stepper(_rows, select=True)
