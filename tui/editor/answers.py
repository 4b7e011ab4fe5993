"""What a person types for an open point of a follow-up, understood by the office's names."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from office.directory import Directory, Entry
from office.moments import parse_date, show_date
from office.points import Point
from schema.errors import N_, NotFound, ThukyError
from schema.records import Unit
from schema.store import Store
from schema.viet import fold
from tui.editor.points_bar import Question, Understood
from tui.words import _, tell

if TYPE_CHECKING:
    from office.known import Known


class Answers:
    """Understands answers said `on` a day."""

    def __init__(self, directory: Directory, known: "Known", on: date) -> None:
        self._directory = directory
        self._known = known
        self._on = on

    def __call__(self, question: Question, typed: str) -> Understood:
        match question.point:
            case Point.LEAD:
                return self._lead(typed)
            case Point.DEADLINE:
                return self._due(typed)
            case Point.RESPONSIBILITY:
                alone = typed.isascii() and typed.isdigit()
                return self._person(f"{question.suggested} {typed}" if alone else typed)
        return Understood(_("Enter: ghi"), {question.cell: typed})

    def _lead(self, typed: str) -> Understood:
        try:
            unit = self._directory.unit(typed)
        except NotFound as error:
            found = [e for e in self._directory.search(typed, 5) if e.kind == "unit"]
            if not found:
                words = _("{reason} Thêm đơn vị này?").format(reason=tell(error))
                return Understood(words, {"new unit": typed}, sure=False)
            entry, *others = found
            words = f"→ {entry.name}"
            if others:
                names = ", ".join(other.name for other in others[:2])
                words += _(" (hay {names}?)").format(names=names)
            return Understood(words, {"lead": self._now(entry.id)}, sure=not others)
        except ThukyError as error:
            return Understood(tell(error))
        now = self._now(unit.id)
        return Understood(f"→ {self._directory.name_of(now)}", {"lead": now})

    def _now(self, unit: str) -> str:
        return self._known.successors.get(unit, unit)

    def _due(self, typed: str) -> Understood:
        from office.reading import deadline_cells

        due = self._known.due(typed, self._on)
        if due.kind == "unclear" and not due.problem:
            # Mai, 30/02: a day as it is written elsewhere.
            try:
                due = self._known.due(show_date(parse_date(typed, self._on)), self._on)
            except ThukyError as error:
                return Understood(tell(error))
        cells = deadline_cells(typed, due)
        if due.date is None:
            if due.event or due.recurrence:
                event = due.event or due.recurrence
                return Understood(_("→ chờ “{event}”").format(event=event), cells)
            return Understood(_(due.problem or N_("Chưa hiểu thời hạn này.")))
        day = show_date(due.date)
        words = "→ " + (day if due.inclusive is not False else _("trước {day}").format(day=day))
        if due.time:
            words += f" {due.time:%H:%M}"
        if due.last_working_day and due.last_working_day != due.last_ok_date:
            last = show_date(due.last_working_day)
            words += _(" (ngày nghỉ; ngày làm việc cuối: {day})").format(day=last)
        if due.date < self._on:
            return Understood(_("{when}: đã qua").format(when=words), cells, sure=False)
        if due.ask:
            return Understood(f"{words}?", cells, False)
        return Understood(words, cells)

    def _person(self, typed: str) -> Understood:
        """Persons of one name are told apart by a number after it."""
        name, _space, number = typed.rpartition(" ")
        wanted = int(number) if name and number.isascii() and number.isdigit() else 0
        found = self._persons(name if wanted else typed)
        if not found:
            return Understood(_("Enter: ghi như đã gõ"), {"accountable": typed})
        if len(found) > 1 and not 0 < wanted <= len(found):
            listed = "; ".join(f"{n} {_called(entry)}" for n, entry in enumerate(found, 1))
            return Understood(_("Gõ thêm số: {listed}").format(listed=listed))
        entry = found[wanted - 1 if len(found) > 1 else 0]
        cells = {"accountable": entry.name, "accountable_person": entry.id}
        return Understood(f"→ {_called(entry)}", cells)

    def _persons(self, typed: str) -> list[Entry]:
        """Those who are called so; where nobody is, the only one who may be meant."""
        entries = [e for e in self._directory.search(typed, 20) if e.kind == "person"]
        same = [e for e in entries if fold(e.name) == fold(typed)]
        return same or (entries if len(entries) == 1 else [])


def _called(entry: Entry) -> str:
    return ", ".join(filter(None, (entry.name, entry.detail)))


def with_new_unit(store: Store, cells: Mapping[str, Any]) -> Mapping[str, Any]:
    """The cells of an answer, with a unit that nobody knew yet added to the table."""
    if "new unit" not in cells:
        return cells
    return {"lead": store.insert(Unit(name=cells["new unit"])).id}
