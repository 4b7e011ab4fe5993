"""A round sends what is new and takes in what is new, and says what went wrong."""

import shutil
import time
from pathlib import Path

import pytest

from schema import texts
from schema.document import Document
from schema.records import Followup, Meeting, Setting, Text, TextUpdate, Unit
from schema.store import Store
from schema.tables import TABLES
from sync import capture
from sync.capture import MANY_UPDATES
from sync.digest import Digests
from sync.engine import Engine
from sync.enrol import opened
from sync.folder import DirectoryFolder, Full, Gone
from sync.local import keys_path
from sync.problem import Reason
from sync.standing import pending
from sync.textfold import MANY, folded
from sync.workspace import Cloned
from tests.sync.desks import Desks, alike

SYNCED = [table.name for table in TABLES if table.name not in ("text", "text_update")]


def type_in(store: Store, meeting: str, document: Document, *words: str) -> None:
    for word in words:
        document.insert(len(document), word)
        texts.append(store, meeting, document.pending() or b"")


def test_rows_texts_and_seeds_come_to_be_the_same(three: Desks) -> None:
    first, second, third = three.all
    first.store.insert(Meeting(id="m", title="Giao ban"))
    second.store.insert(Unit(name="Sở Y tế"))
    type_in(third.store, "m", Document("An"), "xin ", "chào")
    three.sync()
    assert alike(three.all, *SYNCED)
    assert {desk.store.get(Text, "m").plain for desk in three.all} == {"xin chào"}


def test_a_round_with_nothing_new_writes_nothing(desks: Desks) -> None:
    desks.sync(prove=True)
    files = dict(desks.folder.files)
    first = desks.all[0]
    before = first.store.connection.total_changes
    assert first.sync().idle
    assert first.store.connection.total_changes == before
    assert desks.folder.files == files


def test_a_failure_is_told_and_what_was_done_before_counts(desks: Desks) -> None:
    first, second = desks.all
    second.store.insert(Unit(id="u", name="x"))
    second.sync()

    def full(what: str, path: str) -> None:
        if what == "write":
            raise Full(path, "thử")

    first.store.insert(Unit(id="v", name="y"))
    waiting = pending(first.store)
    desks.folder._fault = full
    done = first.engine.round()
    assert isinstance(done.failure, Full)
    # They are in a finished file now, which is not where they are going.
    assert (done.pushed, pending(first.store)) == (0, waiting)
    assert first.store.get(Unit, "u").name == "x"
    desks.folder._fault = lambda what, path: None
    assert first.sync().pushed == waiting
    assert pending(first.store) == 0
    desks.sync()
    assert second.store.get(Unit, "v").name == "y"


def test_a_folder_that_is_gone_costs_nothing_and_all_arrives_when_it_is_back(desks: Desks) -> None:
    first, second = desks.all
    desks.folder.there = False
    first.store.insert(Unit(id="u", name="x"))
    assert isinstance(first.engine.round().failure, Gone)
    desks.folder.there = True
    desks.sync()
    assert second.store.get(Unit, "u").name == "x"


def test_a_segment_waits_for_the_one_before_it(desks: Desks) -> None:
    first, second = desks.all
    desks.sync()
    first.store.insert(Setting(id="a", value="1"))
    first.sync()
    first.store.update(Setting, "a", value="2")
    first.sync()
    paths = [path for path in desks.segments() if first.device in path]
    early = desks.folder.files.pop(sorted(paths)[-2])
    done = second.engine.round()
    assert [problem.reason for problem in done.problems] == [Reason.WAITING]
    assert dict(done.behind) == {first.device: 2}
    assert second.store.find(Setting, "a") is None
    desks.folder.files[sorted(paths)[-2]] = early
    assert second.sync().problems == ()
    assert second.store.get(Setting, "a").value == "2"


def test_an_older_copy_of_the_folder_is_told_and_filled_again(desks: Desks) -> None:
    first, second = desks.all
    desks.sync()
    older = dict(desks.folder.files)
    for number in range(3):
        first.store.insert(Unit(id=f"u{number}", name="x"))
        desks.sync()
    desks.folder.files = older
    assert Reason.ROLLED_BACK in {p.reason for p in second.engine.round().problems}
    desks.sync()
    assert second.sync().problems == ()
    assert first.sync().idle
    assert alike(desks.all, "unit")


