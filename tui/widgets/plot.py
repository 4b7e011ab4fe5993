"""A plot made of characters, drawn by plotext into our own cells; it needs no colour."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tui import graphemes

_ESCAPES = re.compile(r"\x1b\[[\d;]*m")
_SMALLEST = Size(24, 6)


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve's name, its points from left to right (None where there is none), and the sign that
    tells it from others."""

    name: str
    points: Sequence[float | None]
    sign: str = "braille"


@dataclass(frozen=True, slots=True)
class Plotted:
    """What is plotted: curves over the same places, or one as bars; a few places have `ticks`.
    `most` is the upper end of the scale, where that is known."""

    title: str
    curves: Sequence[Curve]
    ticks: dict[int, str]
    bars: bool = False
    most: float | None = None


class Plot(Widget):
    """Shows what it is given, as large as there is room."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._plotted: Plotted | None = None
        self._drawn: tuple[Size, list[str]] = Size(0, 0), []

    def show(self, plotted: Plotted) -> None:
        self._plotted = plotted
        self._drawn = Size(0, 0), []
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self._drawn[0] != self.size:
            self._drawn = self.size, self._draw()
        lines = self._drawn[1]
        text = graphemes.cut(lines[y], width) if y < len(lines) else ""
        return Strip([Segment(text, self.rich_style)]).adjust_cell_length(width, self.rich_style)

    def _draw(self) -> list[str]:
        plotted, size = self._plotted, self.size
        if plotted is None or size.width < _SMALLEST.width or size.height < _SMALLEST.height:
            return []
        import plotext  # takes a while to import

        plotext.clear_figure()
        plotext.plotsize(size.width, size.height)
        plotext.theme("clear")
        plotext.title(plotted.title)
        for curve in plotted.curves:
            there = [(x, y) for x, y in enumerate(curve.points) if y is not None]
            if not there:
                continue
            xs, ys = zip(*there, strict=True)
            if plotted.bars:
                plotext.bar(xs, ys, marker=curve.sign, width=0.6)
            else:
                plotext.plot(xs, ys, marker=curve.sign, label=curve.name)
        length = max((len(curve.points) for curve in plotted.curves), default=0)
        plotext.xlim(-0.5 if plotted.bars else 0, max(length - (0.5 if plotted.bars else 1), 1))
        plotext.ylim(0, plotted.most)
        plotext.xticks(list(plotted.ticks), list(plotted.ticks.values()))
        return _ESCAPES.sub("", plotext.build()).splitlines()
