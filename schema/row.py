"""What a record is: cells by name that never change, and how its columns are declared.

Public entrance: `dataclass`, `Row`, `Record`, `ref`, `derived`.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING, Any


def ref(table: str) -> Any:
    """A column that holds the id of a row of `table`, or nothing."""
    return field(default=None, metadata={"ref": table})


def derived(default: Any) -> Any:
    """A column that each machine computes for itself, so that it is never synced."""
    return field(default=default, metadata={"derived": True})


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(**_: bool) -> Callable[[type], type]:
        """Every start makes these classes: with `Row`'s methods for all of them in place of written
        ones for each, that takes a tenth of the time. Type checkers see what they are."""
        return dataclasses.dataclass(init=False, eq=False, repr=False)


class Row:
    """A record: made from cells by name, compared by its cells, and never changed."""

    def __init__(self, **cells: Any) -> None:
        """Cells that are not given have their defaults, which the class itself holds."""
        if unknown := cells.keys() - self._names():
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        vars(self).update(cells)

    @classmethod
    def _names(cls) -> dict[str, Any]:
        return cls.__dataclass_fields__  # type: ignore[attr-defined,no-any-return]

    def _cells(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self._names())

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(name)

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(name)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._cells() == other._cells()

    def __hash__(self) -> int:
        return hash(self._cells())

    def __repr__(self) -> str:
        cells = ", ".join(f"{n}={getattr(self, n)!r}" for n in self._names())
        return f"{type(self).__name__}({cells})"


@dataclass(frozen=True, kw_only=True)
class Record(Row):
    """What every synced row has. It is never deleted: `deleted_at` says since when it is gone."""

    id: str = ""
    created_at: str = ""
    deleted_at: str | None = None
