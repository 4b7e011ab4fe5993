"""What belongs to a meeting with a state-secret grade is in no file of the shared folder."""

import pytest

from schema import texts
from schema.document import Document
from schema.records import (
    AgendaItem,
    Attendance,
    Followup,
    FollowupEvent,
    FollowupSource,
    Meeting,
    Text,
    TextUpdate,
)
from sync import capture
from sync.change import Change
from sync.segment import open_segment
from tests.sync.desks import Desks


def sent(desks: Desks) -> list[Change]:
    """Every change in the folder, in the clear."""
    vault = desks.all[0].engine.workspace.vault
    return [
        change
        for path, data in desks.segments().items()
        for batch in open_segment(data, path, vault.workspace, vault.trust).batches()
        for change in batch
    ]


def fill(desks: Desks, grade: str) -> set[str]:
    """A meeting with all that may belong to one. Returns the ids."""
    store = desks.all[0].store
    store.insert(Meeting(id="m", title="Họp kín", secrecy=grade))
    store.insert(AgendaItem(id="a", meeting="m", title="Nội dung"))
    store.insert(Attendance(id="t", meeting="m", name="Ông A"))
    store.insert(Followup(id="f", meeting="m", work="Việc kín"))
    store.insert(FollowupEvent(id="e", followup="f", kind="assigned", note="kín"))
    store.insert(FollowupSource(id="s", followup="f", meeting="m"))
    document = Document("An")
    document.insert(0, "lời kín")
    texts.append(store, "m", document.pending() or b"")
    (update,) = store.select(TextUpdate)
    return {"m", "a", "t", "f", "e", "s", update.id}


@pytest.mark.parametrize("grade", ["mat", "toi_mat", "tuyet_mat"])
def test_nothing_of_a_marked_meeting_leaves(desks: Desks, grade: str) -> None:
    ids = fill(desks, grade)
    desks.all[0].store.insert(Meeting(id="open", title="Họp thường"))
    desks.sync(prove=True)
    assert {change.row for change in sent(desks)} & ids == set()
    assert desks.all[1].store.find(Meeting, "open")
    assert desks.all[1].store.find(Meeting, "m") is None
    # What stays at home is no difference.
    assert [a.differs for a in desks.all[0].engine.state.agreements()] == [None]


def test_all_of_it_goes_once_the_mark_is_taken_away(desks: Desks) -> None:
    ids = fill(desks, "mat")
    desks.sync()
    desks.all[0].store.update(Meeting, "m", secrecy="")
    desks.sync(prove=True)
    assert ids <= {change.row for change in sent(desks)}
    second = desks.all[1].store
    assert second.get(Text, "m").plain == "lời kín"
    assert second.get(Followup, "f").state == "assigned"
    assert [a.differs for a in desks.all[1].engine.state.agreements()] == [None]


def test_a_mark_that_comes_late_keeps_what_is_new_and_says_what_is_gone(desks: Desks) -> None:
    fill(desks, "")
    desks.sync()
    store = desks.all[0].store
    assert capture.already_sent(store, "m") > 10
    before = len(sent(desks))
    store.update(Meeting, "m", secrecy="mat", place="Phòng kín")
    store.insert(FollowupEvent(followup="f", kind="done"))
    desks.sync(prove=True)
    assert len(sent(desks)) == before
    assert desks.all[1].store.get(Meeting, "m").place == ""
    assert [a.differs for a in desks.all[1].engine.state.agreements()] == [None]


def test_a_meeting_never_sent_has_nothing_gone(desks: Desks) -> None:
    fill(desks, "mat")
    desks.sync()
    assert capture.already_sent(desks.all[0].store, "m") == 0


def test_a_mark_holds_back_files_that_still_wait_to_leave(desks: Desks) -> None:
    first = desks.all[0]
    first.sync()
    ids = fill(desks, "")

    def full(what: str, path: str) -> None:
        from sync.folder import Full

        if what == "write":
            raise Full(path)

    desks.folder._fault = full
    assert first.engine.round().failure is not None
    assert first.engine.state.outgoing()
    first.store.update(Meeting, "m", secrecy="mat")
    desks.folder._fault = lambda what, path: None
    desks.sync()
    assert {change.row for change in sent(desks)} & ids == set()
