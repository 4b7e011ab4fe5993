"""The app on a database of its own, at a time of its own, driven by keys."""

import asyncio
import time
from codecs import getincrementaldecoder
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from textual import _wait
from textual._xterm_parser import XTermParser
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from office.moments import ZONE, to_utc
from schema.records import AgendaItem, Attendance, Followup, Meeting, Person, Post, Series, Unit
from schema.store import Clock, Store
from tui.app import ThukyApp

NOW = datetime(2026, 2, 27, 13, 47, tzinfo=ZONE)
TODAY = NOW.date()
NAME = "Lê Thị Lan"
# Textual draws 60 times a second; what is to come after that has come.
DRAWN = 0.02

W = TypeVar("W", bound=Widget)


def clock() -> float:
    return NOW.timestamp()


def at(days: int, hour: int, minute: int = 0) -> str:
    """A moment so many days from today, as it is kept."""
    day = TODAY + timedelta(days=days)
    return to_utc(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE))


def fill(store: Store) -> None:
    """Units, people, a live meeting with agenda and attendance, others around it, follow-ups."""
    with store.transaction():
        names = {"STC": "Sở Tài chính", "SXD": "Sở Xây dựng", "SNV": "Sở Nội vụ", "SYT": "Sở Y tế"}
        units = {
            a: store.insert(Unit(name=n, abbr=a, type="so_ban_nganh")) for a, n in names.items()
        }
        people = [
            store.insert(Person(name=name))
            for name in ("Nguyễn Văn An", "Trần Duy Đông", "Lê Thị Bình", "Đỗ Minh Châu", "Vũ Hà")
        ]
        for person, unit in zip(people, units.values(), strict=False):
            store.insert(
                Post(person=person.id, unit=unit.id, title="Giám đốc", starts_on="2025-07-01")
            )
        series = store.insert(
            Series(
                title="Giao ban tuần", rule="FREQ=WEEKLY;BYDAY=MO", time="08:00", place="Phòng 2"
            )
        )
        chair = people[0].id
        room = "Phòng họp số 1"
        before = Meeting(
            title="Giao ban tuần", series=series.id, starts_at=at(-4, 8), place="Phòng 2"
        )
        store.insert(before)
        store.insert(
            Meeting(title="Hội nghị chuyển đổi số", starts_at=at(0, 8), closed_at=at(0, 11))
        )
        live = store.insert(
            Meeting(
                title="Phiên họp thường kỳ tháng 2",
                kind="regular",
                starts_at=at(0, 13, 30),
                opened_at=at(0, 13, 32),
                place=room,
                chair=chair,
            )
        )
        store.insert(
            Meeting(title="Rà soát giải ngân vốn đầu tư công", starts_at=at(1, 8), place=room)
        )
        store.insert(Meeting(title="Giao ban tuần", series=series.id, starts_at=at(3, 8)))
        for number, title in enumerate(("Khai mạc", "Tình hình kinh tế - xã hội tháng 2"), start=1):
            store.insert(AgendaItem(meeting=live.id, position=float(number), title=title))
        for number, person in enumerate(people, start=1):
            store.insert(Attendance(meeting=live.id, person=person.id, position=float(number)))
        for days, work in (
            (-3, "Trình kế hoạch đầu tư công năm 2027"),
            (0, "Báo cáo tiến độ giải phóng mặt bằng"),
            (2, "Hoàn thành số hóa hồ sơ"),
        ):
            due = (TODAY + timedelta(days=days)).isoformat()
            store.insert(Followup(meeting=live.id, work=work, lead=units["STC"].id, due=due))


class Office:
    """A person at the app: keys in, text out."""

    def __init__(self, app: ThukyApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> Screen[Any]:
        return self.app.screen

    @property
    def store(self) -> Store:
        return self.app.store

    def one(self, kind: type[W], selector: str | None = None) -> W:
        """The widget of a kind on the screen that is seen."""
        return self.screen.query_one(selector, kind) if selector else self.screen.query_one(kind)

    async def press(self, *keys: str) -> None:
        """Returns when the app has acted on every key."""
        # After each Textual looks twice whether the process is at rest, 20 ms each time.
        usual = _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE
        _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 0.002, 0.0005
        try:
            await self.pilot.press(*keys)
        finally:
            _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = usual
        await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*text)

    async def feed(self, *packets: bytes) -> None:
        """Type what a terminal sends, packet by packet."""
        driver = self.app._driver
        assert driver is not None
        parser, decode = XTermParser(), getincrementaldecoder("utf-8")().decode
        for packet in packets:
            if text := decode(packet):
                for message in parser.feed(text):
                    driver.process_message(message)
            await asyncio.sleep(0)
        await self.settle()

    async def settle(self) -> None:
        await self.until(lambda: self.app.idle or not self.app.is_running)
        await asyncio.sleep(DRAWN)
        await self.until(lambda: self.app.idle or not self.app.is_running)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], object]) -> None:
        """Returns when the app, left to itself, has made `condition` true."""
        give_up = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < give_up, f"it never came about; on the screen:\n{self.seen()}"
            await self.pilot.pause(0.01)

    def seen(self) -> str:
        """What is on the screen."""
        strips = self.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def meetings(self) -> list[Meeting]:
        return self.store.live(Meeting, "1 ORDER BY starts_at, id")

    def meeting(self, title: str) -> Meeting:
        (found,) = (meeting for meeting in self.meetings() if meeting.title == title)
        return found


@asynccontextmanager
async def at_work(
    path: Path,
    size: tuple[int, int] = (80, 24),
    open_minutes: str | None = None,
    clock: Clock = clock,
) -> AsyncIterator[Office]:
    app = ThukyApp(path, clock=clock, open_minutes=open_minutes)
    async with app.run_test(size=size) as pilot:
        office = Office(app, pilot)
        await office.settle()
        yield office


def day_after(days: int) -> date:
    return TODAY + timedelta(days=days)
