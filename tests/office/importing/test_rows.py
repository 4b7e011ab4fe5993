"""Whatever a spreadsheet holds, each of its rows is told of, and what it says is kept."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office.importing.batch import digest_of, take_back, write
from office.importing.cells import CellReader
from office.importing.columns import column_named, letters, plain
from office.importing.files import Content, Form, understand
from office.importing.headers import number_in, written_day
from office.importing.sheets import SheetBatch
from office.importing.tables import Cell, cell_of
from schema.errors import ThukyError
from schema.records import Followup, FollowupSource, Person, Unit
from schema.store import Store
from schema.viet import clean

ON = date(2026, 2, 27)
HEADS = ("TT", "Nhiệm vụ", "Chủ trì", "Hạn", "Văn bản giao", "Tình hình")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(tmp_path_factory.mktemp("rows") / "thuky.db")
    with store.transaction():
        old = store.insert(Unit(name="Sở Kế hoạch và Đầu tư", abbr="SKHĐT"))
        new = store.insert(Unit(name="Sở Tài chính", abbr="STC", aliases="Sở TC"))
        store.update(Unit, old.id, successor=new.id)
        store.insert(Unit(name="Sở Văn hóa, Thể thao và Du lịch", abbr="SVHTTDL"))
        store.insert(Unit(name="Sở Xây dựng", abbr="SXD"))
        store.insert(Person(name="Trần Duy Đông"))
    return store


def sheet(store: Store, *rows: tuple[str, ...], heads: tuple[str, ...] = HEADS) -> SheetBatch:
    text = "\n".join("\t".join(row) for row in (heads, *rows))
    return SheetBatch(store, Content("bảng.csv", Form.TEXT, text=clean(text)), ON)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("05/03/2026", "2026-03-05"),
        ("5-3-26", "2026-03-05"),
        ("5.3.2026", "2026-03-05"),
        ("2026-03-05", "2026-03-05"),
        ("2026-03-05 00:00:00", "2026-03-05"),
        ("2026-03-05T00:00:00", "2026-03-05"),
        ("ngày 5 tháng 3 năm 2026", "2026-03-05"),
        ("Ngày 05/03/2026", "2026-03-05"),
        ("5 tháng 3 năm 2026", "2026-03-05"),
        ("46086", "2026-03-05"),
        ("46086.0", "2026-03-05"),
        ("trước ngày 5/3/2026", "2026-03-05"),
        ("Quý I/2026", "2026-03-31"),
        ("Quý II năm 2026", "2026-06-30"),
        ("tháng 4/2026", "2026-04-30"),
        ("trong 05 ngày làm việc", "2026-03-06"),
        ("hết năm 2026", "2026-12-31"),
    ],
)
def test_a_deadline_is_read_in_each_of_its_forms(store: Store, written: str, day: str) -> None:
    (found,) = sheet(store, ("1", "Rà soát", "STC", written)).proposals
    assert (found.followup.due, found.faults) == (day, ())


@pytest.mark.parametrize("written", ["31/02/2026", "13/13/2026", "khi nào xong thì xong", "sớm"])
def test_a_deadline_that_sets_no_day_is_told_and_its_words_are_kept(
    store: Store, written: str
) -> None:
    (found,) = sheet(store, ("1", "Rà soát", "STC", written)).proposals
    assert [fault.target for fault in found.faults] == ["due"]
    assert written in str(found.faults[0].error)
    assert f"Hạn: {written}" in found.source.excerpt


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("STC", "Sở Tài chính"),
        ("so tai chinh", "Sở Tài chính"),
        ("SỞ TÀI CHÍNH", "Sở Tài chính"),
        ("Sở Tài chính", "Sở Tài chính"),
        ("Sở TC", "Sở Tài chính"),
        ("- Sở Tài chính", "Sở Tài chính"),
        ("SKHĐT", "Sở Tài chính"),
        ("Sở Văn hoá, Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
    ],
)
def test_a_unit_is_known_by_any_of_its_names(store: Store, written: str, name: str) -> None:
    (found,) = sheet(store, ("1", "Rà soát", written, "")).proposals
    assert found.faults == ()
    assert store.get(Unit, found.followup.lead or "").name == name


def test_units_that_help_are_a_list_and_two_that_lead_are_a_fault(store: Store) -> None:
    heads = ("Nhiệm vụ", "Chủ trì", "Phối hợp", "Lãnh đạo phụ trách", "Lĩnh vực")
    good, bad = sheet(
        store,
        ("A", "STC", "SXD; Sở Văn hóa, Thể thao và Du lịch", "Đ/c Trần Duy Đông, PCT", "Xây dựng"),
        ("B", "STC, SXD", "Sở Lạ", "Ai đó", ""),
        heads=heads,
    ).proposals
    assert len(good.followup.coordinating.splitlines()) == 2
    assert store.get(Person, good.followup.leader or "").name == "Trần Duy Đông"
    assert good.field == "Xây dựng"
    assert good.faults == ()
    assert [fault.target for fault in bad.faults] == ["lead", "coordinating", "leader"]


def test_a_paper_is_read_from_the_words_that_name_it(store: Store) -> None:
    words = "Thông báo số 114/TB-VPCP ngày 25/2/2026 của VPCP"
    (found,) = sheet(store, ("1", "Rà soát", "STC", "", words, "Chưa xong")).proposals
    source = found.source
    assert (source.kind, source.number, source.issued_on) == (
        *("notice", "114/TB-VPCP", "2026-02-25"),
    )
    assert source.excerpt == "Tình hình: Chưa xong"
    assert number_in("47 / CĐ-TTg") == "47/CĐ-TTg"
    assert written_day("ngày 31 tháng 2 năm 2026") is None


def test_headings_repeated_heads_and_as_above_are_understood(store: Store) -> None:
    found = sheet(
        store,
        ("I", "LĨNH VỰC KINH TẾ"),
        ("1", "Rà soát", "STC", "5/3/2026"),
        HEADS,
        ("2", "Báo cáo", "nt", "như trên"),
    ).proposals
    assert [p.state for p in found] == ["heading", "new", "new"]
    assert found[1].followup.lead == found[2].followup.lead
    assert found[2].followup.due == "2026-03-05"


def test_a_row_that_says_it_is_done_is_told_to_go_in_as_open(store: Store) -> None:
    done, going = sheet(
        store,
        ("1", "Rà soát", "STC", "", "", "Đã hoàn thành 12/2"),
        ("2", "Báo cáo", "STC", "", "", "Hoàn thành trước 30/6"),
    ).proposals
    assert "vẫn là việc mở" in str(done.notes[0].error)
    assert going.notes == ()


def test_two_machines_that_import_one_file_make_the_same_rows(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        with Store(tmp_path / f"{name}.db") as store:
            store.insert(Unit(name="Sở Tài chính", abbr="STC"))
            rows = (("1", "Rà soát", "STC", "5/3/2026"), ("2", "Rà soát", "STC", "5/3/2026"))
            batch = sheet(store, *rows)
            batch.want("twice")
            write(store, batch.going_in(), by=name)
            sources = {s.id for s in store.live(FollowupSource)}
            made.append(({f.id for f in store.live(Followup)}, sources))
    assert made[0] == made[1]
    assert len(made[0][0]) == 2


def test_an_import_is_taken_back_in_one_step_and_may_be_done_again(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        store.insert(Unit(name="Sở Tài chính", abbr="STC"))
        rows = [(str(n), f"Việc {n}", "STC", "") for n in range(5)]
        written = write(store, sheet(store, *rows).going_in())
        take_back(store, written)
        assert store.count(Followup) == 0
        again = sheet(store, *rows)
        assert len(again.going_in()) == 5
        write(store, again.going_in())
        assert store.count(Followup) == 5


def test_an_import_that_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: float) -> None:
        if done:
            raise ThukyError("thôi")

    with Store(tmp_path / "a.db") as store:
        store.insert(Unit(name="Sở Tài chính", abbr="STC"))
        batch = sheet(store, *((str(n), f"Việc {n}", "STC", "") for n in range(60)))
        with pytest.raises(ThukyError):
            write(store, batch.going_in(), tell=stop)
        assert store.count(Followup) == store.count(FollowupSource) == 0


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["STC", "=1+1", "#REF!", "5/3/2026", "46086", "I", "nt", "Sở Tài chính; SXD", "0", "ngày"]
)


@settings(max_examples=60)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=8))
def test_no_text_keeps_a_table_from_being_read_and_no_row_is_dropped(
    store: Store, table: list[list[str]]
) -> None:
    rows = [tuple(" ".join(cell.replace('"', "").split()) for cell in row) for row in table]
    batch = sheet(store, *rows)
    proposed = {p.number for p in batch.proposals}
    for line in batch.sheet.rows[1:]:
        texts = [plain(c.text) for c in line.cells]
        repeats = texts == [plain(head) for head in HEADS[: len(texts)]]
        assert line.number in proposed or repeats
    for proposal in batch.proposals:
        said = proposal.source.excerpt + "".join(proposal.texts.values())
        assert "\x1b" not in said
        assert proposal.state != "new" or proposal.followup.lead


@given(st.binary(max_size=200))
def test_any_bytes_are_a_file_or_said_to_be_none(data: bytes) -> None:
    with suppress(ThukyError):
        content = understand(data, "tệp")
        assert content.form in Form
        assert "\x1b" not in content.text


@given(st.integers(0, 20_000))
def test_columns_are_called_as_spreadsheets_call_them(place: int) -> None:
    from office.importing.columns import Layout

    layout = Layout(1, [""] * 16_384, [""] * 16_384)
    if place < 16_384:
        assert column_named(layout, letters(place)) == place
    else:
        with pytest.raises(ThukyError):
            column_named(layout, str(place + 1))


def test_what_reads_like_a_formula_is_none_and_a_line_mark_is_a_text(store: Store) -> None:
    assert cell_of("=SUM(A1)").fault == "formula"
    assert cell_of("= Giao Sở A").fault == ""
    assert digest_of("A  b", "c") == digest_of("a B", "C")
    assert CellReader(store, ON).day(Cell("46086")) == date(2026, 3, 5)
