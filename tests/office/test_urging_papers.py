"""The papers of a day's urging are whole or not there, open anywhere, and say what they should."""

import email
import errno
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from office import followups
from office.letters import Occasion
from office.papers.letterhead import Letterhead, letterhead, set_letterhead
from office.urged import Sent, mark_urged
from office.urging import urge_list
from office.urging_groups import Group, groups
from office.urging_mail import draft, is_address
from office.urging_papers import Written, folder_name, write_papers
from schema.errors import ThukyError
from schema.records import Followup, FollowupEvent, FollowupSource, Meeting, Person, Unit
from schema.store import Store
from tests.soffice import printed

ON = date(2026, 2, 27)
NOW = datetime(2026, 2, 27, 3, tzinfo=UTC)
OCCASION = Occasion(Letterhead(), ON, date(2026, 3, 4), NOW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "thuky.db", clock=NOW.timestamp) as store:
        yield store


def late(store: Store, work: str = "trình đề án", due: str = "2026-02-20", **cells: Any) -> str:
    source = FollowupSource(kind="notice", number="15/TB-UBND", issued_on="2026-01-12")
    made = followups.add(store, Followup(work=work, due=due, **cells), source=source)
    store.insert(FollowupEvent(followup=made.id, kind="started", at="2026-01-13T03:00:00Z"))
    return made.id


def finance(store: Store, email: str = "") -> str:
    unit = Unit(name="Sở Tài chính", type="so_ban_nganh", email=email)
    return store.insert(unit).id


def listed(store: Store) -> Sequence[Group]:
    return groups(urge_list(store, ON))


def write(store: Store, folder: Path) -> Written:
    return write_papers(store, folder, listed(store), ON)


def words(path: Path) -> str:
    document = Document(str(path))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_a_unit_gets_a_letter_and_a_mail_and_all_is_in_one_table(
    store: Store, tmp_path: Path
) -> None:
    unit = finance(store, "vanthu@stc.phutho.gov.vn")
    id = late(store, lead=unit, product="Đề án")
    late(store, "báo cáo", "2026-03-02", lead=unit)
    mark_urged(store, [Sent(id)], date(2026, 2, 23), number="12/UBND-TH")
    written = write(store, tmp_path / "out")
    assert written.files == [
        "cong-van-don-doc-so-tai-chinh.docx",
        "thu-so-tai-chinh.eml",
        "danh-sach-don-doc.xlsx",
    ]
    assert sorted(written.files) == sorted(path.name for path in (tmp_path / "out").iterdir())
    said = words(tmp_path / "out" / written.files[0])
    for expected in (
        "V/v đôn đốc thực hiện nhiệm vụ được giao",
        "/UBND-TH",
        "còn 02 nhiệm vụ cần đôn đốc, gồm: 01 nhiệm vụ đã quá hạn; 01 nhiệm vụ sắp đến hạn",
        "I. Nhiệm vụ đã quá hạn",
        "II. Nhiệm vụ sắp đến hạn",
        "Trình đề án\n(Sản phẩm: Đề án)",
        "Thông báo kết luận 15/TB-UBND ngày 12/01/2026",
        "20/02/2026",
        "01 lần\n23/02/2026\n12/UBND-TH\nchưa trả lời",
        "Yêu cầu Sở Tài chính",
        "trước ngày 04/03/2026",
        "./.",
        "TL. CHỦ TỊCH",
        "- Lưu: VT, TH.",
    ):
        assert expected in said


def test_the_head_of_a_unit_is_written_to_where_a_rule_says_so(
    store: Store, tmp_path: Path
) -> None:
    late(store, lead=finance(store))
    write(store, tmp_path / "out")
    assert "- Giám đốc Sở Tài chính;" in words(
        tmp_path / "out" / "cong-van-don-doc-so-tai-chinh.docx"
    )


def test_who_takes_no_orders_is_asked(store: Store, tmp_path: Path) -> None:
    late(store, lead=store.insert(Unit(name="Ban Nội chính Tỉnh ủy", type="co_quan_khac")).id)
    write(store, tmp_path / "out")
    (file,) = (tmp_path / "out").glob("*.docx")
    assert "Đề nghị Ban Nội chính Tỉnh ủy" in words(file)


