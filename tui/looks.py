"""How cells look, as small numbers, and the SGR codes that lead from one look to another."""

from functools import lru_cache
from typing import Final, NamedTuple

from rich.color import ColorSystem
from rich.style import Style

PLAIN: Final = 0
"""The number of the look without any attribute, in the terminal's own colours."""

UNSURE: Final = -1
"""Stands for the pen's look when nothing is known of it."""

# Rich's names of the attributes, with the SGR codes (ECMA-48, 8.3.117) that set and end each.
_ATTRIBUTES: Final = (
    ("bold", "1", "22"),
    ("dim", "2", "22"),
    ("italic", "3", "23"),
    ("underline", "4", "24"),
    ("blink", "5", "25"),
    ("blink2", "6", "25"),
    ("reverse", "7", "27"),
    ("conceal", "8", "28"),
    ("strike", "9", "29"),
    ("underline2", "21", "24"),
    ("frame", "51", "54"),
    ("encircle", "52", "54"),
    ("overline", "53", "55"),
)
_SEEN_ON_BLANKS: Final = frozenset(
    ["underline", "reverse", "strike", "underline2", "frame", "encircle", "overline"]
)


class Look(NamedTuple):
    """Attribute names, and both colours as SGR parameters ("" is the terminal's own)."""

    attributes: frozenset[str] = frozenset()
    color: str = ""
    background: str = ""

    def on_blank(self) -> "Look":
        """What of this look is seen on a blank."""
        if self.attributes & _SEEN_ON_BLANKS:
            return self
        return Look(background=self.background)


class Looks:
    """The looks met so far, numbered, in the colours that the terminal has (None: none)."""

    def __init__(self, color_system: ColorSystem | None, *, modern: bool = True) -> None:
        self._color_system = color_system
        self._modern = modern
        self._numbers: dict[Look, int] = {}
        self._looks: list[Look] = []
        self.blank: list[int] = []
        """For each look, the look that a blank in it has."""
        self.number(Look())
        # Textual puts ever new meta data into styles: only the last ones are worth keeping.
        self.of_style = lru_cache(maxsize=4096)(self._of_style)
        self.change = lru_cache(maxsize=4096)(self._change)

    def __getitem__(self, number: int) -> Look:
        return self._looks[number]

    def number(self, look: Look) -> int:
        """The number of a look, from now on."""
        if (number := self._numbers.get(look)) is None:
            number = self._numbers[look] = len(self._looks)
            self._looks.append(look)
            self.blank.append(number)
            self.blank[number] = self.number(look.on_blank())
        return number

    def _of_style(self, style: Style | None) -> int:
        """The number of a style's look; its links and meta data are not part of it."""
        if style is None:
            return PLAIN
        attributes = frozenset(name for name, _, _ in _ATTRIBUTES if getattr(style, name))
        return self.number(Look(attributes, self._color(style), self._color(style, ground=True)))

    def _color(self, style: Style, *, ground: bool = False) -> str:
        color = style.bgcolor if ground else style.color
        if color is None or color.is_default or self._color_system is None:
            return ""
        return ";".join(color.downgrade(self._color_system).get_ansi_codes(foreground=not ground))

    def _change(self, before: int, after: int) -> str:
        """The shortest SGR sequence that turns the pen's look `before` (or UNSURE) to `after`."""
        if before == after:
            return ""
        new = self[after]
        codes = [on for name, on, _ in _ATTRIBUTES if name in new.attributes]
        afresh = _sgr("", *codes, *filter(None, new[1:]))
        if before == UNSURE or not self._modern:
            return afresh
        old = self[before]
        ended = {off for name, _, off in _ATTRIBUTES if name in old.attributes - new.attributes}
        begun = [
            on
            for name, on, off in _ATTRIBUTES
            if name in new.attributes and (name not in old.attributes or off in ended)
        ]
        colors = [(new.color or "39") if new.color != old.color else ""]
        colors.append((new.background or "49") if new.background != old.background else "")
        step = _sgr(*sorted(ended), *begun, *filter(None, colors))
        return min(step, afresh, key=len)


def _sgr(*parameters: str) -> str:
    return f"\x1b[{';'.join(parameters)}m"
