"""Draws the documents' pictures: `python -m tools.screenshots [FOLDER [PICTURE…]]`, by default all,
into docs/images.

The app runs on the sample office, at a moment of its conference of 27/02/2026, so that the same
program always draws the same pictures.
"""

import asyncio
import re
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from textual.events import Paste
from textual.pilot import Pilot

from office.demo.build import build
from office.demo.conference import DAY, LINES, TITLE
from office.moments import ZONE
from schema.records import Meeting
from schema.store import Store
from tui.app import ThukyApp

SIZE = (110, 32)
NOW = datetime(DAY.year, DAY.month, DAY.day, 14, 25, tzinfo=ZONE)
# How many lines of the conference are typed by then, and the one that is being typed.
TYPED = 14
TYPING = (
    "= Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát các dự án chậm, "
    "báo cáo UBND tỉnh trong 05 ngày làm việc."
)
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


async def press(pilot: Pilot[None], app: ThukyApp, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        while not app.idle:
            await pilot.pause(0.01)
    await pilot.pause()


async def draw(database: Path, folder: Path, names: list[str]) -> None:
    """Write the minutes, then draw each picture on a copy of what is there."""
    app = ThukyApp(database, clock=NOW.timestamp)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, app, "enter")
        app.post_message(Paste("\n".join([*LINES[:TYPED], TYPING])))
        await press(pilot, app, "escape")
    for name in names:
        copy = database.with_name(f"{name}.db")
        with Store(database) as store:
            store.connection.execute("VACUUM INTO ?", (str(copy),))
        app = ThukyApp(copy, clock=NOW.timestamp)
        async with app.run_test(size=SIZE) as pilot:
            await press(pilot, app, *PICTURES[name])
            picture = app.export_screenshot(title=app.TITLE)
        copy.unlink()
        (folder / f"{name}.svg").write_text(_REMOTE_FONTS.sub("", picture), encoding="utf-8")


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        database = Path(name) / "thuky.db"
        build(database, now=NOW)
        with Store(database) as store:
            store.set_local({"language": "vi"})
            (conference,) = store.live(Meeting, "title = ?", TITLE)
            store.update(Meeting, conference.id, opened_at=conference.starts_at)
        asyncio.run(draw(database, folder, sys.argv[2:] or list(PICTURES)))


if __name__ == "__main__":
    main()
