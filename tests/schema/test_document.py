"""Copies of a text that saw the same edits are the same text, and nobody's edit is lost."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.document import Document, Unreadable
from schema.history import Splice

PIECES = st.sampled_from(
    ["a", "ơ", "Đ", "xin chào", "\n", "! giao", "e\u0323\u0302", "👩‍👩‍👧", "𠮷"]
)
# Who edits, where (a fraction of the text), how much is deleted there, what is put there.
EDITS = st.lists(
    st.tuples(st.integers(0, 2), st.floats(0, 1), st.integers(0, 4), st.none() | PIECES),
    max_size=25,
)


def edit(document: Document, where: float, removed: int, inserted: str | None) -> None:
    at = int(where * len(document))
    if removed := min(removed, len(document) - at):
        document.delete(at, removed)
    if inserted:
        document.insert(at, inserted)


def spliced(text: str, splices: Sequence[Splice]) -> str:
    for splice in splices:
        text = text[: splice.at] + splice.inserted + text[splice.at + splice.removed :]
    return text


def typed(text: str, author: str = "") -> tuple[Document, bytes]:
    document = Document(author)
    document.insert(0, text)
    update = document.pending()
    assert update
    return document, update


@settings(max_examples=150, deadline=None)
@given(
    edits=EDITS, kept_at=st.sets(st.integers(0, 24)), order=st.randoms(), seen=st.integers(0, 24)
)
def test_copies_converge_in_whatever_order_updates_arrive(
    edits: list[tuple[int, float, int, str | None]],
    kept_at: set[int],
    order: random.Random,
    seen: int,
) -> None:
    documents = [Document(name) for name in ("An", "Bình", "Chi")]
    updates: list[bytes] = []

    def keep() -> None:
        updates.extend(filter(None, (document.pending() for document in documents)))

    for number, (who, where, removed, inserted) in enumerate(edits):
        edit(documents[who], where, removed, inserted)
        if number in kept_at:
            keep()
        if number == seen:
            documents[0].merge(updates)
    keep()
    for document in documents:
        arriving = updates + order.sample(updates, len(updates) // 2)
        order.shuffle(arriving)
        before = document.text
        splices = document.merge(arriving)
        assert spliced(before, splices) == document.text
        assert not document.waiting
    late = Document()
    late.merge(updates)
    assert len({document.text for document in (*documents, late)}) == 1


@settings(max_examples=150, deadline=None)
@given(
    steps=st.lists(st.sampled_from(["mine", "theirs", "undo", "redo", "checkpoint"]), max_size=40),
    places=st.randoms(),
)
def test_undo_takes_back_ones_own_and_never_anothers(
    steps: list[str], places: random.Random
) -> None:
    mine, theirs = Document("An"), Document("Bình")
    written = 0
    for step in steps:
        before = mine.text
        match step:
            case "mine":
                mine.insert(places.randint(0, len(mine)), "m")
                splices = None
            case "theirs":
                theirs.insert(places.randint(0, len(theirs)), "t")
                written += 1
                splices = mine.merge([theirs.pending() or b""])
            case "undo":
                splices = mine.undo()
            case "redo":
                splices = mine.redo()
            case _:
                mine.checkpoint()
                splices = None
        if splices is not None:
            assert spliced(before, splices) == mine.text
        if update := mine.pending():
            theirs.merge([update])
        assert mine.text == theirs.text
        assert mine.text.count("t") == written
    while mine.undo():
        pass
    assert mine.text == "t" * written


def test_undo_and_redo_go_group_by_group() -> None:
    document = Document()
    for word in ("một ", "hai ", "ba"):
        for letter in word:
            document.insert(len(document), letter)
        document.checkpoint()
    assert document.undo() == [Splice(8, 2, "")]
    document.undo()
    assert document.text == "một "
    assert document.redo() == [Splice(4, 0, "hai ")]
    document.insert(len(document), "!")
    assert document.redo() == []
    assert document.text == "một hai !"


def test_undo_of_a_deletion_brings_the_words_back() -> None:
    document, _ = typed("xin chào các bạn")
    document.checkpoint()
    document.delete(3, 5)
    assert document.text == "xin các bạn"
    document.undo()
    assert document.text == "xin chào các bạn"


def test_nothing_to_undo_is_no_change() -> None:
    document = Document("An")
    assert document.undo() == []
    assert document.redo() == []


def test_what_was_loaded_cannot_be_undone() -> None:
    _, update = typed("của người khác")
    document = Document("An")
    document.merge([update])
    document.insert(0, "x")
    document.undo()
    assert document.undo() == []
    assert document.text == "của người khác"


def test_an_insert_outside_the_text_is_refused() -> None:
    document, _ = typed("abc")
    with pytest.raises(IndexError):
        document.insert(4, "x")
    with pytest.raises(IndexError):
        document.delete(2, 2)
    assert document.text == "abc"
    document.insert(3, "d")
    assert document.text == "abcd"


@settings(max_examples=100, deadline=None)
@given(edits=EDITS)
def test_indexes_count_code_points(edits: list[tuple[int, float, int, str | None]]) -> None:
    document, expected = Document(), ""
    for _, where, removed, inserted in edits:
        at = int(where * len(expected))
        expected = expected[:at] + (inserted or "") + expected[at + removed :]
        edit(document, where, removed, inserted)
        assert (document.text, len(document)) == (expected, len(expected))


# Anchors


@settings(max_examples=150, deadline=None)
@given(edits=EDITS, at=st.integers(0, 9))
def test_an_anchor_stays_with_its_character(
    edits: list[tuple[int, float, int, str | None]], at: int
) -> None:
    document, update = typed("0123456789")
    other = Document()
    other.merge([update])
    anchor = document.anchor(at)
    for who, where, removed, inserted in edits:
        edit(other if who else document, where, removed, inserted)
    document.pending()
    document.merge([other.export()])
    position = document.position(anchor)
    assert position is not None
    if str(at) in document.text:
        assert document.text[position] == str(at)
    else:
        assert 0 <= position <= len(document)


def test_an_anchor_means_the_same_in_every_copy() -> None:
    document, update = typed("xin chào")
    anchor = document.anchor(4)
    document.insert(0, ">> ")
    other = Document()
    other.merge([update, document.pending() or b""])
    assert other.position(anchor) == document.position(anchor) == 7


@pytest.mark.parametrize("bad", [b"", b"\x00", b"not an anchor", bytes(2)])
def test_what_is_no_anchor_is_nowhere(bad: bytes) -> None:
    document, _ = typed("abc")
    assert document.position(bad) is None


def test_an_anchor_of_another_text_is_nowhere() -> None:
    document, _ = typed("abc")
    other, _ = typed("xyz")
    assert other.position(document.anchor(1)) is None


# Keeping and merging


def test_pending_is_each_edit_once() -> None:
    document = Document("An")
    assert document.pending() is None
    document.insert(0, "a")
    first = document.pending()
    assert document.pending() is None
    document.insert(1, "b")
    second = document.pending()
    assert first
    assert second
    copy = Document()
    copy.merge([first])
    assert copy.text == "a"
    copy.merge([second])
    assert copy.text == "ab"
    assert copy.pending() is None


def test_an_undo_is_kept_as_any_edit() -> None:
    document, update = typed("abc")
    document.undo()
    undone = document.pending()
    assert undone
    copy = Document()
    copy.merge([update, undone])
    assert copy.text == ""


def test_pending_after_a_merge_is_what_was_edited_since_it_was_asked_last() -> None:
    document, first = typed("abc")
    document.insert(3, "d")
    _, other = typed("x")
    document.merge([other])
    second = document.pending()
    assert second
    copy = Document()
    copy.merge([second])
    assert copy.waiting
    copy.merge([first])
    assert copy.text == "abcd"


def test_an_undo_does_not_unsign() -> None:
    document, _ = typed("abc", "An")
    for _ in range(3):
        document.undo()
    document.insert(0, "x")
    assert {version.author for version in document.history()} == {"An"}


def test_what_was_merged_is_not_pending() -> None:
    _, update = typed("abc")
    document = Document()
    document.merge([update])
    assert document.pending() is None


def test_an_update_that_came_too_early_waits_for_the_others() -> None:
    document = Document()
    updates = []
    for letter in "abc":
        document.insert(len(document), letter)
        updates.append(document.pending() or b"")
    copy = Document()
    assert copy.merge(updates[2:]) == []
    assert copy.waiting
    copy.merge([])
    assert copy.waiting
    _, unrelated = typed("z")
    copy.merge([unrelated])
    assert copy.waiting
    copy.merge(updates[:1])
    assert copy.waiting
    before = copy.text
    splices = copy.merge(updates[1:2])
    assert spliced(before, splices) == copy.text
    assert "abc" in copy.text
    assert not copy.waiting


@settings(max_examples=200, deadline=None)
@given(noise=st.binary(max_size=80), flipped=st.none() | st.integers(0, 10_000))
def test_bad_bytes_are_told_and_the_rest_is_in(noise: bytes, flipped: int | None) -> None:
    _, good = typed("xin chào")
    bad = noise
    if flipped is not None:
        at, bit = divmod(flipped, 8)
        # Past the header, which says nothing of its own.
        at = 22 + at % (len(good) - 22)
        bad = good[:at] + bytes([good[at] ^ 1 << bit]) + good[at + 1 :]
    document = Document()
    with pytest.raises(Unreadable, match="1 phần biên bản") as caught:
        document.merge([bad, good])
    assert caught.value.which == (0,)
    assert document.text == "xin chào"
    document.insert(0, "!")
    assert document.pending()


@given(cut=st.integers(0, 60))
def test_half_an_update_is_told(cut: int) -> None:
    _, good = typed("xin chào")
    document = Document()
    with pytest.raises(Unreadable):
        document.merge([good[:cut]])
    assert document.text == ""


def test_leaving_the_program_is_not_mistaken_for_bad_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def leave(*_: object) -> None:
        raise KeyboardInterrupt

    document = Document()
    monkeypatch.setattr(document, "_waits", leave)
    with pytest.raises(KeyboardInterrupt):
        document.merge([b"x"])


# History


def test_export_is_the_whole_text_or_what_another_copy_lacks() -> None:
    document, update = typed("xin ", "An")
    older = Document()
    older.merge([update])
    document.insert(4, "chào")
    whole, rest = Document(), Document()
    whole.merge([document.export()])
    assert whole.text == "xin chào"
    assert [v.author for v in whole.history()] == [v.author for v in document.history()]
    older.merge([document.export(older)])
    assert older.text == "xin chào"
    rest.merge([document.export(older)])
    assert rest.text == ""


def test_history_tells_who_wrote_when() -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    an, update = typed("một", "An")
    binh = Document("Bình")
    binh.merge([update])
    binh.insert(3, " hai")
    an.merge([binh.pending() or b""])
    versions = an.history()
    assert {version.author for version in versions} == {"An", "Bình"}
    assert all(before <= v.at <= datetime.now(UTC) + timedelta(seconds=1) for v in versions)
    assert [v.at for v in versions] == sorted(v.at for v in versions)
    assert sum(v.operations for v in versions) >= len("một hai")


def test_nobodys_name_is_asked_for() -> None:
    document, _ = typed("abc")
    assert [version.author for version in document.history()] == [""]
    assert list(Document().history()) == []


def test_the_text_of_a_moment_is_read_without_moving_the_text() -> None:
    document, _ = typed("một", "An")
    now = datetime.now(UTC)
    assert document.at(now + timedelta(seconds=2)) == "một"
    assert document.at(now - timedelta(days=1)) == ""
    assert document.text == "một"
    document.insert(3, " hai")
    assert document.text == "một hai"


def test_the_same_edits_at_the_same_times_are_the_same_bytes() -> None:
    def typed() -> tuple[bytes, bytes, list[datetime]]:
        times = iter((1_772_175_600.0, 1_772_175_900.0))
        now = next(times)
        copy = Document("Lê Ý", clock=lambda: now, peer=77)
        copy.insert(0, "một")
        copy.checkpoint()
        now = next(times)
        copy.insert(3, " hai")
        return copy.pending() or b"", copy.anchor(4), [version.at for version in copy.history()]

    first, second = typed(), typed()
    assert first == second
    assert first[2][-1] - first[2][0] == timedelta(minutes=5)
