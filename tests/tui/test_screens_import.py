"""Importing from a file, by keys: looked at first, mended in place, written as one step."""

from pathlib import Path

from openpyxl import Workbook, load_workbook

from office import fields
from schema.records import Followup, FollowupSource, Unit
from tests.tui.office import Office, at_work
from tui.screens.import_columns import ImportColumns
from tui.screens.import_file import ImportFile, PasteField
from tui.screens.import_forms import FixForm, GivenForm
from tui.screens.import_preview import ImportPreview
from tui.widgets.form import Form

HEADS = ["TT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Ghi chú"]
ROWS = [
    [1, "Rà soát dự án chậm", "STC", "05/03/2026", "gấp"],
    [2, "Báo cáo dịch bệnh", "Sở Y tá", "tuần sau", None],
    [3, "Số hóa hồ sơ", None, "cuối cùng", None],
]
NOTICE = (
    "Số: 15/TB-UBND\nPhú Thọ, ngày 05 tháng 3 năm 2026\nTHÔNG BÁO\nKết luận phiên họp\n"
    "1. Giao Sở Tài chính rà soát vốn đầu tư công trước ngày 20/3/2026.\n"
    "2. Thời tiết thuận lợi.\n"
)


def workbook(path: Path, *sheets: str) -> Path:
    book = Workbook()
    assert book.active is not None
    for page in (book.active, *(book.create_sheet(name) for name in sheets)):
        for row in (HEADS, *ROWS):
            page.append(row)
    book.save(path)
    return path


async def opened(office: Office, path: Path) -> ImportPreview:
    await office.press("I")
    assert isinstance(office.screen, ImportFile)
    office.one(Form).rows["file"].value = str(path)
    await office.press("f4")
    await office.settle()
    screen = office.screen
    assert isinstance(screen, ImportPreview)
    return screen


def imported(office: Office) -> dict[str, str | None]:
    store = office.store
    found = store.live(Followup, "id IN (SELECT followup FROM followup_source WHERE digest <> '')")
    return {f.work: f.lead for f in found}


async def test_a_sheet_is_looked_at_mended_written_and_taken_back(
    full: Path, tmp_path: Path
) -> None:
    async with at_work(full) as office:
        await opened(office, workbook(tmp_path / "việc.xlsx"))
        seen = office.seen()
        assert "1 sẽ nhập · 2 có lỗi" in seen
        await office.press("down")
        assert "Gần giống: Sở Y tế" in office.seen()
        await office.press("enter")
        assert isinstance(office.screen, FixForm)
        assert "Không có đơn vị nào tên “Sở Y tá”" in office.seen()
        office.one(Form).rows["lead"].value = "Sở Y tế"
        await office.press("f4")
        assert "2 sẽ nhập · 1 có lỗi" in office.seen()
        await office.press("B")
        assert "3 sẽ nhập" in office.seen()
        assert imported(office) == {}
        await office.press("f4")
        await office.settle()
        names = {u.id: u.name for u in office.store.live(Unit)}
        assert {w: names.get(lead or "") for w, lead in imported(office).items()} == {
            "Rà soát dự án chậm": "Sở Tài chính",
            "Báo cáo dịch bệnh": "Sở Y tế",
            "Số hóa hồ sơ": None,
        }
        (raw,) = office.store.live(FollowupSource, "excerpt LIKE '%cuối cùng%'")
        assert raw.kind == "hand"
        assert office.app.trash.restore()
        assert imported(office) == {}


async def test_a_column_is_said_to_be_another_and_that_is_remembered(
    full: Path, tmp_path: Path
) -> None:
    async with at_work(full) as office:
        path = workbook(tmp_path / "a.xlsx")
        await opened(office, path)
        await office.press("c")
        assert isinstance(office.screen, ImportColumns)
        assert "Ghi chú" in office.seen()
        await office.press("end", "enter")
        await office.type("san pham")
        await office.press("enter")
        assert "Sản phẩm" in office.seen()
        await office.press("escape")
        assert "gấp · còn thiếu: Thẩm quyền" in office.seen()
        await office.press("f4")
        await office.settle()
        screen = await opened(office, path)
        assert screen.incoming.proposals[0].state == "known"
        assert screen.incoming.proposals[1].texts["product"] == ""


async def test_rows_are_filtered_left_out_and_the_rest_written_to_a_file(
    full: Path, tmp_path: Path
) -> None:
    async with at_work(full) as office:
        await opened(office, workbook(tmp_path / "a.xlsx"))
        await office.press("space")
        assert "0 sẽ nhập" in office.seen()
        await office.press("f4")
        assert "Chưa có dòng nào để nhập" in office.seen()
        await office.press("f")
        assert "Rà soát dự án chậm" not in office.seen()
        await office.press("x", *["backspace"] * 12)
        await office.type(str(tmp_path / "con.xlsx"))
        await office.press("enter")
        page = load_workbook(tmp_path / "con.xlsx").active
        assert page is not None
        assert page.max_row == 4


async def test_what_was_mended_is_not_left_without_a_question(full: Path, tmp_path: Path) -> None:
    async with at_work(full) as office:
        await opened(office, workbook(tmp_path / "a.xlsx"))
        await office.press("enter")
        office.one(Form).rows["work"].value = "Rà soát lại"
        await office.press("f4", "escape")
        assert "Bỏ 1 dòng đã sửa" in office.seen()
        await office.press("n")
        assert isinstance(office.screen, ImportPreview)
        await office.press("escape", "b")
        assert isinstance(office.screen, ImportFile)


async def test_another_sheet_and_a_common_source_are_chosen(full: Path, tmp_path: Path) -> None:
    async with at_work(full) as office:
        kept = fields.add(office.store, "Đầu tư công")
        screen = await opened(office, workbook(tmp_path / "a.xlsx", "Quý II"))
        await office.press("t")
        await office.type("quy")
        await office.press("enter")
        assert "Quý II" in office.seen()
        await office.press("n")
        assert isinstance(office.screen, GivenForm)
        rows = office.one(Form).rows
        rows["kind"].value, rows["number"].value = "directive", "9/CĐ-TTg"
        rows["field"].value = kept.id
        await office.press("f4")
        first = screen.incoming.proposals[0]
        assert (first.source.kind, first.source.number) == ("directive", "9/CĐ-TTg")
        assert first.followup.field == kept.id


async def test_a_pasted_notice_is_shown_sentence_by_sentence(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("I", "tab")
        field = office.one(Form).rows["pasted"].control
        assert isinstance(field, PasteField)
        await office.feed(f"\x1b[200~{NOTICE}\x1b[201~".encode())
        assert field.value == "Số: 15/TB-UBND"
        await office.press("f4")
        await office.settle()
        seen = office.seen()
        assert "1 sẽ nhập · 1 không giao việc" in seen
        assert "15/TB-UBND" in seen
        assert "Thời hạn: trước 20/03/2026" in seen
        await office.press("f4")
        await office.settle()
        assert list(imported(office)) == ["rà soát vốn đầu tư công"]


async def test_a_file_that_cannot_be_read_is_told_in_its_row(full: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7")
    async with at_work(full) as office:
        await office.press("I")
        await office.press("f4")
        assert "Hãy ghi đường dẫn của một tệp." in office.seen()
        office.one(Form).rows["file"].value = str(path)
        await office.press("f4")
        await office.settle()
        assert "là PDF. Chưa nhập gì" in office.seen()
