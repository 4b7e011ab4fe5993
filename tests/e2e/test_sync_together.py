"""The app and what syncs work on one database at once, and either may end at any moment."""

import signal
from pathlib import Path

from schema.records import Unit
from schema.store import Store
from sync.lock import is_taken
from tests.e2e.office import TITLE, minutes
from tests.e2e.running import Running, all_run, wait_for
from tests.e2e.two import Two, add_meeting, founded, settle, text_at, titles, type_words

MANY = 3000


def write_many(two: Two) -> None:
    """Have B send so much that A needs a while for it; it is under way when this returns."""
    before = len(list(two.folders[0].glob("devices/*/*.seg")))
    with Store(two.b) as store, store.transaction():
        for number in range(MANY):
            store.insert(Unit(name=f"Đơn vị {number}"))
    wait_for(lambda: len(list(two.folders[0].glob("devices/*/*.seg"))) > before, "what B sends")


def all_came(two: Two) -> bool:
    with Store(two.a) as store:
        return store.count(Unit, "name LIKE 'Đơn vị %'") == MANY


def test_the_service_and_the_app_on_one_database_and_the_app_killed_mid_round(
    tmp_path: Path,
) -> None:
    two = founded(tmp_path)
    id = add_meeting(two.a, TITLE)
    with Running(two.a) as a, Running(two.b) as b:
        wait_for(lambda: TITLE in titles(two.b), "the meeting")
        with minutes(two.a, id) as app:
            app.type("Sở Tài chính báo cáo. ")
            wait_for(lambda: "Sở Tài chính báo cáo. " in text_at(two.b, id), "what was typed")
            type_words(two.b, id, "Sở Xây dựng đồng ý. ")
            app.wait_for("Sở Xây dựng đồng ý.")
            app.type("Hết.")
            app.wait_for("Hết.")
            wait_for(lambda: "Hết." in text_at(two.a, id), "that it is kept")
            write_many(two)
            app.kill(signal.SIGKILL)
            app.wait_exit()
        wait_for(lambda: all_came(two), "all that B sent")
        wait_for(lambda: "Hết." in text_at(two.b, id), "the last words")
        assert all_run(a, b)
        assert [one.stop() for one in (a, b)] == [0, 0]
        assert (a.complained(), b.complained()) == ("", "")
    settle(two)
    assert {text_at(db, id).count("Sở") for db in two.both} == {2}


def test_two_apps_on_one_database_and_the_one_that_syncs_killed_mid_round(tmp_path: Path) -> None:
    two = founded(tmp_path)
    id = add_meeting(two.a, TITLE)
    with Running(two.b) as b:
        with minutes(two.a, id) as first:
            wait_for(lambda: is_taken(two.a), "that the first syncs")
            with minutes(two.a, id) as second:
                first.type("Sở Tài chính báo cáo. ")
                second.wait_for("Sở Tài chính báo cáo.")
                wait_for(lambda: "báo cáo. " in text_at(two.b, id), "what the first typed")
                write_many(two)
                first.kill(signal.SIGKILL)
                first.wait_exit()
                second.press("ctrl+end")
                second.type("Sở Xây dựng đồng ý.")
                wait_for(lambda: all_came(two), "all that B sent")
                wait_for(lambda: "đồng ý." in text_at(two.b, id), "what the second typed")
                type_words(two.b, id, " Hết.")
                second.wait_for("đồng ý. Hết.")
        wait_for(lambda: not is_taken(two.a), "that what synced ends with the last app")
        assert b.stop() == 0
        assert b.complained() == ""
    settle(two)
    assert {text_at(db, id) for db in two.both} == {
        "Sở Tài chính báo cáo. Sở Xây dựng đồng ý. Hết."
    }
