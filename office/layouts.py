"""How follow-ups that are found are laid out: as a table or otherwise, under which headings, in
which order. Public entrance: `Layout`, `Form`, `read`.

A layout is kept as text (`form:board group:unit order:state reverse:1`), in which what is usual is
left out; what a newer version may have added is passed over.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from schema.followup_groups import Group
from schema.followup_rows import Order

E = TypeVar("E", bound=StrEnum)


class Form(StrEnum):
    """A table; a board with a column for each state; a month or a week of deadlines."""

    TABLE = "table"
    BOARD = "board"
    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Layout:
    form: Form = Form.TABLE
    group: Group = Group.NONE
    order: Order = Order.DUE
    reverse: bool = False

    @property
    def text(self) -> str:
        """Nothing for the usual one."""
        said = {
            "form": self.form if self.form is not Form.TABLE else "",
            "group": self.group,
            "order": self.order if self.order is not Order.DUE else "",
            "reverse": "1" if self.reverse else "",
        }
        return " ".join(f"{key}:{value}" for key, value in said.items() if value)


def read(text: str) -> Layout:
    """A layout as it is kept; no text raises."""
    said = dict(pair for word in text.split() if len(pair := word.split(":", 1)) == 2)
    return Layout(
        _one(Form, said.get("form", ""), Form.TABLE),
        _one(Group, said.get("group", ""), Group.NONE),
        _one(Order, said.get("order", ""), Order.DUE),
        said.get("reverse") == "1",
    )


def _one(kind: type[E], text: str, usual: E) -> E:
    try:
        return kind(text)
    except ValueError:
        return usual
