"""The fields of the office's work (lĩnh vực), each with a leader in charge.

Public entrance: `all_fields`, `called`, `add`, `change`, `move`, `leader_of`.
"""

from collections.abc import Sequence

from schema.errors import N_, Ambiguous, NotFound, ThukyError
from schema.records import Field, Followup
from schema.store import Store
from schema.viet import fold

ID_START = 8
"""From so many letters on, what is typed may be the start of an id."""


def all_fields(store: Store) -> Sequence[Field]:
    """In the office's order."""
    return store.live(Field, "1 ORDER BY position, name, id")


def called(store: Store, text: str) -> Field:
    """The field of that name, marks and case aside, of the start of it, or of that id. Raises
    NotFound, Ambiguous."""
    known = all_fields(store)
    wanted = _plain(text)
    for found in (
        [f for f in known if _plain(f.name) == wanted],
        [f for f in known if len(wanted) >= ID_START and f.id.startswith(wanted)],
        [f for f in known if wanted and _plain(f.name).startswith(wanted)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(f.name for f in found)
            raise Ambiguous(N_("“{name}” có thể là: {names}."), name=text, names=names)
    if known:
        raise NotFound(
            N_("Không có lĩnh vực “{name}”; có: {names}."),
            name=text,
            names=", ".join(f.name for f in known),
        )
    raise NotFound(N_("Không có lĩnh vực “{name}”; chưa có lĩnh vực nào."), name=text)


def add(store: Store, name: str, leader: str | None = None) -> Field:
    """A new field, last in order. Raises ThukyError where it has no name, or there is one of it."""
    with store.transaction():
        known = all_fields(store)
        name = _checked(known, name)
        position = max((f.position for f in known), default=0.0) + 1
        return store.insert(Field(name=name, leader=leader, position=position))


def change(store: Store, id: str, **cells: str | None) -> Field:
    """Another name or leader. Raises ThukyError as `add`."""
    with store.transaction():
        if "name" in cells:
            others = [f for f in all_fields(store) if f.id != id]
            cells["name"] = _checked(others, cells["name"] or "")
        return store.update(Field, id, **cells)


def move(store: Store, id: str, by: int) -> None:
    """Put a field so many places down (or up), as far as there are others."""
    with store.transaction():
        known = list(all_fields(store))
        at = next((n for n, f in enumerate(known) if f.id == id), -1)
        to = at + by
        if at < 0 or not 0 <= to < len(known):
            return
        known.insert(to, known.pop(at))
        for position, each in enumerate(known, 1):
            if each.position != position:
                store.update(Field, each.id, position=float(position))


def leader_of(store: Store, followup: Followup) -> str | None:
    """The id of the leader in charge of a follow-up: its own, else that of its field."""
    if followup.leader:
        return followup.leader
    field = store.find(Field, followup.field)
    return field.leader if field and not field.deleted_at else None


def _checked(others: Sequence[Field], name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ThukyError(N_("Lĩnh vực cần một cái tên; chưa ghi gì."))
    if any(_plain(f.name) == _plain(name) for f in others):
        raise ThukyError(N_("Đã có lĩnh vực “{name}”; chưa ghi gì."), name=name)
    return name


def _plain(name: str) -> str:
    return " ".join(fold(name).split())
