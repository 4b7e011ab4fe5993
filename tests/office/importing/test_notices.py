"""What is read of a notice of conclusions: its head, its sentences, and no more than it says."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from office.demo.words import units as office_units
from office.importing.batch import write
from office.importing.files import Content, Form, load, understand
from office.importing.notices import NoticeBatch, head_of_paper
from office.importing.papers import lines_of, paper_lines
from schema.records import Followup, FollowupSource, Unit
from schema.store import Store

ON = date(2026, 3, 10)
HEAD = """\
ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH PHÚ THỌ\tĐộc lập - Tự do - Hạnh phúc
Số: 123/TB-UBND\tPhú Thọ, ngày 05 tháng 3 năm 2026
THÔNG BÁO
Kết luận của đồng chí Nguyễn Văn An, Chủ tịch UBND tỉnh tại Phiên họp thường kỳ tháng 2
"""
BODY = """\
Chiều ngày 27 tháng 02 năm 2026, tại Phòng họp số 1, đồng chí Nguyễn Văn An chủ trì phiên họp.
Sau khi nghe Sở Tài chính báo cáo, Chủ tịch UBND tỉnh kết luận như sau:
I. ĐÁNH GIÁ CHUNG
Tỷ lệ giải ngân hai tháng đầu năm đạt 10,52%, cao hơn cùng kỳ.
III. NHIỆM VỤ
1. Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát các dự án có tỷ lệ giải ngân dưới
 30%, hoàn thành trước ngày 15/3/2026.