def test_leaders_and_the_weekly_meeting_get_lists_by_unit(store: Store, tmp_path: Path) -> None:
    leader = store.insert(Person(name="Nguyễn Văn An")).id
    late(store, due="2026-01-05", lead=finance(store), leader=leader)
    late(store, due="2026-01-06")
    written = write(store, tmp_path / "out")
    assert {name for name in written.files if name.startswith("danh-muc")} == {
        "danh-muc-nguyen-van-an.docx",
        "danh-muc-cham-dua-ra-giao-ban-tuan.docx",
        "danh-muc-cham-bao-cao-dong-chi-lanh-dao-phu-trach.docx",
        "danh-muc-chua-co-don-vi-chu-tri.docx",
    }
    said = words(tmp_path / "out" / "danh-muc-nguyen-van-an.docx")
    assert "Nhiệm vụ chậm, báo cáo đồng chí Nguyễn Văn An" in said
    assert "Sở Tài chính (01 nhiệm vụ)" in said


def test_the_table_has_real_numbers_and_days_and_text_stays_text(
    store: Store, tmp_path: Path
) -> None:
    unit = store.insert(Unit(name="@Sở=1+1")).id
    late(store, '=HYPERLINK("http://x","y")', lead=unit)
    write(store, tmp_path / "out")
    page = load_workbook(tmp_path / "out" / "danh-sach-don-doc.xlsx").worksheets[0]
    rows = list(page.iter_rows(values_only=False))
    heads = [cell.value for cell in rows[3]]
    cells = dict(zip(heads, rows[4], strict=True))
    assert cells["Nhiệm vụ"].value == '=HYPERLINK("http://x","y")'
    assert cells["Nhiệm vụ"].data_type == "s"
    assert cells["Đơn vị chủ trì"].data_type == "s"
    assert cells["Thời hạn"].value == datetime(2026, 2, 20)  # noqa: DTZ001
    assert cells["Quá hạn (ngày)"].value == 7
    assert cells["Số lần đã đôn đốc"].value == 0


def test_names_with_control_characters_and_paths_break_nothing(
    store: Store, tmp_path: Path
) -> None:
    for name in ("../../Sở\x00 A\x1b[31m", "Sở A", "CON", "\u202eSở"):
        late(store, f"việc\x07 {name}", lead=store.insert(Unit(name=name)).id)
    written = write(store, tmp_path / "out")
    assert len(written.files) == len({name.lower() for name in written.files}) == 9
    assert {path.parent for path in (tmp_path / "out").rglob("*")} == {tmp_path / "out"}
    for path in (tmp_path / "out").glob("*.docx"):
        assert "\x1b" not in words(path)


def test_what_is_under_a_secret_mark_is_in_no_paper(store: Store, tmp_path: Path) -> None:
    unit = finance(store)
    meeting = store.insert(
        Meeting(title="Họp kín", secrecy="mat", starts_at="2026-01-05T01:00:00Z")
    )
    late(store, "việc mật", lead=unit, meeting=meeting.id)
    with pytest.raises(ThukyError, match="dấu mật"):
        write(store, tmp_path / "out")
    late(store, "việc thường", lead=unit)
    assert write(store, tmp_path / "out").kept == 1
    assert "mật" not in words(tmp_path / "out" / "cong-van-don-doc-so-tai-chinh.docx")


