"""Plain text tables, their columns aligned by the cells that letters take on a terminal."""

from collections.abc import Iterable, Sequence

from tui.graphemes import visible, width

GAP = "  "


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lines of aligned columns under their heads. Line breaks in a cell are shown as signs."""
    lines = [list(heads), *([visible(cell) for cell in row] for row in rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        GAP.join(
            cell + " " * (size - width(cell)) for cell, size in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def details(pairs: Iterable[tuple[str, str]]) -> str:
    """One line for each name and value, but for empty values."""
    kept = [(f"{name}:", visible(value)) for name, value in pairs if value]
    room = max((width(name) for name, _ in kept), default=0)
    return "\n".join(f"{name}{' ' * (room - width(name))} {value}" for name, value in kept)
