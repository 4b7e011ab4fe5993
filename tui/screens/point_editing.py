"""Editing one point of a follow-up, or what its deadline waits for, on any page that shows one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from office import followups
from office.directory import Directory
from office.moments import day_of, show_moment
from office.points import NO_DEADLINE, POINT_OF
from schema.errors import ThukyError
from schema.records import Followup, Meeting, Person, Unit
from tui import queries
from tui.editor.answers import Answers, with_new_unit
from tui.editor.points_bar import Question, Understood
from tui.followup_facts import POINTS
from tui.screens.ask_point import AskPoint, Understand
from tui.screens.choose import ChooseScreen
from tui.screens.page import Page
from tui.screens.pickers import AS_TYPED, NEW, suggest
from tui.telling import telling
from tui.widgets.pick import Suggestion
from tui.words import _, tell

Cells = Mapping[str, Any]
_UNBIND = "-"


def edit_point(page: Page, followup: Followup, cell: str, write: Callable[[Cells], None]) -> None:
    """Ask for a point at the foot of the screen; `write` gets the cells that it comes to."""
    directory = queries.directory(page.office.store)
    value = shown(followup, cell, directory)
    on = followups.said_on(page.office.store, followup) or page.office.today()

    def answer(cells: Cells | None) -> None:
        if cells is not None:
            with telling(page.app):
                write(with_new_unit(page.office.store, cells))

    offers = {"lead": _units, "accountable": _persons}.get(cell)
    page.app.push_screen(
        AskPoint(
            _("{point}: {work}").format(point=_(POINTS[cell]), work=followup.work),
            value,
            understanding(page, followup, cell, directory, on),
            (lambda typed: offers(directory, typed)) if offers else None,
        ),
        answer,
    )


def shown(followup: Followup, cell: str, directory: Directory) -> str:
    """A point as it may be typed."""
    value = str(getattr(followup, cell) or "")
    if cell in ("lead", "coordinating"):
        return "; ".join(directory.name_of(id) for id in value.splitlines())
    if cell == "due" and followup.due_text:
        return followup.due_text
    return value


def understanding(
    page: Page, followup: Followup, cell: str, directory: Directory, on: date
) -> Understand:
    """What words that are said `on` a day for a point come to; nothing typed empties it."""
    store = page.office.store
    ready: list[Any] = []

    def answers(typed: str) -> Understood:
        if not ready:
            from office.known import known

            ready.append(Answers(directory, known(store), on))
        found: Understood = ready[0](Question(followup, POINT_OF[cell]), typed)
        return found

    def understand(typed: str) -> Understood:
        if cell == "work" and not typed:
            return Understood(_("Nhiệm vụ phải nói làm việc gì."))
        if cell == "due":
            if not typed:
                return Understood("", NO_DEADLINE)
            found = answers(typed)
            if found.cells is None:
                return found
            cells = {**NO_DEADLINE, **found.cells}
            if found.sure and (day := day_of(cells["due"])) and day < page.office.today():
                # Not past when it was said, but by now.
                return Understood(_("{when}: đã qua").format(when=found.words), cells, sure=False)
            return Understood(found.words, cells, found.sure)
        if cell == "accountable":
            return _accountable(typed, store.find(Person, typed), answers)
        if cell == "lead":
            return _lead(typed, store.find(Unit, typed), directory, answers)
        if cell == "coordinating":
            return _several(typed, directory)
        return Understood("", {cell: typed})

    return understand


def _lead(typed: str, picked: Unit | None, directory: Directory, answers: Understand) -> Understood:
    if not typed:
        return Understood("", {"lead": None})
    if typed.startswith(NEW):
        return Understood("", {"new unit": typed.removeprefix(NEW)})
    if picked:
        now = directory.successors.get(picked.id, picked.id)
        return Understood(f"→ {directory.name_of(now)}", {"lead": now})
    return answers(typed)


def _accountable(typed: str, picked: Person | None, answers: Understand) -> Understood:
    if not typed:
        return Understood("", {"accountable": "", "accountable_person": None})
    if picked:
        return Understood("", {"accountable": picked.name, "accountable_person": picked.id})
    if typed.startswith(AS_TYPED):
        name = typed.removeprefix(AS_TYPED)
        return Understood("", {"accountable": name, "accountable_person": None})
    found = answers(typed)
    if found.cells is None:
        return found
    return Understood(found.words, {"accountable_person": None, **found.cells}, found.sure)


def _several(typed: str, directory: Directory) -> Understood:
    """Units with semicolons between them."""
    ids: list[str] = []
    for name in filter(None, (part.strip() for part in typed.split(";"))):
        try:
            unit = directory.unit(name).id
        except ThukyError as error:
            return Understood(tell(error))
        ids.append(directory.successors.get(unit, unit))
    names = "; ".join(map(directory.name_of, ids))
    return Understood(f"→ {names}", {"coordinating": "\n".join(dict.fromkeys(ids))})


def _units(directory: Directory, typed: str) -> Sequence[Suggestion]:
    return suggest(directory, "unit", typed)


def _persons(directory: Directory, typed: str) -> Sequence[Suggestion]:
    """The persons who answer; the name as it is typed where it may be somebody else's."""
    known = [s for s in suggest(directory, "person", typed) if not s.value.startswith(NEW)]
    name = " ".join(typed.split())
    return [*known, Suggestion(AS_TYPED + name, f"“{name}”")] if known else []


def bind_to_meeting(page: Page, followup: Followup) -> None:
    """Ask which meeting the deadline waits for: the likeliest first, then all that are to come."""
    from office import events
    from office.calendar import work_calendar
    from office.deadline import Deadline

    store, office = page.office.store, page.office
    on = followups.said_on(store, followup) or office.today()
    deadline = Deadline("event_relative", event=followup.due_event)
    meant = events.candidates(store, deadline, on, said_in=followup.meeting)
    coming = queries.meetings_from(store, on, 200)
    labels = {m.id: f"{m.title} · {show_moment(m.starts_at)}" for m in [*meant, *coming]}
    labels.pop(followup.meeting or "", None)
    if followup.due_meeting:
        labels = {_UNBIND: _("Không gắn với cuộc họp nào")} | labels

    def answer(id: str | None) -> None:
        if id is None:
            return
        with telling(page.app):
            if id == _UNBIND:
                events.unbind(store, followup.id)
                words = _("Thời hạn lại chờ “{event}”.").format(event=followup.due_event)
            else:
                events.bind(store, followup.id, id, work_calendar(store))
                title = store.get(Meeting, id).title
                words = _("Thời hạn theo ngày của “{title}”.").format(title=title)
            office.changed()
            office.say(words)

    question = _("Chờ cuộc họp nào: “{event}”?").format(event=followup.due_event)
    page.app.push_screen(ChooseScreen(question, labels), answer)