2. Giao Sở Xây dựng:
a) Kiểm tra tiến độ các dự án trọng điểm trong 05 ngày làm việc.
b) Xây dựng kế hoạch giải phóng mặt bằng trong tháng 4.
3. Sở Nội vụ:
- Tham mưu UBND tỉnh ban hành kế hoạch tinh giản biên chế trong quý II/2026;
4. Giao Sở Y tế báo cáo dịch bệnh, Sở Giáo dục và Đào tạo báo cáo tuyển sinh trước ngày 30/4/2026.
5. Đồng ý gia hạn thời gian lập quy hoạch đến ngày 30/6/2026.
Văn phòng UBND tỉnh thông báo để các cơ quan, đơn vị biết, thực hiện./.
Nơi nhận:
- Sở Tài chính;
""".replace("\n 30%", " 30%")
TASKS = [
    ("Sở Tài chính", "2026-03-15"),
    ("Sở Xây dựng", "2026-03-12"),
    ("Sở Xây dựng", "2026-04-30"),
    ("Sở Nội vụ", "2026-06-30"),
    ("Sở Y tế", "2026-04-30"),
    ("Sở Giáo dục và Đào tạo", "2026-04-30"),
]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "thuky.db")
    with store.transaction():
        for unit, _parent in office_units():
            store.insert(unit)
    return store


def batch(store: Store, text: str = HEAD + BODY) -> NoticeBatch:
    return NoticeBatch(store, understand(text.encode(), "chữ"), ON)


def test_the_head_tells_number_day_issuer_and_kind() -> None:
    head = head_of_paper(lines_of(HEAD))
    assert (head.number, head.issued_on) == ("123/TB-UBND", date(2026, 3, 5))
    assert head.issuer == "ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ"
    assert head.kind == "notice"
    assert head.subject.startswith("Kết luận của đồng chí Nguyễn Văn An")


@pytest.mark.parametrize(
    ("lines", "number", "kind", "issuer"),
    [
        (["Số: 05/NQ-HĐND", "NGHỊ QUYẾT", "Về việc"], "05/NQ-HĐND", "resolution", ""),
        (["Số:  47/CĐ-TTg", "CÔNG ĐIỆN", "Về việc"], "47/CĐ-TTg", "directive", ""),
        (["Số:      /TB-UBND", "THÔNG BÁO"], "", "notice", ""),
        (["Giao Sở Y tế rà soát."], "", "notice", ""),
        (
            ["ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ", "VĂN PHÒNG", "Số: 9/TB-VPUBND"],
            "9/TB-VPUBND",
            "notice",
            "VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ",
        ),
    ],
)
def test_other_papers_have_heads_of_their_own(
    lines: list[str], number: str, kind: str, issuer: str
) -> None:
    head = head_of_paper(lines)
    assert (head.number, head.kind, head.issuer) == (number, kind, issuer)


def test_each_sentence_that_gives_a_task_is_one_and_the_others_are_told_of(store: Store) -> None:
    found = batch(store)
    names = {unit.id: unit.name for unit in store.live(Unit)}
    new = [p for p in found.proposals if p.state == "new"]
    assert [(names[p.followup.lead or ""], p.followup.due) for p in new] == TASKS
    assert all(p.source.number == "123/TB-UBND" for p in new)
    assert new[1].texts["sentence"].startswith("Giao Sở Xây dựng kiểm tra tiến độ")
    others = [p.texts["sentence"] for p in found.proposals if p.state == "other"]
    assert [words[:7] for words in others] == ["Tỷ lệ g", "Đồng ý "]
    assert found.remarks() == []


def test_a_sentence_may_be_written_anew_and_none_is_imported_twice(store: Store) -> None:
    found = batch(store)
    other = next(p for p in found.proposals if p.state == "other")
    found.fix(other.number, {"sentence": "Giao Sở Y tế rà soát giải ngân trước ngày 1/4/2026"})
    assert found.proposal(other.number).state == "new"
    written = write(store, found.going_in(), by="Lan")
    assert len(written.rows) == len(TASKS) + 1
    assert store.count(FollowupSource, "kind = 'notice' AND issued_on = '2026-03-05'") == 7
    again = batch(store)
    assert again.going_in() == []
    assert {p.state for p in again.proposals} == {"known", "other"}


def test_a_task_that_is_there_from_the_minutes_is_not_offered_again(store: Store) -> None:
    first = batch(store).proposals[1].followup
    store.insert(first)
    found = [p for p in batch(store).proposals if p.followup.work == first.work]
    assert [p.state for p in found] == ["there"]


def word(path: Path, *, body: str = HEAD + BODY) -> Path:
    document = Document()
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "Số: 123/TB-UBND"
    for line in body.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_a_word_document_reads_as_its_text_does(store: Store, tmp_path: Path) -> None:
    found = NoticeBatch(store, load(word(tmp_path / "a.docx")), ON)
    assert len(found.going_in()) == len(TASKS)
    assert found.head.number == "123/TB-UBND"


def paper(body: str) -> Content:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        packed.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{name}"><w:body>{body}</w:body></w:document>',
        )
    return understand(out.getvalue(), "a.docx")


def run(text: str, tag: str = "t") -> str:
    return f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"


def test_of_tracked_changes_what_was_put_in_counts_and_what_was_struck_out_does_not() -> None:
    content = paper(
        f"<w:p>{run('Giao Sở ')}<w:del>{run('Y tế', 'delText')}</w:del><w:ins>{run('Tài chính')}"
        f"</w:ins><w:moveFrom>{run('xa')}</w:moveFrom>{run(' rà')}<w:r><w:tab/></w:r>{run('soát')}"
        f"<w:r><w:drawing/></w:r></w:p><w:tbl><w:tr><w:tc><w:p>{run('Ô bảng')}</w:p></w:tc></w:tr>"
        f"</w:tbl><w:p>{run('x&#x9;y')}</w:p><w:p/>"
    )
    assert paper_lines(content) == ["Giao Sở Tài chính rà soát", "Ô bảng", "x", "y"]


@pytest.mark.parametrize("body", ["<w:p>", "&#x1;"])
def test_a_broken_document_is_said_to_be_broken(body: str) -> None:
    content = paper(body)
    assert content.form is Form.PAPER
    with pytest.raises(Exception, match=r"bị hỏng"):
        paper_lines(content)


def test_nothing_is_written_of_a_notice_that_gives_no_task(store: Store) -> None:
    found = batch(store, "Trời hôm nay đẹp.")
    assert found.going_in() == []
    assert [str(remark) for remark in found.remarks()] == [
        "Không thấy số của văn bản; hãy ghi số nếu đã có.",
        "Không thấy ngày văn bản; thời hạn được tính từ hôm nay.",
        "Không có câu nào giao việc mới.",
    ]
    assert store.count(Followup) == 0
