"""What python-docx has no call for, as the XML that Word reads (ECMA-376, part 1)."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_RULE_SPACE = 3.0
"""Points that a line takes, with what is above it."""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def element(name: str, **attributes: str) -> Any:
    """An element of WordprocessingML, such as w:tblHeader, with its w: attributes."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def fonts(properties: Any, font: str) -> None:
    """One font for all scripts, in place of the theme's; Vietnamese, so that nothing is marked as
    misspelt."""
    old = properties.find(qn("w:rFonts"))
    if old is not None:
        properties.remove(old)
    named = element("rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), font))
    properties.insert(0, named)
    language = properties.find(qn("w:lang"))
    if language is not None:
        properties.remove(language)
    properties.append(element("lang", val="vi-VN", eastAsia="vi-VN"))


def borders(table: Table) -> None:
    """Thin lines around all cells."""
    made = element("tblBorders")
    for side in _SIDES:
        made.append(element(side, val="single", sz="4", space="0", color="auto"))
    table._tbl.tblPr.insert_element_before(
        made, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )


def no_margins(table: Table) -> None:
    """Texts reach to the sides of their cells."""
    made = element("tblCellMar")
    for side in ("left", "right"):
        made.append(element(side, w="0", type="dxa"))
    table._tbl.tblPr.insert_element_before(made, "w:tblLook")


def repeat_row(row: _Row) -> None:
    """The row is at the head of the table on each page."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def keep_row(row: _Row) -> None:
    """The row is not split between two pages."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))


def rule(paragraph: Paragraph, indent: float) -> None:
    """Make an empty paragraph a line, `indent` mm in from both sides."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(indent)
    form.line_spacing = Pt(_RULE_SPACE)
    form.space_after = Pt(_RULE_SPACE)
    drawn = element("pBdr")
    drawn.append(element("top", val="single", sz="6", space="0", color="auto"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        drawn, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:spacing", "w:ind"
    )


def page_field(run: Run) -> None:
    """The number of the page."""
    for kind in ("begin", "", "end"):
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            words = element("instrText")
            words.text = "PAGE"
            run._r.append(words)
