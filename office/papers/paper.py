"""A paper in decree-30 form, built block by block from the top, as .docx (Word, LibreOffice).

Public entrance: `Paper`. All texts may come from anyone (`office.papers.printable`). Importing it
takes a while (python-docx): only where a paper is made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from office.papers.form import DECREE_30, Align, Form, Look
from office.papers.marks import (
    borders,
    fonts,
    keep_row,
    no_margins,
    page_field,
    repeat_row,
    rule,
)
from office.papers.printable import one_line, printable
from office.papers.widths import width_of

NATION = "Cộng hòa xã hội chủ nghĩa Việt Nam"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_CELL_SPACE = 1  # points above and below the text of a cell
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_SEAL_LINES = 4
"""Empty lines between a title and a name: room for signature and seal."""


@dataclass(frozen=True, slots=True)
class Column:
    """Of a table: `share` of the width, and how its cells stand."""

    title: str
    share: float = 1.0
    align: Align = "left"


class Paper:
    """One paper. Blocks are added in the order in which they are read."""

    def __init__(self, form: Form = DECREE_30) -> None:
        self._form = form
        self.document = Document()
        """python-docx's own, for what no block here makes."""
        self._section = self.document.sections[0]
        self._width = form.width
        self._lay_out(self._section)
        self._section.different_first_page_header_footer = True
        self._number_pages(self._section)
        normal = self.document.styles["Normal"]
        assert isinstance(normal, ParagraphStyle)
        fonts(normal.element.get_or_add_rPr(), form.font)
        normal.font.size = Pt(form.looks["body"].size)
        normal.paragraph_format.space_after = Pt(0)

    # The head

    def head(
        self,
        issuer: str,
        number: str,
        place_and_date: str,
        *,
        parent: str = "",
        about: str = "",
    ) -> None:
        """Agency and nation, number and date side by side. `issuer` may have several lines; `about`
        is a letter's (công văn) subject under its number, with its V/v."""
        left, right = self._boxes()
        for line in _lines(parent):
            self._line(left, line, "parent")
        agency = _lines(issuer)
        for line in agency:
            self._line(left, line, "issuer")
        self._rule(left, agency[-1] if agency else "", "issuer")
        self._line(right, NATION, "nation")
        self._line(right, MOTTO, "motto")
        self._rule(right, MOTTO, "motto")
        self._gap()
        left, right = self._boxes()
        self._line(left, number, "number", raw=True)
        if about:
            self._line(left, about, "about")
        self._line(right, place_and_date, "place_and_date", raw=True)
        self._gap()

    def title(self, kind: str, subject: str) -> None:
        """What kind of paper it is (THÔNG BÁO), and what it is about, in the middle."""
        self._line(self.document, kind, "kind")
        for line in _lines(subject):
            self._line(self.document, line, "subject")
        self._rule(self.document, (_lines(subject) or [kind])[-1], "subject")
        self._gap()

    def to(self, recipients: Sequence[str]) -> None:
        """Kính gửi: one on its line, several beneath it."""
        if len(recipients) == 1:
            line = self._line(self.document, f"Kính gửi: {one_line(recipients[0])}", "to")
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            self._line(self.document, "Kính gửi:", "to").paragraph_format.left_indent = Mm(45)
            for number, recipient in enumerate(recipients, start=1):
                end = "." if number == len(recipients) else ";"
                line = self._line(self.document, f"- {one_line(recipient)}{end}", "to")
                line.paragraph_format.left_indent = Mm(60)
        self._gap()

    # The body

    def text(self, text: str, look: str = "body") -> None:
        """Paragraphs, one a line of `text`: justified, the first line indented."""
        for line in _lines(text):
            paragraph = self._line(self.document, line, look)
            form = paragraph.paragraph_format
            form.first_line_indent = Mm(self._form.first_line)
            form.space_after = Pt(self._form.between_paragraphs)
            form.line_spacing = self._form.line_spacing

    def heading(self, text: str) -> None:
        """A heading within the body; it stays with what follows."""
        self.text(text, "heading")
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """A table as wide as the text, whose head comes again on each page. A row whose only cell
        is not empty spans all columns, as the name of a group does."""
        table = self.document.add_table(rows=1, cols=len(columns))
        table.autofit = False
        borders(table)
        total = sum(column.share for column in columns)
        widths = [Mm(self._width * column.share / total) for column in columns]
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            self._cell(cell, column.title, "table_head", "center")
        repeat_row(table.rows[0])
        for row in rows:
            made = table.add_row()
            keep_row(made)
            filled = [text for text in row if text]
            cells = made.cells
            if len(filled) == 1 and row[0] == filled[0] and len(row) > 1:
                self._cell(cells[0].merge(cells[-1]), row[0], "table_head", "left")
                continue
            for cell, column, text in zip(cells, columns, row, strict=True):
                self._cell(cell, text, "table", column.align)
        for made in table.rows:
            for cell, width in zip(made.cells, widths, strict=True):
                if cell.grid_span == 1:
                    cell.width = width
        for column_made, width in zip(table.columns, widths, strict=True):
            column_made.width = width
        self._gap()

    def picture(self, content: bytes, width: float | None = None) -> None:
        """A picture (PNG, JPEG), `width` mm wide or as wide as the text."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run().add_picture(BytesIO(content), Mm(width or self._width))

    # The end

    def sign(
        self, capacity: Sequence[str], name: str, copies: Sequence[str], *, seal: bool = True
    ) -> None:
        """Who signs, at the right: `capacity` is lines such as TL. CHỦ TỊCH, CHÁNH VĂN PHÒNG; and
        who receives `copies` (Nơi nhận), at the left, the last of which is what is filed."""
        for paragraph in self.document.paragraphs[-2:]:
            paragraph.paragraph_format.keep_with_next = True
        left, right = self._boxes(share=0.5)
        self._line(left, "Nơi nhận:", "recipients")
        for number, copy in enumerate(copies, start=1):
            end = "." if number == len(copies) else ";"
            self._line(left, f"- {one_line(copy).rstrip(';.')}{end}", "recipient")
        for line in capacity:
            self._line(right, line.upper(), "signature")
        for _ in range(_SEAL_LINES if seal else 1):
            self._line(right, "", "signature")
        self._line(right, name, "signatory")

    def annex(self, label: str, title: str, about: str = "", *, landscape: bool = False) -> None:
        """A new page, or section of lying pages: Phụ lục I, its title, and of which paper it is."""
        self._section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self._section.different_first_page_header_footer = False
        self._lay_out(self._section, landscape=landscape)
        if label:
            self._line(self.document, label, "annex")
        self._line(self.document, title, "annex_title")
        if about:
            self._line(self.document, f"({about})", "place_and_date", raw=True)
        self._gap()

    def content(self, *, title: str, author: str, made_at: datetime) -> bytes:
        """The whole file. What it says of itself is given: nothing of the machine is told."""
        about = self.document.core_properties
        about.title, about.author, about.last_modified_by = one_line(title), one_line(author), ""
        about.created = about.modified = made_at
        about.comments, about.language = "", "vi-VN"
        file = BytesIO()
        self.document.save(file)
        return file.getvalue()

    # The rest

    def _lay_out(self, section: Section, *, landscape: bool = False) -> None:
        form = self._form
        width, height = form.page[::-1] if landscape else form.page
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.top_margin, section.bottom_margin = Mm(form.top), Mm(form.bottom)
        section.left_margin, section.right_margin = Mm(form.left), Mm(form.right)
        section.header_distance = Mm(form.page_number_from_top)
        section.footer_distance = Mm(form.page_number_from_top)
        self._width = width - form.left - form.right

    def _number_pages(self, section: Section) -> None:
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run()
        run.font.size = Pt(self._form.looks["page_number"].size)
        page_field(run)

    def _boxes(self, share: float = 0.0) -> tuple[_Cell, _Cell]:
        """Two boxes side by side without borders; the left one takes `share` of the width."""
        left = share or self._form.left_box
        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        no_margins(table)
        widths = (self._width * left, self._width * (1 - left))
        for cell, column, width in zip(table.rows[0].cells, table.columns, widths, strict=True):
            cell.width = column.width = Mm(width)
        keep_row(table.rows[0])
        cells = table.rows[0].cells
        return cells[0], cells[1]

    def _line(
        self, where: _Cell | DocxDocument, text: str, look: str, *, raw: bool = False
    ) -> Paragraph:
        """One line in one look; a box's first line is the one that it has from the start. `raw`
        keeps blanks that stand for what is filled in by hand."""
        how = self._form.looks[look]
        text = printable(text) if raw else one_line(text)
        paragraph = where.paragraphs[0] if _is_new(where) else where.add_paragraph()
        self._write(paragraph, text, how, how.align)
        return paragraph

    def _write(self, paragraph: Paragraph, text: str, look: Look, align: Align) -> None:
        paragraph.alignment = _ALIGN[align]
        run = paragraph.add_run(text.upper() if look.upper else text)
        run.bold, run.italic = look.bold, look.italic
        run.font.size = Pt(look.size)

    def _cell(self, cell: _Cell, text: str, look: str, align: Align) -> None:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        lines = printable(text).split("\n") or [""]
        for number, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
            self._write(paragraph, line, self._form.looks[look], align)
            paragraph.paragraph_format.space_before = Pt(_CELL_SPACE)
            paragraph.paragraph_format.space_after = Pt(_CELL_SPACE)

    def _rule(self, where: _Cell | DocxDocument, text: str, look: str) -> None:
        """The line beneath a text, a share of it long."""
        how = self._form.looks[look]
        box = self._width
        if isinstance(where, _Cell) and where.width is not None:
            box = where.width.mm
        shown = text.upper() if how.upper else text
        length = min(width_of(shown, how.size) * how.rule, box)
        paragraph = where.add_paragraph()
        rule(paragraph, (box - length) / 2)

    def _gap(self) -> None:
        """A little room, which keeps two tables apart as well."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(self._form.between_paragraphs)


def _is_new(where: _Cell | DocxDocument) -> bool:
    """Whether a box has nothing but the empty paragraph that it is made with."""
    return isinstance(where, _Cell) and len(where.paragraphs) == 1 and not where.paragraphs[0].runs


def _lines(text: str) -> list[str]:
    return [line for line in printable(text).split("\n") if line.strip()]
