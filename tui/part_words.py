"""The answers of many units in words: one of them, and all together."""

from office.answers import Answer
from office.figures import show_figure
from office.moments import day_of, show_date
from office.parts import Totals
from tui.words import _


def answer_words(answer: Answer | None) -> str:
    """An answer without its figure, which has a column of its own."""
    if answer is None:
        return ""
    paper = answer.number
    if day := day_of(answer.issued_on):
        paper = _("{number} ngày {day}").format(number=paper, day=show_date(day))
    return " · ".join(filter(None, (paper, answer.note, answer.link)))


def totals_words(counted: Totals) -> str:
    """12/148 đã trả lời · 10 xong · 3 quá hạn · tổng 45,5 tỷ đồng (9 đơn vị)."""
    said = [
        _("{n}/{units} đã trả lời").format(n=counted.answered, units=counted.units),
        _("{n} xong").format(n=counted.done),
        _("{n} quá hạn").format(n=counted.late),
    ]
    if counted.refused:
        said.append(_("{n} không nhận").format(n=counted.refused))
    if counted.cancelled:
        said.append(_("{n} hủy").format(n=counted.cancelled))
    for each in counted.sums:
        words = _("tổng {total} ({n} đơn vị)")
        said.append(words.format(total=show_figure(each.total, each.measure), n=each.units))
    return " · ".join(said)
