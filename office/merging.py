"""Units that are renamed, and units whose duties went to another: nothing that was written changes.

A unit keeps its old names as aliases, so that old papers and new speech both find it. One that was
merged stays on file with its tasks and says who has its duties now (`Unit.successor`).
"""

from collections.abc import Iterable

from office.directory import plain
from schema.errors import N_, ThukyError
from schema.records import Unit
from schema.store import Store


def renamed(unit: Unit, name: str) -> dict[str, str]:
    """The cells of a unit under another name: the old one becomes an alias."""
    if name == unit.name:
        return {}
    known = unit.aliases.splitlines()
    if unit.name:
        known = [alias for alias in known if plain(alias) != plain(name)]
        if plain(unit.name) not in map(plain, [name, *known]):
            known.append(unit.name)
    return {"name": name, "aliases": "\n".join(known)}


def merge(store: Store, unit: str, into: str) -> Unit:
    """Say that a unit's duties are another's now. Raises ThukyError where that goes in a circle."""
    with store.transaction():
        old, new = store.get(Unit, unit), store.get(Unit, into)
        if new.deleted_at:
            raise ThukyError(N_("“{name}” đã bị xóa; hãy chọn đơn vị khác."), name=new.name)
        if unit in _line(store, new):
            raise ThukyError(
                N_("“{name}” không thể nhập vào “{into}”: như vậy là nhập vào chính nó."),
                name=old.name,
                into=new.name,
            )
        return store.update(Unit, unit, successor=into)


def _line(store: Store, unit: Unit) -> list[str]:
    """A unit and all that it was merged into, step by step."""
    line = [unit.id]
    while (after := store.find(Unit, unit.successor)) and after.id not in line:
        line.append(after.id)
        unit = after
    return line


def unmerge(store: Store, unit: str) -> Unit:
    """Say that a unit has its own duties again."""
    return store.update(Unit, unit, successor=None)


def successors(units: Iterable[Unit]) -> dict[str, str]:
    """For each unit that was merged, the one that has its duties now, over any number of steps.

    Where two machines made a circle of them, or the other one is gone, a unit stands for itself.
    """
    known = {unit.id: unit for unit in units if unit.deleted_at is None}
    found: dict[str, str] = {}
    for start in known:
        at, seen = start, {start}
        while (after := known[at].successor) in known and after not in seen:
            at = str(after)
            seen.add(at)
        if at != start and after not in seen:
            found[start] = at
    return found
