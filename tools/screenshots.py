"""Draws the documents' pictures: `python -m tools.screenshots [FOLDER [PICTURE…]]`, by default all,
into docs/images.

The app runs on the sample office, at a moment of its conference of 27/02/2026, so that the same
program always draws the same pictures, but for the moments that machines agreed at.
"""

import asyncio
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from textual.events import Paste
from textual.pilot import Pilot

from office.demo.build import build
from office.demo.conference import DAY, DIRECTIONS, LINES, TITLE
from office.moments import ZONE
from schema.conditions import OPEN
from schema.records import Followup, Meeting
from schema.store import Store
from sync import enrol, pairing
from sync.engine import Engine
from sync.lock import only_one
from tui.app import ThukyApp

SIZE = (110, 32)
PATIENCE_SECONDS = 20
NOW = datetime(DAY.year, DAY.month, DAY.day, 14, 25, tzinfo=ZONE)
# What was typed of the conference by then, the directions that were made tasks, and the line that
# is being typed.
REPORTED = LINES[: next(n for n, line in enumerate(LINES) if line.endswith(DIRECTIONS[0].sentence))]
TAKEN = [direction for direction in DIRECTIONS if not direction.missing][:3]
TYPING = (
    "= Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát các dự án chậm, "
    "báo cáo UBND tỉnh trong 05 ngày làm việc."
)
# The keys that lead to each picture from Today.
PICTURES = {
    "today": (),
    "minutes": ("enter",),
    "followups": ("3",),
    "followup": ("3", *["down"] * 12, "enter"),
    "earlier": ("2", "slash", *"giao ban tuan", "enter", "v", *"xccl"),
    "search": ("4", *"giai ngan cham"),
    "roll-call": ("r", "space", "space", "a", "space", "l"),
    "calendar": ("2", "c"),
    "sync": ("7",),
}
# What is on a screen when it has come to rest, where it does something by itself.
SHOWN = {"minutes": "Tab: nhận việc", "sync": "Các máy (2)"}
_REMOTE_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


async def press(pilot: Pilot[None], app: ThukyApp, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        while not app.idle:
            await pilot.pause(0.01)
    await pilot.pause()


async def until(pilot: Pilot[None], app: ThukyApp, words: str) -> None:
    """Returns when the screen says so."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while words not in (seen := "\n".join(s.text for s in app.screen._compositor.render_strips())):
        if time.monotonic() > give_up:
            raise TimeoutError(f"no “{words}” on the screen:\n{seen}")
        await pilot.pause(0.01)


async def take_minutes(database: Path) -> None:
    app = ThukyApp(database, clock=NOW.timestamp)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, app, "enter")
        app.post_message(Paste("\n".join([*REPORTED, ""])))
        for direction in TAKEN:
            app.post_message(Paste(f"= {direction.sentence}"))
            await until(pilot, app, "Tab: nhận việc")
            await press(pilot, app, "tab")
            await until(pilot, app, "Đã nhận 1 việc")
            await press(pilot, app, "enter")
        app.post_message(Paste(TYPING))
        await press(pilot, app, "escape")


def share(database: Path) -> None:
    """Let a second machine in through a shared folder, and have both change one deadline at once.

    Everything but the database is left to the folder that it is in.
    """
    shared = database.with_name("thu-muc-chung")
    shared.mkdir()
    beside = database.with_name("to-tong-hop.db")
    with Store(database) as one, Store(beside) as two:
        first = enrol.init(one, shared, "Máy thư ký")
        enrol.ask_to_join(two, shared, pairing.invite(first).code, "Máy tổng hợp")
        pairing.serve(first)
        enrol.joined(two, shared)

        def meet() -> None:
            for store in (one, two, one, two):
                if workspace := enrol.opened(store):
                    Engine(store, workspace).round()

        meet()
        late = one.live(Followup, f"due IS NOT NULL AND {OPEN.sql} ORDER BY due, id LIMIT 1")
        for followup in late:
            one.update(Followup, followup.id, due="2026-03-20")
            two.update(Followup, followup.id, due="2026-03-31")
        meet()


async def draw(database: Path, folder: Path, names: list[str]) -> None:
    """Write the minutes, then draw each picture on a copy of what is there."""
    await take_minutes(database)
    for name in names:
        copy = database.with_name(f"{name}.db")
        with Store(database) as store:
            store.connection.execute("VACUUM INTO ?", (str(copy),))
        clock: Callable[[], float] = NOW.timestamp
        with ExitStack() as stack:
            if name == "sync":
                # The database stamps changes by the machine's own clock.
                clock = time.time
                share(copy)
                # Nothing else syncs it while it is drawn.
                stack.enter_context(only_one(copy))
            app = ThukyApp(copy, clock=clock)
            async with app.run_test(size=SIZE) as pilot:
                await press(pilot, app, *PICTURES[name])
                if words := SHOWN.get(name):
                    await until(pilot, app, words)
                picture = app.export_screenshot(title=app.TITLE)
        copy.unlink()
        (folder / f"{name}.svg").write_text(_REMOTE_FONTS.sub("", picture), encoding="utf-8")


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images")
    folder.mkdir(parents=True, exist_ok=True)
    # The name is seen in a picture.
    place = Path(tempfile.gettempdir()) / "van-phong"
    place.mkdir()
    try:
        database = place / "thuky.db"
        build(database, now=NOW)
        with Store(database) as store:
            store.set_local({"language": "vi"})
            (conference,) = store.live(Meeting, "title = ?", TITLE)
            store.update(Meeting, conference.id, opened_at=conference.starts_at)
        asyncio.run(draw(database, folder, sys.argv[2:] or list(PICTURES)))
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
