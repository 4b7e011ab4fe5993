"""What is typed to find anything becomes a query, and what is not understood is told."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office.finding import KINDS, Finding
from schema.conditions import state_in
from schema.records import Meeting, Unit
from schema.search import Query, search
from schema.search_tables import KINDS as CODES
from schema.store import Store

TODAY = date(2026, 2, 27)
ALL = set(CODES)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("office") / "thuky.db") as store:
        store.insert(Unit(id="stc", name="Sở Tài chính", abbr="STC"))
        store.insert(Meeting(id="gb", title="Giao ban tuần 9"))
        yield store


@pytest.fixture
def finding(store: Store) -> Finding:
    return Finding(store, TODAY)


def test_words_stay_as_they_are_typed(finding: Finding) -> None:
    asked = finding.read('giải ngân "vốn đầu tư" 247/UBND-KGVX -chậm')
    assert asked.query.words == 'giải ngân "vốn đầu tư" 247/ubnd-kgvx'
    assert asked.query.without == "chậm"
    assert (asked.query.kinds, asked.problems) == (ALL, ())


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("loại:biên", {"minutes"}),
        ("loai:nhiệm", {"followup"}),
        ('loại:"cuộc họp"', {"meeting"}),
        ("kind:minutes,unit", {"minutes", "unit"}),
        ("loại:người", {"person"}),
        ("loại:việc", {"followup"}),
        ("loại:biên loại:đơn", set()),
        ("tt:mở", {"followup"}),
        ("hạn:<15/3", {"followup"}),
        ("họp:giao ban", {"minutes", "meeting", "followup"}),
        ("đv:stc", ALL),
        ("giải ngân", ALL),
    ],
)
def test_conditions_say_which_kinds_are_meant(
    finding: Finding, typed: str, kinds: set[str]
) -> None:
    asked = finding.read(typed)
    assert asked.problems == ()
    assert asked.query.kinds == kinds


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("ngày:15/3/2026", date(2026, 3, 15), date(2026, 3, 15)),
        ('ngày:"tháng 3/2025"', date(2025, 3, 1), date(2025, 3, 31)),
        ("ngày:“tháng 3/2025”", date(2025, 3, 1), date(2025, 3, 31)),
        ("ngày:<1/1/2026", None, date(2025, 12, 31)),
        ("date:>=2026-02-01", date(2026, 2, 1), None),
        ("ngay:01/01/2026..31/01/2026", date(2026, 1, 1), date(2026, 1, 31)),
    ],
)
def test_days_are_those_of_a_filter(
    finding: Finding, typed: str, first: date | None, last: date | None
) -> None:
    query = finding.read(f"giải ngân {typed} vốn").query
    assert (query.first, query.last, query.words) == (first, last, "giải ngân vốn")


def test_units_and_meetings_hold_for_all_kinds(finding: Finding) -> None:
    assert finding.read("đv:stc x").query.units == ["stc"]
    assert finding.read("họp:giao ban x").query.meetings == ["gb"]
    assert finding.read("tt:done").query.followups == state_in("done")
    assert finding.read("x").query.followups is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("loại:xe", "Không có loại “xe”; chọn trong: biên bản, nhiệm vụ"),
        ("ngày:mưa", "Không hiểu ngày “mưa”"),
        ("ngày:không", "Không hiểu ngày “không”"),
        ("đv:abc", "Không có đơn vị nào là “abc”"),
        ("loại: x", "Không có loại “”"),
    ],
)
def test_what_is_not_understood_is_told_and_the_rest_holds(
    finding: Finding, typed: str, said: str
) -> None:
    asked = finding.read(f"giải ngân {typed}")
    assert said in str(asked.problems[0])
    assert asked.query.words.startswith("giải ngân")


@pytest.mark.parametrize(
    ("typed", "begun"),
    [
        ("giải ng", True),
        ("giải ngân ", False),
        ("giải ngân đv:stc", False),
        ("đv:stc giải", True),
        ('"giải ngân"', False),
        ("14:30", False),
        ("x, y", True),
    ],
)
def test_the_last_word_may_be_begun(finding: Finding, typed: str, begun: bool) -> None:
    assert finding.read(typed, typing=True).query.typing is begun
    assert finding.read(typed).query.typing is False


def test_a_colon_that_is_no_condition_is_no_condition(finding: Finding) -> None:
    asked = finding.read("Ghi chú: báo cáo")
    assert (asked.query.words, asked.problems) == ("ghi chú báo cáo", ())


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    typed=st.text(max_size=30)
    | st.text(alphabet='loại:ngày"đv -<>.,15/3 \u0301họptthạn', max_size=40)
)
def test_any_text_is_read_and_searched(finding: Finding, store: Store, typed: str) -> None:
    for typing in (True, False):
        search(store, finding.read(typed, typing=typing).query)


def test_nothing_typed_asks_for_nothing(finding: Finding) -> None:
    assert finding.read("  ").query == Query("")


def test_each_kind_has_its_name() -> None:
    assert tuple(KINDS) == CODES


def test_merged_names_are_looked_up_again(tmp_path: Path) -> None:
    with Store(tmp_path / "thuky.db") as store:
        assert Finding(store, TODAY).read("đv:stc").problems
        store.insert(Unit(name="Sở Tài chính", abbr="STC"))
        assert not Finding(store, TODAY).read("đv:stc").problems
