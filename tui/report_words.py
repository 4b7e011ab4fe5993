"""The figures of reports in words and as numbers that a person reads."""

from office.reports.figures import FIGURES, Figure, Value
from office.reports.report import Group
from tui.words import _

NOTHING = "–"


def figure_words(figure: Figure) -> str:
    return _(FIGURES[figure].words)


def group_words(group: Group) -> str:
    return group.name or _(group.words)


def shown(figure: Figure, value: Value) -> str:
    """1.234; a share as 85,7%; a median with a decimal where it has one."""
    if value is None:
        return NOTHING
    if FIGURES[figure].unit == "share":
        return f"{value:.1%}".replace(".", ",")
    return f"{value:,}".translate(str.maketrans(",.", ".,")).removesuffix(",0")
