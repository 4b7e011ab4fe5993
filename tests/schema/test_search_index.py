"""The index is what the database says, whoever wrote it and wherever it was stopped."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema import texts
from schema.doctor import examine, mend
from schema.errors import NotFound, ThukyError
from schema.exchange import export_to, import_from
from schema.migrations import migrate
from schema.records import (
    AgendaItem,
    Followup,
    FollowupEvent,
    FollowupSource,
    Meeting,
    Person,
    Post,
    Unit,
)
from schema.search import Query, search
from schema.search_entries import kept
from schema.search_index import MOST_PARTS, bring_up, remake, tidy, waiting, wrong
from schema.search_tables import KINDS
from schema.store import Store
from tests.schema.test_search import LONG, found, write

Make = Callable[[Path], Store]


def index_of(store: Store) -> set[tuple[Any, ...]]:
    """All that can be found: each word with the line of the thing that says it, and the words that
    a beginning may become."""
    query = store.connection.execute
    words = {tuple(row) for row in query("SELECT word, folded FROM search_word")}
    places = {
        rowid: (document.kind, document.row, text)
        for document in kept(store)
        for rowid, text in document.entries()
    }
    said = {
        (word, places[rowid])
        for word in {form for pair in words for form in pair}
        for (rowid,) in query(
            "SELECT rowid FROM search_index WHERE search_index MATCH ?", (f'"{word}"',)
        )
    }
    documents = {(d.kind, d.row, d.content, d.id >> 20) for d in kept(store)}
    return words | said | documents


def assert_right(store: Store) -> None:
    """The index is the one that would be made anew."""
    assert bring_up(store, LONG) == 0
    assert wrong(store) == 0
    kept_up = index_of(store)
    store.connection.execute("SAVEPOINT anew")
    remake(store)
    assert bring_up(store, LONG) == 0
    assert index_of(store) == kept_up
    store.connection.execute("ROLLBACK TO anew")
    store.connection.execute("RELEASE anew")


# ------------------------------------------------------------------- any edits

IDS = st.sampled_from("abc")
SAID = st.text(alphabet="aáàbđ òo\n", max_size=12)


def put(store: Store, record: type[Any], id: str, **cells: Any) -> None:
    if store.find(record, id):
        store.update(record, id, **cells)
    else:
        store.insert(record(id=id, **cells))


def _event(store: Store, followup: str, note: str, meeting: str | None) -> None:
    store.insert(FollowupEvent(followup=followup, kind="progressed", note=note, meeting=meeting))


def _by_another_tool(store: Store, id: str, title: str) -> None:
    with sqlite3.connect(store.path) as other:
        other.execute("UPDATE meeting SET title = ? WHERE id = ?", (title, id))
    other.close()


def _from_another_machine(store: Store, id: str, text: str) -> None:
    """As merging does: no trigger notes it, so what merges does."""
    with store.transaction():
        store.connection.execute("UPDATE clock SET applying = 1")
        put(store, Unit, id, name=text)
        store.connection.execute("UPDATE clock SET applying = 0")
        store.connection.execute(
            "INSERT INTO change (tbl, row, col, val, hlc, device)"
            " SELECT 'unit', ?, 'name', ?, coalesce(max(hlc), 0) + 1, 'x' FROM change",
            (id, text),
        )


MAYBE = st.none() | IDS
EDITS = st.one_of(
    st.tuples(
        st.just(put), st.just(Unit), IDS,
        st.fixed_dictionaries({"name": SAID, "abbr": SAID}),
    ),
    st.tuples(st.just(put), st.just(Person), IDS, st.fixed_dictionaries({"name": SAID})),
    st.tuples(
        st.just(put), st.just(Post), IDS,
        st.fixed_dictionaries({"person": MAYBE, "unit": MAYBE, "title": SAID}),
    ),
    st.tuples(
        st.just(put), st.just(Meeting), IDS,
        st.fixed_dictionaries(
            {
                "title": SAID, "chair": MAYBE, "host": MAYBE,
                "secrecy": st.sampled_from(["", "", "mật"]),
                "starts_at": st.sampled_from(["", "2026-01-01T00:00:00Z", "2026-02-02T20:00:00Z"]),
            }
        ),
    ),
    st.tuples(
        st.just(put), st.just(AgendaItem), IDS,
        st.fixed_dictionaries({"meeting": MAYBE, "title": SAID}),
    ),
    st.tuples(
        st.just(put), st.just(Followup), IDS,
        st.fixed_dictionaries(
            {
                "meeting": MAYBE, "due_meeting": MAYBE, "work": SAID, "lead": MAYBE,
                "coordinating": st.sampled_from(["", "a", "a\nb"]),
            }
        ),
    ),
    st.tuples(
        st.just(put), st.just(FollowupSource), IDS,
        st.fixed_dictionaries({"followup": MAYBE, "meeting": MAYBE, "excerpt": SAID}),
    ),
    st.tuples(st.just(write), IDS, SAID),
    st.tuples(st.just(_event), IDS, SAID, MAYBE),
    st.tuples(st.just(_by_another_tool), IDS, SAID),
    st.tuples(st.just(_from_another_machine), IDS, SAID),
    st.tuples(
        st.sampled_from([Store.delete, Store.restore]),
        st.sampled_from([Unit, Person, Post, Meeting, AgendaItem, Followup, FollowupSource]),
        IDS,
    ),
    st.just((bring_up, LONG)),
    st.just((bring_up, 0.0)),
)  # fmt: skip


def carry_out(store: Store, edit: tuple[Any, ...]) -> None:
    act, *given_ = edit
    cells = given_.pop() if given_ and isinstance(given_[-1], dict) else {}
    with suppress(NotFound):  # nothing to delete or restore
        act(store, *given_, **cells)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=st.lists(EDITS, max_size=25))
def test_after_any_edits_the_index_is_the_one_made_anew(
    make: Make, tmp_path: Path, edits: list[tuple[Any, ...]]
) -> None:
    path = tmp_path / "any.db"
    with make(path) as store:
        for edit in edits:
            carry_out(store, edit)
        assert_right(store)
    path.unlink()


@contextmanager
def stopped_after(store: Store, steps: int) -> Iterator[None]:
    """Interrupt SQLite once, after so many hundreds of its instructions, wherever that is."""
    left = [steps]

    def count() -> bool:
        left[0] -= 1
        return left[0] == -1

    store.connection.set_progress_handler(count, 100)
    try:
        yield
    finally:
        store.connection.set_progress_handler(None, 0)


def fill(store: Store) -> None:
    store.insert(Unit(id="u", name="Sở Tài chính"))
    for number in range(30):
        id = f"m{number}"
        store.insert(Meeting(id=id, title=f"Giao ban {number:02}"))
        write(store, id, f"Khai mạc\nviệc {number:02}\nBế mạc")
        store.insert(Followup(id=f"f{number}", meeting=id, work=f"làm việc {number:02}", lead="u"))


def test_stopped_anywhere_it_is_right_or_behind(store: Store) -> None:
    fill(store)
    bring_up(store, LONG)
    store.update(Unit, "u", name="Sở Tài chính mới")
    for number in range(0, 30, 3):
        write(store, f"m{number}", f"Khai mạc\nkhác {number}\nBế mạc")
        store.update(Meeting, f"m{number}", secrecy="mật" if number % 2 else "")
    store.connection.execute("VACUUM")
    stops = 0
    while waiting(store):
        with stopped_after(store, stops % 60), suppress(ThukyError):
            bring_up(store, LONG)
        stops += 1
        # What can be found is what was there before or what is there now.
        for hit in search(store, Query("khac")):
            assert hit.text.startswith("khác")
    assert stops > 20
    assert_right(store)


# --------------------------------------------------------------------- promises


def test_a_marked_meeting_is_not_found_nor_what_belongs_to_it(store: Store) -> None:
    fill(store)
    store.insert(FollowupSource(followup="f2", meeting="m1"))
    store.insert(FollowupEvent(followup="f3", kind="progressed", note="riêng", meeting="m1"))
    store.update(Followup, "f4", due_meeting="m1")
    assert {hit.id for hit in found(store, "việc 01")} == {"m1", "f1"}
    assert [hit.id for hit in found(store, "riêng")] == ["f3"]
    store.update(Meeting, "m1", secrecy="tuyệt mật")
    assert found(store, "việc 01") == found(store, "riêng") == found(store, '"Giao ban 01"') == []
    assert found(store, "việc 02", kinds={"followup"}) == found(store, "làm việc 04") == []
    store.insert(Followup(id="later", meeting="m1", work="hôm sau"))
    write(store, "m1", "hôm sau nữa")
    assert found(store, "hôm sau") == []
    held = {"m1", "f1", "f2", "f4", "later"}
    assert {(d.kind, d.row) for d in kept(store) if d.row in held} == set()
    store.update(Meeting, "m1", secrecy="")
    assert {hit.id for hit in found(store, "hôm sau")} == {"m1", "later"}
    assert len(found(store, "riêng")) == 1


def test_a_meeting_is_not_found_from_the_moment_that_it_is_marked(store: Store) -> None:
    fill(store)
    assert len(found(store, "việc 07")) == 2
    store.update(Meeting, "m7", secrecy="mật")
    assert search(store, Query("việc 07")) == []  # though the index has not seen it yet


def test_what_is_deleted_is_not_found_until_it_is_restored(store: Store) -> None:
    fill(store)
    assert len(found(store, "việc 03")) == 2
    store.delete(Followup, "f3")
    assert search(store, Query("việc 03", kinds={"followup"})) == []  # at once
    store.delete(Meeting, "m3")
    assert found(store, "việc 03") == []
    store.restore(Followup, "f3")
    store.restore(Meeting, "m3")
    assert len(found(store, "việc 03")) == 2


def test_minutes_are_read_from_their_updates_where_the_plain_text_is_behind(store: Store) -> None:
    store.insert(Meeting(id="m"))
    document = texts.load(store, "m").document
    document.insert(0, "chưa kịp")
    texts.append(store, "m", document.pending() or b"")
    assert [hit.text for hit in found(store, "chưa kịp")] == ["chưa kịp"]


def test_one_changed_line_is_all_that_is_written_again(store: Store) -> None:
    store.insert(Meeting(id="m"))
    write(store, "m", "\n".join(f"dòng {number}" for number in range(500)))
    bring_up(store, LONG)
    (before,) = kept(store, "row = 'm' AND id < ?", 2 << 36)
    write(store, "m", "\n".join(["mở", "đầu", *(f"dòng {n}" for n in range(1, 500))]))
    bring_up(store, LONG)
    (after,) = kept(store, "row = 'm' AND id < ?", 2 << 36)
    assert after.keys[2:] == before.keys[1:]
    assert_right(store)


def test_a_search_waits_for_no_other_process(store: Store) -> None:
    fill(store)
    with Store(store.path) as other, other.transaction():
        other.insert(Unit(name="x"))
        assert bring_up(store, LONG) > 0
    assert bring_up(store, LONG) == 0


def test_a_large_backlog_is_brought_up_bit_by_bit_the_newest_first(store: Store) -> None:
    for number in range(200):
        store.insert(Unit(id=f"u{number:03}", name=f"Sở số {number:03}"))
    bring_up(store, 0)
    left = bring_up(store, 0)
    assert 0 < left < 200
    assert [hit.id for hit in search(store, Query("199"))] == ["u199"]
    assert search(store, Query("000")) == []
    while left:
        before, left = left, bring_up(store, 0)
        assert left < before
    assert [hit.id for hit in search(store, Query("000"))] == ["u000"]


def parts(store: Store) -> int:
    rows = store.connection.execute("SELECT DISTINCT segid FROM search_index_idx")
    return len(rows.fetchall())


def test_what_has_grown_in_parts_is_joined_bit_by_bit(store: Store) -> None:
    for number in range(40):
        store.insert(Unit(id=f"u{number}", name=" ".join(f"w{n}x{number}" for n in range(300))))
        bring_up(store, LONG)
    before, grown = index_of(store), parts(store)
    assert grown > MOST_PARTS
    while tidy(store, 0.0):
        pass
    assert parts(store) <= MOST_PARTS
    assert index_of(store) == before
    assert not tidy(store, 0.0)


def test_two_bring_it_up_at_once(store: Store) -> None:
    fill(store)

    def bring() -> None:
        with Store(store.path) as other:
            while bring_up(other, 0.01):
                pass

    threads = [threading.Thread(target=bring) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert_right(store)


def test_an_imported_office_is_found(make: Make, store: Store, tmp_path: Path) -> None:
    fill(store)
    bring_up(store, LONG)
    export_to(store, tmp_path / "out")
    with make(tmp_path / "other.db") as other:
        import_from(other, tmp_path / "out")
        assert len(found(other, "việc 03")) == 2
        assert_right(other)


# ------------------------------------------------------------------- the doctor


def codes(store: Store) -> list[str]:
    # The clock of these tests is another than that of the triggers.
    return [finding.code for finding in examine(store) if finding.code != "skew"]


def test_an_index_that_is_behind_is_no_fault(store: Store) -> None:
    fill(store)
    assert codes(store) == []
    bring_up(store, LONG)
    assert codes(store) == []
    assert index_of(store)


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        ("UPDATE search_document SET row = 'z' WHERE row = 'f3'", "search_wrong"),
        ("DELETE FROM search_document WHERE row = 'f3'", "search_wrong"),
        ("INSERT INTO search_index (search_index) VALUES ('delete-all')", "search_wrong"),
        ("DELETE FROM search_index_data", "search_broken"),
        ("DROP TABLE search_index_idx", "search_broken"),
        ("DROP TABLE search_word", "search_broken"),
        ("DROP TABLE search_index", "search_broken"),
        ("DROP TABLE search_state", "search_broken"),
    ],
)
def test_a_harmed_index_is_told_and_made_anew(store: Store, harm: str, code: str) -> None:
    fill(store)
    bring_up(store, LONG)
    store.connection.execute(harm)
    assert code in codes(store)
    if code == "search_broken":
        store.insert(Unit(name="gì đó"))
        with pytest.raises(ThukyError, match="thuky doctor --mend"):
            found(store, "việc")
    mend(store)
    assert codes(store) == []
    assert_right(store)
    assert len(found(store, "việc 03")) == 2


def test_a_file_without_an_index_gets_one(store: Store) -> None:
    fill(store)
    for name in ("index", "document", "word", "pending", "state"):
        store.connection.execute(f"DROP TABLE search_{name}")
    store.connection.execute("PRAGMA user_version = 1")
    migrate(store.connection, store.path, 1)
    assert len(found(store, "việc 03")) == 2


def test_an_index_made_in_another_way_is_made_anew(store: Store) -> None:
    fill(store)
    bring_up(store, LONG)
    store.connection.execute("UPDATE search_state SET form = 0")
    store.connection.execute("DELETE FROM search_document")
    assert len(found(store, "việc 03")) == 2


def test_every_kind_is_among_what_waits_at_first(store: Store) -> None:
    fill(store)
    store.insert(Person(id="p", name="An"))
    bring_up(store, LONG)
    assert {KINDS[document.kind - 1] for document in kept(store)} == set(KINDS)
