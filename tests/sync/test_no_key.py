"""Who has the folder and no key, or no key any more, reads nothing and has nothing accepted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schema import texts
from schema.carets import Caret, put
from schema.document import Document
from schema.records import Meeting, Unit
from sync import capture
from sync.consolidation import consolidate
from sync.presence import Presence
from sync.problem import Reason, Refused
from sync.segment import open_segment
from sync.workspace import PutOut
from tests.sync.desks import Desks, names, write

YEAR = 365 * 86400


def words_in(folder: dict[str, bytes], words: Iterator[str]) -> list[tuple[str, str]]:
    found = []
    for word in words:
        for form in (word, word.upper(), word.encode("ascii", "ignore").decode()):
            if len(form) > 6:
                found += [
                    (path, form)
                    for path, data in folder.items()
                    if form in path
                    or any(form.encode(coding) in data for coding in ("utf-8", "utf-16-le"))
                ]
    return found


def test_who_has_the_folder_and_no_key_finds_no_plain_word(tmp_path: Path) -> None:
    """Every file that was ever there, its name too: segments large and small, merged ones, cards
    with the devices' names, digests, presence, snapshots, epochs, revocations."""
    typed = "Chủ tịch yêu cầu Sở Tài chính báo cáo trước thứ sáu"
    desks = Desks(tmp_path, 3)
    first, second, third = desks.all
    seen: dict[str, bytes] = {}

    def remember() -> None:
        for path, data in desks.folder.files.items():
            seen[path] = seen.get(path, b"") + data

    first.store.insert(Meeting(id="m", title="Giao ban tuần bí ẩn", note="ghi chú nội bộ"))
    document = Document("Nguyễn Thị Thư Ký")
    for word in typed.split():
        document.insert(len(document), f"{word} ")
        texts.append(first.store, "m", document.pending() or b"")
        first.sync(prove=True)
        remember()
    many = [f"Nhiệm vụ số {number} của tỉnh" for number in range(300)]
    for name in many:
        second.store.insert(Unit(name=name, abbr="TENVIETTAT"))
    put(first.store, Caret("p", "m", b"anchor-of-a-caret", "Nguyễn Thị Thư Ký"))
    for desk in (first, second):
        Presence(desk.store).step(desk.engine.workspace)
    desks.sync(prove=True)
    remember()
    first.engine.publish_snapshot()
    place = first.engine.state.place(first.device)
    consolidate(first.engine.workspace, place, grace_ms=0)
    first.engine.workspace.membership.revoke(third.device, first.engine.state.place(third.device))
    desks.clock.seconds += 4000
    for desk in (first, second):
        desk.sync(prove=True)
    remember()
    kinds = {path.rpartition(".")[2] for path in seen}
    assert kinds >= {"seg", "snap", "digest", "presence", "card", "epoch", "revoked", "workspace"}
    devices = [desk.engine.workspace.vault.name for desk in desks.all]
    secret = ["Giao ban tuần bí ẩn", "ghi chú nội bộ", "Nguyễn Thị Thư Ký", "TENVIETTAT"]
    secret += [typed, *typed.split(), *many, *devices, "anchor-of-a-caret"]
    assert words_in(seen, iter(secret)) == []
    # What is looked for would be found.
    assert words_in({"x": "Nguyễn Thị Thư Ký".encode()}, iter(secret))
    # Even the columns' names say nothing.
    assert words_in(seen, iter(("text_update", "created_at", "deleted_at", "followup"))) == []
    desks.close()


def test_a_device_that_is_out_reads_nothing_more_and_nothing_of_it_is_taken(share: Desks) -> None:
    first, second, third = share.all
    place = first.engine.state.place(third.device)
    first.engine.workspace.membership.revoke(third.device, place)
    for desk in (first, second):
        desk.sync()
    before = set(share.folder.files)
    write(first, "sau khi loại")
    write(second, "cũng sau khi loại")
    for desk in (first, second, first):
        desk.sync(prove=True)
    first.engine.publish_snapshot()
    # It has the folder and all its own keys, and does not ask whether it belongs.
    vault = third.engine.workspace.vault
    for path in share.folder.files.keys() - before:
        if path.endswith(".seg"):
            with pytest.raises(Refused) as refused:
                open_segment(share.folder.files[path], path, vault.workspace, vault.trust)
            assert refused.value.reason == Reason.UNKNOWN_EPOCH
    assert isinstance(third.engine.round().failure, PutOut)
    assert "sau khi loại" not in names(third)
    write(third, "không được nhận")
    changes = [change for _, change in capture.unsent(third.store)]
    vault.trust.revoked.clear()
    for outgoing in third.engine.workspace.seal(changes, third.engine.state.place(third.device)):
        share.folder.write_new(outgoing.path, outgoing.data)
    for desk in (first, second, first, second):
        desk.sync(prove=True)
        assert "không được nhận" not in names(desk)
