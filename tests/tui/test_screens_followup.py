"""One follow-up: its points edited by hand, its deadline, its life, and new ones."""

import unicodedata
from pathlib import Path

import pytest
from textual.events import Paste

import office.followup_details  # noqa: F401  the readers are there at once
from office import followups
from office.conclusions import compare
from office.known import known
from schema.records import (
    AgendaItem,
    Attendance,
    Followup,
    FollowupSource,
    Meeting,
    Person,
    Post,
    Unit,
)
from schema.store import Store
from tests.tui.office import TODAY, Office, at, at_work
from tui.screens.followup_form import FollowupForm, SourceForm
from tui.screens.followup_page import FollowupPage
from tui.screens.minutes import MinutesScreen
from tui.screens.relief_meeting import ReliefMeeting
from tui.widgets.field import Field
from tui.widgets.form import Form

LATE = "Trình kế hoạch đầu tư công năm 2027"
LINE = "Giao Sở Tài chính rà soát các dự án chậm, báo cáo UBND tỉnh trong 05 ngày làm việc."


def late_one(store: Store) -> Followup:
    (found,) = store.live(Followup, "work = ?", LATE)
    return found


async def opened(office: Office, id: str) -> None:
    page = FollowupPage(id)
    office.app.push_screen(page)
    await office.until(lambda: page._known)
    await office.settle()


def go_to(office: Office, cell: str) -> None:
    assert isinstance(office.screen, FollowupPage), office.seen()
    assert office.screen._listing.go_to(cell)


async def edit(office: Office, cell: str, text: str) -> None:
    """Go to a point and type in it, in place of what is there."""
    go_to(office, cell)
    await office.press("enter", "end", "ctrl+u")
    await office.type(text)
    await office.press("enter")


async def fill_in(office: Office, name: str, text: str) -> None:
    """Type in a row of the form, in place of what is there, and read it."""
    control = office.one(Form).rows[name].control
    control.focus()
    if isinstance(control, Field):
        control.value = ""
    await office.type(text)
    if isinstance(office.screen, FollowupForm):
        screen = office.screen
        await office.until(lambda: screen._timer is None)


# --------------------------------------------------------------------- the page


async def test_each_point_says_without_colour_whether_it_is_clear(full: Path) -> None:
    async with at_work(full) as office:
        await opened(office, late_one(office.store).id)
        lines = office.seen().splitlines()
        marks = {line[3:19].strip(): line[1] for line in lines if line[19:20] == " "}
        assert {name: marks[name] for name in ("Chủ trì", "Việc", "Thời hạn", "Trách nhiệm")} == (
            dict.fromkeys(("Chủ trì", "Việc", "Thời hạn", "Trách nhiệm"), "✓")
        )
        assert (marks["Sản phẩm"], marks["Thẩm quyền"]) == ("✗", "✗")
        assert "quá hạn 3 ngày" in lines[0]


async def test_what_is_suggested_is_shown_as_such_and_taken_by_one_key(full: Path) -> None:
    async with at_work(full) as office:
        id = late_one(office.store).id
        await opened(office, id)
        await office.until(lambda: "Giám đốc Sở Tài chính (theo lệ)" in office.seen())
        assert "chưa có · gợi ý: Chủ tịch UBND tỉnh (t: lấy)" in office.seen()
        go_to(office, "authority")
        await office.press("t")
        assert office.store.get(Followup, id).authority == "Chủ tịch UBND tỉnh"
        assert "gợi ý: Chủ tịch" not in office.seen()


async def test_a_deadline_counts_from_its_meeting_and_shows_what_it_comes_to(full: Path) -> None:
    async with at_work(full) as office:
        id = late_one(office.store).id
        await opened(office, id)
        go_to(office, "due")
        await office.press("enter", "end", "ctrl+u")
        await office.type("trong 05 ngày làm việc")
        assert "→ 06/03/2026" in office.seen()
        await office.press("enter")
        kept = office.store.get(Followup, id)
        assert (kept.due, kept.due_text) == ("2026-03-06", "trong 05 ngày làm việc")
        assert kept.due_kind == "working_days"
        assert "Thứ Sáu 06/03/2026 · “trong 05 ngày làm việc”" in office.seen()


