"""Draws the documents' pictures: `python -m tools.screenshots [FOLDER]`, by default docs/images.

The app runs on a database made for it, at a time made for it, so that the same program always
draws the same pictures.
"""

import asyncio
import random
import re
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from textual.events import Paste
from textual.pilot import Pilot

from office.moments import ZONE, to_utc
from schema.records import Attendance, Followup, Meeting, Person, Post, Unit
from schema.store import Store
from tui.app import ThukyApp

SIZE = (100, 30)
NOW = datetime(2026, 2, 27, 14, 25, tzinfo=ZONE)
UNITS = {
    "VPUBND": "Văn phòng UBND tỉnh",
    "STC": "Sở Tài chính",
    "SXD": "Sở Xây dựng",
    "SNNMT": "Sở Nông nghiệp và Môi trường",
    "SCT": "Sở Công Thương",
    "SYT": "Sở Y tế",
}
PEOPLE = ("Nguyễn Minh Quân", "Trần Thu Hà", "Lê Đức Ý", "Phạm Văn Bình", "Đỗ Thị An", "Vũ Hải Âu")
TITLE = "Phiên họp thường kỳ tháng 2"
MINUTES = """\
# Giải ngân vốn đầu tư công
@Sở Tài chính: đến 20/2 toàn tỉnh giải ngân 8,4% kế hoạch, thấp hơn cùng kỳ 1,2 điểm.
@Sở Xây dựng: ba dự án vướng mặt bằng, đều ở khâu bồi thường.
= Giải ngân là nhiệm vụ trọng tâm của quý I; đơn vị nào chậm thì người đứng đầu chịu trách nhiệm.
! Giao Sở Tài chính chủ trì, phối hợp Sở Xây dựng trình kế hoạch điều chuyển vốn trước 15/3.
! Sở Xây dựng báo cáo tiến độ giải phóng mặt bằng ba dự án vào thứ Sáu hằng tuần.
# Chuẩn bị vụ xuân
@Sở Nông nghiệp và Môi trường: nguồn nước đủ cho 98% diện tích."""
# The keys that lead to each picture from Today.
PICTURES = {
    "today": (),
    "minutes": ("enter",),
    "roll-call": ("r", "space", "space", "a", "space", "l"),
    "calendar": ("2", "c"),
    "new-meeting": ("n", *"Họp gỡ vướng giải phóng mặt bằng"),
    "palette": ("2", "ctrl+p", *"hop"),
}
_REMOTE_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def moment(day: int, hour: int, minute: int = 0) -> str:
    """A time of February and March 2026, day 29 being the first of March, as it is kept."""
    month = 2 if day <= 28 else 3
    date = day if day <= 28 else day - 28
    return to_utc(datetime(2026, month, date, hour, minute, tzinfo=ZONE))


def fill(store: Store) -> None:
    """An office on the day of its monthly session."""
    with store.transaction():
        store.set_local({"name": "Trần Thu Hà", "language": "vi"})
        units = [store.insert(Unit(name=name, abbr=abbr)).id for abbr, name in UNITS.items()]
        people = [store.insert(Person(name=name)).id for name in PEOPLE]
        for person, unit in zip(people, units, strict=True):
            store.insert(Post(person=person, unit=unit, title="Giám đốc", starts_on="2025-07-01"))
        room = "Phòng họp số 1"
        session = Meeting(title=TITLE, kind="regular", place=room, chair=people[0])
        others = {
            moment(2, 8): "Giao ban tuần",
            moment(4, 14): "Họp ban chỉ đạo chuyển đổi số",
            moment(9, 8): "Giao ban tuần",
            moment(10, 14): "Kiểm tra phục vụ Tết",
            moment(12, 8): "Họp báo cáo tiến độ",
            moment(23, 8): "Giao ban tuần",
            moment(25, 8): "Thẩm định đề án",
            moment(25, 14): "Tiếp công dân",
            moment(27, 8): "Rà soát chương trình công tác tháng 3",
            moment(28, 8): "Kiểm tra hiện trường dự án đường vành đai",
            moment(30, 8): "Giao ban tuần",
            moment(32, 14): "Hội nghị chuyển đổi số",
            moment(37, 8): "Giao ban tuần",
        }
        for start, title in others.items():
            closed = start if start < to_utc(NOW) else None
            store.insert(Meeting(title=title, starts_at=start, opened_at=closed, closed_at=closed))
        held = store.insert(session)
        store.update(Meeting, held.id, starts_at=moment(27, 13, 30), opened_at=moment(27, 13, 32))
        for position, person in enumerate(people, start=1):
            store.insert(Attendance(meeting=held.id, person=person, position=float(position)))
        for due, work, lead in (
            ("2026-02-24", "Trình kế hoạch đầu tư công trung hạn", units[1]),
            ("2026-02-27", "Báo cáo tình hình dịch bệnh", units[5]),
            ("2026-03-02", "Hoàn thành số hóa hồ sơ đất đai", units[3]),
        ):
            store.insert(Followup(work=work, lead=lead, due=due))


async def press(pilot: Pilot[None], app: ThukyApp, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        while not app.idle:
            await pilot.pause(0.01)
    await pilot.pause()


async def draw(database: Path, folder: Path) -> None:
    """Write the minutes, then draw each picture on a copy of what is there."""
    app = ThukyApp(database, clock=NOW.timestamp)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, app, "enter")
        app.post_message(Paste(MINUTES))
        await press(pilot, app, "escape")
    for name, keys in PICTURES.items():
        copy = database.with_name(f"{name}.db")
        with Store(database) as store:
            store.connection.execute("VACUUM INTO ?", (str(copy),))
        app = ThukyApp(copy, clock=NOW.timestamp)
        async with app.run_test(size=SIZE) as pilot:
            await press(pilot, app, *keys)
            picture = app.export_screenshot(title=app.TITLE)
        (folder / f"{name}.svg").write_text(_REMOTE_FONTS.sub("", picture), encoding="utf-8")


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        database = Path(name) / "thuky.db"
        with Store(database, clock=NOW.timestamp, randomness=random.Random(1).randbytes) as store:
            fill(store)
        asyncio.run(draw(database, folder))


if __name__ == "__main__":
    main()