def test_what_two_wrote_is_the_same_by_digest_and_a_difference_is_found(desks: Desks) -> None:
    first, second = desks.all
    first.store.insert(Meeting(id="m", title="x"))
    second.store.insert(Followup(id="f", work="y"))
    desks.sync(prove=True)
    for desk, other in (desks.all, desks.all[::-1]):
        (agreement,) = desk.engine.state.agreements()
        assert (agreement.device, agreement.differs) == (other.device, None)
    # Somebody who writes behind the back of the triggers.
    second.store.connection.execute("UPDATE clock SET applying = 1")
    second.store.connection.execute("UPDATE followup SET work = 'z'")
    second.store.connection.execute("UPDATE clock SET applying = 0")
    first.store.update(Meeting, "m", place="1")
    for _ in range(3):
        for desk in desks.all:
            desk.engine.round(prove=True)
    assert [a.differs for a in first.engine.state.agreements()] == ["followup/f"]
    assert Reason.DIFFERENT in {p.reason for p in first.engine.round(prove=True).problems}


def test_what_is_not_sent_yet_is_not_in_the_digest(desks: Desks) -> None:
    first = desks.all[0]
    first.store.insert(Unit(id="u", name="x"))
    first.store.insert(Meeting(id="m", title="x"))
    type_in(first.store, "m", Document("An"), "một")
    desks.sync()
    places = first.engine.state.places()
    before = Digests().of(first.store, places)
    first.store.update(Unit, "u", name="y", parent="v")
    first.store.insert(Unit(name="z"))
    type_in(first.store, "m", Document("Bình"), "hai")
    texts.settle(first.store, "m")
    assert Digests().of(first.store, places) == before


def test_many_unsent_updates_of_a_text_go_as_one(desks: Desks) -> None:
    first, second = desks.all
    first.store.insert(Meeting(id="m", title="x"))
    document = Document("An")
    type_in(first.store, "m", document, *(f"từ {n} " for n in range(MANY_UPDATES)))
    desks.sync()
    assert len(second.store.select(TextUpdate)) == 1
    assert second.store.get(Text, "m").plain == document.text


def test_updates_joined_in_a_log_say_the_same_to_who_has_none_some_or_all(three: Desks) -> None:
    first, second, third = three.all
    first.store.insert(Meeting(id="m", title="x"))
    one, two = Document("An"), Document("Bình")
    for number in range(MANY + 5):
        type_in(first.store, "m", one, f"a{number} ")
        first.sync()
        if number == 10:
            second.sync()
            texts.take_in(two, texts.updates_since(second.store, "m", 0))
            type_in(second.store, "m", two, "b ")
            second.sync()
            first.sync()
            texts.take_in(one, texts.updates_since(first.store, "m", 0))
    sent = list(capture.everything(first.store, first.device))
    joined = list(folded(first.store, sent))
    assert len(joined) == len(sent) - MANY - 4
    three.clock.seconds += 10_000
    first.engine.tidy()
    assert len(first.store.select(TextUpdate)) == 2
    three.sync(prove=True)
    assert {desk.store.get(Text, "m").plain for desk in three.all} == {one.text}
    assert {desk.store.get(Text, "m").plain for desk in three.all} == {
        texts.plain_text(desk.store, "m") for desk in three.all
    }
    assert [a.differs for a in third.engine.state.agreements()] == [None, None]


def test_a_machine_that_comes_late_starts_from_a_snapshot(three: Desks) -> None:
    first, second, third = three.all
    first.store.insert(Followup(id="f", work="x"))
    for day in range(5):
        first.store.update(Followup, "f", due=str(day))
        for desk in (first, second):
            desk.sync()
    first.engine.publish_snapshot()
    for path in [path for path in three.folder.files if path.endswith(".seg")]:
        del three.folder.files[path]
    third.sync()
    assert third.store.get(Followup, "f").due == "4"
    three.sync(prove=True)
    assert [a.differs for a in third.engine.state.agreements()] == [None, None]


def test_a_clock_an_hour_ahead_is_told(desks: Desks) -> None:
    first, second = desks.all
    desks.sync()
    ahead = int(desks.clock() * 1000 + 2 * 3_600_000) << 16
    first.store.connection.execute("UPDATE clock SET hlc = ?", (ahead,))
    first.store.insert(Unit(name="x"))
    first.sync()
    assert Reason.CLOCK in {problem.reason for problem in second.sync().problems}


