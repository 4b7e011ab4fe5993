"""Cells of somebody's spreadsheet as cells of a follow-up: days, units, people, fields.

Public entrance: `CellReader`. What is written the same way many times is read once.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from office.directory import Directory
from office.fields import all_fields
from office.importing.columns import plain
from office.importing.headers import written_day
from office.importing.tables import Cell
from office.known import known
from office.labels import SOURCE_KINDS
from office.moments import YEARS, parse_date
from office.points import NO_DEADLINE
from office.reading import deadline_cells
from schema.errors import N_, Ambiguous, NotFound, ThukyError
from schema.records import Person, Post, Unit
from schema.store import Store
from schema.viet import fold

_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's count."""
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_MIDNIGHT = re.compile(r"[T\s]+0?0:00(?::00)?(?:\.0+)?$|^0?0:00(?::00)?\s+")
_APART = re.compile(r"\s*(?:[;\n+]|,(?!\s*Thể thao|\s*Du lịch)|\bvà\b|\s[-–/]\s)\s*")
_POLITE = re.compile(r"^(?:đ/c|đc|đồng chí|ông|bà|anh|chị)\s*[:.]?\s+", re.IGNORECASE)
_UNIT_STARTS = re.compile(r"^(?:[-–+*]\s*|\d+[.)]\s*)")
_SAME = ("nt", "như trên", "-nt-", '"', "''", "”", "như dòng trên")


class CellReader:
    """Reads cells by what the database knows on a day; made anew when that changes."""

    def __init__(self, store: Store, today: date) -> None:
        self.today = today
        self._known = known(store)
        self.directory = Directory(store.live(Unit), store.live(Person), store.live(Post))
        self.fields = {plain(f.name): f for f in all_fields(store)}
        self._units = cache(self._read_units)
        self._due = cache(self._read_due)
        self._person = cache(self._read_person)

    def same_as_above(self, text: str) -> bool:
        """Whether a cell says that it is as the one above it."""
        return text.strip().lower() in _SAME

    # Days

    def day(self, cell: Cell) -> date:
        """A day that is written in one of many ways. Raises ThukyError where it is none."""
        if cell.day:
            return cell.day
        text = _MIDNIGHT.sub("", cell.text).strip()
        if _SERIAL.fullmatch(text):
            return _EPOCH + timedelta(days=int(float(text)))
        if named := written_day(f"ngay {fold(text).removeprefix('ngay')}"):
            return named
        return parse_date(text, self.today)

    def due(self, cell: Cell, on: date) -> tuple[dict[str, Any], ThukyError | None]:
        """The cells of a deadline that was set `on` a day, and what to look at again. Raises
        ThukyError where the words set none."""
        if cell.day:
            if cell.day.year not in YEARS:
                raise ThukyError(N_("Không hiểu thời hạn “{text}”."), text=cell.text)
            fixed = {"due": cell.day.isoformat(), "due_kind": "fixed"}
            clock = {"due_time": cell.text[:5]} if ":" in cell.text[:5] else {}
            return NO_DEADLINE | fixed | clock, None
        found = self._due(cell.text, on)
        if isinstance(found, ThukyError):
            raise found
        return found

    def _read_due(
        self, text: str, on: date
    ) -> tuple[dict[str, Any], ThukyError | None] | ThukyError:
        try:
            day = self.day(Cell(text))
        except ThukyError:
            found = self._known.due(text, on)
            if found.kind == "unclear":
                if found.problem:
                    problem = ThukyError(found.problem)
                    words = N_("Không hiểu thời hạn “{text}”: {reason}")
                    return ThukyError(words, text=text, reason=problem)
                words = N_(
                    "Không hiểu thời hạn “{text}”; hãy viết như 27/02/2026 hay “trong 05 ngày làm"
                    " việc”."
                )
                return ThukyError(words, text=text)
            ask = ThukyError(N_("“{text}”: hãy xem lại thời hạn."), text=text)
            return NO_DEADLINE | deadline_cells(text, found), ask if found.ask else None
        note: ThukyError | None = None
        if not re.search(r"\d+\D+\d+\D+\d{2,}|\d{5}|nam", fold(text)):
            note = ThukyError(
                N_("“{text}” không ghi năm; hiểu là năm {year}."), text=text, year=day.year
            )
        return NO_DEADLINE | {"due": day.isoformat(), "due_text": text, "due_kind": "fixed"}, note

    # Units and people

    def units(self, text: str) -> Sequence[str]:
        """The ids of the units that a cell names, with what was merged as it is now. Raises
        NotFound, Ambiguous with what is near."""
        found = self._units(text)
        if isinstance(found, ThukyError):
            raise found
        return found

    def _read_units(self, text: str) -> tuple[str, ...] | ThukyError:
        now = self.directory.successors
        try:
            id = self.directory.unit(text).id
            return (now.get(id, id),)
        except ThukyError as error:
            whole = error
        mentions = self._known.units.find(text)
        rest = "".join(text[m.end : n.opens] for m, n in _pairs(mentions, text))
        if mentions and all(m.unit for m in mentions) and not re.search(r"\w{3,}", rest):
            ids = [str(m.unit) for m in mentions]
            return tuple(dict.fromkeys(now.get(id, id) for id in ids))
        parts = [_UNIT_STARTS.sub("", part) for part in _APART.split(text)]
        parts = [part for part in parts if part]
        if isinstance(whole, Ambiguous) or len(parts) < 2:
            return whole
        found: dict[str, None] = {}
        for part in parts:
            try:
                id = self.directory.unit(part).id
            except ThukyError as error:
                return error
            found[now.get(id, id)] = None
        return tuple(found)

    def person(self, text: str) -> str:
        """The id of somebody in the list, whatever titles stand around the name. Raises NotFound,
        Ambiguous."""
        found = self._person(text)
        if isinstance(found, ThukyError):
            raise found
        return found

    def _read_person(self, text: str) -> str | ThukyError:
        name = _POLITE.sub("", text.strip())
        try:
            return self.directory.person(name).id
        except Ambiguous as error:
            return error
        except NotFound as error:
            padded = f" {plain(name)} "
            within = [p for p in self.directory.persons if f" {plain(p.name)} " in padded]
            if len({p.id for p in within}) == 1:
                return within[0].id
            return error

    # The rest

    def field(self, text: str) -> str | None:
        """The id of the field that is called so; None for one that is new."""
        wanted = plain(text)
        for name in (wanted, wanted.removeprefix("linh vuc ")):
            if found := self.fields.get(name):
                return found.id
        return None

    def source_kind(self, text: str) -> str:
        """A kind of source, by its name or the start of one. Raises ThukyError."""
        wanted = plain(text)
        for code, words in SOURCE_KINDS.items():
            if wanted in (code, plain(words)) or plain(words).startswith(wanted):
                return code
        raise ThukyError(
            N_("Không có nguồn “{text}”; có: {names}."),
            text=text,
            names=", ".join(SOURCE_KINDS.values()),
        )


def _pairs(mentions: Sequence[Any], text: str) -> list[tuple[Any, Any]]:
    """Each mention with the one after, the ends of the text included: what stands between them."""
    return list(zip([_Edge(0, 0), *mentions], [*mentions, _Edge(len(text), 0)], strict=True))


class _Edge:
    """An end of a text, as a mention that takes no room."""

    def __init__(self, at: int, end: int) -> None:
        self.opens, self.end = at, end
