"""What the reading beside the line costs: ms and bytes a key, in sentences that give tasks and in
others, typed in turn into two windows of the same program."""

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from bench.keystrokes import no_garbage_collection
from bench.programs import LAUNCHER, ROOT, TITLE, minutes, thuky
from bench.report import Record, Target, percentile
from bench.session import Session
from tests.unikey import ENTER

TASKS = (
    "Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát các dự án chậm, báo cáo UBND tỉnh"
    " trong 05 ngày làm việc.",
    "Yêu cầu Sở Nội vụ trình UBND tỉnh Đề án vị trí việc làm trước ngày 15/3/2026.",
    "Giao Văn phòng UBND tỉnh theo dõi, đôn đốc, báo cáo kết quả hằng tuần.",
)
OTHERS = (
    "Tiến độ giải ngân vốn đầu tư công còn chậm ở một số chủ đầu tư cấp xã.",
    "Nguyên nhân chủ yếu là vướng mắc trong công tác bồi thường, giải phóng mặt bằng.",
    "Các đại biểu thống nhất với nội dung kết luận của đồng chí chủ trì cuộc họp.",
)
_ROUND = 20
_ECHO_QUIET = 0.02  # the reading comes later than that
_PACES = {"read after each key": 0.08, "reading in the next key's way": 0.035}
_SETTLED = 1.0  # seconds of quiet after which the readers are loaded


@dataclass(frozen=True, slots=True)
class Beside(Record):
    """Figures of one kind of sentence at one pace: of the key itself, and of what is told of the
    line after it (``beside_p99_ms`` is 0 where nothing was)."""

    pace: str
    text: str
    keys: int
    p50_ms: float
    p99_ms: float
    bytes_a_key: float
    beside_bytes_a_key: float
    beside_p99_ms: float


@dataclass(slots=True)
class _Run:
    text: str
    keys: Sequence[bytes]
    session: Session
    echoes: list[float] = field(default_factory=list)
    echo_bytes: int = 0
    behind: list[float] = field(default_factory=list)
    behind_bytes: int = 0


def measure(*, quick: bool = False) -> list[Beside]:
    """Types into both windows, twenty keys at a time in turn, so that noise hits both."""
    count = 80 if quick else 400
    found: list[Beside] = []
    for pace, seconds in _PACES.items():
        print(f"beside: {pace}", file=sys.stderr)
        with _runs(count) as runs, no_garbage_collection():
            for start in range(0, count, _ROUND):
                for run in runs if start // _ROUND % 2 else runs[::-1]:
                    run.session.drain()
                    for key in run.keys[start : start + _ROUND]:
                        _press(run, key, seconds)
        found += [_figures(pace, run) for run in runs]
    return found


def targets(found: Sequence[Beside]) -> list[Target]:
    by_pace: dict[str, dict[str, Beside]] = {}
    for row in found:
        by_pace.setdefault(row.pace, {})[row.text] = row
    promises = []
    for pace, rows in by_pace.items():
        read, plain = rows["tasks"], rows["others"]
        promises.append(Target(f"p50 with reading to p50 without, {pace}",
                               read.p50_ms / plain.p50_ms, 1.1))  # fmt: skip
    each = by_pace[next(iter(_PACES))]
    promises += [
        Target("p99 of the reading beside the line, ms", each["tasks"].beside_p99_ms, 50),
        Target("bytes a key beside ordinary sentences", each["others"].beside_bytes_a_key, 0),
    ]
    return promises


@contextmanager
def _runs(count: int) -> Iterator[list[_Run]]:
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
        _window(Path(one)) as tasks,
        _window(Path(other)) as others,
    ):
        yield [
            _Run("tasks", _keys(TASKS, count), tasks),
            _Run("others", _keys(OTHERS, count), others),
        ]


@contextmanager
def _window(folder: Path) -> Iterator[Session]:
    database, meeting = minutes("", folder)
    thuky(database, "unit", "import", str(ROOT / "office/data/units.csv"))
    argv = [LAUNCHER, "minutes", "edit", meeting, "--db", str(database)]
    with Session(argv, folder) as session:
        session.settle(quiet=_SETTLED, marker=TITLE)
        yield session


def _keys(sentences: Sequence[str], count: int) -> list[bytes]:
    text = "\n".join(sentences) + "\n"
    return [ENTER if c == "\n" else c.encode() for c in islice(cycle(text), count)]


def _press(run: _Run, key: bytes, pace: float) -> None:
    start = time.perf_counter()
    echo = run.session.press(key, _ECHO_QUIET)
    if echo.ms is not None:
        run.echoes.append(echo.ms)
    run.echo_bytes += echo.bytes
    last = 0.0
    while (left := start + pace - time.perf_counter()) > 0:
        if data := run.session.read(left):
            last = time.perf_counter()
            run.behind_bytes += len(data)
    if last:
        run.behind.append((last - start) * 1000)


def _figures(pace: str, run: _Run) -> Beside:
    return Beside(
        pace=pace,
        text=run.text,
        keys=len(run.keys),
        p50_ms=percentile(run.echoes, 0.50),
        p99_ms=percentile(run.echoes, 0.99),
        bytes_a_key=run.echo_bytes / len(run.keys),
        beside_bytes_a_key=run.behind_bytes / len(run.keys),
        beside_p99_ms=percentile(run.behind, 0.99) if run.behind else 0.0,
    )
