"""All papers of a day's urging, written into one new folder or not at all.

Public entrance: `write_papers`, `Written`, `folder_name`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from office import sheets
from office.calendar import work_calendar
from office.letters import Occasion, letter, report
from office.moments import ZONE
from office.papers.letterhead import letterhead
from office.papers.printable import file_name, one_line
from office.urging_groups import Group
from office.urging_mail import draft, is_address
from office.urging_sheet import sheet
from office.urging_tasks import Task, tasks
from schema.errors import N_, ThukyError
from schema.files import new_folder
from schema.records import Person, Unit
from schema.store import Store

ANSWER_DAYS = 3
"""Working days that a letter leaves for an answer."""


@dataclass(slots=True)
class Written:
    """`files` by their names, in the order of what they are about; `kept` tasks are under a secret
    mark, and so in none of them; `addressless` units have an address that no mail can go to."""

    folder: Path
    files: list[str] = field(default_factory=list)
    kept: int = 0
    addressless: list[str] = field(default_factory=list)


def folder_name(on: date, *names: str) -> str:
    """What a folder for the papers of a day is called; `names` say for whom."""
    return file_name("don-doc", on.isoformat(), *names)


def write_papers(
    store: Store,
    folder: Path,
    groups: Sequence[Group],
    on: date,
    *,
    answer_by: date | None = None,
) -> Written:
    """Write a letter and a mail for each unit, a list for each leader and the meeting, and a table
    of everything into the new `folder`. Raises ThukyError where it holds something or cannot be
    written, or there is nothing to write; then nothing is there."""
    found = {group.key: tasks(store, group.items) for group in groups}
    written = Written(folder)
    written.kept = len({t.item.rowid for some in found.values() for t in some if t.secret})
    found = {key: [t for t in some if not t.secret] for key, some in found.items()}
    if not any(found.values()):
        raise ThukyError(
            N_("Không có nhiệm vụ nào để đưa vào văn bản ({n} nhiệm vụ có dấu mật). Chưa ghi gì.")
            if written.kept
            else N_("Không có nhiệm vụ nào để đôn đốc. Chưa ghi gì."),
            n=written.kept,
        )
    made_at = datetime.fromtimestamp(store.clock(), ZONE)
    until = answer_by or work_calendar(store).add_working(on, ANSWER_DAYS)
    papers = _Papers(store, written, Occasion(letterhead(store), on, until, made_at))
    with new_folder(folder) as draft_folder:
        for group in groups:
            if some := found[group.key]:
                papers.write(draft_folder, group, some)
        every = {task.item.rowid: task for some in found.values() for task in some}
        table = sheet(list(every.values()), papers.names, on)
        name = papers.free("danh-sach-don-doc", "xlsx")
        sheets.write(draft_folder / name, [table])
    return written


class _Papers:
    """What is written so far, and what the papers need to know of units and people."""

    def __init__(self, store: Store, written: Written, occasion: Occasion) -> None:
        self._store = store
        self._written = written
        self._occasion = occasion
        self._units = {unit.id: unit for unit in store.select(Unit)}
        self.names = {unit.id: unit.name for unit in self._units.values()}
        self.names |= {person.id: person.name for person in store.select(Person)}

    def free(self, stem: str, ending: str) -> str:
        """A name that no other file of the folder has."""
        name, number = f"{stem}.{ending}", 1
        while name in self._written.files:
            number += 1
            name = f"{stem}-{number}.{ending}"
        self._written.files.append(name)
        return name

    def write(self, folder: Path, group: Group, some: Sequence[Task]) -> None:
        name = one_line(self.names.get(group.to or "", ""))
        if group.kind == "unit" and group.to:
            self._letter(folder, group, some, name)
            return
        called = {
            "unit": "chưa có đơn vị chủ trì",
            "leader": f"chậm, báo cáo đồng chí {name or 'lãnh đạo phụ trách'}",
            "meeting": "chậm, đưa ra giao ban tuần",
        }[group.kind]
        stem = file_name("danh-muc", name or called)
        content = report(self._occasion, some, f"nhiệm vụ {called}", self.names)
        (folder / self.free(stem, "docx")).write_bytes(content)

    def _letter(self, folder: Path, group: Group, some: Sequence[Task], name: str) -> None:
        from office.reading.suggest import head_of

        unit = self._units.get(group.to or "") or Unit()
        chief = head_of(name)
        content = letter(self._occasion, group, some, name, kind=unit.type, chief=chief)
        file = self.free(file_name("cong-van-don-doc", name), "docx")
        (folder / file).write_bytes(content)
        if unit.email and not is_address(unit.email):
            self._written.addressless.append(name)
        boundary = self._store.randomness(12).hex()
        attached = {file: content}
        mail = draft(self._occasion, name, unit.email, len(some), attached, boundary)
        (folder / self.free(file_name("thu", name), "eml")).write_bytes(mail)
