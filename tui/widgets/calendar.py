"""Some weeks as a grid of days, with what happens on each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.graphemes import cut, width

DAYS = 7
_GAP = 1  # cells between two days
_LEFT = 1
_HEADER = Style(bold=True, underline=True)
_TODAY = Style(bold=True)
_OTHER = Style(dim=True)
_HERE = Style(reverse=True)
_PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day; `time` is how it is shown, `mark` one cell that says its kind."""

    key: str
    time: str
    title: str
    mark: str = " "


class Calendar(Widget, can_focus=True):
    """`weeks` from Monday, one column a day. One day is under the cursor, and one of its events.

    It shows what it is given; `events` are by day and in order of time.
    """

    DEFAULT_CSS = "Calendar { height: 1fr; }"

    class Moved(Message):
        """Another day or event is under the cursor."""

    def __init__(self, weekdays: Sequence[str], today: date, *, id: str | None = None) -> None:
        """`weekdays` are what the days from Monday on are called."""
        super().__init__(id=id)
        self._weekdays = weekdays
        self._today = today
        self._first = today
        self._weeks = 1
        self._events: Mapping[date, Sequence[Event]] = {}
        self._index = 0
        self.day = today
        """The day under the cursor."""

    @property
    def event(self) -> Event | None:
        """The event under the cursor."""
        events = self._events.get(self.day, ())
        return events[min(self._index, len(events) - 1)] if events else None

    def show(self, first: date, weeks: int, events: Mapping[date, Sequence[Event]]) -> None:
        """Show `weeks` weeks from the Monday `first`."""
        self._first, self._weeks, self._events = first, weeks, events
        self.refresh()
        self.post_message(self.Moved())

    def go_to(self, day: date, key: str = "") -> None:
        """Put the cursor on a day, and on its event of that key."""
        self.day = day
        keys = [event.key for event in self._events.get(day, ())]
        self._index = keys.index(key) if key in keys else 0
        self.refresh()
        self.post_message(self.Moved())

    def step(self, by: int) -> bool:
        """Go to the next or previous event of the day; False where there is none."""
        events = self._events.get(self.day, ())
        index = min(self._index, len(events) - 1) + by
        if not 0 <= index < len(events):
            return False
        self._index = index
        self.refresh()
        self.post_message(self.Moved())
        return True

    def render_line(self, y: int) -> Strip:
        columns = self._columns()
        segments = [Segment(" " * _LEFT)]
        tall = max((self.size.height - 1) // self._weeks, 1)
        for column, cells in enumerate(columns):
            if y == 0:
                text, style = self._weekdays[column], _HEADER
            elif (y - 1) // tall < self._weeks:
                day = self._first + timedelta(days=(y - 1) // tall * DAYS + column)
                text, style = self._line_of(day, (y - 1) % tall, tall)
            else:
                text, style = "", _PLAIN
            text = cut(text, cells - _GAP)
            segments.append(Segment(text + " " * (cells - _GAP - width(text)), style))
            segments.append(Segment(" " * _GAP))
        return Strip(segments).adjust_cell_length(self.size.width).apply_style(self.rich_style)

    def _columns(self) -> list[int]:
        """The cells of each day, gap included."""
        whole, more = divmod(self.size.width - _LEFT, DAYS)
        return [whole + (column < more) for column in range(DAYS)]

    def _line_of(self, day: date, row: int, tall: int) -> tuple[str, Style]:
        """A line of a day's box: its date, or an event, or how many more there are."""
        events = self._events.get(day, ())
        here = day == self.day
        if row == 0:
            return self._date_line(day, len(events), tall), _HERE if here else self._look(day)
        room = tall - 1
        lines = _event_lines(events, roomy=self._weeks == 1 or 2 * len(events) <= room)
        if len(lines) > room and row == room:
            left = len({key for key, _text in lines[room - 1 :]})
            return f"+{left}", _PLAIN
        if row > len(lines):
            return "", _PLAIN
        key, text = lines[row - 1]
        chosen = here and self._weeks == 1 and self.event is not None and self.event.key == key
        return text, _HERE if chosen else self._look(day)

    def _date_line(self, day: date, count: int, tall: int) -> str:
        mark = "▸" if day == self.day else " "
        told = f"{mark}{day.day}" if day.day > 1 else f"{mark}{day.day}/{day.month}"
        today = "*" if day == self._today else ""
        few = f" ({count})" if count and tall == 1 else ""
        return told + today + few

    def _look(self, day: date) -> Style:
        if day == self._today:
            return _TODAY
        middle = self._first + timedelta(days=self._weeks * DAYS // 2)
        return _OTHER if self._weeks > 1 and day.month != middle.month else _PLAIN


def _event_lines(events: Sequence[Event], *, roomy: bool) -> list[tuple[str, str]]:
    """Each event in a line, or in two where there is room: its time, then its title."""
    if roomy:
        return [
            (event.key, text)
            for event in events
            for text in (f"{event.mark}{event.time}", f" {event.title}")
        ]
    return [(event.key, f"{event.mark}{event.time} {event.title}") for event in events]
