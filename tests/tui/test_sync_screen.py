"""Syncing as a person sees it: never in the way, in words, and nothing lost whatever is typed."""

import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from office.moments import show_date
from schema import texts
from schema.document import Document
from schema.errors import ThukyError
from schema.records import Followup, Meeting, Unit
from schema.store import Store
from sync import enrol, pairing
from sync.conflicts import conflicts
from sync.diary import Diary, diary
from sync.engine import Engine
from sync.folder import Gone
from sync.local import JOINING, keys_path
from sync.lock import only_one
from tests.sync.machines import CHEAP
from tests.tui.office import NAME, Office, at_work
from tui import sync_facts
from tui.overwritten import Overwritten
from tui.screens.followup_page import FollowupPage
from tui.screens.minutes import MinutesScreen
from tui.screens.sync import SyncScreen
from tui.screens.sync_forms import Join, NewFolder
from tui.screens.sync_invite import Invite
from tui.screens.today import Today
from tui.sync_facts import Facts
from tui.widgets.field import Field
from tui.widgets.form import Form


class Two:
    """Two machines of one workspace; the app is opened on the first."""

    def __init__(self, where: Path) -> None:
        self.folder = where / "chung"
        self.folder.mkdir()
        self.stores = []
        for name in ("a", "b"):
            (where / name).mkdir()
            store = Store(where / name / "thuky.db")
            store.set_local({"name": NAME})
            self.stores.append(store)
        self.one, self.two = self.stores

    @property
    def path(self) -> Path:
        return self.one.path

    def join(self) -> "Two":
        first = enrol.init(self.one, self.folder, "Văn phòng")
        code = pairing.invite(first, CHEAP).code
        enrol.ask_to_join(self.two, self.folder, code, "Tổng hợp")
        pairing.serve(first)
        assert enrol.joined(self.two, self.folder)
        self.meet()
        return self

    def meet(self) -> None:
        for store in (self.one, self.two, self.one, self.two):
            workspace = enrol.opened(store)
            assert workspace
            assert Engine(store, workspace).round().failure is None

    def both_change_the_deadline(self) -> None:
        self.one.insert(Unit(id="u", name="Sở Tài chính"))
        self.one.insert(Followup(id="f", work="Rà soát dự án", lead="u", due="2026-05-01"))
        self.meet()
        self.one.update(Followup, "f", due="2026-05-15")
        self.two.update(Followup, "f", due="2026-06-20")
        self.meet()

    @property
    def due(self) -> str | None:
        return self.one.get(Followup, "f").due

    @property
    def lost(self) -> str:
        """The deadline that was overwritten."""
        (conflict,) = conflicts(self.one)
        return str(conflict.lost.val)


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    monkeypatch.setenv("THUKY_LOG", str(tmp_path / "thuky.log"))
    monkeypatch.delenv("THUKY_LANG", raising=False)
    made = Two(tmp_path)
    yield made
    for store in made.stores:
        store.close()


@asynccontextmanager
async def opened(two: Two, *keys: str, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Office]:
    """The app on the first machine, while something else syncs its database."""
    with only_one(two.path):
        async with at_work(two.path, size, clock=time.time) as office:
            await office.press(*keys)
            yield office


