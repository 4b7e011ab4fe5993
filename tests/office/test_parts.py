"""A follow-up that is given to many units: a part for each, one table, one sum."""

from datetime import date
from itertools import count
from pathlib import Path

import pytest

from office import followups, parts
from office.answers import Answer, read_answer
from office.figures import Figure, read_figure, show_figure
from office.known import known
from office.unit_sets import types_called, types_said, units_of
from schema.errors import ThukyError
from schema.records import Followup, FollowupSource, Unit
from schema.store import Store

TODAY = date(2026, 3, 10)
COMMUNES = ("Xã Bản Nguyên", "Xã Ấm Thượng", "Xã Đan Thượng")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Its clock goes on by a second at each look."""
    seconds = count(1_772_000_000)
    store = Store(tmp_path / "thuky.db", clock=lambda: float(next(seconds)))
    for name in COMMUNES:
        store.insert(Unit(id=name, name=name, type="ubnd_xa"))
    store.insert(Unit(id="STC", name="Sở Tài chính", type="so_ban_nganh"))
    return store


@pytest.fixture
def whole(store: Store) -> str:
    """It was told to the communes."""
    task = Followup(work="Báo cáo giải ngân", due="2026-03-05", product="Báo cáo", monitor="VP")
    source = FollowupSource(kind="directive", number="12/CT-UBND", digest="once")
    id = followups.add(store, task, source=source).id
    followups.record(store, id, "assigned", note="giao các xã")
    parts.split(store, id, COMMUNES)
    return id


def rows(store: Store, whole: str) -> dict[str, parts.Part]:
    return {part.unit: part for part in parts.table(store, whole, TODAY)}


def part(store: Store, whole: str, unit: str = COMMUNES[0]) -> str:
    return parts.part_for(store, whole, unit).id


def test_each_unit_has_a_part_with_all_that_was_said_of_the_whole(store: Store, whole: str) -> None:
    table = parts.table(store, whole, TODAY)
    assert [each.unit for each in table] == [COMMUNES[1], COMMUNES[0], COMMUNES[2]], "by name"
    for each in table:
        row = each.followup
        assert (row.work, row.due, row.product, row.monitor, row.state) == (
            *("Báo cáo giải ngân", "2026-03-05", "Báo cáo", "VP", "assigned"),
        )
        assert row.given_at == store.get(Followup, whole).given_at, "told when the whole was"
        (source,) = followups.sources_of(store, row.id)
        assert (source.number, source.digest) == ("12/CT-UBND", "")
    assert parts.totals(table) == parts.Totals(units=3, late=3)


def test_parts_of_what_is_only_proposed_are_assigned_with_it(store: Store) -> None:
    task = Followup(work="A", due="2026-03-05", product="Báo cáo", authority="UBND tỉnh")
    id = followups.add(store, task).id
    parts.split(store, id, COMMUNES)
    assert {row.followup.state for row in rows(store, id).values()} == {"proposed"}
    event = followups.record(store, id, "assigned")
    assert event.waived == "", "each unit leads its part"
    parts.give(store, id, event.at)
    assert {row.followup.state for row in rows(store, id).values()} == {"assigned"}
    assert len(followups.events_of(store, part(store, id))) == 1


def test_answers_stand_in_one_table_and_their_figures_sum_up(store: Store, whole: str) -> None:
    for unit, said, done in (
        (COMMUNES[0], "12,5 tỷ đồng", True),
        (COMMUNES[1], "0,5 Tỷ đồng; 45/BC-UBND ngày 4/2/2026", False),
    ):
        parts.answer(store, part(store, whole, unit), read_answer(said, TODAY), done=done, by="Lan")
    table = rows(store, whole)
    assert parts.totals(table.values()) == parts.Totals(
        units=3, answered=2, done=1, late=2, sums=(parts.Sum(13.0, "Tỷ đồng", 2),)
    )
    given = table[COMMUNES[1]].answer
    assert given is not None
    assert (given.number, given.issued_on, given.by) == ("45/BC-UBND", "2026-02-04", "Lan")
    assert store.get(Followup, whole).state == "in_progress"


def test_a_whole_is_closed_when_all_its_parts_are(store: Store, whole: str) -> None:
    for unit in COMMUNES:
        assert (
            store.get(Followup, whole).state == "assigned" if unit == COMMUNES[0] else "in_progress"
        )
        parts.answer(store, part(store, whole, unit), Answer(note="đã làm"), done=True)
    assert store.get(Followup, whole).state == "done"


def test_a_whole_is_closed_before_its_parts_only_for_a_reason(store: Store, whole: str) -> None:
    parts.answer(store, part(store, whole), Answer(note="đã làm"), done=True)
    with pytest.raises(ThukyError, match="Còn 2 phần chưa xong"):
        followups.record(store, whole, "done", product="Báo cáo")
    assert store.get(Followup, whole).state == "in_progress"
    event = followups.record(store, whole, "done", product="Báo cáo", note="đã đủ số liệu")
    assert event.waived.split()[0] == "parts"
    assert store.get(Followup, whole).state == "done"
    followups.record(store, whole, "reopened", note="thiếu")
    assert store.get(Followup, whole).state == "in_progress"


def test_what_is_done_by_its_parts_is_reopened_by_a_part(store: Store, whole: str) -> None:
    for unit in COMMUNES:
        parts.answer(store, part(store, whole, unit), Answer(note="đã làm"), done=True)
    with pytest.raises(ThukyError, match="mở lại phần của đơn vị"):
        followups.record(store, whole, "reopened", note="thiếu")
    followups.record(store, part(store, whole), "reopened", note="thiếu")
    assert store.get(Followup, whole).state == "in_progress"


def test_an_answer_that_was_sent_back_counts_no_more(store: Store, whole: str) -> None:
    id = part(store, whole)
    parts.answer(store, id, Answer(figure=Figure(5.0, "hộ")))
    followups.record(store, id, "returned", note="thiếu biểu")
    table = parts.table(store, whole, TODAY)
    assert (parts.totals(table).answered, parts.totals(table).sums) == (0, ())
    assert rows(store, whole)[COMMUNES[0]].answer is None


def test_a_received_answer_needs_nothing_more_to_be_done(store: Store, whole: str) -> None:
    id = part(store, whole)
    parts.answer(store, id, Answer(number="7/BC-UBND"))
    (event,) = parts.answer(store, id, Answer(), done=True)
    assert event.kind == "done"
    found = rows(store, whole)[COMMUNES[0]].answer
    assert found is not None
    assert found.number == "7/BC-UBND"


def test_units_are_added_and_taken_away_later(store: Store, whole: str) -> None:
    before = store.get(Followup, whole).given_at
    (added,) = parts.split(store, whole, ["STC"])
    assert added.state == "assigned"
    assert added.given_at != before, "told now"
    assert parts.take_away(store, whole, ["STC"]) == 1
    assert "Sở Tài chính" not in rows(store, whole)
    (again,) = parts.split(store, whole, ["STC"])
    assert again.id == added.id
    followups.record(store, again.id, "started")
    with pytest.raises(ThukyError, match=r"Sở Tài chính đã có trả lời: .* lý do"):
        parts.take_away(store, whole, ["STC"], reason=" ")
    parts.take_away(store, whole, ["STC"], reason="không thuộc thẩm quyền")
    assert rows(store, whole)["Sở Tài chính"].followup.state == "cancelled"


def test_a_unit_that_was_merged_is_told_under_its_new_name(store: Store) -> None:
    store.update(Unit, COMMUNES[0], successor=COMMUNES[1])
    id = followups.add(store, Followup(work="A")).id
    (made,) = parts.split(store, id, [COMMUNES[0]])
    assert made.lead == COMMUNES[1]
    with pytest.raises(ThukyError, match="chỉ có một phần"):
        parts.split(store, id, [COMMUNES[0]])
    assert [unit.id for unit in units_of(store, ["ubnd_xa"])] == [COMMUNES[1], COMMUNES[2]]


def test_what_cannot_be_split_says_why_and_nothing_is_written(store: Store, whole: str) -> None:
    milestone = store.insert(Followup(work="M", parent=whole, role="milestone")).id
    ended = followups.add(store, Followup(work="B")).id
    followups.record(store, ended, "cancelled", note="thôi")
    before = store.count(Followup)
    for id, units, why in (
        (part(store, whole), ["STC"], "đã là phần của một đơn vị"),
        (milestone, ["STC"], "Mốc không chia"),
        (ended, ["STC"], "đã kết thúc"),
        (whole, ["STC", COMMUNES[0]], "chỉ có một phần .*Bản Nguyên"),
        (whole, ["STC", "STC"], "chỉ có một phần .*Sở Tài chính"),
    ):
        with pytest.raises(ThukyError, match=why):
            parts.split(store, id, units)
    assert store.count(Followup) == before


def test_an_answer_that_cannot_be_kept_says_why(store: Store, whole: str) -> None:
    id = part(store, whole)
    with pytest.raises(ThukyError, match="phải có gì để thấy"):
        parts.answer(store, id, Answer(), done=True)
    with pytest.raises(ThukyError, match="không phải phần"):
        parts.answer(store, whole, Answer(note="x"))
    parts.answer(store, id, Answer(note="x"), done=True)
    with pytest.raises(ThukyError, match="đã kết thúc"):
        parts.answer(store, id, Answer(note="y"))
    assert [event.kind for event in followups.events_of(store, id)] == [
        *("assigned", "submitted", "done")
    ]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("", Answer()),
        ("đã làm xong", Answer(note="đã làm xong")),
        ("45%", Answer(figure=Figure(45.0, "%"))),
        ("12 hộ; đợt 1", Answer(note="đợt 1", figure=Figure(12.0, "hộ"))),
        ("số 123/BC-UBND", Answer(number="123/BC-UBND")),
        ("123/BC-UBND 05/3", Answer(number="123/BC-UBND", issued_on="2026-03-05")),
        (
            "Báo cáo số 7/2026/BC-UBND, ngày 5.3.2026; https://x.vn/a?b=1",
            Answer(number="7/2026/BC-UBND", issued_on="2026-03-05", link="https://x.vn/a?b=1"),
        ),
        ("họp 12/3 và 13/3", Answer(note="họp 12/3 và 13/3")),
        ("3 xã còn vướng, chờ ý kiến", Answer(note="3 xã còn vướng, chờ ý kiến")),
        ("12 hộ đã được cấp giấy chứng nhận", Answer(note="12 hộ đã được cấp giấy chứng nhận")),
    ],
)
def test_one_line_says_paper_figure_link_and_words(line: str, answer: Answer) -> None:
    assert read_answer(line, TODAY) == answer


def test_a_day_that_there_is_not_is_said() -> None:
    with pytest.raises(ThukyError, match="Lịch không có ngày"):
        read_answer("12/BC-UBND ngày 31/02/2026", TODAY)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1.234,5 tỷ đồng", "1.234,5 tỷ đồng"),
        ("1 234 567", "1.234.567"),
        ("-3,25", "-3,25"),
        ("1.5 tỷ", "1,5 tỷ"),
        ("45 %", "45%"),
    ],
)
def test_figures_are_written_as_the_office_does(text: str, shown: str) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert show_figure(*figure) == shown


@pytest.mark.parametrize("text", ["", "12/3", "9" * 16, "một", "1,2,3"])
def test_what_is_no_figure_is_none(text: str) -> None:
    assert read_figure(text) is None


def test_a_sentence_tells_to_whom_it_is_given(store: Store) -> None:
    read = known(store)
    for sentence, types in (
        ("Giao các sở, ngành và UBND các xã báo cáo.", ["ubnd_xa", "so_ban_nganh"]),
        ("UBND các xã, phường thống kê số hộ nghèo.", ["ubnd_xa", "ubnd_phuong"]),
        ("Giao Sở Tài chính phối hợp với các sở, ngành rà soát.", []),
    ):
        assert types_said(["", sentence], read, TODAY) == types


@pytest.mark.parametrize(
    ("words", "types"),
    [
        ("Các sở, ban, ngành", ["so_ban_nganh"]),
        ("UBND các xã, phường", ["ubnd_xa", "ubnd_phuong"]),
        ("Các đơn vị, địa phương", ["ubnd_xa", "ubnd_phuong"]),
        ("UBND cấp xã", ["ubnd_xa", "ubnd_phuong"]),
        ("148 xã, phường", ["ubnd_xa", "ubnd_phuong"]),
        ("Bảo hiểm xã hội", []),
        ("Phương án", []),
    ],
)
def test_what_many_are_called_together_means_their_types(words: str, types: list[str]) -> None:
    assert types_called(words) == types
