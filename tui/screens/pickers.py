"""Fields that are filled in from the directory, and what their text stands for."""

from collections.abc import Iterable, Mapping, Sequence

from office.directory import Directory, Kind
from schema.errors import ThukyError
from schema.records import Person, Unit
from schema.store import Store
from schema.viet import fold, nfc
from tui.screens.form_page import WrongError
from tui.widgets.choice import Choice
from tui.widgets.form import FormRow, pick
from tui.widgets.pick import PickField, Suggestion
from tui.words import _

NEW = "new:"
"""Starts the value of a suggestion to put a name into the directory that is not there yet."""

AS_TYPED = "as:"
"""Starts the value of a suggestion to keep a name as it is typed."""

_MOST = 5


def suggest(directory: Directory, kind: Kind, typed: str) -> list[Suggestion]:
    """The units or persons that answer, and the name itself if none is called so."""
    entries = [e for e in directory.search(typed, 50) if e.kind == kind][:_MOST]
    offered = [
        Suggestion(e.id, e.name if not e.detail else f"{e.name} ({e.detail})") for e in entries
    ]
    name = " ".join(nfc(typed).split())
    if len(name) > 1 and all(fold(e.name) != fold(name) for e in entries):
        offered.append(Suggestion(NEW + name, _("{name} (thêm mới)").format(name=name)))
    return offered


def suggest_anyone(directory: Directory, typed: str) -> list[Suggestion]:
    """The units and persons that answer; then the text itself, for a name that is not on file."""
    offered = [
        Suggestion(e.id, e.name if not e.detail else f"{e.name} ({e.detail})")
        for e in directory.search(typed, _MOST)
    ]
    name = " ".join(nfc(typed).split())
    return [*offered, Suggestion(AS_TYPED + name, f"“{name}”")] if offered else []


def choice(labels: Mapping[str, str], value: str) -> Choice:
    """One of the codes of `office.labels`, by what they are called."""
    options = [(code, _(label)) for code, label in labels.items()]
    if value not in labels:
        options.append((value, value))  # from a newer version, on another machine
    return Choice(options, value)


class DirectoryField(PickField):
    """A unit or a person; what is picked shows its name alone."""

    def __init__(self, directory: Directory, kind: Kind, id: str | None) -> None:
        self._names = {u.id: u.name for u in directory.units}
        self._names |= {p.id: p.name for p in directory.persons}
        picked = Suggestion(id, self._names[id]) if id in self._names and id else None
        super().__init__(lambda typed: suggest(directory, kind, typed), picked=picked, compact=True)

    def put(self, suggestion: Suggestion) -> None:
        value = suggestion.value
        name = self._names.get(value, value.removeprefix(NEW))
        super().put(Suggestion(value, name))


class KnownField(PickField):
    """Free text, completed from what was written in such a field before.

    What is typed is offered first, so that a new text which resembles a known one is not lost.
    """

    def __init__(self, known: Iterable[str], value: str) -> None:
        self._known = [text for text in known if text]
        super().__init__(self._matching, compact=True)
        self.value = value

    def _matching(self, typed: str) -> Sequence[Suggestion]:
        own = " ".join(typed.split())
        wanted = fold(own)
        found = [text for text in self._known if wanted in fold(text) and text != own]
        return [Suggestion(text, text) for text in [own, *found[:_MOST]] if text] if found else []


def unit_in(row: FormRow, store: Store, directory: Directory) -> str | None:
    """The id of the unit in a row, which is put into the directory if that was asked for.

    Raises WrongError where no unit, or more than one, is called so.
    """
    picked = pick(row.control)
    if picked.startswith(NEW):
        return store.insert(Unit(name=picked.removeprefix(NEW))).id
    try:
        return picked or (directory.unit(row.value).id if row.value else None)
    except ThukyError as error:
        raise WrongError(row.name or "", error) from error


def person_in(row: FormRow, store: Store, directory: Directory) -> str | None:
    """The id of the person in a row, as `unit_in`."""
    picked = pick(row.control)
    if picked.startswith(NEW):
        return store.insert(Person(name=picked.removeprefix(NEW))).id
    try:
        return picked or (directory.person(row.value).id if row.value else None)
    except ThukyError as error:
        raise WrongError(row.name or "", error) from error