async def test_a_key_that_comes_before_all_is_known_is_not_lost(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = threading.Event()
    gather = sync_facts.gather

    def slowly(store: Store, decided: Sequence[Overwritten]) -> Facts:
        known.wait(20)
        return gather(store, decided)

    monkeypatch.setattr(sync_facts, "gather", slowly)
    async with opened(two) as office:
        await office.pilot.press("7", "n")
        assert isinstance(office.screen, SyncScreen)
        known.set()
        await office.until(lambda: isinstance(office.screen, NewFolder))


async def test_where_nothing_is_synced_nothing_is_said_of_it(two: Two) -> None:
    async with opened(two) as office:
        assert office.app.sync_told is None
        assert office.app._keeper is None
        assert "đồng bộ" not in office.seen().lower()


async def test_every_page_says_quietly_that_all_is_in_step(two: Two) -> None:
    async with opened(two.join()) as office:
        await office.until(lambda: "✓ đồng bộ" in office.seen())
        await office.press("3")
        assert "✓ đồng bộ" in office.seen().splitlines()[-2]


async def test_a_folder_that_is_away_is_told_with_the_time_since_when(two: Two) -> None:
    said = Diary()
    said.fail(Gone(str(two.folder)), two.one.now())
    async with opened(two.join(), "7") as office:
        assert isinstance(office.screen, SyncScreen)
        said.write(two.path)
        await office.until(lambda: "! mất thư mục chung từ" in office.seen().splitlines()[-2])
        await office.until(lambda: "Không thấy thư mục chung" in office.seen())
        await office.press("1")
        await office.until(lambda: "▸! Đồng bộ           mất thư mục chung từ" in office.seen())
        Diary().write(two.path)
        await office.until(lambda: "✓ đồng bộ" in office.seen().splitlines()[-2])


async def test_the_line_about_syncing_on_today_opens_its_screen(two: Two) -> None:
    async with opened(two.join()) as office:
        await office.until(lambda: "Đồng bộ" in office.seen())
        await office.press("G", "enter")
        assert isinstance(office.screen, SyncScreen)
        await office.press("escape")
        assert isinstance(office.screen, Today)


async def test_a_sentence_has_the_room_that_it_needs(two: Two) -> None:
    async with opened(two.join(), "3") as office:
        await office.until(lambda: "✓ đồng bộ" in office.seen())
        office.app.say("x" * 72)
        await office.settle()
        assert office.seen().splitlines()[-2].split() == ["x" * 72, "✓"]
        office.app.say("x" * 90)
        await office.settle()
        assert "✓" not in office.seen().splitlines()[-2]


async def test_machines_are_told_with_what_was_compared(two: Two) -> None:
    two.join()
    for store in (two.one, two.two, two.one):
        workspace = enrol.opened(store)
        assert workspace
        Engine(store, workspace).round(prove=True)
    async with opened(two, "7") as office:
        await office.until(lambda: "giống hệt lúc" in office.seen())
        assert "Văn phòng · máy này" in office.seen()
        assert str(two.folder) in "".join(office.seen().split())


async def test_an_overwritten_value_comes_back_with_one_key_and_the_other_key_changes_that(
    two: Two,
) -> None:
    two.join().both_change_the_deadline()
    shown, lost = two.due, two.lost
    async with opened(two, "7") as office:
        await office.until(lambda: "Nhiệm vụ: Rà soát dự án · Thời hạn" in office.seen())
        who = "Văn phòng" if lost == "2026-05-15" else "Tổng hợp"
        assert f"mất: {show_date(date.fromisoformat(lost))} ({who}" in office.seen()
        assert f"đang hiện: {show_date(date.fromisoformat(shown or ''))}" in office.seen()
        await office.press("G", "l")
        await office.until(lambda: "đã lấy lại giá trị mất" in office.seen())
        assert two.due == lost
        assert conflicts(two.one) == []
        await office.press("b")
        await office.until(lambda: "đã giữ giá trị đang hiện" in office.seen())
        assert two.due == shown
        await office.press("l")
        await office.until(lambda: "đã lấy lại giá trị mất" in office.seen())
        assert two.due == lost
    two.meet()
    assert two.two.get(Followup, "f").due == lost
    assert conflicts(two.two) == []


async def test_what_shows_may_be_kept_and_the_lost_value_had_back_after_all(two: Two) -> None:
    two.join().both_change_the_deadline()
    shown, lost = two.due, two.lost
    async with opened(two, "7") as office:
        await office.until(lambda: "Bị ghi đè (1)" in office.seen())
        await office.press("G", "b")
        await office.until(lambda: "đã giữ giá trị đang hiện" in office.seen())
        assert (two.due, conflicts(two.one)) == (shown, [])
        await office.press("l")
        await office.until(lambda: "đã lấy lại giá trị mất" in office.seen())
        assert two.due == lost


async def test_enter_on_an_overwritten_value_opens_the_followup_that_it_is_of(two: Two) -> None:
    two.join().both_change_the_deadline()
    async with opened(two, "7") as office:
        await office.until(lambda: "Bị ghi đè (1)" in office.seen())
        await office.press("G", "enter")
        assert isinstance(office.screen, FollowupPage)


async def test_a_machine_that_was_let_in_shows_without_a_key(two: Two) -> None:
    first = enrol.init(two.one, two.folder, "Văn phòng")
    enrol.ask_to_join(two.two, two.folder, pairing.invite(first, CHEAP).code, "Tổng hợp")
    async with opened(two, "7") as office:
        # What waits to be sent is told after a while; nothing else is still to come.
        await office.until(lambda: "Các máy (1)" in office.seen() and "↑" in office.seen())
        pairing.serve(first)
        await office.until(lambda: "Các máy (2)" in office.seen())


async def test_a_machine_is_put_out_only_after_one_more_key(two: Two) -> None:
    two.join()
    async with opened(two, "7") as office:
        await office.until(lambda: "Tổng hợp" in office.seen())
        office.screen._listing.go_to(f"machine:{device(two.two)}")  # type: ignore[attr-defined]
        await office.press("d", "x")
        assert revoked(two) == set()
        await office.press("d", "d")
        await office.until(lambda: "đã loại" in office.seen())
        assert revoked(two) == {device(two.two)}


def device(store: Store) -> str:
    return str(store.connection.execute("SELECT device FROM clock").fetchone()[0])


def revoked(two: Two) -> set[str]:
    workspace = enrol.opened(two.one)
    assert workspace
    return set(workspace.vault.trust.revoked)


async def test_a_lost_key_is_told_and_a_new_code_lets_the_machine_in_again(two: Two) -> None:
    keys_path(two.join().path).unlink()
    async with opened(two, "7") as office:
        await office.until(lambda: "Không thấy tệp khóa" in office.seen())
        await office.press("t")
        assert isinstance(office.screen, Join)


# Pairing


async def filled(office: Office, **values: str) -> None:
    """Fill the form in, and have it done."""
    for name, value in values.items():
        office.one(Form).rows[name].value = value
    await office.press("f4")


async def test_a_shared_folder_is_set_up_and_a_machine_invited_by_keys(two: Two) -> None:
    async with opened(two, "7") as office:
        await office.until(lambda: "chưa đồng bộ với máy nào" in office.seen())
        await office.press("n")
        assert isinstance(office.screen, NewFolder)
        await filled(office, folder=str(two.folder), name="Văn phòng")
        await office.until(lambda: "Văn phòng · máy này" in office.seen())
        await office.press("m")
        await office.until(lambda: isinstance(office.screen, Invite))
        assert "còn 15 phút" in office.seen()
        line = next(
            line for line in office.seen().splitlines() if "│   " in line and line.strip(" │")
        )
        groups = [group.replace(" ", "") for group in line.strip(" │").split("     ")]
        assert [len(group) for group in groups] == [4, 4, 4]
        enrol.ask_to_join(two.two, two.folder, " ".join(groups), "Tổng hợp")
        workspace = enrol.opened(two.one)
        assert workspace
        pairing.serve(workspace)
        await office.until(lambda: "✓ Máy “Tổng hợp” đã vào." in office.seen())
        assert "Mã đã dùng" in office.seen()


async def test_a_code_that_is_over_says_so(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(two.join(), "7") as office:
        await office.until(lambda: "Văn phòng" in office.seen())
        await office.press("m")
        await office.until(lambda: isinstance(office.screen, Invite))
        monkeypatch.setattr(office.app, "clock", lambda: time.time() + 16 * 60)
        await office.until(lambda: "Mã đã hết hạn" in office.seen())


def not_empty(two: Two) -> Path:
    (two.folder / "ảnh.jpg").write_bytes(b"x")
    return two.folder


def of_another_workspace(two: Two) -> Path:
    enrol.init(two.two, two.folder, "Nơi khác")
    return two.folder


def not_there(two: Two) -> Path:
    return two.folder / "không có"


def a_file(two: Two) -> Path:
    path = two.folder / "tệp"
    path.write_bytes(b"x")
    return path


def around_the_database(two: Two) -> Path:
    return two.path.parent


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (not_empty, "không trống (ảnh.jpg…)"),
        (of_another_workspace, "đã là thư mục chung của Thư Ký"),
        (not_there, "Không thấy thư mục chung"),
        (a_file, "không phải tệp thường"),
        (around_the_database, "nơi máy khác đọc và ghi được"),
    ],
)
async def test_a_folder_that_will_not_do_is_told_beneath_it_and_what_was_typed_stays(
    two: Two, place: Callable[[Two], Path], words: str
) -> None:
    folder = str(place(two))
    async with opened(two, "7") as office:
        await office.until(lambda: "chưa đồng bộ với máy nào" in office.seen())
        await office.press("n")
        await filled(office, folder=folder, name="Văn phòng")
        await office.until(lambda: words in " ".join(office.seen().split()))
        assert isinstance(office.screen, NewFolder)
        assert office.one(Form).rows["folder"].value == folder
        assert office.one(Form).rows["folder"].control.has_focus
    assert not keys_path(two.path).exists()


