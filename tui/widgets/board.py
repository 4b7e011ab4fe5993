"""A board: columns of cards side by side, of which only those in sight are ever loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.graphemes import cut, width

NARROWEST = 24
"""Cells of a column, its gap included."""
LINES = 4
"""Lines of a card, the blank one under it included."""
_GAP = 2
_HEADER = Style(bold=True, underline=True)
_HERE = Style(reverse=True)
_STRONG, _DIM, _PLAIN = Style(bold=True), Style(dim=True), Style()


class Card(NamedTuple):
    """One thing in a few lines, with a `mark` of one cell that says its kind."""

    key: str
    lines: tuple[str, ...]
    mark: str = " "
    dim: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Pile:
    """A column: what it is called and how many cards it has."""

    key: str
    title: str
    count: int


class Cards(Protocol):
    """Cards in columns. Called while a screen is drawn: each call within a few ms."""

    def piles(self) -> Sequence[Pile]: ...

    def cards(self, pile: int, offset: int, limit: int) -> Sequence[Card]:
        """The cards of a column from `offset`, `limit` at most."""
        ...

    def place(self, key: str) -> tuple[int, int] | None:
        """The column and the row of the card of that key."""
        ...


class Board(Widget, can_focus=True):
    """Columns that scroll sideways under a cursor, each of which scrolls by itself."""

    DEFAULT_CSS = "Board { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", show=False),
        Binding("left,h", "column(-1)", show=False),
        Binding("right,l", "column(1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("up,k", "step(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home,g", "first", show=False),
        Binding("end,G", "last", show=False),
    ]

    class Highlighted(Message):
        """Another card, or none, is under the cursor."""

    class Chosen(Message):
        """Enter on the card of that key."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, cards: Cards, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cards = cards
        self._piles: Sequence[Pile] = ()
        self._rows: dict[str, int] = {}
        self._tops: dict[str, int] = {}
        self._loaded: dict[int, tuple[int, Sequence[Card]]] = {}
        self._first = 0
        self._at = 0

    # ------------------------------------------------------------------ cards

    def reload(self, key: str = "") -> None:
        """Load what is in sight anew, with the cursor on the card of that key, if it is there."""
        self._piles = self._cards.piles()
        self._loaded.clear()
        if not self._go_to(key):
            self._at = min(self._at, max(len(self._piles) - 1, 0))
            self._put(self._row)
            if not self.card:
                self._go_to_some_card()
        self._moved()

    def _go_to_some_card(self) -> None:
        for at, pile in enumerate(self._piles):
            if pile.count:
                self._at = at
                self._put(0)
                return

    def _go_to(self, key: str) -> bool:
        place = self._cards.place(key) if key else None
        if place is None:
            return False
        self._at, row = place
        self._put(row)
        return True

    @property
    def pile(self) -> Pile | None:
        """The column under the cursor."""
        return self._piles[self._at] if self._at < len(self._piles) else None

    @property
    def card(self) -> Card | None:
        """The card under the cursor."""
        pile = self.pile
        if pile is None:
            return None
        top, cards = self._in_sight(self._at)
        at = self._row - top
        return cards[at] if 0 <= at < len(cards) else None

    def _in_sight(self, pile: int) -> tuple[int, Sequence[Card]]:
        """The first row of a column that is seen, and the cards from there."""
        top = self._tops.get(self._piles[pile].key, 0)
        known = self._loaded.get(pile)
        if known is None or known[0] != top or len(known[1]) < self._tall:
            cards = self._cards.cards(pile, top, self._tall) if self._piles[pile].count else ()
            known = self._loaded[pile] = top, cards
        return known

    # ----------------------------------------------------------------- cursor

    @property
    def _row(self) -> int:
        return self._rows.get(self.pile.key, 0) if self.pile else 0

    @property
    def _tall(self) -> int:
        """Cards of a column in sight."""
        return max((self.size.height - 1) // LINES, 1)

    @property
    def _wide(self) -> int:
        """Columns in sight."""
        return max(min((self.size.width + _GAP) // NARROWEST, len(self._piles)), 1)

    def _put(self, row: int) -> None:
        pile = self.pile
        if pile is None:
            return
        row = max(0, min(row, pile.count - 1))
        top = self._tops.get(pile.key, 0)
        self._rows[pile.key] = row
        self._tops[pile.key] = min(max(top, row - self._tall + 1), row)
        self._first = min(max(self._first, self._at - self._wide + 1), self._at)

    def _moved(self) -> None:
        self.refresh()
        self.post_message(self.Highlighted())

    def action_column(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._piles) - 1))
        self._put(self._row)
        self._moved()

    def action_step(self, by: int) -> None:
        self._put(self._row + by)
        self._moved()

    def action_page(self, by: int) -> None:
        self.action_step(by * self._tall)

    def action_first(self) -> None:
        self._put(0)
        self._moved()

    def action_last(self) -> None:
        if self.pile:
            self._put(self.pile.count - 1)
            self._moved()

    def action_choose(self) -> None:
        if self.card:
            self.post_message(self.Chosen(self.card.key))

    def on_resize(self, event: events.Resize) -> None:
        self._loaded.clear()
        self._put(self._row)

    # ----------------------------------------------------------------- screen

    def render_line(self, y: int) -> Strip:
        segments = []
        wide = self._wide
        whole, more = divmod(self.size.width + _GAP, wide)
        for place, pile in enumerate(range(self._first, min(self._first + wide, len(self._piles)))):
            cells = whole + (place < more) - _GAP
            text, style = self._text(pile, y, cells, place)
            text = cut(text, cells)
            segments.append(Segment(text + " " * (cells - width(text)), style))
            segments.append(Segment(" " * _GAP))
        return Strip(segments).adjust_cell_length(self.size.width).apply_style(self.rich_style)

    def _text(self, at: int, y: int, cells: int, place: int) -> tuple[str, Style]:
        """A line of a column."""
        if y == 0:
            return self._title(at, cells, place), _HEADER
        row, line = divmod(y - 1, LINES)
        top, cards = self._in_sight(at)
        if row >= len(cards) or row >= self._tall:
            return "", _PLAIN
        card = cards[row]
        here = at == self._at and top + row == self._row
        if line >= len(card.lines) or line == LINES - 1:
            return "", _PLAIN
        style = _DIM if card.dim else _PLAIN
        if card.strong:
            style += _STRONG
        if here:
            style = _HERE if self.has_focus else _STRONG
        start = ("▸" if here else " ") + card.mark + " " if line == 0 else "   "
        text = cut(card.lines[line], cells - len(start))
        return start + text + " " * (cells - len(start) - width(text)), style

    def _title(self, at: int, cells: int, place: int) -> str:
        """What a column is called, and whether there are more at its side."""
        pile = self._piles[at]
        before = "‹ " if place == 0 and at else ""
        after = " ›" if place == self._wide - 1 and at < len(self._piles) - 1 else ""
        title = cut(before + pile.title, cells - len(after))
        return title + " " * (cells - len(after) - width(title)) + after
