"""What the screen is for that the person came from, and every key that works on it."""

from collections.abc import Iterable, Sequence
from typing import Any

from textual.screen import Screen
from textual.widget import Widget

from schema.errors import N_
from tui.actions import Action, actions
from tui.screens.page import Page
from tui.widgets.reader import Paragraph, Reader
from tui.words import _

_KEY_CELLS = 20

_EVERYWHERE = (
    ("↑ ↓  j k", N_("lên, xuống trong danh sách")),
    ("PgUp PgDn", N_("lên, xuống một trang")),
    ("g G  Home End", N_("về đầu, về cuối")),
    ("Tab  Shift+Tab", N_("ô sau, ô trước")),
    ("Esc", N_("quay lại chỗ vừa rời")),
)


class Help(Page):
    """Explains `screen`, as it is now."""

    HEADING = N_("Trợ giúp")
    AUTO_FOCUS = "Reader"

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._purpose = getattr(screen, "HELP", "")
        self._actions = actions(screen)

    def body(self) -> Iterable[Widget]:
        yield Reader(list(self._paragraphs()), label_cells=_KEY_CELLS)

    def _paragraphs(self) -> Iterable[Paragraph]:
        if self._purpose:
            yield Paragraph(_(self._purpose))
            yield Paragraph("")
        here = [action for action in self._actions if not action.of_app]
        yield from _keys(_("Ở màn hình này"), here)
        yield from _keys(_("Ở mọi màn hình"), [a for a in self._actions if a.of_app])
        yield Paragraph(_("Đi lại"), heading=True)
        for keys, words in _EVERYWHERE:
            yield Paragraph(_(words), label=f"  {keys}")


def _keys(title: str, found: Sequence[Action]) -> Iterable[Paragraph]:
    if found:
        yield Paragraph(title, heading=True)
        for action in found:
            yield Paragraph(action.title, label=f"  {action.all_keys}")
        yield Paragraph("")
