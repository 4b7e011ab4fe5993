"""A spreadsheet as offices write them goes in with every bad row named and none lost."""

from datetime import date
from pathlib import Path

from bench.importing import Contents, build
from office.demo.words import units as office_units
from office.importing.batch import write
from office.importing.sheets import SheetBatch
from schema.records import Followup, FollowupSource
from schema.store import Store

ON = date(2026, 2, 27)
FAULTS = {
    "no unit": ("lead", "Thiếu đơn vị chủ trì."),
    "no such unit": ("lead", "Không có đơn vị nào tên “Sở Vũ trụ"),
    "two units": ("lead", "Có 2 đơn vị chủ trì: Sở Tài chính; Sở Nội vụ."),
    "day": ("due", "Không hiểu thời hạn"),
    "formula": ("work", 'là công thức chưa có giá trị: ="Rà soát "&A'),
    "error": ("work", "ghi lỗi #REF! của bảng tính."),
    "work": ("work", "Thiếu nội dung việc."),
}


def test_5000_messy_rows_go_in_with_every_bad_one_named_and_none_lost(tmp_path: Path) -> None:
    path = tmp_path / "nhiệm vụ.xlsx"
    with Store(tmp_path / "thuky.db") as store:
        with store.transaction():
            units = [store.insert(unit) for unit, _parent in office_units()]
        contents = build(path, units)
        assert len(contents.good) + len(contents.bad) + len(contents.twice) == 5_000
        batch = SheetBatch.open(store, path, ON)
        _every_row_is_told_of(batch, contents)
        write(store, batch.going_in(), by="Lan")
        _every_good_row_is_there(batch, contents, store)
        batch.read()
        assert batch.going_in() == []
        batch.want("bad", "twice")
        _the_others_go_in_as_they_are_written(batch, contents, store)
        batch.read()
        assert {p.state for p in batch.proposals} == {"known", "heading"}


def _every_row_is_told_of(batch: SheetBatch, contents: Contents) -> None:
    states = {p.number: p.state for p in batch.proposals}
    assert states == (
        dict.fromkeys(contents.good, "new")
        | dict.fromkeys(contents.bad, "bad")
        | dict.fromkeys(contents.twice, "twice")
        | dict.fromkeys(contents.headings, "heading")
    )
    assert set(contents.bad.values()) == FAULTS.keys()
    for number, what in contents.bad.items():
        target, words = FAULTS[what]
        told = {f.target: str(f.error) for f in batch.proposal(number).faults}
        assert words in told[target], number
    for number, first in contents.twice.items():
        assert batch.proposal(number).twin == first


def _every_good_row_is_there(batch: SheetBatch, contents: Contents, store: Store) -> None:
    sources = {s.digest: s for s in store.live(FollowupSource)}
    kept = {f.id: f for f in store.live(Followup)}
    assert len(kept) == len(sources) == len(contents.good)
    for number, (unit, day) in contents.good.items():
        followup = kept[sources[batch.proposal(number).digest].followup or ""]
        assert followup.lead == unit, number
        assert followup.due == (day.isoformat() if day else None), number
        assert followup.work == batch.proposal(number).texts["work"]
        assert "\x1b" not in followup.work


def _the_others_go_in_as_they_are_written(
    batch: SheetBatch, contents: Contents, store: Store
) -> None:
    """What could not be read is in the excerpt of where it comes from; one step takes it back."""
    before = store.count(Followup)
    written = write(store, batch.going_in())
    assert written.rows.keys() == contents.bad.keys() | contents.twice.keys()
    excerpts = {s.followup: s.excerpt for s in store.live(FollowupSource)}
    for number, what in contents.bad.items():
        assert batch.proposal(number).texts[FAULTS[what][0]] in excerpts[written.rows[number]]
    assert store.count(Followup) == before + len(written.rows)
