"""What people do on the machines, and a memory of it. Public entrance: `People`, `Write`."""

import random
import re
from dataclasses import replace
from typing import Any

from schema import texts
from schema.document import Document
from schema.records import (
    AgendaItem,
    CalendarDay,
    Followup,
    FollowupEvent,
    FollowupSource,
    Meeting,
    Setting,
    Unit,
)
from schema.tables import STATE_AFTER
from sync import conflicts
from tests.simulation.machine import Machine, Write

TOKEN = re.compile("«[0-9a-z]+»")
SECRET = "bimat"


class People:
    """Each action is of one machine and has its own dice. `machines` are where they work."""

    machines: list[Machine]

    def __init__(self) -> None:
        self.writes: list[Write] = []
        self.tokens: dict[str, set[str]] = {}
        self.gone_tokens: set[str] = set()
        # What belongs to a meeting that was never anything but secret, by the meeting.
        self.secrets: dict[str, set[str]] = {}
        self.counter = 0

    def _edit(self, machine: Machine) -> None:
        """So that the stamps follow the machine's own clock."""
        ms = int(machine.clock() * 1000)
        machine.store.connection.execute("UPDATE clock SET hlc = max(hlc, ? << 16)", (ms,))

    def _note(self, machine: Machine, also: tuple[int, str] | None = None) -> None:
        """Remember what was written, as its writer was told, and what that knew of."""
        run = machine.store.connection.execute
        (last,) = run("SELECT max(seq) FROM change").fetchone()
        rows = run(
            "SELECT tbl, row, col, val, hlc, device FROM change WHERE seq > ? AND log IS NULL",
            (machine.upto,),
        ).fetchall()
        for table, row, col, val, hlc, device in rows:
            # What showed in the cell; who deletes a row has all of it before him.
            where = "1" if col == "deleted_at" else "col = :col"
            limit = -1 if col == "deleted_at" else 1
            seen = run(
                f"SELECT hlc, device FROM change WHERE row = :row AND tbl = :tbl AND {where}"
                " AND (hlc, device) < (:hlc, :device)"
                f" ORDER BY hlc DESC, device DESC LIMIT {limit}",
                {"row": row, "tbl": table, "col": col, "hlc": hlc, "device": device},
            )
            stamps = frozenset(seen) | ({also} if also else set())
            self.writes.append(Write(table, row, col, val, hlc, device, stamps))
        machine.upto = last

    def _some(self, machine: Machine, dice: random.Random, record: type[Any]) -> Any:
        rows = machine.store.select(record, "WHERE deleted_at IS NULL ORDER BY id")
        return dice.choice(rows) if rows else None

    def _word(self) -> str:
        self.counter += 1
        return f"«{self.counter:x}»"

    def insert(self, machine: Machine, dice: random.Random) -> None:
        self._edit(machine)
        store = machine.store
        meeting = self._some(machine, dice, Meeting)
        of = meeting.id if meeting else None
        match dice.randrange(5):
            case 0:
                store.insert(Unit(name=self._word()))
            case 1 if of:
                store.insert(AgendaItem(meeting=of, position=dice.random(), title=self._word()))
            case 2 | 3 if of:
                followup = store.insert(Followup(meeting=of, work=self._word(), inclusive=0))
                store.insert(FollowupSource(followup=followup.id, meeting=of))
            case _:
                store.insert(Meeting(title=self._word(), note=self._word()))
        self._note(machine)

    def update(self, machine: Machine, dice: random.Random) -> None:
        record = dice.choice((Meeting, Followup, Followup, Unit, AgendaItem))
        row = self._some(machine, dice, record)
        if row is None:
            return
        self._edit(machine)
        choices: dict[type[Any], dict[str, Any]] = {
            Meeting: {"place": self._word(), "starts_at": f"2026-0{dice.randrange(1, 9)}-01"},
            Followup: {
                "due": dice.choice((None, "2026-05-01", "2026-06-01")),
                "lead": dice.choice((None, "u1", "u2")),
                "anchor": dice.choice((None, dice.randbytes(4))),
                "inclusive": dice.randrange(2),
            },
            Unit: {"abbr": dice.choice(("", "STC", "SYT"))},
            AgendaItem: {"position": dice.random(), "minutes": dice.choice((None, 5, 10))},
        }
        cells = choices[record]
        names = dice.sample(sorted(cells), dice.randrange(1, len(cells) + 1))
        machine.store.update(record, row.id, **{name: cells[name] for name in names})
        self._note(machine)

    def type(self, machine: Machine, dice: random.Random) -> None:
        meeting = self._some(machine, dice, Meeting)
        if meeting is None:
            return
        self._edit(machine)
        store = machine.store
        document = Document(peer=dice.getrandbits(60), clock=lambda: 1_790_000_000.0)
        texts.take_in(document, texts.updates_since(store, meeting.id, 0))
        known = self.tokens.setdefault(meeting.id, set())
        for _ in range(dice.choice((1, 1, 1, 10))):
            said = document.text
            if said and dice.random() < 0.2:
                at = dice.randrange(len(said))
                found = TOKEN.search(said, at)
                if found:
                    document.delete(found.start(), len(found[0]))
                    self.gone_tokens.add(found[0])
            else:
                # Between words: a word that another one is typed into is not found again.
                ends = [0, *(match.end() for match in TOKEN.finditer(said))]
                word = self._word()
                document.insert(dice.choice(ends), word)
                known.add(word)
            update = document.pending()
            if update:
                texts.append(store, meeting.id, update)
        if dice.random() < 0.2:
            texts.settle(store, meeting.id)
        self._note(machine)

    def delete(self, machine: Machine, dice: random.Random) -> None:
        record = dice.choice((Meeting, Followup, Unit))
        row = self._some(machine, dice, record)
        if row is not None and dice.random() < 0.5:
            self._edit(machine)
            machine.store.delete(record, row.id)
            self._note(machine)

    def event(self, machine: Machine, dice: random.Random) -> None:
        followup = self._some(machine, dice, Followup)
        if followup is not None:
            self._edit(machine)
            kind = dice.choice((*STATE_AFTER, "progress"))
            at = f"2026-03-0{dice.randrange(1, 9)}T00:00:00Z"
            machine.store.insert(
                FollowupEvent(followup=followup.id, kind=kind, at=at, note=self._word())
            )
            self._note(machine)

    def day(self, machine: Machine, dice: random.Random) -> None:
        day = dice.choice(machine.store.select(CalendarDay, "ORDER BY id LIMIT 3"))
        self._edit(machine)
        machine.store.update(CalendarDay, day.id, name=dice.choice(("a", "b")), provisional=1)
        self._note(machine)

    def setting(self, machine: Machine, dice: random.Random) -> None:
        """A row that two machines may make at once."""
        self._edit(machine)
        name, value = dice.choice(("office", "zone")), self._word()
        if machine.store.find(Setting, name):
            machine.store.update(Setting, name, value=value)
        else:
            machine.store.insert(Setting(id=name, value=value))
        self._note(machine)

    def sql(self, machine: Machine, dice: random.Random) -> None:
        """What another program writes."""
        unit = self._some(machine, dice, Unit)
        if unit is None:
            return
        self._edit(machine)
        machine.store.connection.execute(
            dice.choice(
                (
                    "REPLACE INTO unit (id, created_at, name) VALUES (:id, :at, :word)",
                    "UPDATE unit SET aliases = :word WHERE id = :id",
                    "INSERT INTO unit (id, name) VALUES (:id, :word)"
                    " ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                )
            ),
            {"id": unit.id, "at": unit.created_at, "word": self._word()},
        )
        self._note(machine)

    # Secret meetings

    def secret(self, machine: Machine, dice: random.Random) -> None:
        self._edit(machine)
        store = machine.store
        meeting = store.insert(Meeting(title=f"{SECRET} {self._word()}", secrecy="mat"))
        followup = store.insert(Followup(meeting=meeting.id, work=f"{SECRET} {self._word()}"))
        event = store.insert(FollowupEvent(followup=followup.id, kind="assigned", note=SECRET))
        source = store.insert(FollowupSource(followup=followup.id, meeting=meeting.id))
        document = Document(peer=dice.getrandbits(60), clock=lambda: 1_790_000_000.0)
        document.insert(0, SECRET)
        texts.append(store, meeting.id, document.pending() or b"")
        (update,) = texts.updates_since(store, meeting.id, 0)
        belonging = (meeting, followup, event, source, update)
        self.secrets[meeting.id] = {row.id for row in belonging}
        self._note(machine)

    def unsecret(self, machine: Machine, dice: random.Random) -> None:
        marked = machine.store.select(Meeting, "WHERE secrecy <> '' ORDER BY id")
        if marked and dice.random() < 0.5:
            self._edit(machine)
            self._unmark(machine, dice.choice(marked))

    def _unmark(self, machine: Machine, meeting: Meeting) -> None:
        """Now all of it may go."""
        self._edit(machine)
        machine.store.update(Meeting, meeting.id, secrecy="")
        self.secrets.pop(meeting.id, None)
        self._note(machine)

    def unmark_all(self) -> None:
        for machine in self.machines:
            for meeting in machine.store.select(Meeting, "WHERE secrecy <> ''"):
                self._unmark(machine, meeting)

    def mark(self, machine: Machine, dice: random.Random) -> None:
        """A meeting that others may have already."""
        meeting = self._some(machine, dice, Meeting)
        if meeting is not None and dice.random() < 0.3:
            self._edit(machine)
            machine.store.update(Meeting, meeting.id, secrecy="mat")
            self._note(machine)

    def restore(self, machine: Machine, dice: random.Random) -> None:
        found = conflicts.conflicts(machine.store)
        if found and dice.random() < 0.3:
            self._edit(machine)
            conflict = dice.choice(found)
            conflicts.restore(machine.store, conflict)
            self._note(machine, (conflict.lost.hlc, conflict.lost.device))

    def leave(self, machine: Machine, dice: random.Random) -> None:
        found = conflicts.conflicts(machine.store)
        if found and dice.random() < 0.3:
            self._edit(machine)
            conflict = dice.choice(found)
            conflicts.keep(machine.store, conflict)
            self._note(machine)
            # Whoever leaves one value lost has looked at that one only.
            looked = {(v.hlc, v.device) for v in (conflict.shown, conflict.lost)}
            self.writes[-1] = replace(self.writes[-1], seen=frozenset(looked))
