"""thuky demo: a sample office to try the program on."""

from datetime import date, datetime, timedelta
from pathlib import Path

from office.demo.make import make
from office.moments import ZONE
from schema.errors import N_
from tui.arguments import Common, WrongUsage, data_folder
from tui.cli import streams
from tui.cli.command import Command, Option
from tui.cli.desk import Desk
from tui.words import _

YEAR = timedelta(days=364)


def _demo(desk: Desk, folder: str | None, today: bool, closed: bool) -> int | None:
    if desk.common.db:
        raise WrongUsage(N_("Lệnh demo dựng tệp mới: dùng --dir THƯ_MỤC thay cho --db."))
    place = Path(folder).expanduser() if folder else data_folder() / "demo"
    path, counts = make(place, lambda draft: _build(draft, today, desk.common.json))
    desk.answer(
        {"path": str(path), **counts},
        N_(
            "Đã dựng văn phòng mẫu ở {path}: {meetings} cuộc họp, {followups} nhiệm vụ, {units} "
            "đơn vị, {persons} người (đều là tên đặt ra)."
        ),
    )
    if closed or desk.common.json:
        return None
    if not streams.at_terminal():
        desk.notice(N_("Không có màn hình nên chưa mở. Để mở: thuky --db {path}."), path=path)
        return None
    from tui.launch import open_app

    return open_app(Common(db=str(path), lang=desk.common.lang))


def _build(path: Path, today: bool, silent: bool) -> dict[str, int]:
    from office.demo.build import FIRST, NOW, build

    now = datetime.now(ZONE) if today else NOW
    first = _monday(now.date() - YEAR) if today else FIRST
    with streams.progress(_("Đang dựng văn phòng mẫu…"), silent=silent) as progress:
        return build(path, first=first, now=now, progress=progress)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


demo = Command(
    "demo",
    N_("Dựng một văn phòng mẫu, với một năm họp và nhiệm vụ, rồi mở ra để dùng thử."),
    callback=_demo,
    params=[
        Option("--dir folder", N_("thư mục chứa tệp mẫu thuky.db"), N_("THƯ_MỤC")),
        Option("--today", N_("một năm tính đến hôm nay, thay vì đến 27/02/2026"), is_flag=True),
        Option("--no-open closed", N_("chỉ dựng, không mở"), is_flag=True),
    ],
)
