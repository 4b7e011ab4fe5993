"""From the rows of a spreadsheet to follow-ups that are proposed.

Public entrance: `RowReader`, `Given`. Every row that holds something becomes a proposal, good or
bad: what could not be read stays in the excerpt of its source, word for word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from office.importing.batch import Fault, Proposal, digest_of
from office.importing.cells import CellReader
from office.importing.columns import ORDER_NUMBER, TARGETS, Layout, letters, plain
from office.importing.headers import kind_of_number, number_in, written_day
from office.importing.tables import EMPTY, Cell, Sheet, SheetRow
from schema.errors import N_, ThukyError
from schema.records import Followup, FollowupSource

_ROMAN = re.compile(r"[IVXLC]+\.?|[A-Z]\.?")
_NUMBERED = re.compile(r"(?:[IVXLC]+|[A-Z])\.\s")
_STANDING = re.compile("tinh hinh|trang thai|tien do|ket qua|status")
_DONE = re.compile(r"(?:da )?(?:hoan thanh|thuc hien xong|xong)\b(?! truoc)|done")
_HEADING = re.compile(r"^(?:[IVXLC]+|[A-Z]|\d+)\s*[.):/-]\s*")
_SHARED = ("lead", "due", "coordinating", "leader", "field", "number", "issued_on", "issuer")
"""What a row may take over from the one above it, where it says so."""
_TEXTS = ("product", "accountable", "monitor", "authority")


@dataclass(frozen=True, slots=True)
class Given:
    """What holds for every row that does not say otherwise: the source, field and leader."""

    kind: str = ""
    number: str = ""
    issued_on: str | None = None
    issuer: str = ""
    field: str | None = None
    leader: str | None = None


class RowReader:
    """Reads the rows of one sheet by one layout."""

    def __init__(self, reader: CellReader, layout: Layout, given: Given | None = None) -> None:
        self._reader = reader
        self._layout = layout
        self._given = given or Given()
        self._places = {t: layout.place(t) for t in layout.targets if t and t != ORDER_NUMBER}
        # Each row as it was read last, and from what: one row that is mended is read alone.
        self._last: dict[int, tuple[object, Proposal]] = {}

    def proposals(
        self, sheet: Sheet, fixes: Mapping[int, Mapping[str, str]] | None = None
    ) -> Iterator[Proposal]:
        """Each row below the heads, in order; `fixes` are texts that a person wrote instead, by row
        number and target."""
        above: dict[str, Cell] = {}
        section: str | None = None
        for row in sheet.rows:
            if row.number <= self._layout.head_row or self._repeats_heads(row):
                continue
            cells = {target: row.cell(place) for target, place in self._places.items()}
            fixed = (fixes or {}).get(row.number, {})
            heading = self._heading(row, cells) if not fixed else ""
            if heading:
                section = self._reader.field(_HEADING.sub("", heading))
                yield self._left_out(row, heading)
                continue
            for target in _SHARED:
                if target in above and self._reader.same_as_above(cells.get(target, EMPTY).text):
                    cells[target] = above[target]
            above = cells
            known = (dict(cells), dict(fixed), section)
            if row.number not in self._last or self._last[row.number][0] != known:
                self._last[row.number] = known, self._proposal(row, cells, fixed, section)
            yield self._last[row.number][1]

    def _proposal(
        self,
        row: SheetRow,
        cells: Mapping[str, Cell],
        fixed: Mapping[str, str],
        section: str | None,
    ) -> Proposal:
        now = {**cells, **{target: Cell(text) for target, text in fixed.items()}}
        reading = _Reading(self._reader, self._given, now)
        followup, source, new_field = reading.read()
        if section and not followup.field and not new_field:
            followup = replace(followup, field=section)
        unread = {fault.target for fault in reading.faults}
        if done := self._said_done(row):
            words = N_("Tệp ghi “{text}”; nhập vào vẫn là việc mở, chờ xác nhận.")
            reading.notes.append(Fault("", ThukyError(words, text=done)))
        return Proposal(
            row.number,
            {target: cell.text for target, cell in now.items()},
            followup,
            replace(
                source,
                excerpt=self._excerpt(row, cells, unread),
                digest=digest_of(*(_content(cells, t) for t in ("work", "lead", "due", "number"))),
            ),
            tuple(reading.faults),
            tuple(reading.notes),
            "bad" if reading.faults else "new",
            field=new_field,
        )

    def _said_done(self, row: SheetRow) -> str:
        """What a column without a target says of the work's being done; nothing where it does
        not."""
        for place, target in enumerate(self._layout.targets):
            if not target and _STANDING.search(plain(self._layout.heads[place])):
                text = row.cell(place).text
                if _DONE.match(plain(text)):
                    return text
        return ""

    def _excerpt(self, row: SheetRow, cells: Mapping[str, Cell], unread: set[str]) -> str:
        """What the paper says of it, and all that no column took or could read."""
        own = cells.get("excerpt", EMPTY)
        parts = [own.text] if own.text and not own.fault else []
        for place, cell in enumerate(row.cells):
            target = self._layout.targets[place] if place < len(self._layout.targets) else ""
            if cell.text and target != ORDER_NUMBER and (not target or target in unread):
                head = self._layout.heads[place] or letters(place)
                parts.append(f"{head}: {cell.text}")
        return " · ".join(dict.fromkeys(parts))

    def _left_out(self, row: SheetRow, heading: str) -> Proposal:
        texts = {"work": heading}
        source = FollowupSource(kind="hand", digest=digest_of(heading), excerpt=heading)
        return Proposal(row.number, texts, Followup(work=heading), source, state="heading")

    def _heading(self, row: SheetRow, cells: Mapping[str, Cell]) -> str:
        """The words of a row that is a heading of those below; nothing where it is none."""
        told = list(dict.fromkeys(cell.text for cell in row.cells if cell.text))
        if row.merged:
            return told[0]
        first = told[0]
        number = len(told) == 2 and bool(_ROMAN.fullmatch(first))
        alone = len(told) == 1 and (
            bool(re.match(r"[IVXLC]+\.\s|[A-Z]\.\s", first)) or _loud(first)
        )
        if not (number or alone):
            return ""
        others = any(cell.text for target, cell in cells.items() if target != "work")
        return " ".join(told) if not others or alone else ""

    def _repeats_heads(self, row: SheetRow) -> bool:
        heads = self._layout.heads[: len(row.cells)]
        if not self._layout.head_row or not _alike(row.cells[0].text, heads[0]):
            return False
        return all(_alike(c.text, head) for c, head in zip(row.cells, heads, strict=True))


class _Reading:
    """One row as it is read: what is wrong with it comes together."""

    def __init__(self, reader: CellReader, given: Given, cells: Mapping[str, Cell]) -> None:
        self._reader = reader
        self._given = given
        self._cells = cells
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []

    def read(self) -> tuple[Followup, FollowupSource, str]:
        source = self._source()
        on = date.fromisoformat(source.issued_on) if source.issued_on else self._reader.today
        values: dict[str, Any] = {name: self._text(name) for name in _TEXTS}
        values["work"] = self._work()
        values["lead"] = self._lead()
        others = [id for id in self._units("coordinating") if id != values["lead"]]
        values["coordinating"] = "\n".join(others)
        values |= self._due(on)
        values["accountable_person"] = self._answering(values["accountable"])
        values["leader"] = self._leader()
        values["field"], new_field = self._field()
        return Followup(**values), source, new_field

    def _text(self, target: str) -> str:
        """What a cell says; a formula without a value, or an error, is told and says nothing."""
        cell = self._cells.get(target, EMPTY)
        if cell.fault == "formula":
            words = N_("Ô “{target}” là công thức chưa có giá trị: {text}")
            self._blame(target, ThukyError(words, target=target_words(target), text=cell.text))
        elif cell.fault:
            words = N_("Ô “{target}” ghi lỗi {text} của bảng tính.")
            self._blame(target, ThukyError(words, target=target_words(target), text=cell.text))
        return "" if cell.fault else cell.text

    def _blame(self, target: str, error: ThukyError) -> None:
        self.faults.append(Fault(target, error))

    def _work(self) -> str:
        work = self._text("work")
        if not work and not self._cells.get("work", EMPTY).fault:
            self._blame("work", ThukyError(N_("Thiếu nội dung việc.")))
        return work

    def _lead(self) -> str | None:
        text = self._text("lead")
        if not text:
            if not self._cells.get("lead", EMPTY).fault:
                self._blame("lead", ThukyError(N_("Thiếu đơn vị chủ trì.")))
            return None
        try:
            units = self._reader.units(text)
        except ThukyError as error:
            self._blame("lead", error)
            return None
        if len(units) > 1:
            names = "; ".join(map(self._reader.directory.name_of, units))
            words = N_("Có {count} đơn vị chủ trì: {names}. Một việc chỉ một đơn vị chủ trì.")
            self._blame("lead", ThukyError(words, count=len(units), names=names))
            return None
        return units[0]

    def _units(self, target: str) -> Sequence[str]:
        if not (text := self._text(target)):
            return ()
        try:
            return self._reader.units(text)
        except ThukyError as error:
            self._blame(target, error)
            return ()

    def _due(self, on: date) -> dict[str, Any]:
        cell = self._cells.get("due", EMPTY)
        if not self._text("due"):
            return {}
        try:
            values, note = self._reader.due(cell, on)
        except ThukyError as error:
            self._blame("due", error)
            return {"due_text": cell.text}
        if note:
            self.notes.append(Fault("due", note))
        return values

    def _answering(self, text: str) -> str | None:
        """Who answers may be anybody: only somebody of the list is known by more than a name."""
        if not text:
            return None
        try:
            return self._reader.person(text)
        except ThukyError:
            return None

    def _leader(self) -> str | None:
        if not (text := self._text("leader")):
            return self._given.leader
        try:
            return self._reader.person(text)
        except ThukyError as error:
            self._blame("leader", error)
            return self._given.leader

    def _field(self) -> tuple[str | None, str]:
        """The id of the field, or the name of a new one."""
        if not (text := self._text("field")):
            return self._given.field, ""
        found = self._reader.field(text)
        if found is None:
            words = N_("Lĩnh vực mới “{name}” sẽ được thêm.")
            self.notes.append(Fault("field", ThukyError(words, name=text)))
        return found, "" if found else text

    def _source(self) -> FollowupSource:
        given = self._given
        said, kind = self._text("number"), given.kind
        number = number_in(said) or said
        issued = self._day("issued_on")
        if said and not issued and (day := written_day(said)):
            issued = day.isoformat()
        if text := self._text("source"):
            try:
                kind = self._reader.source_kind(text)
            except ThukyError as error:
                self._blame("source", error)
        elif said:
            kind = kind_of_number(number)
        return FollowupSource(
            kind=kind or (kind_of_number(given.number) if given.number else "hand"),
            number=number or given.number,
            issued_on=issued or given.issued_on,
            issuer=self._text("issuer") or given.issuer,
        )

    def _day(self, target: str) -> str | None:
        cell = self._cells.get(target, EMPTY)
        if not self._text(target):
            return None
        try:
            return self._reader.day(cell).isoformat()
        except ThukyError as error:
            self._blame(target, error)
            return None


def target_words(target: str) -> ThukyError:
    """What a target is called, to be told within another sentence."""
    return ThukyError(TARGETS.get(target, target))


def _content(cells: Mapping[str, Cell], target: str) -> str:
    cell = cells.get(target, EMPTY)
    return cell.day.isoformat() if cell.day else cell.text


def _alike(text: str, head: str) -> bool:
    return text == head or plain(text) == plain(head)


def _loud(text: str) -> bool:
    """Whether it is all in capitals, as headings are."""
    return len(text) > 3 and text.isupper()
