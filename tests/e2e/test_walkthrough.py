"""The main job by keyboard alone, at 80x24: from an empty home to the printed text."""

import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.e2e.office import PROGRAM, ROOT
from tests.e2e.terminal import Terminal, environment

TEXT = """# Giải ngân vốn đầu tư công
@Ông An: Đã giải ngân 10,52%.
@Bà Bình: Còn vướng mặt bằng.
= Thống nhất đánh giá của Sở Tài chính.
= Biểu dương các đơn vị giải ngân tốt.
! Giao Sở Tài chính rà soát các dự án chậm
! Giao Sở Xây dựng báo cáo tiến độ
! Giao Văn phòng theo dõi, đôn đốc
"""
INVITED = 20
WORDS = {
    "vi": ("Hôm nay", "Cuộc họp mới", "đang họp", "0/20 có mặt", "2/20 có mặt"),
    "en": ("Today", "New meeting", "in session", "0/20 present", "2/20 present"),
}


def open_app(home: Path, language: str) -> Terminal:
    env = {"THUKY_LANG": language}
    return Terminal(PROGRAM, columns=80, rows=24, home=home, cwd=ROOT, env=env)


@pytest.mark.parametrize("language", WORDS)
def test_minutes_from_an_empty_home_to_the_printed_text(tmp_path: Path, language: str) -> None:
    today, new_meeting, live, none_present, two_present = WORDS[language]
    with open_app(tmp_path, language) as terminal:
        terminal.wait_for("thuky.db")
        terminal.type("Lê Thị Lan\n")
        terminal.wait_for(f"1 {today}")
        terminal.type("n")
        terminal.wait_for(new_meeting)
        terminal.type("Giao ban tháng 2")
        terminal.press("f4")
        terminal.wait_for(lambda t: "Giao ban tháng 2" in t.text() and today in t.line(0))
        terminal.press("enter")
        terminal.wait_for(live)
        terminal.type(TEXT)
        terminal.wait_for("đôn đốc")

        terminal.press("ctrl+k")
        terminal.type("d+")
        for number in range(1, INVITED + 1):
            terminal.type(f"Nguyễn Văn {chr(64 + number)}\n")
        terminal.press("escape")
        terminal.wait_for(none_present)
        terminal.press("home", "space", "space")
        terminal.wait_for(two_present)
        terminal.press("escape")
        terminal.wait_for(live)
        terminal.kill(signal.SIGKILL)
        terminal.wait_exit()

    with open_app(tmp_path, language) as terminal:
        terminal.wait_for("Giao ban tháng 2")
        terminal.press("enter")
        terminal.wait_for("đôn đốc")
        # The cursor is where it was.
        terminal.type("Hết.")
        terminal.wait_for("Hết.")
        terminal.press("escape")
        terminal.wait_for(f"1 {today}")
        terminal.type("q")
        assert terminal.wait_exit() == 0

    def thuky(*words: str) -> str:
        return subprocess.run(
            [*PROGRAM, *words], cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True,
            check=True,
        ).stdout  # fmt: skip

    meeting = json.loads(thuky("meeting", "list", "--json"))[0]["id"]
    assert thuky("minutes", "show", meeting).rstrip("\n") == TEXT + "Hết."
    kept = json.loads(thuky("followup", "list", "--meeting", meeting, "--json"))
    assert sorted(followup["work"] for followup in kept) == [
        "báo cáo tiến độ", "rà soát các dự án chậm", "theo dõi, đôn đốc",
    ]  # fmt: skip
