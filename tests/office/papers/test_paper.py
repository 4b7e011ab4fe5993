"""A paper has the form that decree 30/2020 asks for, whatever its texts are."""

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from unicodedata import normalize

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from office.papers.form import DECREE_30
from office.papers.lines import date_line, number_line
from office.papers.paper import Column, Paper
from office.papers.printable import file_name, one_line, printable

ON = datetime(2026, 3, 5, tzinfo=UTC)


def opened(paper: Paper) -> DocxDocument:
    return Document(BytesIO(paper.content(title="Thử", author="VP", made_at=ON)))


def test_numbers_and_dates_have_the_zeros_of_the_decree() -> None:
    assert number_line(5, "TB-UBND") == "Số: 05/TB-UBND"
    assert number_line(247, "UBND-KGVX") == "Số: 247/UBND-KGVX"
    assert number_line(None, "UBND-KGVX").split() == ["Số:", "/UBND-KGVX"]
    assert date_line("Phú Thọ", date(2026, 2, 5)) == "Phú Thọ, ngày 05 tháng 02 năm 2026"
    assert date_line("Phú Thọ", date(2026, 3, 15)) == "Phú Thọ, ngày 15 tháng 3 năm 2026"
    blank = date_line("Phú Thọ", date(2026, 3, 15), day_open=True)
    assert blank.split() == ["Phú", "Thọ,", "ngày", "tháng", "3", "năm", "2026"]


def test_each_element_has_a_size_that_the_decree_allows() -> None:
    for name, look in DECREE_30.looks.items():
        low, high = look.allowed
        assert low <= look.size <= high, name
    assert 20 <= DECREE_30.top <= 25
    assert 20 <= DECREE_30.bottom <= 25
    assert 30 <= DECREE_30.left <= 35
    assert 15 <= DECREE_30.right <= 20
    assert DECREE_30.first_line in (10.0, 12.7)
    assert 1 <= DECREE_30.line_spacing <= 1.5


@pytest.fixture(scope="module")
def letter() -> DocxDocument:
    paper = Paper()
    paper.head(
        "Ủy ban nhân dân\ntỉnh Phú Thọ",
        number_line(None, "UBND-KGVX"),
        date_line("Phú Thọ", ON.date()),
        about="V/v đôn đốc",
    )
    paper.to(["Sở Tài chính"])
    paper.text("Qua theo dõi.\nYêu cầu báo cáo./.")
    paper.table([Column("STT", 0.6, "center"), Column("Việc", 4)], [("1", "Trình đề án")])
    paper.sign(["TL. Chủ tịch", "Chánh Văn phòng"], "Lê Thị Lan", ["Như trên", "Lưu: VT, TH"])
    return opened(paper)


def test_agency_and_nation_stand_side_by_side(letter: DocxDocument) -> None:
    left, right = letter.tables[0].rows[0].cells
    assert [p.text for p in left.paragraphs if p.text] == ["ỦY BAN NHÂN DÂN", "TỈNH PHÚ THỌ"]
    assert [p.text for p in right.paragraphs if p.text] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    number, place = letter.tables[1].rows[0].cells
    assert number.paragraphs[0].text.endswith("/UBND-KGVX")
    assert number.paragraphs[1].text == "V/v đôn đốc"
    assert place.text == "Phú Thọ, ngày 05 tháng 3 năm 2026"
    assert place.paragraphs[0].runs[0].italic


def test_the_body_is_justified_with_its_first_line_indented(letter: DocxDocument) -> None:
    body = next(p for p in letter.paragraphs if p.text.startswith("Qua"))
    assert body.alignment == 3
    assert body.paragraph_format.first_line_indent is not None
    assert round(body.paragraph_format.first_line_indent.mm, 1) == DECREE_30.first_line
    assert body.runs[0].font.size is not None
    assert body.runs[0].font.size.pt == 14
    fonts = letter.styles["Normal"].element.find(".//" + qn("w:rFonts"))
    assert set(fonts.attrib.values()) == {"Times New Roman"}


def test_pages_are_numbered_in_the_top_margin_but_for_the_first(letter: DocxDocument) -> None:
    (section,) = letter.sections
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    assert section.page_width is not None
    assert round(section.page_width.mm) == 210


def test_copies_end_as_the_decree_has_them(letter: DocxDocument) -> None:
    copies, signature = letter.tables[-1].rows[0].cells
    assert copies.text.split("\n") == ["Nơi nhận:", "- Như trên;", "- Lưu: VT, TH."]
    assert [p.text for p in signature.paragraphs if p.text] == [
        "TL. CHỦ TỊCH",
        "CHÁNH VĂN PHÒNG",
        "Lê Thị Lan",
    ]


def test_the_head_of_a_table_comes_again_and_a_group_spans_it() -> None:
    paper = Paper()
    columns = [Column("STT"), Column("Việc"), Column("Hạn")]
    paper.table(columns, [("Quá hạn", "", ""), ("1", "Trình", "05/3/2026"), ("", "", "")])
    (table,) = opened(paper).tables
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert table.rows[1].cells[0].grid_span == 3
    assert [cell.text for cell in table.rows[2].cells] == ["1", "Trình", "05/3/2026"]


def test_an_annex_may_lie(letter: DocxDocument) -> None:
    paper = Paper()
    paper.text("Thân")
    paper.annex("Phụ lục I", "Danh mục", landscape=True)
    upright, lying = opened(paper).sections
    assert upright.page_width is not None
    assert lying.page_width is not None
    assert lying.page_width > upright.page_width


@settings(max_examples=25)
@given(st.text(), st.text(), st.text())
def test_any_text_makes_a_paper_that_opens(one: str, two: str, three: str) -> None:
    paper = Paper()
    paper.head(one, two, three, about=one, parent=two)
    paper.title(two, three)
    paper.to([one, two])
    paper.text(three)
    paper.heading(one)
    paper.table([Column(one), Column(two)], [(three, one), (two, "")])
    paper.sign([two], three, [one])
    paper.annex(one, two, three)
    text = " ".join(_texts(opened(paper)))
    for said in (one, two, three):
        assert one_line(said).upper() in " ".join(text.upper().split())


def _texts(document: DocxDocument) -> list[str]:
    found = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, Table):
            found += [cell.text for row in block.rows for cell in row.cells]
    return found


def test_a_control_character_is_seen_and_breaks_nothing() -> None:
    assert printable("Sở\x07 Tài\x1b[31m chính\u202e") == "Sở� Tài�[31m chính�"
    assert printable(normalize("NFD", "hòa")) == "hòa"
    paper = Paper()
    paper.text("Sở\x00 Y tế")
    assert any("Sở� Y tế" in text for text in _texts(opened(paper)))


def test_a_paper_says_nothing_of_the_machine_that_made_it() -> None:
    paper = Paper()
    content = paper.content(title="Đôn đốc", author="Văn phòng", made_at=ON)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        core = parts.read("docProps/core.xml").decode()
    assert "python" not in core
    assert "Văn phòng" in core


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_a_file_is_named_so_that_every_system_takes_it(parts: list[str]) -> None:
    name = file_name(*parts)
    assert name
    assert len(name) <= 81
    assert name.isascii()
    assert not set(name) & set('/\\:*?"<>|. \x00')


def test_reserved_and_hostile_names_are_no_file_of_that_name() -> None:
    assert file_name("../../etc/passwd") == "etc-passwd"
    assert file_name("CON") == "con-"
    assert file_name("Sở Tài chính", "2026-03-05") == "so-tai-chinh-2026-03-05"
    assert file_name("...") == "khong-ten"
