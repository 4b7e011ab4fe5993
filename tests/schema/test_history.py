"""Every version of a text can be read, told apart from the one before, and brought back."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.document import Document
from schema.history import Splice
from tests.schema.test_document import EDITS, edit, spliced

START = 1_772_175_600.0
NAMES = ("An", "Bình", "Chi")


class Desk:
    """Copies of one text, each with a name and a clock of its own."""

    def __init__(self, *names: str) -> None:
        self.clocks = [START] * len(names)
        self.documents = [
            Document(name, clock=lambda number=number: self.clocks[number])  # type: ignore[misc]
            for number, name in enumerate(names)
        ]

    def pass_on(self) -> None:
        updates = [update for document in self.documents if (update := document.pending())]
        for document in self.documents:
            document.merge(updates)


def versions(document: Document) -> list[tuple[str, str]]:
    history = document.history()
    return [(v.author, history.show(n).text) for n, v in enumerate(history)]


@settings(max_examples=100, deadline=None)
@given(
    edits=EDITS,
    steps=st.lists(st.integers(-4000, 4000), min_size=25, max_size=25),
    met=st.sets(st.integers(0, 24)),
    order=st.randoms(),
)
def test_any_version_is_read_compared_and_restored_whatever_the_clocks_say(
    edits: list[tuple[int, float, int, str | None]],
    steps: list[int],
    met: set[int],
    order: random.Random,
) -> None:
    desk = Desk(*NAMES)
    for number, (who, where, removed, inserted) in enumerate(edits):
        desk.clocks[who] += steps[number]
        edit(desk.documents[who], where, removed, inserted)
        if number in met:
            desk.pass_on()
    desk.pass_on()
    document = desk.documents[0]
    text = document.text
    history = document.history()
    shown = [history.show(n) for n in range(len(history))]
    assert (shown[-1].text if shown else "") == text
    for number, one in enumerate(shown):
        before = shown[number - 1].text if number else ""
        assert spliced(one.text, one.back) == before
    for number in order.sample(range(len(history)), len(history)):
        assert history.show(number) == shown[number]
        now = document.text
        splices = document.restore(history.heads(number))
        assert document.text == shown[number].text == spliced(now, splices)
    assert sum(v.operations for v in document.history()) >= sum(v.operations for v in history)
    while document.undo():
        pass
    desk.pass_on()
    assert len({copy.text for copy in desk.documents}) == 1


def test_a_restored_version_is_one_edit_that_undo_takes_back_and_redo_brings_again() -> None:
    desk = Desk("An", "Bình")
    an, binh = desk.documents
    an.insert(0, "𠮷 một\n")
    desk.pass_on()
    desk.clocks = [START + 600] * 2
    binh.insert(len(binh), "hai\n")
    binh.delete(0, 2)
    desk.pass_on()
    before = an.text
    an.restore(an.history().heads(0))
    assert an.text == "𠮷 một\n"
    an.undo()
    assert an.text == before
    an.redo()
    assert an.text == "𠮷 một\n"
    # What came after is still there to go back to.
    assert ("Bình", before) in versions(an)


def test_words_that_others_type_meanwhile_stay_when_a_version_is_restored() -> None:
    desk = Desk("An", "Bình")
    an, binh = desk.documents
    an.insert(0, "một\n")
    desk.pass_on()
    desk.clocks = [START + 600] * 2
    an.insert(4, "hai\n")
    an.pending()
    an.restore(an.history().heads(0))
    binh.insert(0, "ba ")
    desk.pass_on()
    assert an.text == binh.text == "ba một\n"


def test_a_version_is_one_persons_minute() -> None:
    desk = Desk("An", "Bình")
    an, binh = desk.documents
    for second, document, words in (
        (0, an, "một "),
        (30, an, "hai "),
        (70, binh, "ba "),
        (90, an, "bốn "),
        (160, an, "năm "),
    ):
        desk.clocks = [START + second] * 2
        document.insert(len(document), words)
        desk.pass_on()
    assert versions(an) == [
        ("An", "một hai "),
        ("Bình", "một hai ba "),
        ("An", "một hai ba bốn "),
        ("An", "một hai ba bốn năm "),
    ]


def test_those_who_take_turns_within_a_minute_have_one_version_together() -> None:
    desk = Desk("An", "Bình")
    for second in range(6):
        desk.clocks = [START + second] * 2
        document = desk.documents[second % 2]
        document.insert(len(document), f"{second} ")
        desk.pass_on()
    assert versions(desk.documents[0]) == [("An, Bình", "0 1 2 3 4 5 ")]


def test_a_version_never_lacks_what_it_was_written_on_though_a_clock_was_years_behind() -> None:
    desk = Desk("An", "Bình")
    an, binh = desk.documents
    an.insert(0, "một\n")
    desk.pass_on()
    desk.clocks[1] -= 365 * 86_400
    binh.insert(4, "hai\n")
    desk.pass_on()
    assert versions(an) == [("An", "một\n"), ("Bình", "một\nhai\n")]
    assert an.at(datetime.fromtimestamp(START - 86_400, UTC)) == ""


def test_each_part_of_a_text_is_told_with_who_wrote_it_and_when() -> None:
    desk = Desk("An", "Bình")
    an, binh = desk.documents
    an.insert(0, "Giao Sở 𠮷 Tài chính")
    desk.pass_on()
    desk.clocks[1] += 600
    binh.insert(8, "Y tế, ")
    desk.pass_on()
    found = an.written(5, 16)
    text = an.text
    assert [(w.author, text[w.start : w.end]) for w in found] == [
        ("An", "Sở "),
        ("Bình", "Y tế, "),
        ("An", "𠮷 "),
    ]
    assert found[1].at == datetime.fromtimestamp(START + 600, UTC)
    assert an.written(0, 0) == []
    assert an.written(len(an), len(an) + 9) == []
    assert Document().written(0, 5) == []


@pytest.mark.parametrize("number", [0, 1, 2])
def test_reading_history_leaves_the_text_where_it_is(number: int) -> None:
    document = Document("An", clock=lambda: START)
    document.insert(0, "một")
    history = document.history()
    document.insert(3, " hai")
    if number < len(history):
        assert history.show(number).back == [Splice(0, 3, "")]
    assert document.text == "một hai"
    document.insert(0, "x")
    assert document.text == "xmột hai"
