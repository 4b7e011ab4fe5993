"""What the chair says is, while it is being said, a follow-up that is clear on its six points."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from schema.records import Followup, Meeting, Person, Post, Unit
from schema.store import Store
from tests.tui.office import Office, at, at_work, clock
from tui.editor.buffer import Place
from tui.editor.points_bar import PointsBar
from tui.screens.end_meeting import EndMeeting
from tui.screens.minutes import MinutesScreen
from tui.widgets.field import Field
from tui.widgets.line import Lines

SENTENCE = (
    "Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát các dự án chậm, báo cáo UBND tỉnh"
    " trong 05 ngày làm việc."
)
TITLE = "Giải ngân"


@asynccontextmanager
async def minutes(
    full: Path, typed: str = "", size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Office]:
    """The minutes of a meeting without any follow-up, with `typed` in them."""
    with Store(full, clock=clock) as store:
        id = store.insert(Meeting(title=TITLE, starts_at=at(0, 13), opened_at=at(0, 13))).id
    async with at_work(full, size, open_minutes=id) as office:
        await office.until(lambda: screen(office).live.tasks.known)
        if typed:
            screen(office).editor.type_text(typed)
        yield office


def screen(office: Office) -> MinutesScreen:
    (found,) = (s for s in office.app.screen_stack if isinstance(s, MinutesScreen))
    return found


def strip(office: Office) -> str:
    return "\n".join(text for text, _ in screen(office).query_one("#minutes-strip", Lines)._rows)


async def strip_says(office: Office, *words: str) -> None:
    await office.until(lambda: all(word in strip(office) for word in words))


async def bar(office: Office) -> PointsBar:
    await office.until(lambda: office.screen.query(PointsBar) and asking(office))
    return office.one(PointsBar)


def asking(office: Office) -> bool:
    return isinstance(office.app.focused, Field)


def followups(office: Office) -> list[Followup]:
    """Those of this meeting, as they are on disk."""
    office.app.writer.flush(10)
    id = screen(office).meeting_id
    return office.store.live(Followup, "meeting = ? ORDER BY created_at, id", id)


def unit(office: Office, name: str) -> str:
    (found,) = office.store.live(Unit, "name = ?", name)
    return found.id


async def due_changed_both_ways(office: Office) -> None:
    """Take SENTENCE, then change its deadline by hand to 31/3, and in the line to ten days."""
    await strip_says(office, "Tab")
    await office.press("tab")
    await bar(office)
    await office.press("escape")
    (kept,) = followups(office)
    office.store.update(Followup, kept.id, due="2026-03-31")
    office.app.changed()
    start = SENTENCE.index("05 ngày")
    screen(office).editor.replace_span(Place(0, start), Place(0, start + 2), "10")


async def test_the_reading_stands_beside_the_line_and_one_key_takes_it(full: Path) -> None:
    async with minutes(full, SENTENCE) as office:
        await strip_says(
            office, "✓ Sở Tài chính + Sở Xây dựng", "✓ hạn 06/03/2026", "✗ sản phẩm", "✗ thẩm quyền"
        )
        assert followups(office) == []
        await office.press("tab")
        await bar(office)
        await office.type("Danh sách dự án")
        await office.press("enter")
        await office.press("enter")  # what is suggested
        await office.until(lambda: not office.screen.query(PointsBar))
        assert screen(office).editor.cursor == (1, 0)
        (kept,) = followups(office)
        assert kept.lead == unit(office, "Sở Tài chính")
        assert kept.coordinating == unit(office, "Sở Xây dựng")
        assert kept.work == "rà soát các dự án chậm"
        assert (kept.due, kept.due_text) == ("2026-03-06", "trong 05 ngày làm việc")
        assert (kept.product, kept.authority) == ("Danh sách dự án", "UBND tỉnh")
        assert kept.line == SENTENCE
        assert screen(office).editor.lines[0] == SENTENCE


async def test_ordinary_minutes_show_nothing_beside_the_line(full: Path) -> None:
    async with minutes(full, "Các đại biểu thảo luận sôi nổi về nội dung trên") as office:
        live = screen(office).live
        await office.until(lambda: not live._timer)
        assert strip(office) == ""
        await office.press("tab")
        assert screen(office).editor.lines[0].endswith("trên    ")


async def test_the_walk_through_fits_a_small_terminal(full: Path) -> None:
    async with minutes(full, SENTENCE, (80, 24)) as office:
        await strip_says(office, "✓ Sở Tài chính + Sở Xây dựng", "✗ sản phẩm", "Tab: nhận việc")
        await office.press("tab")
        await bar(office)
        assert "Sản phẩm:" in office.seen()


async def test_what_was_changed_by_hand_stays_and_the_difference_is_shown(full: Path) -> None:
    async with minutes(full, SENTENCE) as office:
        await due_changed_both_ways(office)
        editor = screen(office).editor
        await strip_says(office, "≠", "31/03/2026 → 13/03/2026")
        await office.until(lambda: editor.signs.get(0) == "≠")
        assert followups(office)[0].due == "2026-03-31"
        await office.press("ctrl+k", "l")
        await office.until(lambda: editor.signs.get(0) == "✗")
        assert followups(office)[0].due == "2026-03-31"


async def test_one_key_has_the_follow_up_say_what_the_line_says(full: Path) -> None:
    async with minutes(full, SENTENCE) as office:
        await due_changed_both_ways(office)
        await strip_says(office, "≠")
        await office.press("tab")
        assert followups(office)[0].due == "2026-03-13"


async def test_cells_that_nobody_touched_follow_the_line_by_themselves(full: Path) -> None:
    async with minutes(full, "! " + SENTENCE) as office:
        await office.until(lambda: followups(office))
        start = 2 + SENTENCE.index("05 ngày")
        screen(office).editor.replace_span(Place(0, start), Place(0, start + 2), "10")
        await office.until(lambda: followups(office)[0].due == "2026-03-13")
        (kept,) = followups(office)
        assert kept.line == SENTENCE.replace("05 ngày", "10 ngày")


async def test_several_tasks_of_one_sentence_become_several(full: Path) -> None:
    words = (
        "Giao Sở Y tế lập kế hoạch trước ngày 15/3; giao Sở Nội vụ rà soát hồ sơ trước ngày 20/3."
    )
    async with minutes(full, words) as office:
        await strip_says(office, "2 việc", "Tab: nhận cả 2 việc")
        await office.press("tab")
        await bar(office)
        await office.press("escape")
        kept = followups(office)
        assert {f.lead for f in kept} == {unit(office, "Sở Y tế"), unit(office, "Sở Nội vụ")}
        assert {f.due for f in kept} == {"2026-03-15", "2026-03-20"}
        assert len(screen(office).live.tasks.ties()[0]) == 2


async def test_a_deleted_line_asks_and_nothing_is_lost_if_nobody_answers(full: Path) -> None:
    async with minutes(full, "Mở đầu\n! " + SENTENCE + "\nKết thúc") as office:
        await office.until(lambda: followups(office))
        editor = screen(office).editor
        editor.delete_span(Place(1, 0), Place(2, 0))
        await office.until(lambda: "đã mất dòng" in office.seen())
        assert len(followups(office)) == 1
        # The next letters are text, not an answer.
        await office.type("abc")
        assert "abc" in editor.lines[1]
        await office.press("ctrl+k", "z")
        assert followups(office) == []
        assert office.app.restore_deleted()
        assert len(followups(office)) == 1


async def test_taking_the_deletion_back_ties_the_line_again(full: Path) -> None:
    async with minutes(full, "Mở đầu\n! " + SENTENCE + "\nKết thúc") as office:
        await office.until(lambda: followups(office))
        editor, tasks = screen(office).editor, screen(office).live.tasks
        editor.buffer.document.checkpoint()
        editor.delete_span(Place(1, 0), Place(2, 0))
        await office.until(tasks.orphans)
        editor.undo()
        await office.until(lambda: not tasks.orphans() and 1 in tasks.ties())
        assert len(followups(office)) == 1


async def test_a_unit_that_nobody_knows_is_marked_and_can_be_added(full: Path) -> None:
    words = "Giao Sở Du lịch biển lập kế hoạch xây dựng cảng trước ngày 15/3, trình UBND tỉnh."
    async with minutes(full, words) as office:
        await strip_says(office, "~ Sở Du lịch biển (chưa có trong danh sách)")
        await office.press("tab")
        await bar(office)
        assert "Ai chủ trì:" in office.seen()
        await office.press("enter")
        await office.press("enter")
        await office.until(lambda: office.store.live(Unit, "name = 'Sở Du lịch biển'"))
        await office.press("escape")
        assert followups(office)[0].lead == unit(office, "Sở Du lịch biển")


async def test_two_persons_of_one_name_are_told_apart_by_their_posts(full: Path) -> None:
    with Store(full, clock=clock) as store:
        twin = store.insert(Person(name="Vũ Hà"))
        store.insert(Post(person=twin.id, title="Phó Giám đốc", starts_on="2025-01-01"))
    async with minutes(full, "! Rà soát lại toàn bộ hồ sơ tồn đọng") as office:
        await office.until(lambda: followups(office))
        await office.press("ctrl+k", "m")
        await bar(office)
        while "Ai chịu trách nhiệm" not in office.seen():
            await office.press("enter")
        await office.type("vu ha")
        await office.until(lambda: "2 Vũ Hà" in office.seen())
        number = 1 if "1 Vũ Hà, Phó Giám đốc" in office.seen() else 2
        await office.type(f" {number}")
        await office.press("enter")
        await office.until(lambda: followups(office)[0].accountable_person)
        assert followups(office)[0].accountable_person == twin.id


async def test_a_deadline_that_is_none_is_told_and_the_words_stay(full: Path) -> None:
    async with minutes(full, "Giao Sở Y tế báo cáo kết quả trước ngày 30/02.") as office:
        await strip_says(office, "~ “trước ngày 30/02”")
        await office.press("tab")
        await bar(office)
        await office.press("escape")
        (kept,) = followups(office)
        assert kept.due is None
        assert kept.due_text == "trước ngày 30/02"


async def test_a_deadline_in_the_past_is_told(full: Path) -> None:
    async with minutes(full, "Giao Sở Y tế báo cáo kết quả trước ngày 15/01/2026.") as office:
        await strip_says(office, "~", "(đã qua)")


async def test_anything_may_be_typed(full: Path) -> None:
    odd = "Giao Sở Y tế " + "rà soát " * 700 + "\x1b[31m\x07 trước ngày 15/3 please e\u0301"
    async with minutes(full, odd) as office:
        await strip_says(office, "Sở Y tế")
        assert "\x1b" not in screen(office).editor.lines[0]
        await office.press("tab")
        await office.until(lambda: followups(office))
        await office.press("escape")


async def test_minutes_are_read_where_no_unit_is_known(db: Path) -> None:
    async with minutes(db, SENTENCE) as office:
        await strip_says(office, "~ Sở Tài chính (chưa có trong danh sách)")


async def test_the_end_of_a_meeting_lists_what_is_still_open(full: Path) -> None:
    typed = "Mở đầu\n" + SENTENCE + "\n! Rà soát lại hồ sơ tồn đọng của tỉnh\nHết"
    async with minutes(full, typed) as office:
        await office.until(lambda: followups(office))
        await office.press("ctrl+k", "e")
        await office.until(lambda: isinstance(office.screen, EndMeeting))
        assert "Chưa nhận" in office.seen()
        assert "Thiếu điểm" in office.seen()
        await office.press("a")
        await office.until(lambda: len(followups(office)) == 2)
        assert "Chưa nhận" not in office.seen()
        await office.press("enter")
        await office.until(lambda: not isinstance(office.screen, EndMeeting))
        await bar(office)
        assert screen(office).editor.cursor.line == 1
        await office.press("escape")
        await office.press("ctrl+k", "e")
        await office.until(lambda: isinstance(office.screen, EndMeeting))
        await office.press("e")
        id = screen(office).meeting_id
        await office.until(lambda: office.store.get(Meeting, id).closed_at)


async def test_a_meeting_with_nothing_open_ends_at_once(full: Path) -> None:
    async with minutes(full, "Mở đầu\nHết") as office:
        await office.press("ctrl+k", "e")
        id = screen(office).meeting_id
        await office.until(lambda: office.store.get(Meeting, id).closed_at)


async def test_a_task_typed_in_a_hurry_is_kept_when_the_app_ends(full: Path) -> None:
    async with minutes(full) as office:
        id = screen(office).meeting_id
        screen(office).editor.type_text("! Họp lại")
        office.app.leave()
        await office.settle()
    with Store(full, clock=clock) as store:
        (kept,) = store.live(Followup, "meeting = ?", id)
        assert kept.work == "Họp lại"


async def test_units_added_meanwhile_are_read(full: Path) -> None:
    async with minutes(full, "Giao Sở Du lịch biển lập kế hoạch trước ngày 15/3.") as office:
        await strip_says(office, "chưa có trong danh sách")
        with Store(full, clock=clock) as store:
            store.insert(Unit(name="Sở Du lịch biển"))
        office.app.changed()
        await strip_says(office, "✓ Sở Du lịch biển")


async def test_a_follow_up_that_lost_its_line_is_listed_at_the_end_and_kept_or_deleted(
    full: Path,
) -> None:
    second = "Giao Sở Xây dựng lập quy hoạch, trình UBND tỉnh trước ngày 20/3/2026."
    async with minutes(full, f"! {SENTENCE}\n! {second}\nHết") as office:
        await office.until(lambda: len(followups(office)) == 2)
        screen(office).editor.delete_span(Place(0, 0), Place(2, 0))
        await office.until(lambda: len(screen(office).live.tasks.orphans()) == 2)
        await office.press("ctrl+k", "e")
        await office.until(lambda: isinstance(office.screen, EndMeeting))
        assert office.seen().count("Mất dòng") == 2
        await office.press("l")
        assert office.seen().count("Mất dòng") == 1
        await office.press("d", "d")
        await office.until(lambda: "Mất dòng" not in office.seen())
        (kept,) = followups(office)
        assert kept.anchor is None


async def test_a_follow_up_never_hangs_on_the_line_after_its_deleted_one(full: Path) -> None:
    other = SENTENCE.replace("Sở Tài chính", "Sở Nội vụ")
    async with minutes(full, f"! {SENTENCE}\n{other}\nHết") as office:
        await office.until(lambda: followups(office))
        before = followups(office)
        screen(office).editor.delete_span(Place(0, 0), Place(1, 0))
        await office.until(screen(office).live.tasks.orphans)
        assert followups(office) == before


async def test_a_line_whose_first_letters_are_typed_anew_keeps_its_follow_up(full: Path) -> None:
    async with minutes(full, f"Mở đầu\n! {SENTENCE}\nHết") as office:
        await office.until(lambda: followups(office))
        editor = screen(office).editor
        editor.replace_span(Place(1, 2), Place(1, 6), "Yêu cầu")
        await office.until(lambda: followups(office)[0].line.startswith("Yêu cầu"))
        assert len(followups(office)) == 1
        assert not screen(office).live.tasks.orphans()


async def test_a_follow_up_deleted_elsewhere_is_not_made_again_by_its_line(full: Path) -> None:
    async with minutes(full, f"! {SENTENCE}\nHết") as office:
        await office.until(lambda: followups(office))
        editor, tasks = screen(office).editor, screen(office).live.tasks
        office.app.trash.delete(Followup, followups(office)[0].id, "")
        office.app.changed()
        await office.until(lambda: not tasks.all())
        editor.edited_lines.add(0)
        screen(office)._read()
        assert followups(office) == tasks.all() == []
        # Asked for, it comes back.
        editor.go_to(Place(0, 0))
        await office.press("ctrl+k", "a")
        await office.until(lambda: len(followups(office)) == 1)


async def test_a_conclusion_that_gives_no_task_says_what_it_is(full: Path) -> None:
    async with minutes(full, "= Đánh giá cao kết quả của Sở Y tế.") as office:
        await strip_says(office, "Nhận định, không giao việc")


async def test_namesakes_are_told_apart_when_the_sentence_names_who_answers(full: Path) -> None:
    with Store(full, clock=clock) as store:
        twin = store.insert(Person(name="Vũ Hà"))
        store.insert(Post(person=twin.id, title="Phó Giám đốc", starts_on="2025-01-01"))
    words = (
        "Giao Sở Y tế lập kế hoạch trước ngày 20/3/2026, trình UBND tỉnh phê duyệt, đồng chí Vũ Hà"
        " chịu trách nhiệm."
    )
    async with minutes(full, words) as office:
        await strip_says(office, "Tab")
        await office.press("tab")
        await bar(office)
        await office.until(lambda: "2 Vũ Hà" in office.seen())
        await office.type("1" if "1 Vũ Hà, Phó Giám đốc" in office.seen() else "2")
        await office.press("enter")
        await office.until(lambda: followups(office)[0].accountable_person)
        assert followups(office)[0].accountable_person == twin.id
