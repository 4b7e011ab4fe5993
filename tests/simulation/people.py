"""What people do on the machines, and a memory of it. Public entrance: `People`."""

import random
import re
import sqlite3
from contextlib import suppress
from dataclasses import replace
from typing import Any

from schema import texts
from schema.document import Document
from schema.errors import ThukyError
from schema.life import STATE_AFTER
from schema.records import (
    CalendarDay,
    Followup,
    FollowupEvent,
    FollowupSource,
    Meeting,
    Setting,
    Unit,
)
from schema.secrecy import withheld
from schema.tables import BY_NAME, Column, Table
from sync import conflicts
from tests.simulation.folder import Broken
from tests.simulation.machine import Machine, Session, Write

TOKEN = re.compile("«[0-9a-z]+»")
SECRET = "bimat"
# What random edits leave alone: names, what other actions are about, what follows from the rest.
KEPT = frozenset(("id", "seq", "created_at", "deleted_at", "secrecy"))
# Rows that several machines may make at once.
SAME = ("same-1", "same-2")


class People:
    """Each action is of one machine and has its own dice. `machines` are where they work."""

    machines: list[Machine]

    def __init__(self) -> None:
        self.writes: list[Write] = []
        self.tokens: dict[str, set[str]] = {}
        # Words that may be missing: somebody took them out; and who typed what.
        self.gone_tokens: set[str] = set()
        # Words that may come twice: two brought them back.
        self.unsure_tokens: set[str] = set()
        self.typed: list[tuple[int, int, str]] = []
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
            "SELECT tbl, row, col, val, hlc, device, seq FROM change WHERE seq > ? AND log IS NULL",
            (machine.upto,),
        ).fetchall()
        for table, row, col, val, hlc, device, seq in rows:
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
            self.writes.append(
                Write(table, row, col, val, hlc, device, stamps, machine.number, seq)
            )
        machine.upto = last

    def _some(self, machine: Machine, dice: random.Random, record: type[Any]) -> Any:
        rows = machine.store.select(record, "WHERE deleted_at IS NULL ORDER BY id")
        return dice.choice(rows) if rows else None

    def _word(self) -> str:
        self.counter += 1
        return f"«{self.counter:x}»"

    # Rows of any table

    def _values(self, machine: Machine, dice: random.Random, columns: list[Column]) -> Any:
        return {column.name: self._value(machine, dice, column) for column in columns}

    def _value(self, machine: Machine, dice: random.Random, column: Column) -> Any:
        if column.ref:
            rows = machine.store.connection.execute(
                f'SELECT id FROM "{column.ref}" ORDER BY id LIMIT 5'
            ).fetchall()
            return dice.choice([None, "nobody", *(row[0] for row in rows)])
        if not column.required and dice.random() < 0.3:
            return None
        values: dict[str, Any] = {
            "TEXT": ("", "a", "2026-05-01", self._word()),
            "INTEGER": (0, 1, 2, -1),
            "REAL": (0.0, 1.0, dice.random()),
            "BLOB": (b"", dice.randbytes(4)),
        }
        return dice.choice(values[column.type])

    @staticmethod
    def _editable(table: Table) -> list[Column]:
        return [c for c in table.columns if c.name in table.synced and c.name not in KEPT]

    def insert(self, machine: Machine, dice: random.Random) -> None:
        tables = [t for t in BY_NAME.values() if t.name not in ("text", "text_update")]
        # Most of the work is about few tables.
        table = dice.choice([*tables, BY_NAME["meeting"], BY_NAME["followup"]])
        self._edit(machine)
        columns = [c for c in self._editable(table) if dice.random() < 0.4]
        cells = self._values(machine, dice, columns)
        same = dice.choice(SAME)
        if not table.insert_only and dice.random() < 0.1:
            if machine.store.find(table.record, same):
                return
            cells["id"] = same
        if table.record is FollowupEvent:
            cells["kind"] = dice.choice((*STATE_AFTER, "progress"))
        with suppress(ThukyError, sqlite3.IntegrityError):
            machine.store.insert(table.record(**cells))
        self._note(machine)

    def update(self, machine: Machine, dice: random.Random) -> None:
        tables = [t for t in BY_NAME.values() if not t.insert_only and t.name != "text"]
        table = dice.choice([*tables, *([BY_NAME["followup"]] * 5), *([BY_NAME["unit"]] * 3)])
        rows = machine.store.connection.execute(
            f'SELECT id FROM "{table.name}" WHERE deleted_at IS NULL ORDER BY created_at, id'
        ).fetchall()
        ids = [row[0] for row in rows if not any(row[0] in ids for ids in self.secrets.values())]
        if not ids:
            return
        self._edit(machine)
        columns = self._editable(table)
        chosen = dice.sample(columns[:6], min(len(columns), dice.choice((1, 1, 1, 3))))
        if dice.random() < 0.3:
            chosen.append(dice.choice(columns))
        # Few rows, so that several machines meet in one.
        cells = self._values(machine, dice, chosen)
        with suppress(ThukyError, sqlite3.IntegrityError):
            machine.store.update(table.record, dice.choice(ids[-4:]), **cells)
        self._note(machine)

    def delete(self, machine: Machine, dice: random.Random) -> None:
        tables = [t.record for t in BY_NAME.values() if not t.insert_only]
        record = dice.choice((Meeting, Followup, Unit, *tables))
        if dice.random() < 0.5:
            return
        row = self._some(machine, dice, record)
        if row is not None:
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

    # Texts

    def type(self, machine: Machine, dice: random.Random) -> None:
        meeting = self._some(machine, dice, Meeting)
        if meeting is None:
            return
        self._edit(machine)
        store = machine.store
        session = machine.open.get(meeting.id)
        if session is None or dice.random() < 0.2:
            document = Document(peer=dice.getrandbits(60), clock=lambda: 1_790_000_000.0)
            session = machine.open[meeting.id] = Session(document)
        document = session.document
        for _ in range(dice.choice((1, 1, 1, 10))):
            rows = texts.updates_since(store, meeting.id, session.upto)
            texts.take_in(document, rows)
            session.upto = rows[-1].seq if rows else session.upto
            self._keys(session, meeting.id, dice, machine)
            update = document.pending()
            if update:
                texts.append(store, meeting.id, update)
        if dice.random() < 0.2:
            texts.settle(store, meeting.id)
        self._note(machine)

    def _keys(self, session: Session, text: str, dice: random.Random, machine: Machine) -> None:
        """A word more, a word less, or back."""
        document, said = session.document, session.document.text
        document.checkpoint()
        luck = dice.random()
        if luck < 0.2:
            (document.undo if luck < 0.15 else document.redo)()
            before, after = set(TOKEN.findall(said)), set(TOKEN.findall(document.text))
            if not (before ^ after) <= session.own:
                raise Broken(f"taken back, and another's: {(before ^ after) - session.own}")
            self.gone_tokens |= before - after
            self.unsure_tokens |= after - before
        elif luck < 0.4 and said:
            found = TOKEN.search(said, dice.randrange(len(said)))
            if found:
                document.delete(found.start(), len(found[0]))
                session.own.add(found[0])
                self.gone_tokens.add(found[0])
        else:
            # Between words: a word that another one is typed into is not found again.
            ends = [0, *(match.end() for match in TOKEN.finditer(said))]
            word = self._word()
            document.insert(dice.choice(ends), word)
            session.own.add(word)
            self.tokens.setdefault(text, set()).add(word)
            last = machine.store.connection.execute("SELECT max(seq) FROM change").fetchone()[0]
            self.typed.append((machine.number, last, word))

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
        """Now all of it may go, and whatever else was held only for its sake."""
        self._edit(machine)
        machine.store.update(Meeting, meeting.id, secrecy="")
        held = set().union(*withheld(machine.store).values())
        for id, belonging in list(self.secrets.items()):
            if machine.store.find(Meeting, id) and not belonging <= held:
                del self.secrets[id]
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

    # Conflicts

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
