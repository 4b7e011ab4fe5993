"""A text in the database is the sum of its updates; folding them changes nothing that is read."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema import texts
from schema.document import Document
from schema.records import Text, TextUpdate
from schema.store import Store
from tests.schema.conftest import Clock

TEXT = "m"


def type_in(store: Store, document: Document, words: str) -> int:
    """Words at the end of a text, kept as one update. Returns its seq."""
    document.insert(len(document), words)
    update = document.pending()
    assert update
    return texts.append(store, TEXT, update)


def rows(store: Store) -> list[TextUpdate]:
    return texts.updates_since(store, TEXT, 0)


def pushed(store: Store) -> None:
    """As if everything so far had reached the other machines."""
    store.connection.execute("UPDATE change SET log = device")


def from_elsewhere(store: Store, update: bytes, id: str) -> None:
    """A row as it comes from another machine: without being noted here."""
    with store.transaction():
        store.connection.execute("UPDATE clock SET applying = 1")
        if store.find(Text, TEXT) is None:
            store.insert(Text(id=TEXT))
        store.insert(TextUpdate(id=id, text=TEXT, data=update))
        store.connection.execute("UPDATE clock SET applying = 0")


def pieces(*words: str) -> list[bytes]:
    """The updates of a document of another machine, one for each of the words."""
    document = Document("Máy khác")
    updates = []
    for word in words:
        document.insert(len(document), word)
        updates.append(document.pending() or b"")
    return updates


def plain(store: Store) -> tuple[str, int]:
    text = store.get(Text, TEXT)
    return text.plain, text.plain_upto


def test_a_text_that_nobody_wrote_in_is_empty(store: Store) -> None:
    loaded = texts.load(store, "none")
    assert (loaded.document.text, loaded.upto) == ("", 0)
    assert texts.plain_text(store, "none") == ""
    texts.settle(store, "none")
    assert store.select(Text) == []


def test_the_first_update_makes_the_texts_row(store: Store, clock: Clock) -> None:
    document = Document("An")
    first = type_in(store, document, "xin ")
    clock.now += 60
    second = type_in(store, document, "chào")
    text = store.get(Text, TEXT)
    assert (text.owner, text.updated_at) == ("meeting", store.now())
    assert [row.seq for row in rows(store)] == [first, second]
    assert [row.seq for row in texts.updates_since(store, TEXT, first)] == [second]
    assert texts.plain_text(store, TEXT) == "xin chào"
    assert texts.load(store, TEXT).upto == second


def test_texts_do_not_mix(store: Store) -> None:
    document = Document()
    document.insert(0, "khác")
    texts.append(store, "other", document.pending() or b"", owner="notice")
    type_in(store, Document(), "x")
    assert texts.plain_text(store, TEXT) == "x"
    assert store.get(Text, "other").owner == "notice"


def test_an_update_that_fails_to_be_kept_leaves_no_row(store: Store) -> None:
    store.connection.execute("CREATE TRIGGER no BEFORE INSERT ON text_update BEGIN"
                             " SELECT RAISE(ABORT, 'no'); END")  # fmt: skip
    with pytest.raises(Exception, match="no"):
        type_in(store, Document(), "x")
    assert store.select(Text) == []


def test_a_newer_readable_text_is_not_overwritten_by_an_older(store: Store) -> None:
    document = Document()
    first = type_in(store, document, "a")
    second = type_in(store, document, "b")
    texts.keep_plain(store, TEXT, "ab", second)
    texts.keep_plain(store, TEXT, "a", first)
    assert plain(store) == ("ab", second)


def test_refresh_writes_the_readable_text_anew(store: Store, clock: Clock) -> None:
    written = store.now()
    seq = type_in(store, Document(), "đúng")
    store.connection.execute("UPDATE text SET plain = 'sai', plain_upto = 99, updated_at = NULL")
    clock.now += 60
    texts.refresh(store, TEXT)
    assert plain(store) == ("đúng", seq)
    assert store.get(Text, TEXT).updated_at == written


# Folding


def test_folding_joins_what_this_machine_has_not_published(store: Store) -> None:
    document = Document("An")
    for word in ("một ", "hai ", "ba"):
        last = type_in(store, document, word)
    before = document.history()
    texts.fold(store, TEXT)
    (row,) = rows(store)
    assert row.seq > last
    loaded = texts.load(store, TEXT)
    assert loaded.document.text == "một hai ba"
    assert [(v.author, v.operations) for v in loaded.document.history()] == [
        (v.author, v.operations) for v in before
    ]
    assert plain(store) == ("một hai ba", row.seq)
    noted = store.connection.execute("SELECT row FROM change WHERE tbl = 'text_update'").fetchall()
    assert noted == [(row.id,)]
    assert store.connection.execute("SELECT applying FROM clock").fetchone() == (0,)


def test_folding_twice_is_folding_once(store: Store) -> None:
    document = Document()
    for word in "abc":
        type_in(store, document, word)
    texts.fold(store, TEXT)
    before = rows(store)
    texts.fold(store, TEXT)
    assert rows(store) == before


def test_folding_leaves_what_other_machines_have(store: Store) -> None:
    document = Document("An")
    type_in(store, document, "đã ")
    type_in(store, document, "gửi ")
    pushed(store)
    sent = rows(store)
    (foreign,) = pieces("Chào! ")
    from_elsewhere(store, foreign, "foreign")
    type_in(store, document, "chưa ")
    type_in(store, document, "gửi")
    expected = texts.plain_text(store, TEXT)
    texts.fold(store, TEXT)
    kept = rows(store)
    assert kept[:2] == sent
    assert kept[2].id == "foreign"
    assert len(kept) == 4
    assert texts.plain_text(store, TEXT) == expected
    # What goes out holds what is new alone: the others have the rest.
    fresh = Document()
    fresh.merge([kept[3].data])
    assert fresh.waiting
    fresh.merge([row.data for row in kept[:3]])
    assert fresh.text == expected


def test_folding_leaves_everything_while_something_waits(store: Store) -> None:
    updates = pieces("a", "b", "c")
    from_elsewhere(store, updates[2], "late")
    document = Document()
    type_in(store, document, "x")
    type_in(store, document, "y")
    before = rows(store)
    texts.fold(store, TEXT)
    assert rows(store) == before
    from_elsewhere(store, updates[0], "first")
    from_elsewhere(store, updates[1], "second")
    texts.fold(store, TEXT)
    assert len(rows(store)) == 4
    assert sorted(texts.plain_text(store, TEXT)) == ["a", "b", "c", "x", "y"]


def test_folding_leaves_everything_where_something_cannot_be_read(store: Store) -> None:
    document = Document()
    type_in(store, document, "x")
    texts.append(store, TEXT, b"broken")
    type_in(store, document, "y")
    before = rows(store)
    texts.fold(store, TEXT)
    assert rows(store) == before


def test_one_update_that_cannot_be_read_hides_no_other(store: Store) -> None:
    document = Document()
    type_in(store, document, "x")
    texts.append(store, TEXT, b"broken")
    last = type_in(store, document, "y")
    loaded = texts.load(store, TEXT)
    assert (loaded.document.text, loaded.upto) == ("xy", last)
    assert [row.data for row in loaded.broken] == [b"broken"]


def test_the_readable_text_is_not_shortened_by_what_cannot_be_read(store: Store) -> None:
    texts.append(store, TEXT, b"broken")
    (seq,) = [row.seq for row in rows(store)]
    texts.keep_plain(store, TEXT, "khi còn đọc được", seq)
    type_in(store, Document(), "x")
    texts.settle(store, TEXT)
    assert plain(store) == ("khi còn đọc được", seq)


def test_an_editor_that_is_open_while_another_folds_is_not_disturbed(
    store: Store, path: Path
) -> None:
    with Store(path) as other:
        mine, theirs = texts.load(store, TEXT, "An"), texts.load(other, TEXT, "Bình")
        upto = type_in(store, mine.document, "một ")
        type_in(store, mine.document, "hai ")
        theirs.document.merge([row.data for row in texts.updates_since(other, TEXT, 0)])
        texts.fold(other, TEXT)
        type_in(store, mine.document, "ba ")
        mine.document.merge([row.data for row in texts.updates_since(store, TEXT, upto)])
        type_in(other, theirs.document, "! ")
        theirs.document.merge([row.data for row in texts.updates_since(other, TEXT, 0)])
        mine.document.merge([row.data for row in texts.updates_since(store, TEXT, upto)])
        assert mine.document.text == theirs.document.text == texts.plain_text(store, TEXT)
        assert sorted(mine.document.text.split()) == ["!", "ba", "hai", "một"]
        mine.document.undo()
        assert "!" in mine.document.text


def test_an_editor_finds_its_place_after_a_fold(store: Store) -> None:
    document = Document("An")
    type_in(store, document, "một hai")
    type_in(store, document, " ba")
    anchor = document.anchor(4)
    texts.fold(store, TEXT)
    assert texts.load(store, TEXT).document.position(anchor) == 4


def test_settling_brings_the_readable_text_up_to_its_updates(store: Store) -> None:
    seq = type_in(store, Document(), "một mình")
    assert plain(store) == ("", 0)
    texts.settle(store, TEXT)
    assert plain(store) == ("một mình", seq)
    texts.settle(store, TEXT)
    assert plain(store) == ("một mình", seq)


def test_an_earlier_moment_can_be_read_after_a_fold(store: Store) -> None:
    document = Document("An")
    type_in(store, document, "một ")
    type_in(store, document, "hai")
    texts.settle(store, TEXT)
    loaded = texts.load(store, TEXT).document
    now = datetime.now(UTC)
    assert loaded.at(now + timedelta(seconds=2)) == "một hai"
    assert loaded.at(now - timedelta(hours=1)) == ""
    assert {version.author for version in loaded.history()} == {"An"}


STEPS = st.lists(
    st.sampled_from(["a types", "b types", "a merges", "b merges", "fold", "push", "elsewhere"]),
    max_size=25,
)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_nothing_is_lost_or_doubled_whatever_happens_in_between(
    store: Store, steps: list[str]
) -> None:
    store.connection.execute("BEGIN")
    try:
        editors = {"a": Document("An"), "b": Document("Bình")}
        foreign = Document("Máy khác")
        seen = dict.fromkeys(editors, 0)
        sent: set[str] = set()
        written = 0

        def merge(name: str) -> None:
            news = texts.updates_since(store, TEXT, seen[name])
            if news:
                editors[name].merge([row.data for row in news])
                seen[name] = news[-1].seq

        for number, step in enumerate(steps):
            name = step[0]
            match step.split():
                case [_, "types"]:
                    type_in(store, editors[name], chr(0x100 + number))
                    written += 1
                case [_, "merges"]:
                    merge(name)
                case ["fold"]:
                    texts.fold(store, TEXT)
                case ["push"]:
                    pushed(store)
                    sent |= {row.id for row in rows(store)}
                case _:
                    foreign.insert(0, chr(0x100 + number))
                    from_elsewhere(store, foreign.pending() or b"", f"f{number}")
                    sent.add(f"f{number}")
                    written += 1
            assert sent <= {row.id for row in rows(store)}
            text = texts.plain_text(store, TEXT)
            assert len(text) == len(set(text)) == written
        for name in editors:
            merge(name)
            assert editors[name].text == texts.plain_text(store, TEXT)
    finally:
        store.connection.execute("ROLLBACK")
