"""An overwritten value is told as people speak of it, whatever cell of whatever table it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schema.records import Followup, Person, Post, Unit
from schema.store import Store
from schema.tables import BY_NAME, TABLES
from sync.conflicts import Conflict, Version
from tui import overwritten
from tui.overwritten import TABLES as NAMED
from tui.overwritten import Naming

CELLS = [
    (table.name, column)
    for table in TABLES
    if not table.insert_only
    for column in table.synced
    if column != "created_at"
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "thuky.db") as store:
        store.insert(Unit(id="u1", name="Sở Tài chính"))
        store.insert(Unit(id="u2", name="Sở Xây dựng"))
        store.insert(Person(id="p", name="Nguyễn Văn An"))
        store.insert(Post(id="o", person="p", unit="u1"))
        store.insert(Followup(id="f", work="Rà soát dự án"))
        yield store


def told(store: Store, table: str, row: str, column: str, lost: Any, shown: Any) -> list[str]:
    before, after = (Version(column, value, 1 << 16, "d", None) for value in (lost, shown))
    one = overwritten.overwritten(Naming(store), Conflict(table, row, before, after))
    return [one.title, one.label, one.lost, one.shown]


@pytest.mark.parametrize(
    ("cell", "values", "words"),
    [
        (("followup", "f", "lead"), ("u1", "u2"), ("Sở Tài chính", "Sở Xây dựng")),
        (
            ("followup", "f", "coordinating"),
            ("u1\nu2", ""),
            ("Sở Tài chính; Sở Xây dựng", "(trống)"),
        ),
        (("followup", "f", "due"), ("2026-03-05", None), ("05/03/2026", "(trống)")),
        (("followup", "f", "inclusive"), (0, 1), ("Không", "Có")),
        (("followup", "f", "accountable_person"), ("p", None), ("Nguyễn Văn An", "(trống)")),
        (("followup", "f", "anchor"), (b"\xff", None), ("(chỗ trong biên bản)", "(trống)")),
        (("post", "o", "unit"), ("u1", "u2"), ("Sở Tài chính", "Sở Xây dựng")),
        (("post", "o", "ends_on"), ("2026-03-05", "x"), ("05/03/2026", "x")),
        (
            ("unit", "u1", "deleted_at"),
            (None, "2026-03-05T07:00:00Z"),
            ("không xóa", "xóa lúc 14:00 05/03/2026"),
        ),
        (("followup", "f", "lead"), ("gone", "u2"), ("gone", "Sở Xây dựng")),
    ],
)
def test_values_are_names_and_dates_as_people_write_them(
    store: Store, cell: tuple[str, str, str], values: tuple[Any, Any], words: tuple[str, str]
) -> None:
    assert tuple(told(store, *cell, *values)[2:]) == words


def test_a_record_is_called_by_its_kind_and_title_or_by_whom_it_belongs_to(store: Store) -> None:
    assert told(store, "followup", "f", "due", None, "x")[:2] == [
        "Nhiệm vụ: Rà soát dự án",
        "Thời hạn",
    ]
    assert told(store, "post", "o", "starts_on", None, "x")[0] == "Chức vụ: Nguyễn Văn An"
    assert told(store, "calendar_day", "2026-02-17", "name", "", "x")[0].endswith("Tết Nguyên đán")
    assert told(store, "followup", "none", "due", None, "x")[0] == "Nhiệm vụ"


def test_every_cell_that_may_be_overwritten_has_its_words() -> None:
    for table, column in CELLS:
        assert table in NAMED, f"tui/overwritten.py has no word for the table {table}"
        words = overwritten.label(table, column)
        assert words != column, f"tui/overwritten.py has no word for {table}.{column}"


def test_no_value_is_too_odd_to_be_told(store: Store) -> None:
    odd: dict[str, list[Any]] = {
        "TEXT": [None, "", "x", "\n", "2026-13-40", "9" * 30],
        "INTEGER": [None, -1, 1 << 60],
        "REAL": [None, 1.5, float("inf")],
        "BLOB": [None, b"", b"\xff"],
    }
    for table, column in CELLS:
        kind = next(c.type for c in BY_NAME[table].columns if c.name == column)
        for value in odd[kind]:
            words = told(store, table, "f", column, value, value)
            assert all(isinstance(word, str) for word in words)