async def test_before_a_day_shows_the_last_day_in_time_and_the_last_working_day(
    full: Path,
) -> None:
    async with at_work(full, size=(120, 40)) as office:
        await opened(office, late_one(office.store).id)
        await edit(office, "due", "trước ngày 16/3/2026")
        seen = office.seen()
        assert "trước Thứ Hai 16/03/2026" in seen
        assert "ngày cuối còn đúng hạn: 15/03/2026" in seen
        assert "ngày làm việc cuối: 13/03/2026" in seen


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("30/02", "không có ngày 30/02"),
        ("trước ngày 30/02", "Lịch không có ngày này"),
        ("sớm nhất có thể", "Chưa hiểu thời hạn"),
    ],
)
async def test_a_deadline_that_is_none_is_not_written(full: Path, typed: str, told: str) -> None:
    async with at_work(full) as office:
        before = late_one(office.store)
        await opened(office, before.id)
        await edit(office, "due", typed)
        await office.press("enter")
        assert told in office.seen() or "Không hiểu ngày" in office.seen()
        assert typed in office.seen(), "what was typed is still there"
        await office.press("escape")
        assert office.store.get(Followup, before.id) == before


@pytest.mark.parametrize("typed", ["cuối năm", "01/01/2026", "giữa tháng 3"])
async def test_a_doubtful_or_past_deadline_is_asked_about_once(full: Path, typed: str) -> None:
    async with at_work(full) as office:
        before = late_one(office.store)
        await opened(office, before.id)
        await edit(office, "due", typed)
        assert office.store.get(Followup, before.id) == before
        assert "Enter lần nữa nếu đúng" in office.seen()
        await office.press("enter")
        assert office.store.get(Followup, before.id).due_text == typed


async def test_a_point_is_emptied_by_an_empty_answer(full: Path) -> None:
    async with at_work(full) as office:
        id = late_one(office.store).id
        await opened(office, id)
        for cell in ("due", "lead"):
            await edit(office, cell, "")
        kept = office.store.get(Followup, id)
        assert (kept.due, kept.due_text, kept.lead) == (None, "", None)
        await edit(office, "work", "")
        assert "phải nói làm việc gì" in office.seen()
        assert office.store.get(Followup, id).work == LATE


async def test_units_are_typed_short_and_several_with_semicolons(full: Path) -> None:
    async with at_work(full) as office:
        id = late_one(office.store).id
        await opened(office, id)
        await edit(office, "lead", "sxd")
        await edit(office, "coordinating", "stc; so y te")
        kept = office.store.get(Followup, id)
        units = {unit.abbr: unit.id for unit in office.store.live(Unit)}
        assert kept.lead == units["SXD"]
        assert kept.coordinating.splitlines() == [units["STC"], units["SYT"]]
        assert "Sở Tài chính; Sở Y tế" in office.seen()


async def test_a_merged_unit_is_taken_for_the_one_that_has_its_duties(full: Path) -> None:
    async with at_work(full) as office:
        store = office.store
        units = {unit.abbr: unit.id for unit in store.live(Unit)}
        store.update(Unit, units["SXD"], successor=units["SNV"])
        id = late_one(store).id
        await opened(office, id)
        await edit(office, "lead", "sxd")
        await edit(office, "coordinating", "Sở Xây dựng")
        kept = store.get(Followup, id)
        assert (kept.lead, kept.coordinating) == (units["SNV"], units["SNV"])


async def test_two_persons_of_one_name_are_told_apart_by_their_posts(full: Path) -> None:
    async with at_work(full) as office:
        store = office.store
        twin = store.insert(Person(name="Vũ Hà"))
        store.insert(Post(person=twin.id, title="Chánh Văn phòng", starts_on="2025-01-01"))
        id = late_one(store).id
        await opened(office, id)
        go_to(office, "accountable")
        await office.press("enter")
        await office.type("vu ha")
        assert "Vũ Hà (Chánh Văn phòng)" in office.seen()
        rows = [s.value for s in office.one(Field).offered]  # type: ignore[attr-defined]
        await office.press(*["down"] * rows.index(twin.id), "enter")
        kept = store.get(Followup, id)
        assert (kept.accountable, kept.accountable_person) == ("Vũ Hà", twin.id)


