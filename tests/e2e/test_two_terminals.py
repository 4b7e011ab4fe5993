"""Two terminals in one minutes: both texts merge, each sees the other's, and undo is one's own."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.e2e.office import meeting, minutes, run, text_of
from tests.e2e.terminal import Terminal

KEYS = 2000
LOWER = ("giao so tai chinh ra soat cac du an cham " * 100)[:KEYS]
UPPER = ("THONG NHAT CHU TRUONG, DE NGHI BO SUNG " * 100)[:KEYS]


def lower(text: str) -> str:
    return "".join(char for char in text if char.islower())


def upper(text: str) -> str:
    return "".join(char for char in text if char.isupper())


def body(terminal: Terminal) -> str:
    """The rows of the text, without title and status bar, and without what tells of others."""
    return "\n".join(terminal.text().split("\n")[1:-2]).replace("‹", " ")


def until_kept(terminals: list[Terminal], db: Path, id: str, low: str, up: str) -> str:
    """Wait until the database holds these letters of each; returns the text."""
    text = ""

    def kept(_: Terminal) -> bool:
        nonlocal text
        for terminal in terminals:
            terminal.pump(0.05)
        text = text_of(db, id)
        return lower(text) == low and upper(text) == up

    terminals[0].wait_for(kept, 60)
    return text


def test_two_terminals_type_2000_keys_each_and_no_character_is_lost(tmp_path: Path) -> None:
    db = tmp_path / "thuky.db"
    id = meeting(db)
    with minutes(db, id, columns=90) as one, minutes(db, id, columns=90) as two:
        for at in range(0, KEYS, 20):
            one.type(LOWER[at : at + 20])
            two.type(UPPER[at : at + 20])
            one.pump(0.01)
            two.pump(0.01)
        text = until_kept([one, two], db, id, lower(LOWER), upper(UPPER))
        assert len(text) == 2 * KEYS
        # Each shows the whole, the other's words too.
        for terminal in (one, two):
            terminal.press("ctrl+home")
        start = "".join(text.split())[:1000]
        for terminal in (one, two):
            terminal.wait_for(lambda t: "".join(body(t).split()).startswith(start))

        # The last words of each are taken back by whoever wrote them.
        for _ in range(3):
            one.press("ctrl+k")
            one.type("u")
        words = LOWER.rstrip().split(" ")
        left = "".join(words[:-3])
        after = until_kept([one, two], db, id, left, upper(UPPER))
        assert upper(after) == upper(UPPER)
        two.press("ctrl+k")
        two.type("u")
        shorter = UPPER.rstrip().rsplit(" ", 1)[0]
        until_kept([one, two], db, id, left, upper(shorter))


def test_each_sees_the_others_words_while_typing(tmp_path: Path) -> None:
    db = tmp_path / "thuky.db"
    id = meeting(db)
    with minutes(db, id) as one, minutes(db, id) as two:
        one.type("Sở Tài chính báo cáo.")
        two.wait_for("Sở Tài chính báo cáo.")
        two.press("ctrl+end")
        two.type(" Đồng ý.")
        one.wait_for("Sở Tài chính báo cáo. Đồng ý.")


def test_a_task_line_from_elsewhere_becomes_one_followup_however_many_have_the_minutes_open(
    tmp_path: Path,
) -> None:
    db = tmp_path / "thuky.db"
    id = meeting(db)
    with minutes(db, id) as one, minutes(db, id) as two:
        run(db, "minutes", "append", id, stdin="! Rà soát các dự án chậm\n")
        one.wait_for("Nhiệm vụ (1)")
        two.wait_for("Nhiệm vụ (1)")
        one.press("ctrl+end")
        one.type("! Báo cáo tiến độ\n")
        two.wait_for("Nhiệm vụ (2)")
        one.wait_for("Nhiệm vụ (2)")
    works = [followup["work"] for followup in run(db, "followup", "list", "--meeting", id)]
    assert sorted(works) == ["Báo cáo tiến độ", "Rà soát các dự án chậm"]


def test_an_update_that_is_none_is_told_of_and_everything_else_goes_on(tmp_path: Path) -> None:
    db = tmp_path / "thuky.db"
    id = meeting(db)
    with minutes(db, id) as one, minutes(db, id) as two:
        one.type("Sở Tài chính báo cáo.")
        two.wait_for("Sở Tài chính báo cáo.")
        with closing(sqlite3.connect(db, isolation_level=None)) as other:
            other.execute("INSERT INTO text_update (text, data) VALUES (?, x'00ff')", (id,))
        for terminal in (one, two):
            terminal.wait_for("không đọc được")
        two.press("ctrl+end")
        two.type(" Đồng ý.")
        one.wait_for("Sở Tài chính báo cáo. Đồng ý.")
    assert text_of(db, id) == "Sở Tài chính báo cáo. Đồng ý."
