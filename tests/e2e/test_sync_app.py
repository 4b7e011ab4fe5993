"""Two machines and one folder, as their people see it: the app in a terminal on each."""

import json
import os
import re
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.office import PROGRAM, ROOT, run
from tests.e2e.terminal import Terminal

WORK = "Rà soát dự án chậm"


class Machine:
    """One machine's database, and the app on it."""

    def __init__(self, where: Path, name: str, columns: int, rows: int) -> None:
        self.home = where / name
        self.home.mkdir()
        self.db = self.home / "thuky.db"
        run(self.db, "unit", "list")
        with closing(sqlite3.connect(self.db)) as db:
            db.execute("INSERT INTO local_setting VALUES ('name', ?)", (name,))
            db.commit()
        self.name = name
        self.size = columns, rows
        self.app = self.open()

    def open(self) -> Terminal:
        env = {"THUKY_DB": str(self.db), "THUKY_LOG": str(self.home / "thuky.log")}
        columns, rows = self.size
        words = [*PROGRAM, "--db", str(self.db)]
        return Terminal(words, cwd=ROOT, env=env, home=self.home, columns=columns, rows=rows)

    def run(self, *words: str) -> "dict[str, str]":
        found = run(self.db, *words)
        assert isinstance(found, dict)
        return found


class Two:
    def __init__(self, where: Path) -> None:
        self.folder = where / "chung"
        self.folder.mkdir()
        self.a = Machine(where, "A", 80, 24)
        self.b = Machine(where, "B", 120, 40)

    def wait(self, terminal: Terminal, text: str) -> None:
        """Wait for one screen while the other is read, too."""

        def shows(_: Terminal) -> bool:
            for machine in (self.a, self.b):
                machine.app.pump()
            return text in " ".join(terminal.text().split())

        terminal.wait_for(shows, 40)

    def close(self) -> None:
        for machine in (self.a, self.b):
            machine.app.close()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = Two(tmp_path)
    yield made
    made.close()
    for machine in (made.a, made.b):
        log = machine.home / "thuky.log"
        assert not log.exists(), log.read_text()


def pair(two: Two) -> None:
    """The walk from a new folder to two machines, by keys alone."""
    a, b = two.a.app, two.b.app
    for terminal in (a, b):
        two.wait(terminal, "Hôm nay")
        terminal.press("7")
        two.wait(terminal, "Máy này chưa đồng bộ với máy nào.")
    a.press("n")
    two.wait(a, "Lập thư mục chung")
    a.type(f"{two.folder}\n")
    two.wait(a, "các máy khác thấy tên này")
    a.press("f4")
    two.wait(a, "Các máy (1)")
    a.press("m")
    two.wait(a, "Dùng một lần, còn 15 phút.")
    code = re.findall(r"(?:[2-9A-Z] ){3}[2-9A-Z]\b", a.text())
    assert len(code) == 3
    b.press("t")
    two.wait(b, "Tham gia bằng mã mời")
    b.type(f"{two.folder}\n")
    b.type("".join(code).replace(" ", "").lower() + "\n")
    b.press("f4")
    two.wait(b, "Các máy (2)")
    two.wait(a, "đã vào.")
    a.press("escape")
    two.wait(a, "Các máy (2)")


def children(machine: Machine) -> list[int]:
    """The processes that sync a machine's database."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if str(machine.db).encode() in words and b"--with-parent" in words:
                found.append(int(entry.name))
    return found


def test_from_a_new_folder_to_a_lost_deadline_that_one_key_brings_back(two: Two) -> None:
    id = two.a.run("followup", "add", "--work", WORK, "--due", "2027-03-01")["id"]
    pair(two)
    a, b = two.a.app, two.b.app
    b.press("3")
    two.wait(b, WORK)
    two.wait(b, "01/03/2027")

    away = two.folder.with_name("rút")
    two.folder.rename(away)
    two.a.run("followup", "set", id, "--due", "2027-03-15")
    two.b.run("followup", "set", id, "--due", "2027-03-20")
    for terminal in (a, b):
        two.wait(terminal, "! mất thư mục chung từ ")
    two.wait(b, "20/03/2027")
    away.rename(two.folder)

    for terminal in (a, b):
        two.wait(terminal, "! 1 giá trị bị ghi đè")
    b.press("7")
    two.wait(a, "Bị ghi đè (1)")
    two.wait(b, f"Nhiệm vụ: {WORK} · Thời hạn")
    (conflict,) = json.loads(json.dumps(run(two.a.db, "sync", "conflicts")))
    assert {conflict["lost"], conflict["shown"]} == {"2027-03-15", "2027-03-20"}
    a.press("end", "l")
    two.wait(a, "đã lấy lại giá trị mất")
    two.wait(b, "✓ đồng bộ")
    assert two.b.run("followup", "show", id)["due"] == conflict["lost"]
    assert run(two.b.db, "sync", "conflicts") == []


def test_minutes_typed_on_both_while_the_folder_is_away_are_whole_when_it_is_back(
    two: Two,
) -> None:
    id = two.a.run("meeting", "add", "--title", "Giao ban", "--start", "2026-02-27T14:00")["id"]
    pair(two)
    two.wait(two.b.app, "✓ đồng bộ")
    for machine in (two.a, two.b):
        machine.app.press("2")
        two.wait(machine.app, "Giao ban")
        machine.app.press("enter")
        two.wait(machine.app, "^K")
    away = two.folder.with_name("rút")
    two.folder.rename(away)
    two.a.app.type("Sở Tài chính báo cáo.\n")
    two.wait(two.a.app, "! mất thư mục chung từ ")
    two.b.app.type("Sở Xây dựng có ý kiến.\n")
    two.wait(two.b.app, "! mất thư mục chung từ ")
    away.rename(two.folder)
    two.wait(two.a.app, "Sở Xây dựng có ý kiến.")
    two.wait(two.b.app, "Sở Tài chính báo cáo.")
    texts = [run(machine.db, "minutes", "show", id)["text"] for machine in (two.a, two.b)]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_whoever_syncs_for_an_app_ends_with_it_and_the_next_app_goes_on(
    two: Two, number: signal.Signals
) -> None:
    pair(two)
    (child,) = children(two.a)
    os.kill(two.a.app.process.pid, number)
    deadline = time.monotonic() + 30
    while children(two.a):
        assert time.monotonic() < deadline, "it goes on alone"
        two.b.app.pump(0.05)
    two.a.app.close()
    two.b.run("followup", "add", "--work", WORK)
    two.a.app = two.a.open()
    two.wait(two.a.app, "Hôm nay")
    two.a.app.press("3")
    two.wait(two.a.app, WORK)
    assert children(two.a) != [child]


def test_what_the_process_that_syncs_says_never_reaches_the_terminal(two: Two) -> None:
    pair(two)
    two.a.app.wait_idle(200)
    (child,) = children(two.a)
    for name in ("0", "1", "2"):
        target = str(Path(f"/proc/{child}/fd/{name}").readlink())
        assert "pts" not in target, target