async def test_what_is_edited_here_is_not_the_lines_to_change(full: Path) -> None:
    async with at_work(full) as office:
        store = office.store
        read = known(store)
        cells = read.cells(read.read(LINE, TODAY))
        id = store.insert(Followup(line=LINE, **cells)).id
        await opened(office, id)
        await edit(office, "work", "rà soát 12 dự án chậm")
        await edit(office, "due", "15/4/2026")
        changed = LINE.replace("dự án chậm", "dự án treo").replace("05", "10")
        difference = compare(
            store.get(Followup, id), changed, lambda words: read.cells(read.read(words, TODAY))
        )
        assert not difference.follows.keys() & {"work", "due"}


async def test_g_goes_to_the_line_in_the_minutes(full: Path) -> None:
    async with at_work(full) as office:
        one = late_one(office.store)
        await opened(office, one.id)
        await office.press("g")
        assert isinstance(office.screen, MinutesScreen)
        assert office.screen.meeting_id == one.meeting


async def test_the_line_is_shown_as_it_is_now_and_as_it_was_taken(full: Path) -> None:
    async with at_work(full) as office:
        meeting = office.meeting("Phiên họp thường kỳ tháng 2").id
        office.app.open_minutes(meeting)
        await office.settle()
        minutes = office.screen
        assert isinstance(minutes, MinutesScreen)
        minutes.editor.type_text(f"! {LINE}\n")
        await office.until(lambda: minutes._timer is None)
        minutes.keep_now()
        office.app.writer.flush(5)
        (made,) = office.store.live(Followup, "line = ?", LINE)
        office.store.update(Followup, made.id, line="Giao Sở Tài chính rà soát.")
        await opened(office, made.id)
        now = "Dòng biên bản    Giao Sở Tài chính rà soát các dự án"
        await office.until(lambda: now in office.seen())
        assert "Dòng lúc nhận    Giao Sở Tài chính rà soát." in office.seen()


async def test_a_state_is_changed_by_what_happened_with_its_reason(full: Path) -> None:
    async with at_work(full) as office:
        id = late_one(office.store).id
        await opened(office, id)
        await office.press("s")
        await office.type("huy")
        await office.press("enter", "enter")
        assert office.store.get(Followup, id).state == "proposed", "no reason was given"
        await office.press("s")
        await office.type("huy")
        await office.press("enter")
        await office.type("trùng với việc khác")
        await office.press("enter")
        assert office.store.get(Followup, id).state == "cancelled"
        assert "Hủy · Lê Thị Lan · trùng với việc khác" in office.seen()
        await office.press("u")
        assert office.store.get(Followup, id).state == "proposed"
        assert "(đã rút lại)" in office.seen()


async def test_what_was_deleted_comes_back_by_u(full: Path) -> None:
    async with at_work(full) as office:
        id = late_one(office.store).id
        await opened(office, id)
        await office.press("d", "d")
        assert office.store.get(Followup, id).deleted_at
        assert "ĐÃ XÓA" in office.seen()
        await office.press("u")
        assert office.store.get(Followup, id).deleted_at is None


async def test_a_deadline_that_waits_for_a_session_is_bound_to_it_by_b(full: Path) -> None:
    async with at_work(full, size=(120, 40)) as office:
        store = office.store
        session = store.insert(
            Meeting(title="Phiên họp thường kỳ tháng 3", kind="regular", starts_at=at(35, 8))
        )
        id = late_one(store).id
        await opened(office, id)
        await edit(office, "due", "tại phiên họp thường kỳ tháng 3")
        assert "chưa gắn với cuộc họp nào" in office.seen()
        await office.press("b", "enter")
        kept = store.get(Followup, id)
        assert (kept.due_meeting, kept.due) == (session.id, "2026-04-03")
        assert "theo ngày của cuộc họp" in office.seen()
        await office.press("b", "enter")
        assert store.get(Followup, id).due_meeting is None
        assert store.get(Followup, id).due_event


