"""What a command works with: the store, the directory, today's date, and how to answer."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from office.directory import Directory
from office.moments import office_date
from schema.errors import N_, NotFound, ThukyError
from schema.records import Followup, Person
from schema.store import R, Row, Store
from tui import queries
from tui.arguments import Common
from tui.cli import streams
from tui.cli.fields import Value, fields_of, given_fields
from tui.cli.rows import as_json, live_row, short_ids
from tui.cli.table import details, table
from tui.graphemes import visible
from tui.words import _, preferred, set_language, tell


class Desk:
    """One command's view of one database, which is opened when first needed."""

    def __init__(self, common: Common) -> None:
        self.common = common
        self._store: Store | None = None

    def close(self) -> None:
        if self._store is not None:
            self._store.close()

    # The database

    @property
    def store(self) -> Store:
        """Raises ThukyError where it cannot be opened."""
        return self._store or self.open()

    def open(self, *, must_exist: bool = False, damaged_too: bool = False) -> Store:
        path = self.common.path()
        self._store = Store(path, must_exist=must_exist, damaged_too=damaged_too)
        set_language(preferred(self._store.local("language")))
        return self._store

    @cached_property
    def directory(self) -> Directory:
        return queries.directory(self.store)

    @cached_property
    def today(self) -> date:
        return office_date(self.store.clock())

    def row(self, record: type[R], id: str) -> R:
        """The row that `id`, or the start of it, stands for. Raises NotFound, Ambiguous."""
        return live_row(self.store, record, id)

    def title(self, record: type[Any], id: str) -> str:
        """What the row of that id is called: its title, name, or what is to be done."""
        row = self.store.find(record, id)
        named = (getattr(row, name, "") for name in ("title", "name", "work"))
        return next(filter(None, named), "")

    def person(self, name: str) -> Person:
        """The person of that name; one whom nobody knows is noted down, and that is said."""
        try:
            return self.directory.person(name)
        except NotFound as error:
            added = self.store.insert(Person(name=name))
            del self.directory
            self.notice(N_("{reason} Đã thêm người này vào danh sách."), reason=error)
            return added

    def change(self, old: R, changes: dict[str, Value]) -> R:
        """Write the changed cells of a row, if any. Returns the row as it now stands."""
        return self.store.update(type(old), old.id, **changes) if changes else old

    def read(self, record: type[Any], cells: dict[str, str]) -> dict[str, Value]:
        """Options as values of their columns. Raises ThukyError."""
        return {
            field.column.name: field.read(self, cells[field.column.name])
            for field in given_fields(record)
            if field.column.name in cells
        }

    # Answering

    def rows(
        self,
        record: type[R],
        rows: Sequence[R],
        *columns: str,
        also: Mapping[str, Callable[[R], str]] = MappingProxyType({}),
    ) -> None:
        """Answer with rows of a table: the start of the id, these columns, and `also` under heads
        of their own."""
        if self.common.json:
            self.json([self.facts(row) for row in rows])
        elif not rows:
            self.say(_("Chưa có gì."))
        else:
            fields = {field.column.name: field for field in fields_of(record)}
            shown = [fields[column] for column in columns]
            ids = short_ids(self.store, record, [row.id for row in rows])
            self.say(
                table(
                    [_("Mã"), *(_(field.words) for field in shown), *also],
                    (
                        [
                            ids[row.id],
                            *(field.show(self, row) for field in shown),
                            *(show(row) for show in also.values()),
                        ]
                        for row in rows
                    ),
                )
            )

    def record(self, row: Row) -> None:
        """Answer with one row, every column that has a value."""
        if self.common.json:
            self.json(self.facts(row))
            return
        fields = fields_of(type(row))
        pairs = [(_(field.words), field.show(self, row)) for field in fields]
        self.say(details([*pairs, (_("Mã"), row.id)]))

    def done(self, row: Row, sentence: str, **fields: Any) -> None:
        """Answer that something was written: a sentence (a msgid), or the row as it now stands."""
        if self.common.json:
            self.json(self.facts(row))
        else:
            self.say(_(sentence).format(**fields))
            self.say(_("Mã: {id}").format(id=row.id))

    def facts(self, row: Row) -> dict[str, Any]:
        """A row as JSON tells of it."""
        if isinstance(row, Followup):
            from tui.cli.points import followup_json

            return followup_json(self, row)
        return as_json(row)

    def answer(self, facts: Mapping[Any, Any], sentence: str, **fields: Any) -> None:
        """Answer with facts: as they are, or in a sentence (a msgid) that may name them."""
        if self.common.json:
            self.json(facts)
        else:
            self.say(_(sentence).format(**facts, **fields))

    def json(self, value: Any) -> None:
        streams.write(json.dumps(value, ensure_ascii=not streams.speaks_unicode()) + "\n")

    def say(self, text: str) -> None:
        """Print lines of ours, in which text from others is made harmless."""
        streams.write("\n".join(map(visible, text.split("\n"))) + "\n")

    def text(self, text: str) -> None:
        """Answer with a whole text, as it is where a program reads it."""
        if sys.stdout is not None and sys.stdout.isatty():
            text = "\n".join(visible(line.expandtabs(4)) for line in text.split("\n"))
        if text:
            streams.write(text if text.endswith("\n") else text + "\n")

    def notice(self, words: str, **fields: Any) -> None:
        """Say something beside the answer, on standard error."""
        sentence = visible(tell(ThukyError(words, **fields)))
        if self.common.json:
            sentence = json.dumps({"notice": sentence}, ensure_ascii=False)
        streams.warn(sentence)