def test_nothing_to_urge_writes_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ThukyError, match="Không có nhiệm vụ nào để đôn đốc"):
        write(store, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_is_left_alone(store: Store, tmp_path: Path) -> None:
    late(store, lead=finance(store))
    write(store, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    with pytest.raises(ThukyError, match="Chưa ghi gì"):
        write(store, tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_where_nothing_can_be_written_nothing_is_left(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late(store, lead=finance(store))
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file" / "out", tmp_path / "none" / "such" / "out"):
        with pytest.raises(ThukyError, match="Chưa ghi gì"):
            write(store, folder)

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:9])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = set(tmp_path.iterdir())
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ThukyError, match="Chưa ghi gì"):
        write(store, tmp_path / "out")
    assert set(tmp_path.iterdir()) == before


# The mail


def mail(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_mail_is_a_draft_to_the_unit_with_the_letter(store: Store, tmp_path: Path) -> None:
    late(store, lead=finance(store, "vanthu@stc.phutho.gov.vn"))
    write(store, tmp_path / "out")
    found = mail((tmp_path / "out" / "thu-so-tai-chinh.eml").read_bytes())
    assert found["To"] == "vanthu@stc.phutho.gov.vn"
    assert found["Subject"] == "Đôn đốc thực hiện nhiệm vụ: Sở Tài chính, 27/02/2026"
    assert found["X-Unsent"] == "1"
    (attached,) = found.iter_attachments()
    assert attached.get_filename() == "cong-van-don-doc-so-tai-chinh.docx"
    assert Document(BytesIO(attached.get_content())).tables


@pytest.mark.parametrize(
    "address",
    [
        "a@b.vn\nBcc: all@x.vn",
        "a@b.vn\r\n",
        "a@b.vn, c@d.vn",
        "Sở <a@b.vn>",
        "a@b",
        "đ@b.vn",
        "@b.vn",
    ],
)
def test_an_address_that_no_mail_can_go_to_is_left_out_and_said(
    store: Store, tmp_path: Path, address: str
) -> None:
    late(store, lead=finance(store, address))
    written = write(store, tmp_path / "out")
    assert written.addressless == ["Sở Tài chính"]
    found = mail((tmp_path / "out" / "thu-so-tai-chinh.eml").read_bytes())
    assert found["To"] is None
    assert found["Bcc"] is None


@given(st.text(), st.text())
def test_no_name_or_address_adds_a_header(name: str, address: str) -> None:
    content = draft(OCCASION, name, address, 1, {"a.docx": b"x"}, "boundary")
    assert set(mail(content).keys()) <= {
        *("X-Unsent", "To", "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")
    }


def test_usual_addresses_are_taken() -> None:
    for address in ("vanthu@phutho.gov.vn", "so.tai-chinh+vt@stc.phutho.gov.vn"):
        assert is_address(address)


# The office's own head


def test_the_letterhead_is_the_offices_and_a_line_may_end_with_a_semicolon(store: Store) -> None:
    set_letterhead(store, {"issuer": "Ủy ban nhân dân tỉnh X;Văn phòng", "place": "X"})
    assert letterhead(store).issuer == "Ủy ban nhân dân tỉnh X\nVăn phòng"
    assert letterhead(store).symbol == Letterhead().symbol
    for cells in ({"issuer": " "}, {"place": "x" * 301}):
        with pytest.raises(ThukyError, match="chưa ghi gì"):
            set_letterhead(store, cells)
    assert letterhead(store).place == "X"


def test_a_folder_is_named_after_day_and_unit() -> None:
    assert folder_name(ON, "Sở Tài chính") == "don-doc-2026-02-27-so-tai-chinh"


@pytest.mark.slow
def test_libreoffice_opens_every_paper_and_prints_it_as_it_should_be(
    store: Store, tmp_path: Path
) -> None:
    unit = finance(store)
    for number in range(30):
        late(store, f"việc số {number}", due="2026-01-05", lead=unit)
    out = tmp_path / "out"
    written = write(store, out)
    files = [out / name for name in written.files if not name.endswith(".eml")]
    pages = printed(files, tmp_path / "pdf")
    letter = pages["cong-van-don-doc-so-tai-chinh.docx"].split("\f")
    first = " ".join(letter[0].split())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert "Độc lập - Tự do - Hạnh phúc" in first
    assert "Phú Thọ, ngày tháng 02 năm 2026" in first
    # The head of the table and the number stand on each page but for the number on the first.
    assert letter[0].split()[0] != "1"
    assert [page.split()[0] for page in letter[1:-1]] == [str(n) for n in range(2, len(letter))]
    assert all("Văn bản, cuộc" in page for page in letter[:-2])
    assert "CHÁNH VĂN PHÒNG" in letter[-2]
    assert "05/01/2026" in pages["danh-sach-don-doc.xlsx"]
    assert "Việc số 29" in pages["danh-muc-cham-dua-ra-giao-ban-tuan.docx"]
