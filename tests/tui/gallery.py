"""An app with widgets of every kind, for tests of what reaches the terminal."""

import random
from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Offset, Region, Size
from textual.screen import ModalScreen, Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import (
    Button,
    Checkbox,
    DataTable,
    Footer,
    Header,
    Input,
    Label,
    Markdown,
    OptionList,
    ProgressBar,
    RichLog,
    TabbedContent,
    TabPane,
    TextArea,
    Tree,
)

from tui import graphemes
from tui.cell_app import CellApp

FAMILY = "👨\u200d👩\u200d👧"
LETTERS = ["a", "k", " ", "ế", "Ợ", "đ", "漢", "😀", FAMILY, "q\u0303", "\x1b", "\u202e"]
WORDS = [
    "Giao",
    "Sở",
    "Tài",
    "chính",
    "chủ",
    "trì,",
    "phối",
    "hợp",
    "漢字",
    "**UBND**",
    "😀",
    "\x9b",
]
KEYS = ["left", "right", "up", "down", "home", "end", "pageup", "pagedown", "enter", "space"]
KEYS += ["tab", "shift+tab", "backspace", "delete", "ctrl+right", "ctrl+left", "shift+left"]
THEMES = ["textual-dark", "textual-light", "nord", "ansi-dark", "gruvbox", "dracula"]


class Lines(ScrollView, can_focus=True):
    """Lines typed at any place, with the terminal's own cursor; only a changed line is drawn."""

    STYLES: ClassVar = [Style(), Style(bold=True), Style(reverse=True), Style(bgcolor="blue")]

    def on_mount(self) -> None:
        self.lines = [["x"] * (7 * y % 60) for y in range(200)]
        self.at = Offset(0, 0)
        self.virtual_size = Size(70, len(self.lines))

    @property
    def terminal_cursor(self) -> Offset:
        before = self.lines[self.at.y][: self.at.x]
        return Offset(sum(map(graphemes.width, before)), self.at.y) - self.scroll_offset

    def render_line(self, y: int) -> Strip:
        x, y = self.scroll_offset.x, self.scroll_offset.y + y
        style = self.STYLES[y % len(self.STYLES)]
        line = self.lines[y] if y < len(self.lines) else []
        strip = Strip([Segment(graphemes.visible(letter), style) for letter in line])
        return strip.crop_extend(x, x + self.size.width, style)

    def on_key(self, event: events.Key) -> None:
        if event.key not in ("tab", "shift+tab"):
            event.stop()
            self.edit(event.key, event.character if event.is_printable else None)

    def edit(self, key: str, character: str | None = None) -> None:
        """What a key does."""
        x, y = self.at
        line = self.lines[y]
        if character:
            line.insert(x, character)
            x += 1
        elif key == "backspace" and x:
            x -= 1
            del line[x]
        else:
            steps = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
            across, along = steps.get(key, (0, 0))
            y = min(max(y + along, 0), len(self.lines) - 1)
            x = min(max(x + across, 0), len(self.lines[y]))
        self.refresh(Region(0, self.at.y - self.scroll_offset.y, self.size.width, 1))
        self.at = Offset(x, y)
        self.scroll_to_region(Region(x, y, 1, 1), animate=False, force=True)
        if isinstance(self.app, CellApp):
            self.app.cursor_moved()


class Question(ModalScreen[None]):
    DEFAULT_CSS = """
    Question { align: center middle; }
    Question > * { width: 50; }
    """

    def compose(self) -> ComposeResult:
        yield Label("漢字 bạn có chắc không?")
        yield Input("Có")
        yield Button("Không")