async def test_a_directives_particulars_are_edited_from_its_line(full: Path) -> None:
    async with at_work(full) as office:
        source = FollowupSource(kind="directive", number="12/CĐ-TTg", issuer="Thủ tướng")
        kept = followups.add(office.store, Followup(work="Giải ngân"), source=source)
        (kept_source,) = followups.sources_of(office.store, kept.id)
        await opened(office, kept.id)
        assert "Văn bản chỉ đạo 12/CĐ-TTg · Thủ tướng" in office.seen()
        go_to(office, f"source:{kept_source.id}")
        await office.press("enter")
        assert isinstance(office.screen, SourceForm)
        await fill_in(office, "issued_on", "5/2/2026")
        await office.press("f4")
        assert "Văn bản chỉ đạo 12/CĐ-TTg · 05/02/2026 · Thủ tướng" in office.seen()


async def test_a_notice_of_a_meeting_shows_its_number_date_and_issuer(full: Path) -> None:
    async with at_work(full, size=(120, 40)) as office:
        one = late_one(office.store)
        notice = FollowupSource(
            followup=one.id,
            kind="notice",
            meeting=one.meeting,
            number="71/TB-UBND",
            issued_on="2026-02-26",
            issuer="UBND tỉnh",
        )
        id = office.store.insert(notice).id
        await opened(office, one.id)
        assert "Thông báo kết luận 71/TB-UBND · 26/02/2026 · UBND tỉnh · " in office.seen()
        go_to(office, f"source:{id}")
        await office.press("enter")
        assert isinstance(office.screen, SourceForm)
        await fill_in(office, "number", "72/TB-UBND")
        await office.press("f4")
        kept = office.store.get(FollowupSource, id)
        assert (kept.number, kept.meeting) == ("72/TB-UBND", one.meeting)


# ----------------------------------------------------------------- a new one