async def test_a_full_or_forbidden_folder_is_told(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ThukyError("Thư mục chung đã đầy.")

    monkeypatch.setattr("tui.sync_facts.found", refuse)
    async with opened(two, "7") as office:
        await office.until(lambda: "chưa đồng bộ với máy nào" in office.seen())
        await office.press("n")
        await filled(office, folder=str(two.folder), name="Văn phòng")
        await office.until(lambda: "! Thư mục chung đã đầy." in office.seen())


@pytest.mark.parametrize("code", ["", "sai", "chkm-nptv-2345"])
async def test_a_wrong_code_is_told_beneath_it_and_what_was_typed_stays(
    two: Two, code: str
) -> None:
    enrol.init(two.two, two.folder, "Nơi khác")
    async with opened(two, "7") as office:
        await office.until(lambda: "chưa đồng bộ với máy nào" in office.seen())
        await office.press("t")
        assert isinstance(office.screen, Join)
        await filled(office, folder=str(two.folder), code=code, name="Văn phòng")
        words = "Mã mời sai, đã hết hạn hoặc đã dùng." if code else "Hãy gõ mã mời."
        await office.until(lambda: words in office.seen())
        assert office.one(Form).rows["code"].value == code
        assert office.one(Form).rows["code"].control.has_focus
        assert office.one(Form).rows["folder"].value == str(two.folder)


async def test_who_asks_to_be_let_in_may_go_on_working_and_is_told_the_answer(two: Two) -> None:
    host = enrol.init(two.two, two.folder, "Nơi khác")
    code = pairing.invite(host, CHEAP).code
    async with opened(two, "7") as office:
        await office.until(lambda: "chưa đồng bộ với máy nào" in office.seen())
        await office.press("t")
        await filled(office, folder=str(two.folder), code=code.upper(), name="Văn phòng")
        await office.until(lambda: "Đang đợi máy mời trả lời" in office.seen())
        await office.press("3")
        await office.until(lambda: "… chờ máy mời" in office.seen())
        pairing.serve(host)
        assert enrol.joined(two.one, two.folder)
        await office.until(lambda: "Đã được vào" in office.seen())


async def test_asking_to_be_let_in_may_be_given_up(two: Two) -> None:
    host = enrol.init(two.two, two.folder, "Nơi khác")
    enrol.ask_to_join(two.one, two.folder, pairing.invite(host, CHEAP).code, "Văn phòng")
    async with opened(two, "7") as office:
        await office.until(lambda: "Đang đợi máy mời trả lời" in office.seen())
        await office.press("x")
        await office.until(lambda: "chưa đồng bộ với máy nào" in office.seen())
        assert two.one.local(JOINING) == ""


async def test_a_first_sync_shows_how_far_it_has_come(two: Two) -> None:
    async with opened(two.join(), "7") as office:
        Diary(changes=12_345, reached=0.45).write(two.path)
        await office.until(lambda: "█████████─────────── 45% · 12.345 thay đổi" in office.seen())
        await office.press("3")
        assert "↓ đang nhận 45%" in office.seen()


async def test_a_folder_is_completed_and_a_dead_share_holds_up_no_key(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(two, "7") as office:
        await office.until(lambda: "chưa đồng bộ với máy nào" in office.seen())
        await office.press("n")
        await office.type(str(two.folder)[:-2])
        await office.until(lambda: "▸ chung" in office.seen())
        await office.press("enter")
        assert office.one(Form).rows["folder"].value == str(two.folder)
        monkeypatch.setattr("tui.widgets.path._names", lambda where: time.sleep(60))
        office.one(Form).rows["folder"].control.focus()
        await office.type("/x/y")
        assert office.one(Field).value == f"{two.folder}/x/y"


# What others wrote


async def test_what_others_wrote_shows_on_an_open_table_and_page_without_a_key(two: Two) -> None:
    two.join()
    two.one.insert(Followup(id="f", work="Rà soát dự án", due="2026-05-01"))
    two.meet()
    async with opened(two, "3") as office:
        await office.until(lambda: "01/05/2026" in office.seen())
        two.two.update(Followup, "f", due="2026-06-20")
        two.meet()
        await office.until(lambda: "20/06/2026" in office.seen())
        await office.press("enter")
        assert isinstance(office.screen, FollowupPage)
        two.two.update(Followup, "f", product="Báo cáo rà soát")
        two.meet()
        await office.until(lambda: "Báo cáo rà soát" in office.seen())


async def test_what_others_wrote_shows_in_open_minutes_without_a_key(two: Two) -> None:
    two.join()
    meeting = two.one.insert(Meeting(title="Giao ban", starts_at=two.one.now()))
    two.meet()
    async with opened(two) as office:
        office.app.open_minutes(meeting.id)
        await office.settle()
        assert isinstance(office.screen, MinutesScreen)
        document = Document()
        document.insert(0, "Sở Tài chính báo cáo.")
        texts.append(two.two, meeting.id, document.pending() or b"")
        two.meet()
        await office.until(lambda: "Sở Tài chính báo cáo." in office.seen())


def test_a_diary_that_something_else_wrote_is_taken_for_empty(tmp_path: Path) -> None:
    for said in ("", "[]", "{", '{"behind": 3}', '{"since": 5}', '{"named": "x"}', "null"):
        (tmp_path / "x.db.sync").write_text(said)
        assert diary(tmp_path / "x.db") == Diary()
