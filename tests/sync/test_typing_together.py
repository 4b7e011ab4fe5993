"""People type in one text for five minutes, on machines whose folder is late: nothing is lost, all
read the same, and whoever takes something back takes back what is his own.
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from schema import texts
from schema.document import Document
from schema.records import Meeting, Text
from schema.store import Store
from sync.engine import Engine
from sync.keys import Kept, Vault
from sync.workspace import Workspace
from tests.simulation.folder import Network
from tests.simulation.world import START, workspace_of
from tests.sync.machines import Clock, randomness

TEXT = "m"
MINUTES = 5
# Each key is another letter, so that every single one can be found again.
FIRST = 0x4E00
ALPHABET = 6000


@dataclass
class Person:
    """One machine with the minutes open. `there` are the own letters that are in the text."""

    number: int
    store: Store
    engine: Engine
    document: Document
    dice: random.Random
    upto: int = 0
    caret: int = 0
    typed: list[str] = field(default_factory=list)
    there: set[str] = field(default_factory=set)
    letters: list[str] = field(init=False)

    def __post_init__(self) -> None:
        first = FIRST + self.number * ALPHABET
        self.letters = [chr(first + at) for at in range(ALPHABET)]

    def own(self, text: str) -> set[str]:
        return set(text).intersection(self.letters)

    def is_own(self, letter: str) -> bool:
        return self.letters[0] <= letter <= self.letters[-1]

    def key(self) -> None:
        document, luck = self.document, self.dice.random()
        said = document.text
        self.caret = min(self.caret, len(said))
        if luck < 0.02:
            self.take_back()
        elif luck < 0.05:
            self.caret = self.dice.randrange(len(said) + 1)
            document.checkpoint()
        elif luck < 0.12 and self.caret and self.is_own(said[self.caret - 1]):
            # Backspace.
            document.delete(self.caret - 1, 1)
            self.caret -= 1
        else:
            letter = self.letters[len(self.typed)]
            document.insert(self.caret, letter)
            self.typed.append(letter)
            self.caret += 1

    def take_back(self) -> None:
        before = self.document.text
        (self.document.undo if self.dice.random() < 0.7 else self.document.redo)()
        after = self.document.text
        others = [letter for letter in before if not self.is_own(letter)]
        assert others == [letter for letter in after if not self.is_own(letter)]

    def commit(self) -> None:
        """As the editor does, after 300 ms."""
        self.there = self.own(self.document.text)
        update = self.document.pending()
        if update:
            texts.append(self.store, TEXT, update)

    def look(self) -> None:
        rows = texts.updates_since(self.store, TEXT, self.upto)
        texts.take_in(self.document, rows)
        self.upto = rows[-1].seq if rows else self.upto


class Room:
    def __init__(self, seed: int, count: int, where: Path) -> None:
        self.dice = random.Random(f"room {seed}")
        self.clock = Clock()
        self.clock.seconds = START
        self.network = Network(random.Random(f"network {seed}"), shared=False)
        kept, files = workspace_of(count)
        template = where / "template.db"
        Store(template).close()
        self.people = []
        for number in range(count):
            shutil.copy(template, where / f"{number}.db")
            store = Store(where / f"{number}.db", clock=self.clock)
            vault = Vault(msgspec.json.decode(kept[number], type=Kept))
            store.connection.execute("UPDATE clock SET device = ?", (vault.device,))
            workspace = Workspace(
                self.network.view(files),
                vault,
                clock=self.clock,
                randomness=randomness(f"{seed} {number}"),
            )
            engine = Engine(store, workspace)
            store.connection.execute("PRAGMA synchronous = OFF")
            document = Document(f"Người {number}", peer=1000 * (seed + 1) + number)
            dice = random.Random(f"person {seed} {number}")
            self.people.append(Person(number, store, engine, document, dice))
        self.people[0].store.insert(Meeting(id=TEXT, title="Họp"))

    def type(self, tenths: int) -> None:
        """So many tenths of a second."""
        for tenth in range(tenths):
            self.clock.seconds += 0.1
            for person in self.people:
                if person.dice.random() < 0.4:
                    person.key()
                if tenth % 3 == 0:
                    person.commit()
                if person.dice.random() < 0.03:
                    done = person.engine.round()
                    assert done.failure is None
                    person.look()
            if self.dice.random() < 0.1:
                self.network.deliver(self.dice.choice((1, 2, 5, 40)))

    def come_to_rest(self) -> None:
        for person in self.people:
            person.commit()
        for _ in range(6):
            self.network.deliver_all()
            self.clock.seconds += 60
            for person in self.people:
                assert person.engine.round().failure is None
                person.look()

    def close(self) -> None:
        for person in self.people:
            person.store.close()


@pytest.fixture
def where(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    for path in tmp_path.glob("*.db*"):
        path.unlink()


@pytest.mark.parametrize(("seed", "count"), [(1, 2), (2, 2), (3, 3)])
def test_all_read_the_same_and_no_letter_is_lost(seed: int, count: int, where: Path) -> None:
    room = Room(seed, count, where)
    try:
        room.type(MINUTES * 600 * 2 // count)
        room.come_to_rest()
        said = {person.document.text for person in room.people}
        said |= {person.store.get(Text, TEXT).plain for person in room.people}
        said |= {texts.plain_text(person.store, TEXT) for person in room.people}
        assert len(said) == 1
        (text,) = said
        # Every letter is there once, as whoever typed it left it.
        assert len(set(text)) == len(text)
        for person in room.people:
            assert len(person.typed) > 400
            assert person.own(text) == person.there
    finally:
        room.close()
