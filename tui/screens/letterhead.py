"""Head and foot of the office's papers."""

from collections.abc import Iterable
from dataclasses import asdict

from office.papers.letterhead import WORDS, letterhead, set_letterhead
from schema.errors import N_
from tui.screens.form_page import FormPage, Saved
from tui.widgets.field import Field
from tui.widgets.form import FormRow
from tui.words import _


class LetterheadForm(FormPage):
    """Saved for the whole office; returns nothing that has an id."""

    HELP = N_(
        "Thể thức chung của mọi văn bản do Thư Ký lập (nghị định 30/2020/NĐ-CP). Dấu chấm phẩy ngăn"
        " các dòng. Ký hiệu đứng sau số, như UBND-KGVX; số và ngày do văn thư ghi."
    )

    def __init__(self) -> None:
        super().__init__("draft:letterhead")

    def heading(self) -> str:
        return _("Đầu và cuối văn bản")

    def rows(self) -> Iterable[FormRow]:
        cells = asdict(letterhead(self.office.store))
        for name, words in WORDS.items():
            text = "; ".join(cells[name].split("\n"))
            yield FormRow(name, _(words), Field(text, compact=True), wide=True)

    def save(self, values: dict[str, str]) -> Saved:
        kept = set_letterhead(self.office.store, values)
        return Saved("", _("Đã lưu “{title}”.").format(title=kept.office))
