"""How the main screens look, at the usual sizes. `pytest --snapshot-update` takes new ones."""

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

import office.followup_details  # noqa: F401  the readers are there at once
from office import followups, lifecycle
from office.lifecycle import Product
from schema.carets import Caret, put
from schema.records import Followup, FollowupEvent, Meeting
from schema.store import Store
from sync.conflicts import Conflict, Version
from sync.diary import Diary
from sync.machines import Machine
from sync.pairing import Invitation
from sync.problem import Problem, Reason
from sync.standing import Standing
from sync.state import Agreement
from sync.status import Status
from tests.tui.office import clock
from tests.tui.places import PLACES
from tests.tui.test_minutes_past import write_history
from tui.app import ThukyApp
from tui.editor.buffer import Place
from tui.editor.points_bar import PointsBar
from tui.overwritten import Overwritten
from tui.screens.carry_over import CarryOver
from tui.screens.minutes import MinutesScreen
from tui.screens.minutes_history import MinutesHistory
from tui.screens.sync_invite import Invite
from tui.sync_facts import Facts

MINUTES = (
    "# Kết luận\n"
    "! Giao Sở Y tế lập Kế hoạch tiêm chủng, trình UBND tỉnh phê duyệt trước ngày 15/3/2026.\n"
    "= Yêu cầu Sở Nội vụ rà soát hồ sơ tồn đọng trước ngày 20/3/2026.\n"
    "Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát các dự án chậm, báo cáo UBND tỉnh"
    " trong 05 ngày làm việc."
)
SIZES = [(80, 24), (120, 40)]
SHOWN = (
    *("today", "meetings", "month", "week", "new meeting", "roll call", "units and people"),
    *("settings", "help", "palette", "minutes", "found", "register"),
    *("follow-ups", "follow-ups, filtering", "filters", "follow-ups, grouped", "board"),
    *("deadlines", "deadlines of a week", "unit page", "what to do with many"),
    *("follow-up", "point", "new follow-up", "relief meeting"),
    *("rules of urging", "letterhead", "new inspection"),
    *("fields", "import preview"),
)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("place", SHOWN)
def test_looks(full: Path, snap_compare: Any, place: str, size: tuple[int, int]) -> None:
    async def go(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, ThukyApp)
        for key in PLACES[place]:
            await pilot.press(key)
            while not app.idle:
                await pilot.pause(0.01)
        await pilot.pause()

    app = ThukyApp(full, clock=clock)
    assert snap_compare(app, terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("keys", [(), ("D",), ("D", "enter", "a")], ids=["today", "all", "unit"])
def test_looks_while_somebody_is_to_be_urged(
    full: Path, snap_compare: Any, keys: Sequence[str], size: tuple[int, int]
) -> None:
    with Store(full, clock=clock) as store:
        for row in store.live(Followup):
            store.insert(FollowupEvent(followup=row.id, kind="started", at="2026-02-18T02:00:00Z"))

    async def go(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, ThukyApp)
        for key in ("g", *keys):
            while not app.idle:
                await pilot.pause(0.01)
            await pilot.press(key)
        while not app.idle:
            await pilot.pause(0.01)
        await pilot.pause()

    app = ThukyApp(full, clock=clock)
    assert snap_compare(app, terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_looks_while_earlier_work_is_gone_through(
    full: Path, snap_compare: Any, size: tuple[int, int]
) -> None:
    """One is done, one carried over, one late and one without a deadline are left."""
    # What happens first has the smaller id.
    ticks = count()

    def ticking() -> float:
        return clock() + next(ticks) / 1000

    works = ("2026-02-10", "2026-02-25", "2026-02-26", None)
    with Store(full, clock=ticking) as store:
        before, now = store.live(Meeting, "series IS NOT NULL ORDER BY starts_at")
        for n, due in enumerate(works):
            work = f"Rà soát {n + 2} dự án chậm tiến độ"
            new = Followup(
                id=f"f{n}", work=work, due=due, meeting=before.id, authority="Chủ tịch UBND tỉnh"
            )
            followups.add(store, new)
        lifecycle.assign(store, "f0", reason="giao ngay")
        lifecycle.submit(store, "f0", Product("Báo cáo", "15/BC-STC"))

    async def go(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, ThukyApp)
        app.push_screen(CarryOver(now.id))
        for key in ("", "x", "enter", "c"):
            if key:
                await pilot.press(key)
            while not app.idle:
                await pilot.pause(0.01)
        await pilot.pause()

    app = ThukyApp(full, clock=ticking)
    assert snap_compare(app, terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_looks_while_a_task_is_read_and_asked_about(
    full: Path, snap_compare: Any, size: tuple[int, int]
) -> None:
    """A task that was taken, one that is offered, and the bar that asks for what is missing."""

    async def go(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, ThukyApp)
        await pilot.press("enter")
        while not isinstance(app.screen, MinutesScreen) or app.screen.live.tasks.known is None:
            await pilot.pause(0.01)
        screen = app.screen
        screen.editor.type_text(MINUTES)
        while set(screen.editor.signs.values()) != {"»", "?"}:
            await pilot.pause(0.01)
        await pilot.press("tab")
        while not screen.query(PointsBar) or app.focused is screen.editor:
            await pilot.pause(0.01)
        await pilot.pause()

    app = ThukyApp(full, clock=clock)
    assert snap_compare(app, terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_looks_with_others_in_the_minutes(
    full: Path, snap_compare: Any, size: tuple[int, int]
) -> None:
    """One in the middle of a line, one at the end of the text, two with one given name."""

    async def go(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, ThukyApp)
        await pilot.press("enter")
        while not isinstance(app.screen, MinutesScreen) or app.screen.live.tasks.known is None:
            await pilot.pause(0.01)
        screen = app.screen
        screen.editor.type_text(MINUTES)
        app.keep()
        document = screen.keeper.document
        names = {"Trần Văn Bình": 20, "Lê Thị Hạnh": 150, "Vũ Thị Hạnh": len(document)}
        with Store(full, clock=clock) as store:
            for name, place in names.items():
                put(store, Caret(name, screen.meeting_id, document.anchor(place), name))
        while len(screen.company.names) < 3 or len(screen.editor.signs) < 3:
            await pilot.pause(0.01)
        screen.editor.go_to(Place(1, 0))
        while not app.idle or screen._timer is not None:
            await pilot.pause(0.01)
        await pilot.pause()

    app = ThukyApp(full, clock=clock)
    assert snap_compare(app, terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_looks_while_the_history_of_minutes_is_gone_through(
    full: Path, snap_compare: Any, size: tuple[int, int]
) -> None:
    with Store(full, clock=clock) as store:
        (meeting,) = store.live(Meeting, "opened_at IS NOT NULL AND closed_at IS NULL")
        write_history(store, meeting.id)

    async def go(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, ThukyApp)
        await pilot.press("enter", "ctrl+k", "s")
        while not isinstance(app.screen, MinutesHistory) or app.screen._shown is None:
            await pilot.pause(0.01)
        while not app.idle:
            await pilot.pause(0.01)
        await pilot.pause()

    app = ThukyApp(full, clock=clock)
    assert snap_compare(app, terminal_size=size, run_before=go)


def joined() -> Facts:
    """Two machines that agree, one that is out, and a deadline that both have changed."""
    at = "2026-02-27T06:40:00Z"
    said = Diary(watch="events", last_push=at, last_pull=at)
    first, second, third = "a" * 16, "b" * 16, "c" * 16
    joined_at = int(clock() * 1000) - 86_400_000
    lost = Version("due", "2026-03-05", int(clock() * 1000) << 16, second, None)
    shown = Version("due", "2026-03-10", lost.hlc + 1, first, None)
    value = Overwritten(
        conflict=Conflict("followup", "f", lost, shown),
        title="Nhiệm vụ: Rà soát các dự án chậm tiến độ trên địa bàn tỉnh",
        label="Thời hạn",
        lost="05/03/2026",
        shown="10/03/2026",
        device=second,
        at=at,
    )
    problem = Problem(Reason.NEWER, f"devices/{second}/9-9.seg", second)
    return Facts(
        status=Status(first, "/mnt/chung/thuky", True, said, 0, 1, (problem,), ()),
        asking="",
        machines=[
            Machine(first, "Văn phòng", True, joined_at, False, 0, None),
            Machine(second, "Tổng hợp", False, joined_at, False, 2, Agreement(second, at)),
            Machine(third, "Máy cũ", False, joined_at, True, 0, None),
        ],
        values=[value],
        settled=[],
    )


def apart() -> Facts:
    return Facts(Status("a", "", False, Diary(), 0, 0, (), ()), "", [], [], [])


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("facts", [apart, joined])
def test_looks_of_syncing(
    full: Path,
    snap_compare: Any,
    size: tuple[int, int],
    facts: Callable[[], Facts],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = facts()
    monkeypatch.setattr("tui.sync_facts.gather", lambda store, decided: known)

    async def go(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, ThukyApp)
        if known.joined:
            status = known.status
            app._show_standing(Standing("x", "", status.diary, 0, 1, status.problems))
        await pilot.press("7")
        while not app.idle:
            await pilot.pause(0.01)
        await pilot.press("end")
        await pilot.pause()

    app = ThukyApp(full, clock=clock)
    assert snap_compare(app, terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_looks_of_an_invitation(full: Path, snap_compare: Any, size: tuple[int, int]) -> None:
    async def go(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, ThukyApp)
        app._show_standing(Standing("/mnt/chung/thuky", "", Diary(), 0, 0, ()))
        until = int(clock() * 1000) + 15 * 60_000 - 1
        app.push_screen(Invite(Invitation("chkm-nptv-2345", until), []))
        await pilot.pause()

    app = ThukyApp(full, clock=clock)
    assert snap_compare(app, terminal_size=size, run_before=go)
