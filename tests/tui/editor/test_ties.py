"""A follow-up hangs on its own line wherever that goes, and on no other when it is deleted."""

from hypothesis import given, settings
from hypothesis import strategies as st

from office.conclusions import start_of, words_of
from schema.document import Document
from schema.records import Followup
from tui.editor.buffer import Buffer, Place
from tui.editor.ties import Ties

# Much alike, as the conclusions of a meeting are.
UNITS = ("Y tế", "Nội vụ", "Tài chính", "Xây dựng", "Công Thương", "Tư pháp")
LINES = [f"! Giao Sở {unit} rà soát hồ sơ, báo cáo trước ngày 15/3/2026." for unit in UNITS]
OPERATIONS = st.lists(
    st.tuples(st.sampled_from(("delete", "insert", "undo", "first letter")), st.integers(0, 9)),
    max_size=12,
)


def texts(*lines: str) -> tuple[Buffer, dict[str, Followup]]:
    document = Document()
    buffer = Buffer(document)
    buffer.insert(Place(0, 0), "\n".join(lines))
    document.checkpoint()
    followups = {}
    for number, line in enumerate(lines):
        words = words_of(line)
        anchor = document.anchor(buffer.offset(Place(number, start_of(line, words))))
        followups[str(number)] = Followup(id=str(number), anchor=anchor, line=words)
    return buffer, followups


def edit(buffer: Buffer, what: str, at: int) -> None:
    document, lines = buffer.document, buffer.lines
    number = at % len(lines)
    match what:
        case "delete" if number + 1 < len(lines):
            buffer.delete(Place(number, 0), Place(number + 1, 0))
        case "insert":
            buffer.insert(Place(number, 0), "Các đại biểu thảo luận.\n")
        case "first letter" if lines[number].startswith("! G"):
            buffer.delete(Place(number, 2), Place(number, 3))
            buffer.insert(Place(number, 2), "g")
        case "undo":
            buffer.apply(document.undo(), Place(0, 0))
    document.checkpoint()


def look(ties: Ties, followups: dict[str, Followup], buffer: Buffer) -> None:
    """Find the ties again, and anchor those anew that are to be, with the words they have now."""
    for id, place in ties.look(followups).items():
        anchor = buffer.document.anchor(buffer.offset(place))
        words = words_of(buffer.lines[place.line])
        followups[id] = Followup(id=id, anchor=anchor, line=words)


@settings(deadline=None)
@given(OPERATIONS)
def test_each_hangs_on_the_line_of_its_unit_or_is_lost(operations: list[tuple[str, int]]) -> None:
    buffer, followups = texts(*LINES)
    ties = Ties(buffer)
    look(ties, followups, buffer)
    for what, at in operations:
        edit(buffer, what, at)
        look(ties, followups, buffer)
        ties.look(followups)
        for number, unit in enumerate(UNITS):
            here = [n for n, line in enumerate(buffer.lines) if f"Sở {unit} " in line]
            on = [n for n, ids in ties.all(followups).items() if str(number) in ids]
            assert on == here, (what, at)
            assert (str(number) in ties.lost) == (not here)


def test_a_line_that_is_written_anew_where_it_stands_is_not_the_same() -> None:
    buffer, followups = texts(LINES[0], "Hết")
    ties = Ties(buffer)
    look(ties, followups, buffer)
    end = len(buffer.lines[0])
    buffer.delete(Place(0, 2), Place(0, end))
    buffer.insert(Place(0, 2), "Biểu dương các đơn vị dẫn đầu phong trào thi đua.")
    look(ties, followups, buffer)
    assert list(ties.lost) == ["0"]


def test_a_deleted_line_that_is_typed_again_elsewhere_has_its_follow_up_again() -> None:
    buffer, followups = texts(LINES[0], LINES[1], "Hết")
    ties = Ties(buffer)
    look(ties, followups, buffer)
    buffer.delete(Place(0, 0), Place(1, 0))
    look(ties, followups, buffer)
    assert list(ties.lost) == ["0"]
    buffer.insert(buffer.end, "\n" + LINES[0])
    look(ties, followups, buffer)
    assert not ties.lost
    assert list(ties.on(2, followups)) == ["0"]


def test_places_found_in_one_walk_are_those_found_one_by_one() -> None:
    buffer, _followups = texts(*LINES)
    offsets = range(0, len(buffer.document) + 1, 7)
    assert buffer.places(offsets) == {offset: buffer.place(offset) for offset in offsets}
