"""Who has which text open on which machine, and where their cursors are.

Public entrance: `Presence`. The carets of this machine's processes (`schema.carets`) go to the
others as a sealed note (`sync.notes`); what the others say comes into the same table. A note says
when it was made, but clocks differ: one that is seen to change is of somebody who is there.
"""

from collections.abc import Sequence
from typing import Annotated

import msgspec

from schema.carets import RENEW_SECONDS, STALE_SECONDS, Caret, carets, forget_others, hear
from schema.secrecy import held_ids
from schema.store import Store
from sync.notes import Notes, Topic, publish, withdraw
from sync.workspace import Workspace

# How often at most a device says where its carets are, while somebody else is in the same text.
EVERY_SECONDS = 1.0
MOST_CARETS = 64
NUMBER = "sync_presence_number"
# So many numbers of notes are taken at once, since each time that is a write.
RESERVED = 1000
_Text = Annotated[str, msgspec.Meta(max_length=64)]
_Anchor = Annotated[bytes, msgspec.Meta(max_length=256)]


class Mark(msgspec.Struct, frozen=True):
    """One cursor: at `anchor` of `text`, that of `name`."""

    text: _Text
    anchor: _Anchor
    name: _Text


class Said(msgspec.Struct, frozen=True):
    """All that a device says: when (milliseconds), and each cursor."""

    at: int
    carets: Annotated[list[Mark], msgspec.Meta(max_length=MOST_CARETS)]


_decoder = msgspec.msgpack.Decoder(Said)


class _Heard:
    """What another device said last. `at` is when it was seen to be there, by our clock."""

    def __init__(self, content: bytes, now: float) -> None:
        self.content = content
        try:
            self.marks: Sequence[Mark] = _decoder.decode(content).carets
            made: float = _decoder.decode(content).at / 1000
        except (msgspec.MsgspecError, UnicodeDecodeError):
            # Of another version.
            self.marks, made = (), now
        self.at = now if abs(now - made) < STALE_SECONDS else float("-inf")


class Presence:
    """What one device says and hears of open texts."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._workspace: Workspace | None = None
        self._said: Sequence[Mark] | None = None
        self._said_at = float("-inf")
        self._number = self._reserved = int(store.local(NUMBER, "0"))
        self._heard: dict[str, _Heard] = {}
        self.open = False
        """Whether somebody here has a text open that others may know of."""
        self.together = False
        """Whether others have one of these open, too."""
        forget_others(store)

    def step(self, workspace: Workspace) -> float:
        """Say and hear what is due. Returns in how many seconds there may be more to say, if
        nobody moves until then. Raises FolderError."""
        if workspace is not self._workspace:
            self._workspace, self._said = workspace, None
            self._notes = Notes(workspace, Topic.PRESENCE)
            # What a service that was killed said.
            withdraw(workspace, Topic.PRESENCE)
        marks = self._marks(workspace)
        self.open = bool(marks)
        if not marks:
            self.close()
            return float("inf")
        now = workspace.clock()
        self._hear(workspace, now)
        texts = {mark.text for mark in marks}
        others = {c.text for c in carets(self._store) if c.device}
        met, self.together = self.together, not texts.isdisjoint(others)
        return self._say(workspace, marks, now, news=self.together and not met)

    def close(self) -> None:
        """Take back what was said, and forget what others said. Raises FolderError."""
        if self._workspace is not None and self._said is not None:
            withdraw(self._workspace, Topic.PRESENCE)
        self._said = None
        if self._heard:
            forget_others(self._store)
        self._heard.clear()
        self.open = self.together = False

    def _marks(self, workspace: Workspace) -> list[Mark]:
        """The cursors of this machine that others may know of."""
        own = [caret for caret in carets(self._store) if not caret.device]
        if not own or len(workspace.vault.trust.active) < 2:
            return []
        held, name = held_ids(self._store), workspace.vault.name
        return [
            Mark(caret.text, caret.anchor, (caret.name or name)[:64])
            for caret in own
            if caret.text not in held
        ][:MOST_CARETS]

    def _say(self, workspace: Workspace, marks: Sequence[Mark], now: float, *, news: bool) -> float:
        since = now - self._said_at
        if self._said is not None and 0 <= since < RENEW_SECONDS:
            # Where nobody else is, it is enough to know who is where.
            same = marks == self._said if self.together else _who(marks) == _who(self._said)
            if same and not (news and marks != self._said):
                return RENEW_SECONDS - since
            if since < EVERY_SECONDS:
                return EVERY_SECONDS - since
        if self._number >= self._reserved:
            self._reserved = self._number + RESERVED
            self._store.set_local({NUMBER: str(self._reserved)})
        content = msgspec.msgpack.encode(Said(int(now * 1000), list(marks)))
        self._number = publish(workspace, Topic.PRESENCE, content, self._number)
        self._said, self._said_at = marks, now
        return RENEW_SECONDS

    def _hear(self, workspace: Workspace, now: float) -> None:
        notes = self._notes.read()
        for device in {*self._heard, *notes}:
            known, content = self._heard.get(device), notes.get(device)
            if content is None:
                del self._heard[device]
                hear(self._store, device, (), now)
            elif known is None or known.content != content:
                heard = self._heard[device] = _Heard(content, now)
                if known is not None:
                    heard.at = now
                self._keep(device, heard)

    def _keep(self, device: str, heard: _Heard) -> None:
        rows = [
            Caret(f"{device}.{number}", mark.text, mark.anchor, mark.name or device[:4], device)
            for number, mark in enumerate(heard.marks)
        ]
        hear(self._store, device, rows, max(heard.at, 0.0))


def _who(marks: Sequence[Mark]) -> list[tuple[str, str]]:
    return [(mark.text, mark.name) for mark in marks]