class Page(Screen[None]):
    def compose(self) -> ComposeResult:
        yield Markdown("# Kết luận\n\n* một\n* hai\n\n> trích\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
        yield Checkbox("Đã xong")
        yield ProgressBar(total=100)
        yield Footer()


class Gallery(CellApp[None]):
    """Beside each other what is typed, and one of many widgets at a time."""

    CSS = """
    Lines, TabbedContent { width: 1fr; }
    Horizontal, DataTable, Tree, OptionList, RichLog, TextArea { height: 1fr; }
    .-mirrored { text-style: reverse; }
    """
    ENABLE_COMMAND_PALETTE = False  # it can end the app
    BINDINGS: ClassVar = [("f2", "noop", "Không"), ("f3", "noop", "Có")]

    def __init__(self) -> None:
        super().__init__()
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        yield Header()
        with Horizontal():
            yield Lines()
            with TabbedContent():
                with TabPane("Bảng", id="table"):
                    yield DataTable[str](fixed_columns=1, zebra_stripes=True)
                with TabPane("Cây", id="tree"):
                    yield Tree("gốc")
                with TabPane("Danh sách", id="list"):
                    yield OptionList(*[f"{number} đồng chí" for number in range(80)])
                with TabPane("Nhật ký", id="log"):
                    yield RichLog(wrap=True, max_lines=200)
                with TabPane("Văn bản", id="text"):
                    yield TextArea("\n".join(["Một dòng 漢字"] * 40), show_line_numbers=True)
        yield Input(placeholder="Tên")
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable[str])
        table.add_columns("Họ tên", "Đơn vị", "漢字")
        table.add_rows([(f"Ông {n}", "Sở " * (n % 9), "x" * (n % 23)) for n in range(60)])
        self.query_one(Tree).root.expand()
        self.widgets = [self.query_one(kind) for kind in (DataTable, Tree, OptionList, RichLog)]

    def operate(self, dice: random.Random) -> None:
        """Does something at random that a person or a program may do."""
        operations: dict[Callable[[random.Random], object], float] = {
            self._edit: 600,
            self._change: 300,
            self._scroll: 50,
            self._press: 40,
            self._show_tab: 1,
            self._go: 0.4,
            self._notify: 0.4,
            self._mirror: 0.4,
            self._change_theme: 0.1,
        }
        dice.choices([*operations], [*operations.values()])[0](dice)

    def _edit(self, dice: random.Random) -> None:
        lines = self.screen_stack[0].query_one(Lines)
        if dice.random() < 0.6:
            lines.edit("", dice.choice(LETTERS))
        else:
            lines.edit(dice.choice(KEYS))

    def _change(self, dice: random.Random) -> None:
        words = " ".join(dice.choices(WORDS, k=dice.randint(1, 12)))
        match dice.choice([self.screen.focused, *self.widgets]):
            case DataTable() as table:
                table.move_cursor(row=dice.randrange(60), column=dice.randrange(3))
                table.update_cell_at(table.cursor_coordinate, words)
            case Tree() as tree:
                (tree.cursor_node or tree.root).add_leaf(words)
                tree.action_cursor_down()
            case OptionList() as options:
                options.highlighted = dice.randrange(80)
                options.replace_option_prompt_at_index(dice.randrange(80), words)
            case RichLog() as log:
                log.write(words)
            case Input() as field:
                field.value = graphemes.visible(words)
            case ProgressBar() as bar:
                bar.advance(3)

    def _scroll(self, dice: random.Random) -> None:
        widget = dice.choice(self.widgets)
        widget.scroll_relative(0, dice.randint(-9, 9), animate=False)

    def _press(self, dice: random.Random) -> None:
        if dice.random() < 0.5:
            letter = dice.choice(LETTERS)
            self.post_message(events.Key(letter, letter))
        else:
            self.post_message(events.Key(dice.choice(KEYS), None))

    def _show_tab(self, dice: random.Random) -> None:
        tabs = self.screen_stack[0].query_one(TabbedContent)
        tabs.active = dice.choice(["table", "tree", "list", "log", "text"])

    def _go(self, dice: random.Random) -> None:
        if len(self.screen_stack) < 4 and dice.random() < 0.5:
            self.push_screen(dice.choice([Question, Page])())
        elif len(self.screen_stack) > 1:
            self.pop_screen()

    def _notify(self, dice: random.Random) -> None:
        self.notify(" ".join(dice.choices(WORDS, k=5)), timeout=0.2, markup=False)

    def _mirror(self, dice: random.Random) -> None:
        dice.choice(self.widgets).toggle_class("-mirrored")

    def _change_theme(self, dice: random.Random) -> None:
        self.theme = dice.choice(THEMES)
