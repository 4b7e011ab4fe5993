"""What a person saw on the screen is there again: after a kill, a dropped line, a full disk."""

import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from schema import texts
from schema.doctor import examine
from schema.records import Meeting
from schema.store import Store
from tests.e2e.office import TITLE, meeting, minutes, run, text_of
from tests.e2e.terminal import Terminal

WORDS = (
    "Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát toàn bộ các dự án có tỷ lệ giải "
    "ngân dưới 30%, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/3/2026. "
)
PER_SECOND = 20
# What was on the screen longer than this is on disk.
KEPT_WITHIN = 0.3


def type_until(terminal: Terminal, seconds: float) -> list[tuple[str, float]]:
    """Type 20 keys a second for that long. Returns each key that was seen, and when."""
    seen: list[tuple[str, float]] = []
    start = time.monotonic()
    for number in range(int(seconds * PER_SECOND)):
        key = WORDS[number % len(WORDS)]
        before = terminal.cursor
        terminal.type(key)
        while terminal.cursor == before:
            terminal.pump(0.05)
        seen.append((key, time.monotonic()))
        while (left := start + (number + 1) / PER_SECOND - time.monotonic()) > 0:
            terminal.pump(left)
    while (left := start + seconds - time.monotonic()) > 0:
        terminal.pump(left)
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
def test_after_kill_9_only_the_last_300_ms_of_keys_may_be_missing(
    tmp_path: Path, seed: int
) -> None:
    db = tmp_path / "thuky.db"
    with Store(db) as store:
        id = store.insert(Meeting(title=TITLE)).id
    with minutes(db, id) as terminal:
        seen = type_until(terminal, random.Random(seed).uniform(0.1, 2.5))
        terminal.kill(signal.SIGKILL)
        killed = time.monotonic()
        terminal.wait_exit()
    typed = "".join(key for key, _ in seen)
    surely = "".join(key for key, at in seen if at < killed - KEPT_WITHIN)
    with Store(db) as store:
        kept = texts.plain_text(store, id)
        assert examine(store) == []
    assert typed.startswith(kept)
    assert kept.startswith(surely)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_to_end_loses_nothing(tmp_path: Path, number: signal.Signals) -> None:
    db = tmp_path / "thuky.db"
    id = meeting(db)
    with minutes(db, id) as terminal:
        terminal.type(WORDS)
        terminal.wait_for("15/3/2026")
        terminal.kill(number)
        terminal.wait_exit()
    assert text_of(db, id) == WORDS


def test_a_dropped_line_loses_nothing_and_leaves_no_process(tmp_path: Path) -> None:
    db = tmp_path / "thuky.db"
    id = meeting(db)
    terminal = minutes(db, id)
    terminal.type(WORDS)
    terminal.wait_for("15/3/2026")
    code = terminal.close()
    assert code == 0, "it had to be killed"
    assert text_of(db, id) == WORDS


def test_minutes_open_again_where_the_cursor_was(tmp_path: Path) -> None:
    db = tmp_path / "thuky.db"
    id = meeting(db)
    run(db, "minutes", "append", id, stdin="một\nhai\nba\nbốn\n")
    with minutes(db, id) as terminal:
        terminal.press("up", "up", "end")
        terminal.type(" rưỡi")
        terminal.wait_for("ba rưỡi")
        terminal.kill(signal.SIGTERM)
        terminal.wait_exit()
    with minutes(db, id) as terminal:
        terminal.type("!")
        terminal.wait_for("ba rưỡi!")
    assert text_of(db, id) == "một\nhai\nba rưỡi!\nbốn\n"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_with_the_disk_full_typing_goes_on_and_is_kept_when_there_is_room_again(
    small_disk: Path,
) -> None:
    db = small_disk / "thuky.db"
    id = meeting(db)
    filler = small_disk / "filler"
    with minutes(db, id) as terminal:
        terminal.type("Trước khi đầy. ")
        terminal.wait_for("Trước khi đầy.")
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 4096)
        assert shutil.disk_usage(small_disk).free < 4096
        for _ in range(8):
            terminal.type(WORDS)
            terminal.wait_idle(200)
        terminal.wait_for("Đĩa đã đầy")
        terminal.type("Khi đã đầy. ")
        terminal.wait_for("Khi đã đầy.")
        filler.unlink()
        terminal.wait_for("Đã lưu lại đầy đủ")
        terminal.kill(signal.SIGKILL)
        terminal.wait_exit()
    assert text_of(db, id) == "Trước khi đầy. " + WORDS * 8 + "Khi đã đầy. "


def test_ten_megabytes_pasted_are_kept_whole_and_typing_goes_on(tmp_path: Path) -> None:
    db = tmp_path / "thuky.db"
    id = meeting(db)
    text = "Dòng biên bản về giải ngân vốn đầu tư công\n" * 200_000
    with minutes(db, id) as terminal:
        terminal.paste(text)
        terminal.type("Hết.")
        terminal.wait_for("Hết.")
        terminal.wait_for(lambda t: text_of(db, id) == text + "Hết.")
