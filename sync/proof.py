"""Proof that two machines hold the same. Public entrance: `Proof`.

Each device publishes a digest of what it holds at known places of all logs (`sync.digest`). Where
another device's is of the same places, the two are compared; where they differ, both publish a hash
of each row of the tables in question, which tells the first row that is different.

A device also says whose log it cannot follow: then its owner looks after it, or, where that is
gone, whoever has the log lays out what was in it (`Proof.unheard`, `sync.engine`).
"""

from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress

import msgspec

from schema.store import Store
from sync.digest import Digest, Digests, first_difference
from sync.notes import MOST_BYTES, Notes, Topic, publish
from sync.problem import Problem, Reason
from sync.readable import Readable, behind
from sync.state import Agreement, State
from sync.workspace import Cloned, Workspace

# How often at most a device publishes a digest, and looks at those of others.
EVERY_SECONDS = 60.0
REMEMBERED = 16
NUMBER = "sync_digest_number"
_decoder = msgspec.msgpack.Decoder(Digest)
Places = tuple[tuple[str, int], ...]


class Proof:
    """What one device says and knows of being the same as the others."""

    def __init__(self, workspace: Workspace, readable: Readable) -> None:
        self._workspace = workspace
        self._readable = readable
        self._notes = Notes(workspace, Topic.DIGEST)
        self._digests = Digests()
        # Our own latest, by what they are of: others may publish theirs later.
        self._own: OrderedDict[Places, Digest] = OrderedDict()
        self._said: Digest | None = None
        self._at = float("-inf")
        self._differing: dict[str, Problem] = {}
        # Those that hold something else since one log is not the same everywhere.
        self._forked: set[str] = set()
        # For each device how far the log is applied where it goes no further.
        self.unheard: dict[str, int] = {}
        # What others cannot read of this device's log: by whom, why, after which segment.
        self.complaints: frozenset[tuple[str, str, int]] = frozenset()

    @property
    def problems(self) -> list[Problem]:
        return list(self._differing.values())

    @property
    def differing(self) -> set[str]:
        """The devices that have read the same as this one and do not hold the same."""
        return set(self._differing)

    @property
    def apart(self) -> set[str]:
        """Those, and the devices that have read another file in the place of one of a log, and hold
        something else: as after a copy of a machine was set back, or a machine made a segment anew
        that the folder had lost."""
        return self.differing | self._forked

    def renew(self) -> None:
        """This device may hold something else now at the same places."""
        self._own.clear()

    def step(
        self, store: Store, state: State, stuck: Mapping[str, str], *, now: bool = False
    ) -> list[Agreement]:
        """Publish and compare, where it is time for it or `now`. Call it when nothing is on its way
        out. `stuck` are the devices whose log cannot be followed, and why. Returns what was found.

        Raises FolderError, and Cloned where others have read what this device never wrote.
        """
        clock = self._workspace.clock()
        if not now and 0 <= clock - self._at < EVERY_SECONDS:
            return []
        self._at = clock
        own = self._digest(store, state)
        others = self._others()
        self._listen(own, others)
        wanted: set[str] = set()
        found: list[Agreement] = []
        for device, theirs in others.items():
            ours = self._own.get(_key(theirs))
            if ours is None or not ours.is_comparable(theirs):
                continue
            tables = ours.differing(theirs)
            wanted |= set(tables)
            found.append(self._compare(store, state, device, theirs, tables))
            if tables and ours.is_forked_from(theirs):
                self._forked.add(device)
                del self._differing[device]
            else:
                self._forked.discard(device)
        for device in self._differing.keys() - others.keys():
            del self._differing[device]
        self._forked &= others.keys()
        state.forget_differences(others)
        rows = self._digests.rows(store, sorted(wanted)) if wanted else {}
        said = msgspec.structs.replace(own, rows=rows, stuck=dict(stuck))
        vault, folder = self._workspace.vault, self._workspace.folder
        number = int(store.local(NUMBER, "0"))
        if self._said is None:
            self._said = self._said_before(number)
        if said != self._said or number not in Topic.DIGEST.numbers(folder, vault.device):
            number = publish(self._workspace, Topic.DIGEST, _fitting(said), number)
            # Kept, since the folder may come back older, and others have read this one.
            store.set_local({NUMBER: str(number)})
            self._said = said
        return found

    def _listen(self, own: Digest, others: Mapping[str, Digest]) -> None:
        """Hear whose log others cannot follow. Raises Cloned."""
        device = self._workspace.vault.device
        self.unheard = {}
        complaints = set()
        for name, theirs in others.items():
            reached = theirs.places.get(device, 0)
            ours = own.places.get(device, 0)
            forked = theirs.stuck.get(device) == Reason.CHAIN_BROKEN
            differs = reached == ours and theirs.heads.get(device) != own.heads.get(device)
            if forked or differs or reached > ours:
                raise Cloned
            if device in theirs.stuck:
                complaints.add((name, theirs.stuck[device], reached))
            for other in theirs.stuck.keys() - {device}:
                least = self.unheard.get(other, own.places.get(other, 0))
                self.unheard[other] = min(least, theirs.places.get(other, 0))
        self.complaints = frozenset(complaints)

    def _said_before(self, number: int) -> Digest | None:
        """What this device published last, by another process: who sees the same has nothing to
        say anew, for a replicator that is slow to catch up with."""
        content = self._notes.find(self._workspace.vault.device, number) if number else None
        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
            return _decoder.decode(content) if content else None
        return None

    def _digest(self, store: Store, state: State) -> Digest:
        places = state.places()
        known = self._own.get(tuple(sorted((d, p.last) for d, p in places.items() if p.last)))
        if known is not None:
            # What is not sent yet changes nothing of it.
            return known
        # Whoever writes a text may leave its readable words behind.
        self._readable.bring_up(store, behind(store))
        own = self._digests.of(store, places)
        self._own[_key(own)] = own
        while len(self._own) > REMEMBERED:
            self._own.popitem(last=False)
        return own

    def _others(self) -> dict[str, Digest]:
        found = {}
        for device, content in self._notes.read().items():
            try:
                found[device] = _decoder.decode(content)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                # Of another version.
                continue
        return found

    def _compare(
        self, store: Store, state: State, device: str, theirs: Digest, tables: list[str]
    ) -> Agreement:
        if not tables:
            self._differing.pop(device, None)
            agreement = Agreement(device, store.now())
        else:
            row = None
            if tables[0] in theirs.rows:
                ours = self._digests.rows(store, tables[:1])
                row = first_difference(ours[tables[0]], theirs.rows[tables[0]])
            name = f"{tables[0]}/{row}" if row else tables[0]
            self._differing[device] = Problem(Reason.DIFFERENT, name, device)
            agreement = Agreement(device, store.now(), name)
        state.agree(agreement)
        return agreement


def _key(digest: Digest) -> Places:
    return tuple(sorted(digest.places.items()))


def _fitting(digest: Digest) -> bytes:
    """The digest as it is published, with as many rows as a note may hold."""
    content = msgspec.msgpack.encode(digest)
    while len(content) > MOST_BYTES // 2:
        rows = {
            table: dict(list(hashes.items())[: len(hashes) // 2])
            for table, hashes in digest.rows.items()
        }
        digest = msgspec.structs.replace(digest, rows=rows)
        content = msgspec.msgpack.encode(digest)
    return content