async def test_a_sentence_fills_in_the_fields_and_hands_keep_what_they_typed(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("N")
        assert isinstance(office.screen, FollowupForm)
        await fill_in(office, "product", "Danh mục")
        await fill_in(office, "sentence", LINE)
        values = office.screen.values
        assert values["lead"] == "Sở Tài chính"
        assert values["work"] == "rà soát các dự án chậm"
        assert values["due"] == "trong 05 ngày làm việc"
        assert values["product"] == "Danh mục"
        assert "→ 06/03/2026" in office.seen()
        assert "gợi ý: UBND tỉnh (F2)" in office.seen()
        await fill_in(office, "work", "rà soát 12 dự án")
        await fill_in(office, "sentence", LINE.replace("Tài chính", "Y tế"))
        assert office.screen.values["work"] == "rà soát 12 dự án"
        assert office.screen.values["lead"] == "Sở Y tế"
        office.one(Form).rows["authority"].control.focus()
        await office.press("f2", "f4")
        (kept,) = office.store.live(Followup, "work = 'rà soát 12 dự án'")
        units = {unit.abbr: unit.id for unit in office.store.live(Unit)}
        assert (kept.lead, kept.due, kept.authority) == (units["SYT"], "2026-03-06", "UBND tỉnh")
        (source,) = followups.sources_of(office.store, kept.id)
        assert (source.kind, source.excerpt) == ("hand", LINE.replace("Tài chính", "Y tế"))


async def test_a_directive_counts_its_deadline_from_its_own_date(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("3", "n")
        await fill_in(office, "sentence", LINE)
        office.one(Form).rows["kind"].value = "directive"
        await fill_in(office, "number", "12/CĐ-TTg")
        await fill_in(office, "issued_on", "5/2/2026")
        await fill_in(office, "issuer", "Thủ tướng Chính phủ")
        assert "→ 12/02/2026" in office.seen()
        await office.press("f4")
        assert "đã qua" in office.seen(), "it is asked about, once"
        await office.press("f4")
        (kept,) = office.store.live(Followup, "due = '2026-02-12'")
        (source,) = followups.sources_of(office.store, kept.id)
        told = (source.kind, source.number, source.issued_on, source.issuer)
        assert told == ("directive", "12/CĐ-TTg", "2026-02-05", "Thủ tướng Chính phủ")


async def test_a_sentence_with_several_tasks_becomes_several(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("N")
        both = "Giao Sở Tài chính rà soát dự án; giao Sở Y tế lập kế hoạch trước ngày 15/3/2026."
        await fill_in(office, "sentence", both)
        assert office.screen.values["lead"] == "Sở Tài chính"  # type: ignore[attr-defined]
        await office.press("f4")
        assert isinstance(office.screen, FollowupForm)
        await office.until(lambda: office.one(Form).rows["lead"].value)
        assert office.screen.values["lead"] == "Sở Y tế"
        await office.press("f4")
        assert office.store.count(Followup, "work IN ('rà soát dự án', 'lập kế hoạch')") == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "Giao Sở Tài chính rà soát " + "các dự án chậm tiến độ, " * 220,
        unicodedata.normalize("NFD", LINE),
        "Please have Sở Tài chính check the \x1b[31mslow\x1b[0m projects\u202e by Friday",
        "!!! ??? ;;; 30/02/2026",
    ],
    ids=["5,000 characters", "NFD", "control characters, English", "no words"],
)
async def test_whatever_is_pasted_is_kept_whole(db: Path, sentence: str) -> None:
    async with at_work(db) as office:
        await office.press("N")
        form = office.screen
        assert isinstance(form, FollowupForm)
        office.one(Field).post_message(Paste(sentence))
        await office.until(lambda: form.values["work"])
        typed = form.values["sentence"]
        assert unicodedata.is_normalized("NFC", typed)
        # No units are on file: one that was read has to be added or left out.
        for name in ("lead", "coordinating", "due"):
            form.form.rows[name].value = ""
        await office.press("f4")
        (kept,) = office.store.live(Followup)
        (source,) = followups.sources_of(office.store, kept.id)
        assert source.excerpt == typed
        assert "\x1b" not in office.seen()


async def test_what_was_typed_is_there_when_the_form_opens_again(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("N")
        await fill_in(office, "sentence", LINE)
        await fill_in(office, "work", "việc sửa tay")
        await office.press("escape", "N")
        assert isinstance(office.screen, FollowupForm)
        assert office.screen.values["sentence"] == LINE
        assert office.screen.values["work"] == "việc sửa tay"


async def test_nothing_is_made_of_nothing_and_an_unknown_unit_is_told(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("N", "f4")
        assert "chưa nói việc gì" in office.seen()
        await fill_in(office, "work", "A")
        await fill_in(office, "coordinating", "Sở Không Có")
        await office.press("f4")
        assert "Không có đơn vị nào" in office.seen()
        assert not office.store.count(Followup, "work = 'A'")


# ------------------------------------------------------------ meeting about some


async def test_a_meeting_on_marked_follow_ups_is_written_when_it_is_saved(full: Path) -> None:
    async with at_work(full) as office:
        await office.press("3", "space", "space", "h")
        assert isinstance(office.screen, ReliefMeeting)
        assert "Sở Tài chính: Trình kế hoạch đầu tư công năm 2027" in office.seen()
        before = len(office.meetings())
        await office.press("escape")
        assert len(office.meetings()) == before
        await office.press("h", "f4")
        meeting = office.meeting("Họp tháo gỡ việc chậm: Sở Tài chính")
        assert meeting.kind == "thematic"
        assert office.store.count(AgendaItem, "meeting = ?", meeting.id) == 2
        (there,) = office.store.live(Attendance, "meeting = ?", meeting.id)
        assert there.person
        one = late_one(office.store)
        assert [s.meeting for s in followups.sources_of(office.store, one.id)] == [meeting.id]
