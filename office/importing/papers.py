"""A paper as lines of text: a Word document (docx), a plain text, or what somebody pasted.

Public entrance: `lines_of`, `paper_lines`. Of a document whose changes are tracked, what was put
in counts and what was struck out does not; pictures and macros are passed over.
"""

from collections.abc import Iterator
from xml.etree import ElementTree

from office.importing.files import Content, Form, broken, open_parts
from schema.errors import N_, ThukyError
from schema.viet import clean

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_GONE = ("del", "moveFrom", "pict", "drawing", "instrText", "txbxContent", "Fallback")
"""Parts of a paragraph that say nothing of what it says now."""
MOST_LINES = 20_000


def paper_lines(content: Content) -> list[str]:
    """The paragraphs of a paper that are not empty, table cells among them. Raises ThukyError
    where it is none."""
    if content.form is Form.WORKBOOK:
        raise ThukyError(
            N_(
                "Tệp {path} là bảng tính, không phải thông báo. Chưa nhập gì; bảng nhiệm vụ thì"
                " dùng: thuky import followups."
            ),
            path=content.path,
        )
    lines = _paragraphs(content) if content.form is Form.PAPER else lines_of(content.text)
    if len(lines) > MOST_LINES:
        raise ThukyError(
            N_("Văn bản {path} dài quá {most} đoạn. Chưa nhập gì; hãy tách ra."),
            path=content.path,
            most=MOST_LINES,
        )
    return lines


def lines_of(text: str) -> list[str]:
    """The lines of a text that hold something. Two columns side by side, as the head of a paper
    has them, become lines of their own."""
    found = []
    for line in clean(text).split("\n"):
        parts = [p for part in line.split("\t") for p in part.split("   ")]
        found += [" ".join(part.split()) for part in parts if part.strip()]
    return found


def _paragraphs(content: Content) -> list[str]:
    try:
        with open_parts(content.data, content.path) as parts:
            data = parts.read("word/document.xml")
        if b"<!DOCTYPE" in data[:1000]:
            raise ValueError("a document has no document type")
        root = ElementTree.fromstring(data)
        space = _STRICT if root.tag.startswith(_STRICT) else _WORD
        said = ("".join(_said(p, space)) for p in root.iter(f"{space}p"))
        return [line for text in said for line in lines_of(text)]
    except ThukyError:
        raise
    except Exception as error:  # whatever the parts of a broken file raise
        raise broken(content.path) from error


def _said(element: ElementTree.Element, space: str) -> Iterator[str]:
    """The text within a paragraph, as it stands once all tracked changes are taken."""
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name in _GONE or name == "p":
            continue
        if child.tag == f"{space}t":
            yield child.text or ""
        elif name == "tab":
            yield " " if element.tag == f"{space}r" else ""
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        else:
            yield from _said(child, space)