# Two machines under one name


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A machine with its keys beside its database, on a directory."""
    from sync import enrol

    (tmp_path / "folder").mkdir()
    (tmp_path / "a").mkdir()
    with Store(tmp_path / "a" / "thuky.db") as store:
        enrol.init(store, tmp_path / "folder", "Máy 1")
        store.insert(Setting(id="a", value="đầu"))
    return tmp_path


def engine_of(store: Store) -> Engine:
    workspace = opened(store)
    assert workspace is not None
    return Engine(store, workspace)


def rounds(*engines: Engine) -> list[type | None]:
    return [type(done.failure) if (done := e.round()).failure else None for e in engines]


def test_a_clone_takes_a_name_of_its_own_and_nothing_of_either_is_lost(real: Path) -> None:
    with Store(real / "a" / "thuky.db") as one:
        first = engine_of(one)
        assert rounds(first) == [None]
        one.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(real / "a", real / "b")
        with Store(real / "b" / "thuky.db") as two:
            second = engine_of(two)
            # Under one name and at one moment.
            for store in (one, two):
                store.connection.execute("UPDATE clock SET hlc = 2300000000000 << 16")
            one.update(Setting, "a", value="một")
            two.update(Setting, "a", value="hai")
            two.insert(Unit(id="u", name="của bản sao"))
            assert rounds(first) == [None]
            assert Cloned in rounds(second, second, second)
            assert rounds(first, second, first, second, first, second)[2:] == [None] * 4
            for store in (one, two):
                assert store.get(Unit, "u").name == "của bản sao"
                values = store.connection.execute(
                    "SELECT val FROM change WHERE row = 'a' AND col = 'value'"
                )
                assert {row[0] for row in values} == {"đầu", "một", "hai"}
            assert one.get(Setting, "a") == two.get(Setting, "a")


def test_what_a_clone_wrote_where_a_replicator_kept_one_of_two_files_is_sent_again(
    real: Path,
) -> None:
    with Store(real / "a" / "thuky.db") as one:
        first = engine_of(one)
        rounds(first)
        one.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(real / "a", real / "b")
        shutil.copytree(real / "folder", real / "other folder")
        with Store(real / "b" / "thuky.db") as two:
            two.set_local({"sync_folder": str(real / "other folder")})
            second = engine_of(two)
            two.insert(Unit(id="u", name="của bản sao"))
            one.insert(Unit(id="v", name="của bản gốc"))
            assert rounds(first, second) == [None, None]
            one.insert(Unit(id="w", name="sau"))
            assert rounds(first) == [None]

            # The replicator brings what is new, and leaves what is there under the same name.
            def replicate(source: Path, target: Path) -> None:
                for path in source.rglob("*"):
                    copy = target / path.relative_to(source)
                    if path.is_file() and not copy.exists():
                        copy.parent.mkdir(parents=True, exist_ok=True)
                        shutil.copy(path, copy)

            replicate(real / "folder", real / "other folder")
            assert Cloned in rounds(second, second)
            rounds(second, second)
            replicate(real / "other folder", real / "folder")
            rounds(first, first)
            assert one.get(Unit, "u").name == "của bản sao"


def test_a_database_restored_from_a_copy_gets_back_what_it_had_sent(real: Path) -> None:
    with Store(real / "a" / "thuky.db") as store:
        engine = engine_of(store)
        rounds(engine)
        store.insert(Unit(id="before", name="chưa gửi khi sao"))
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(real / "a" / "thuky.db", real / "copy.db")
        store.insert(Unit(id="after", name="sau bản sao"))
        rounds(engine)
    for name in ("thuky.db", "thuky.db-wal", "thuky.db-shm"):
        (real / "a" / name).unlink(missing_ok=True)
    shutil.copy(real / "copy.db", real / "a" / "thuky.db")
    with Store(real / "a" / "thuky.db") as store:
        engine = engine_of(store)
        rounds(engine, engine, engine)
        assert store.get(Unit, "after").name == "sau bản sao"
        assert rounds(engine) == [None]
        from sync import conflicts

        assert conflicts.conflicts(store) == []


def test_rounds_are_light(real: Path) -> None:
    """Not a benchmark: far from the limit, where something has become of another order."""
    with Store(real / "a" / "thuky.db") as store:
        engine = engine_of(store)
        rounds(engine)
        before = time.process_time()
        assert rounds(*[engine] * 20) == [None] * 20
        assert time.process_time() - before < 20 * 0.02
    assert keys_path(real / "a" / "thuky.db").exists()
    assert isinstance(engine.workspace.folder, DirectoryFolder)
