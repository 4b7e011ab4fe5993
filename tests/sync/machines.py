"""Machines of one workspace, with a fake clock and randomness from a seed."""

import hashlib
from collections.abc import Iterable, Iterator

from schema.ids import Randomness
from sync.change import START, Change, Position
from sync.folder import Folder, MemoryFolder
from sync.keys import Kept, Vault, found
from sync.pairing import Cost, ask, invite, serve
from sync.problem import Problem
from sync.recognition import FOUNDING
from sync.segment import Outgoing, Segment
from sync.workspace import Workspace

# Argon2id at its cheapest: what is stretched is not tested here.
CHEAP = Cost(1, 8192)


class Clock:
    START = 1_790_000_000

    def __init__(self) -> None:
        self.seconds: float = self.START

    def __call__(self) -> float:
        return self.seconds


def randomness(seed: str) -> Randomness:
    """Bytes that only depend on the seed and on how many were asked for before."""

    def blocks() -> Iterator[int]:
        number = 0
        while True:
            yield from hashlib.blake2b(f"{seed} {number}".encode()).digest()
            number += 1

    stream = blocks()
    return lambda count: bytes(next(stream) for _ in range(count))


class Machine:
    """A device that keeps its log's end and what it has taken in from the others."""

    def __init__(self, folder: Folder, vault: Vault, clock: Clock, random: Randomness) -> None:
        self.workspace = Workspace(folder, vault, clock=clock, randomness=random)
        self.end = START
        self.known: dict[str, Position] = {}
        self.got: list[Change] = []
        self.stamp = 0
        self.outbox: list[Outgoing] = []

    @property
    def device(self) -> str:
        return self.workspace.vault.device

    @property
    def log(self) -> str:
        return f"devices/{self.device}"

    def edit(self, word: str) -> Change:
        self.stamp += 1 << 16
        return Change("followup", "a" * 8, "work", word, self.stamp, self.device, None)

    def publish(self, changes: Iterable[Change]) -> None:
        sealed = self.workspace.seal(changes, self.end)
        self.outbox += sealed
        self.end = sealed[-1].position
        self.flush()

    def flush(self) -> None:
        """Put what is finished and not yet in the folder."""
        while self.outbox:
            self.workspace.put(self.outbox[0])
            del self.outbox[0]

    def write(self, *words: str) -> None:
        """Each word a segment of its own."""
        for word in words:
            self.publish([self.edit(word)])

    def read(self) -> list[Problem]:
        """Take in what is new. Returns the problems."""
        problems = self.workspace.refresh(self.known)
        for one in self.workspace.new_segments(self.known):
            if isinstance(one, Segment):
                self.got += [change for batch in one.batches() for change in batch]
                self.known[one.device] = one.position
            else:
                problems.append(one)
        return problems

    @property
    def words(self) -> list[object]:
        """What the others wrote, as far as it was taken in."""
        return [change.val for change in self.got]


class Office:
    """Machines on one folder; the first founded the workspace."""

    def __init__(self, count: int = 2, folder: Folder | None = None, seed: str = "office") -> None:
        self.folder = folder if folder is not None else MemoryFolder()
        self.clock = Clock()
        self.random = randomness(seed)
        vault, founding = found("Máy 1", self.now_ms, self.random)
        self.folder.write_new(FOUNDING, founding)
        self.machines = [self.machine(vault)]
        self.machines[0].workspace.refresh()
        for number in range(2, count + 1):
            self.join(f"Máy {number}")

    @property
    def now_ms(self) -> int:
        return int(self.clock() * 1000)

    def machine(self, vault: Vault) -> Machine:
        return Machine(self.folder, vault, self.clock, self.random)

    def join(self, name: str, friend: int = 0) -> Machine:
        workspace = self.machines[friend].workspace
        code = invite(workspace, CHEAP).code
        joining = ask(self.folder, code, name, self.now_ms, self.random)
        serve(workspace)
        kept = joining.answer(self.folder)
        assert isinstance(kept, Kept)
        joining.tidy(self.folder)
        machine = self.machine(Vault(kept))
        machine.workspace.refresh()
        self.machines.append(machine)
        return machine
