"""Lines and text say the same, whoever edits."""

from hypothesis import given, settings
from hypothesis import strategies as st

from schema.document import Document
from schema.viet import nfc
from tui.editor.buffer import Buffer, Place
from tui.editor.find import find, find_all

PIECES = st.sampled_from(
    ["a", "ế", "e\u0301", "\u0301", "\u0302", "\u0323", "b\nc", "\n", " Sở Tài ", "😀", "u\u031b"]
)  # fmt: skip
WHERE = st.floats(0, 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), WHERE, PIECES),
        st.tuples(st.just("delete"), WHERE, st.integers(0, 6)),
        st.tuples(st.sampled_from(["undo", "redo", "checkpoint"])),
        st.tuples(st.just("other"), WHERE, PIECES),
        st.tuples(st.just("other deletes"), WHERE, st.integers(1, 6)),
    ),
    max_size=60,
)


def play(steps: list[tuple[object, ...]]) -> tuple[Buffer, Place]:
    document, other = Document("An"), Document("Bình")
    buffer, cursor = Buffer(document), Place(0, 0)
    for step in steps:
        match step:
            case ("insert", float() as where, str() as piece):
                cursor, _ = buffer.insert(buffer.place(int(where * len(document))), piece)
            case ("delete", float() as where, int() as count):
                start = int(where * len(document))
                cursor = buffer.place(start)
                cursor, _ = buffer.delete(cursor, buffer.place(min(start + count, len(document))))
            case ("undo",):
                cursor, _ = buffer.apply(document.undo(), buffer.clamp(cursor))
            case ("redo",):
                cursor, _ = buffer.apply(document.redo(), buffer.clamp(cursor))
            case ("checkpoint",):
                document.checkpoint()
            case (_, float() as where, piece):
                if update := document.pending():
                    other.merge([update])
                at = int(where * len(other))
                if isinstance(piece, str):
                    other.insert(at, piece)
                elif isinstance(piece, int):
                    other.delete(at, min(piece, len(other) - at))
                if update := other.pending():
                    cursor, _ = buffer.apply(document.merge([update]), cursor)
        assert "\n".join(buffer.lines) == document.text
        cursor = buffer.clamp(cursor)
    return buffer, cursor


@given(STEPS)
@settings(max_examples=300, deadline=None)
def test_lines_and_text_say_the_same_whatever_is_edited_here_or_elsewhere(
    steps: list[tuple[object, ...]],
) -> None:
    play(steps)


@given(STEPS)
@settings(max_examples=100, deadline=None)
def test_every_place_has_one_offset_and_every_offset_one_place(
    steps: list[tuple[object, ...]],
) -> None:
    buffer, _ = play(steps)
    text = buffer.document.text
    for offset in range(len(text) + 1):
        place = buffer.place(offset)
        assert buffer.offset(place) == offset
        assert buffer.slice(Place(0, 0), place) == text[:offset]


@given(
    st.text(alphabet="aeiouydEO\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b \n", max_size=40)
)
@settings(max_examples=300, deadline=None)
def test_marks_typed_after_their_letters_are_composed_with_them(text: str) -> None:
    buffer, place = Buffer(Document()), Place(0, 0)
    for char in text:
        place, _ = buffer.insert(place, char)
    assert buffer.document.text == nfc(text)
    assert place == buffer.end


MARKED = st.text(alphabet="aeoud\u0300\u0323\u0302\u031b\n", max_size=12)


@given(MARKED, MARKED, MARKED, st.integers(0, 4))
@settings(max_examples=400, deadline=None)
def test_text_typed_or_deleted_between_marks_leaves_the_text_composed(
    before: str, typed: str, after: str, erased: int
) -> None:
    buffer = Buffer(Document())
    place, _ = buffer.insert(Place(0, 0), nfc(before))
    buffer.insert(place, nfc(after))
    whole = buffer.document.text
    place = buffer.place(min(len(nfc(before)), len(whole)))
    offset = buffer.offset(place)
    place, touched = buffer.insert(place, nfc(typed) or "a")
    text = buffer.document.text
    assert text == nfc(whole[:offset] + (nfc(typed) or "a") + whole[offset:])
    assert "\n".join(buffer.lines) == text
    assert (
        whole.split("\n")[touched.first][: touched.column]
        == buffer.lines[touched.first][: touched.column]
    )
    start = buffer.offset(place)
    end = buffer.place(min(start + erased, len(text)))
    rest = text[:start] + text[buffer.offset(end) :]
    buffer.delete(place, end)
    assert buffer.document.text == nfc(rest)
    assert "\n".join(buffer.lines) == nfc(rest)


@given(STEPS, st.integers(0, 200), st.integers(0, 200))
@settings(max_examples=100, deadline=None)
def test_a_slice_is_the_text_between_two_places(
    steps: list[tuple[object, ...]], a: int, b: int
) -> None:
    buffer, _ = play(steps)
    text = buffer.document.text
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    assert buffer.slice(buffer.place(start), buffer.place(end)) == text[start:end]


def test_another_persons_text_at_the_cursor_leaves_the_cursor_in_its_own_word() -> None:
    mine, theirs = Document("An"), Document("Bình")
    buffer = Buffer(mine)
    cursor, _ = buffer.insert(Place(0, 0), "giải ngâ")
    update = mine.pending()
    assert update
    theirs.merge([update])
    theirs.insert(len(theirs), " XONG")
    other = theirs.pending()
    assert other
    cursor, _ = buffer.apply(mine.merge([other]), cursor)
    buffer.insert(cursor, "n")
    assert buffer.lines == ["giải ngân XONG"]


LINES = ["Giải ngân vốn đầu tư công", "giai ngan thấp", "GIẢI NGÂN"]


def test_words_without_marks_find_words_with_any() -> None:
    assert find(LINES, "giai ngan", Place(0, 0)) == (Place(1, 0), Place(1, 9))
    assert find(LINES, "giai ngan", Place(1, 0)) == (Place(2, 0), Place(2, 9))


def test_words_with_marks_find_those_marks_only_and_go_around_at_the_end() -> None:
    assert find(LINES, "giải ngân", Place(0, 0)) == (Place(2, 0), Place(2, 9))
    assert find(LINES, "giải ngân", Place(2, 0)) == (Place(0, 0), Place(0, 9))
    assert find(LINES, "giải ngân", Place(0, 0), backwards=True) == (Place(2, 0), Place(2, 9))


def test_words_that_are_not_there_are_not_found() -> None:
    assert find(LINES, "kết luận", Place(0, 0)) is None
    assert find(LINES, "", Place(0, 0)) is None


@given(
    st.lists(st.text(alphabet="aáAđ ", max_size=8), min_size=1, max_size=5),
    st.text(alphabet="aáđ", max_size=2),
)
@settings(max_examples=200, deadline=None)
def test_going_on_finds_every_place_and_comes_back_to_the_first(
    lines: list[str], words: str
) -> None:
    every = {start for start, _ in find_all(lines, words)}
    found, at = set(), Place(0, 0)
    for _ in range(60):
        hit = find(lines, words, at)
        if hit is None:
            break
        at = hit[0]
        found.add(at)
    assert every <= found
    assert bool(every) == bool(found)
