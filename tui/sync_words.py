"""How syncing stands, in words: for the status line, for Today, for the sync screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from office.moments import local
from schema.errors import N_, ThukyError
from sync.problem import Problem
from sync.standing import Standing
from tui.words import _, tell

# The folder itself is not there, or nothing is in it: what a person mends by plugging something in.
_AWAY = ("Gone", "Emptied")


@dataclass(frozen=True, slots=True)
class Told:
    """A sign and a few words; `trouble` where somebody should look at it."""

    sign: str
    words: str
    trouble: bool = False

    def __str__(self) -> str:
        return f"{self.sign} {self.words}"


def told(standing: Standing, now: datetime) -> Told:
    """The one thing most worth knowing, short enough for a corner of a line."""
    diary = standing.diary
    if diary.failure:
        since = since_when(diary.since, now)
        if diary.kind in _AWAY:
            return Told("!", _("mất thư mục chung từ {since}").format(since=since), True)
        if diary.kind == "PutOut":
            return Told("!", _("máy này đã bị loại"), True)
        if diary.kind == "NoKey":
            return Told("!", _("mất khóa đồng bộ"), True)
        return Told("!", _("đồng bộ lỗi từ {since}").format(since=since), True)
    if standing.asking:
        return Told("…", _("chờ máy mời"))
    if diary.reached is not None:
        return Told("↓", _("đang nhận {percent}%").format(percent=int(100 * diary.reached)))
    if standing.conflicts:
        return Told("!", _("{n} giá trị bị ghi đè").format(n=grouped(standing.conflicts)), True)
    if standing.alarms:
        return Told("!", _("{n} chỗ vướng đồng bộ").format(n=len(standing.alarms)), True)
    if standing.pending:
        return Told("↑", _("{n} chờ gửi").format(n=grouped(standing.pending)))
    return Told("✓", _("đồng bộ"))


def since_when(at: str | None, now: datetime) -> str:
    """The time of day, with its date where that is not today's."""
    if not at:
        return ""
    try:
        moment = local(at)
    except ThukyError:
        return at
    return f"{moment:%H:%M}" if moment.date() == now.date() else f"{moment:%H:%M %d/%m}"


def problem_words(problem: Problem, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """What is wrong with a file of the folder, and what to do, in the person's language. `names`
    are what machines are called."""
    device = names.get(problem.device, problem.device)
    return tell(ThukyError(problem.words, path=problem.path, device=device, detail=problem.detail))


def grouped(count: int) -> str:
    """12.345, as it is written in Vietnamese."""
    return f"{count:,}".replace(",", ".")


def bar(reached: float, cells: int) -> str:
    """How much of something is done, as a bar of so many cells."""
    full = min(cells, int(reached * cells))
    return "█" * full + "─" * (cells - full)


WATCHING = {"events": N_("được báo ngay"), "polling": N_("hỏi định kỳ")}
"""How a change in the folder is noticed."""
