"""Bytes on their way to the terminal, and the cursor and pen that they will leave there.

Sequences are those of ECMA-48, and DECSTBM of the VT102. After a letter in the last column, and
after one on whose width terminals disagree, the cursor counts as lost: an absolute move finds it.
"""

from typing import Self

from tui.looks import UNSURE, Looks


class Tape:
    """Output in the making. `modern` terminals know all of VT220's editing and SGR codes."""

    def __init__(self, looks: Looks, *, modern: bool) -> None:
        self.looks = looks
        self.modern = modern
        self.at: tuple[int, int] | None = None
        """Column and row of the cursor; None when it is lost."""
        self.pen = UNSURE
        self.size = 0
        """Count of the bytes."""
        self._parts: list[str] = []

    def fork(self) -> Self:
        """An empty tape for what may come next; `adopt` takes it over."""
        fork = type(self)(self.looks, modern=self.modern)
        fork.at, fork.pen = self.at, self.pen
        return fork

    def adopt(self, fork: "Tape") -> None:
        """Goes on where the fork of this tape has come to."""
        self._parts += fork._parts
        self.size += fork.size
        self.at, self.pen = fork.at, fork.pen

    def cut(self) -> str:
        """The text so far; the tape is empty then."""
        text = "".join(self._parts)
        self._parts.clear()
        self.size = 0
        return text

    def add(self, text: str) -> None:
        """Adds what moves neither the cursor nor the pen."""
        self._parts.append(text)
        self.size += len(text) if text.isascii() else len(text.encode())

    def draw(self, letters: str, end: tuple[int, int] | None) -> None:
        """Adds letters in the pen's look; the cursor is at `end` then."""
        self.add(letters)
        self.at = end

    def dip(self, look: int) -> None:
        """Gives the pen another look."""
        if self.pen != look:
            self.add(self.looks.change(self.pen, look))
            self.pen = look

    @property
    def blank(self) -> int:
        """The look that a blank has when the pen writes it; UNSURE when the pen's is unknown."""
        return UNSURE if self.pen == UNSURE else self.looks.blank[self.pen]

    def dip_for_blank(self, look: int) -> None:
        """Gives the pen a look in which a blank looks like `look`, were it only by leaving it."""
        if self.blank != look:
            self.dip(look)

    def move(self, x: int, y: int) -> None:
        """Moves the cursor by the shortest way."""
        if self.at != (x, y):
            self.add(self.way(x, y))
            self.at = x, y

    def way(self, x: int, y: int) -> str:
        """The shortest sequence that brings the cursor from where it is to a cell."""
        column = f";{x + 1}" if x else ""
        absolute = f"\x1b[{y + 1 if y else ''}{column}H"
        if self.at is None:
            return absolute
        across, down = x - self.at[0], y - self.at[1]
        sideways = (
            csi(across, "C") if across > 0 else min("\b" * -across, csi(-across, "D"), key=len)
        )
        if self.modern and len(sideways) > 3:
            sideways = min(sideways, csi(x + 1, "G"), key=len)
        return min(csi(down, "B") + csi(-down, "A") + sideways, absolute, key=len)


def csi(count: int, final: str) -> str:
    """A control sequence with one count; nothing when there is nothing to count."""
    return f"\x1b[{count if count > 1 else ''}{final}" if count > 0 else ""
