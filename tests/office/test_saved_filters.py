"""A filter that has a name is one for the whole office."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office import saved_filters
from office.filter_hints import completions
from office.filtering import KEYS, parse
from office.layouts import Form, Layout, read
from schema.errors import NotFound, ThukyError
from schema.followup_groups import Group
from schema.followup_rows import Order
from schema.records import SavedFilter
from schema.store import Store


def test_a_name_stands_for_one_filter_whatever_its_case_and_marks(tmp_path: Path) -> None:
    with Store(tmp_path / "thuky.db") as store:
        _keep(store)


def _keep(store: Store) -> None:
    first = saved_filters.save(store, "  Quá  hạn STC ", "đv:stc", "group:unit")
    assert first.name == "Quá hạn STC"
    assert first.view == "group:unit"
    again = saved_filters.save(store, "qua han stc", "đv:sxd")
    assert (again.id, again.query, again.view) == (first.id, "đv:sxd", "")
    other = saved_filters.save(store, "Khác", "")
    with pytest.raises(ThukyError, match="Đã có bộ lọc tên “QUÁ HẠN STC”"):
        saved_filters.rename(store, other.id, "QUÁ HẠN STC")
    assert saved_filters.rename(store, other.id, "KHÁC").name == "KHÁC"
    with pytest.raises(ThukyError, match="cần một cái tên"):
        saved_filters.save(store, " ", "")
    names = [f.name for f in saved_filters.named_filters(store)]
    assert names[:2] == ["qua han stc", "KHÁC"]
    assert len(names) == 2 + len(saved_filters.BUILT_IN)
    assert saved_filters.called(store, "khac").id == other.id
    store.delete(SavedFilter, other.id)
    with pytest.raises(NotFound):
        saved_filters.called(store, "khac")


def test_what_is_built_in_is_understood() -> None:
    for _name, query, view in saved_filters.BUILT_IN:
        assert read(view).text == view
        parsed = parse(query)
        assert not parsed.problems
        assert parsed.filter.text == query


@pytest.mark.parametrize(
    ("typed", "start", "choices"),
    [
        ("", 0, [f"{key}:" for key in KEYS]),
        ("giải th", 5, ["thiếu:"]),
        ("-ng", 1, ["người:", "nguồn:"]),
        ("tt:q", 3, ['"quá hạn"']),
        ("tt:quá h", 3, ['"quá hạn"']),
        ('state:"qu', 6, ['"quá hạn"']),
        ("tt:mở,sắp", 6, ['"sắp đến hạn"']),
        ("đv:x", 3, ['"Sở Tài chính"']),
        ("đv:", 3, []),
        ("x:y", 3, []),
        ("hạn:th", 4, ['"tháng này"', '"tháng sau"']),
    ],
)
def test_what_may_come_next_is_offered(typed: str, start: int, choices: list[str]) -> None:
    found = completions(typed, lambda key, value: ["Sở Tài chính"])
    assert (found.start, list(found.choices)) == (start, choices)


@given(
    st.builds(
        Layout, st.sampled_from(Form), st.sampled_from(Group), st.sampled_from(Order), st.booleans()
    )
)
def test_a_layout_is_read_as_it_was_written(layout: Layout) -> None:
    assert read(layout.text) == layout


@given(st.text())
def test_a_layout_that_is_not_understood_is_the_usual_one(text: str) -> None:
    assert read(f"form:x{text}").form is Form.TABLE
    assert read("form:cây group:màu mới:1 order") == Layout()
