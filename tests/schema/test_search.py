"""What is said anywhere is found by its words, with marks or without, at its place."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema import texts
from schema.conditions import state_in
from schema.document import Document
from schema.records import (
    AgendaItem,
    Attendance,
    Followup,
    FollowupEvent,
    FollowupSource,
    Meeting,
    Person,
    Post,
    Unit,
)
from schema.search import Query, search
from schema.search_candidates import MOST
from schema.search_hits import Hit, excerpt
from schema.search_index import bring_up
from schema.search_tables import KINDS
from schema.search_words import pairs
from schema.store import Store
from schema.viet import fold

LONG = 60.0
QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def write(store: Store, meeting: str, text: str) -> None:
    """Have the minutes of a meeting say `text`."""
    document = texts.load(store, meeting).document
    document.delete(0, len(document))
    document.insert(0, text)
    texts.append(store, meeting, document.pending() or b"")
    texts.refresh(store, meeting)


def found(store: Store, words: str, **asked: object) -> list[Hit]:
    assert bring_up(store, LONG) == 0
    return search(store, Query(words, **asked))  # type: ignore[arg-type]


def lines(store: Store, words: str) -> list[str]:
    return [hit.text for hit in found(store, words)]


@pytest.fixture
def minutes(store: Store) -> Store:
    meeting = store.insert(Meeting(id="m", title="Phiên họp", starts_at="2026-02-27T07:00:00Z"))
    write(
        store,
        meeting.id,
        "\n".join(
            [
                "Lúa má trổ bông",
                "Nhưng mà không",
                "Ngôi mả cũ",
                "ma trận",
                "Đường Đê Ðà, đi đâu",
                "Hoà Bình và Hòa Lạc",
                "Uỷ ban nhân dân; ủy ban kiểm tra; Ủy viên",
                "Công văn số 247/UBND-KGVX, tăng 10,52% so với năm trước",
                "Giải ngân vốn đầu tư công",
                "Giải quyết ngân sách chậm",
                "HÀNH CHÍNH công",
            ]
        ),
    )
    return store


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        ("má", ["Lúa má trổ bông"]),
        ("mà", ["Nhưng mà không"]),
        ("mả", ["Ngôi mả cũ"]),
        ("ma", ["ma trận", "Lúa má trổ bông", "Nhưng mà không", "Ngôi mả cũ"]),
        ("MÁ", ["Lúa má trổ bông"]),
        ("duong", ["Đường Đê Ðà, đi đâu"]),
        ("đường", ["Đường Đê Ðà, đi đâu"]),
        ("dương", []),
        ("de da", ["Đường Đê Ðà, đi đâu"]),
        ("đà", ["Đường Đê Ðà, đi đâu"]),
        ("hòa bình", ["Hoà Bình và Hòa Lạc"]),
        ("hoà lạc", ["Hoà Bình và Hòa Lạc"]),
        ("ủy ban", ["Uỷ ban nhân dân; ủy ban kiểm tra; Ủy viên"]),
        ("uỷ viên", ["Uỷ ban nhân dân; ủy ban kiểm tra; Ủy viên"]),
        ("247/UBND-KGVX", ["Công văn số 247/UBND-KGVX, tăng 10,52% so với năm trước"]),
        ("247", ["Công văn số 247/UBND-KGVX, tăng 10,52% so với năm trước"]),
        ("kgvx", ["Công văn số 247/UBND-KGVX, tăng 10,52% so với năm trước"]),
        ("10,52%", ["Công văn số 247/UBND-KGVX, tăng 10,52% so với năm trước"]),
        ("52,10", []),
        ("giai ngan", ["Giải ngân vốn đầu tư công", "Giải quyết ngân sách chậm"]),
        ("ngân giải", ["Giải ngân vốn đầu tư công", "Giải quyết ngân sách chậm"]),
        ('"giai ngan"', ["Giải ngân vốn đầu tư công"]),
        ("“giải ngân”", ["Giải ngân vốn đầu tư công"]),
        ('"ngân giải"', []),
        ("giai ngân vốn", ["Giải ngân vốn đầu tư công"]),
        ("giãi ngan", []),
        ("hành chính", ["HÀNH CHÍNH công"]),
        ("trôn", []),
        ("trô*", ["Lúa má trổ bông"]),
        ("trồ*", []),
        ("tran", ["ma trận"]),
        ("tr*", ["ma trận", "Lúa má trổ bông", "Công văn số 247/UBND-KGVX, tăng 10,52% so với năm"
                 " trước", "Uỷ ban nhân dân; ủy ban kiểm tra; Ủy viên"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_marks_count_where_they_are_typed(
    minutes: Store, typed: str, answers: Sequence[str], form: Literal["NFC", "NFD"]
) -> None:
    said = lines(minutes, unicodedata.normalize(form, typed))
    assert sorted(said) == sorted(answers)
    assert said[:1] == list(answers[:1])


def test_minutes_are_opened_at_the_line_that_says_it(minutes: Store) -> None:
    (hit,) = found(minutes, "trổ bông")
    assert (hit.kind, hit.id, hit.line, hit.title) == ("minutes", "m", 0, "Phiên họp")
    (hit,) = found(minutes, "kgvx 52")
    assert (hit.line, hit.day) == (7, date(2026, 2, 27))
    said = [hit.text[start:end] for start, end in hit.spans]
    assert said == ["KGVX", "52"]


def test_where_no_word_is_so_one_that_begins_so_is_found(minutes: Store) -> None:
    assert lines(minutes, "quyế") == ["Giải quyết ngân sách chậm"]
    assert lines(minutes, "quye") == ["Giải quyết ngân sách chậm"]
    assert lines(minutes, "quyet") == ["Giải quyết ngân sách chậm"]
    assert lines(minutes, "quyết quye") == ["Giải quyết ngân sách chậm"]


@pytest.mark.parametrize(
    ("typed", "line"),
    [("giải ngâ", 8), ("giai ng", 8), ("hoà b", 5), ("dươ", None), ("đươ", 4), ("đườ", 4)],
)
def test_while_typing_the_last_word_is_a_beginning(
    minutes: Store, typed: str, line: int | None
) -> None:
    hits = found(minutes, typed, typing=True)
    assert (hits[0].line if hits else None) == line


def test_a_word_that_a_blank_follows_is_whole(minutes: Store) -> None:
    assert found(minutes, "giả ", typing=True) == []
    assert found(minutes, "giá", typing=True) == []
    assert len(found(minutes, "giai ", typing=True)) == 2
    assert found(minutes, "gia ", typing=True) == []
    assert len(found(minutes, "gia", typing=True)) == 2


@pytest.fixture
def office(store: Store) -> Store:
    """One of everything, each with a word of its own."""
    store.insert(Unit(id="u", name="Sở Tài chính", abbr="STC", aliases="Sở TC\nNgân khố"))
    store.insert(Unit(id="x", name="Sở Xây dựng"))
    store.insert(Person(id="p", name="Đỗ Bá Khôi", phone="0913000111"))
    store.insert(Post(person="p", unit="u", title="Phó Giám đốc"))
    store.insert(
        Meeting(
            id="m", title="Giao ban tuần chín", place="Phòng Hùng Vương", chair="p", host="x",
            starts_at="2026-02-27T07:00:00Z",
        )
    )  # fmt: skip
    store.insert(AgendaItem(meeting="m", title="Chuyển đổi số", presenter="Vũ Hà"))
    store.insert(
        Followup(
            id="f", meeting="m", work="rà soát mười bốn dự án", lead="u", coordinating="x",
            product="danh mục", accountable="Chánh Văn phòng",
            due_text="trước rằm", due="2026-03-15",
        )
    )  # fmt: skip
    store.insert(FollowupSource(followup="f", kind="directive", number="12/CT-TTg"))
    store.insert(FollowupEvent(followup="f", kind="progressed", at="2026-03-01", note="vướng đất"))
    write(store, "m", "Khai mạc lúc mười bốn giờ")
    return store


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("stc", {"unit"}),
        ("so tc", {"unit"}),
        ("ngan kho", {"unit"}),
        ("khoi", {"person", "meeting"}),
        ("pho giam doc tai chinh", {"person"}),
        ("0913000111", {"person"}),
        ("hung vuong", {"meeting"}),
        ("chuyen doi so", {"meeting"}),
        ("vu ha", {"meeting"}),
        ("xay dung", {"unit", "meeting", "followup"}),
        ("danh muc", {"followup"}),
        ("tai chinh ra soat", {"followup"}),
        ("chánh văn phòng", {"followup"}),
        ("truoc ram", {"followup"}),
        ("12/CT-TTg", {"followup"}),
        ("vuong dat", {"followup"}),
        ("muoi bon", {"followup", "minutes"}),
    ],
)
def test_everything_is_found_by_what_is_said_of_it(
    office: Store, typed: str, kinds: set[str]
) -> None:
    assert {hit.kind for hit in found(office, typed)} == kinds


def test_a_hit_says_what_one_knows_the_thing_by(office: Store) -> None:
    (task,) = found(office, "danh mục")
    assert (task.id, task.title, task.meeting) == ("f", "rà soát mười bốn dự án", "m")
    assert (task.unit, task.state, task.due) == ("u", "proposed", "2026-03-15")
    assert task.text == "danh mục"
    (unit,) = found(office, "stc")
    assert (unit.id, unit.title, unit.day) == ("u", "Sở Tài chính", None)


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ({"kinds": {"minutes"}}, {"minutes"}),
        ({"kinds": set()}, set()),
        ({"first": date(2026, 2, 27), "last": date(2026, 2, 27)}, {"minutes", "followup"}),
        ({"first": date(2026, 2, 28)}, set()),
        ({"last": date(2026, 2, 26)}, set()),
        ({"units": ["x"]}, {"minutes", "followup"}),
        ({"units": ["u"]}, {"followup"}),
        ({"meetings": ["m"]}, {"minutes", "followup"}),
        ({"meetings": ["n"]}, {"followup"}),
        ({"followups": state_in("done")}, {"minutes"}),
        ({"followups": state_in("proposed")}, {"minutes", "followup"}),
        ({"without": "khai mạc"}, {"followup"}),
    ],
)
def test_a_query_may_ask_for_more_than_words(
    office: Store, asked: dict[str, object], kinds: set[str]
) -> None:
    assert {hit.kind for hit in found(office, "mười bốn", **asked)} == kinds


def test_who_attends_a_meeting_has_its_minutes_too(office: Store) -> None:
    office.insert(Attendance(meeting="m", unit="u"))
    assert {hit.kind for hit in found(office, "muoi bon", units=["u"])} == {"minutes", "followup"}


def test_without_words_the_newest_that_the_rest_asks_for_is_found(office: Store) -> None:
    assert [hit.kind for hit in found(office, "", kinds={"unit"})] == ["unit", "unit"]
    assert {hit.kind for hit in found(office, "", units=["u"])} >= {"unit", "person"}
    assert found(office, "") == []


def test_better_answers_come_first(store: Store) -> None:
    for number, title in enumerate(
        ["giải quyết ngân sách", "giai ngan", "Giải ngân", "Báo cáo giải ngân của mười sở"]
    ):
        store.insert(Meeting(id=f"m{number}", title=title, starts_at="2026-01-01T00:00:00Z"))
    assert lines(store, "giải ngân")[0] == "Giải ngân"
    assert lines(store, "giai ngan") == [
        *("giai ngan", "Giải ngân", "Báo cáo giải ngân của mười sở", "giải quyết ngân sách")
    ]


def test_of_two_that_say_the_same_the_later_comes_first(store: Store) -> None:
    for year in (2024, 2026, 2025):
        store.insert(Meeting(id=str(year), title="Giao ban", starts_at=f"{year}-01-01T00:00:00Z"))
    assert [hit.id for hit in found(store, "giao ban")] == ["2026", "2025", "2024"]


def test_the_best_are_found_among_many_that_say_little(store: Store) -> None:
    for number in range(300):
        store.insert(Meeting(title=f"Giao ban {number}", starts_at="2026-01-01T00:00:00Z"))
    store.insert(Meeting(id="old", title="ban giao", starts_at="2001-01-01T00:00:00Z"))
    assert found(store, '"ban giao"')[0].id == "old"
    assert found(store, "ban giao")[0].id == "old"
    assert len(found(store, "giao")) == MOST["meeting"]


ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@QUICK
@given(text=ANYTHING | st.text(alphabet='đĐðÐaáàảãạăâeêẹ oôơ uưuy"*-():^ANDORNOT\u0301\u0323\n'))
def test_any_text_typed_never_raises(minutes: Store, text: str) -> None:
    bring_up(minutes, LONG)
    for typing in (False, True):
        search(minutes, Query(text, typing=typing, without=text[::-1]))


@QUICK
@given(text=ANYTHING.filter(lambda text: "\0" not in text))
def test_every_word_of_a_line_finds_it_with_and_without_marks(store: Store, text: str) -> None:
    with store.transaction():
        meeting = store.insert(Meeting(title="x"))
    write(store, meeting.id, text)
    bring_up(store, LONG)
    for line in unicodedata.normalize("NFC", text).split("\n"):
        for exact, folded in pairs(line):
            for typed in (exact, folded, fold(exact)):
                if not pairs(typed):
                    continue
                hits = search(store, Query(typed, meetings=[meeting.id]))
                assert any(hit.text == line for hit in hits if hit.kind == "minutes"), typed
    store.delete(Meeting, meeting.id)


def test_an_excerpt_has_what_was_found_in_it() -> None:
    text = "một hai ba bốn năm sáu bảy tám chín mười mười một mười hai"
    start = text.index("mười hai")
    short, spans = excerpt(text, [(start, len(text))], 30)
    assert short.startswith("…")
    assert [short[one:other] for one, other in spans] == ["mười hai"]
    assert excerpt("ngắn", [(0, 4)], 30) == ("ngắn", [(0, 4)])
    short, spans = excerpt(text, [(0, 3)], 12)
    assert (short, spans) == ("một hai ba …", [(0, 3)])


def test_twenty_thousand_lines_are_found_each_at_its_place(store: Store) -> None:
    store.insert(Meeting(id="m", title="Dài"))
    said = [f"dòng việc{number}" for number in range(20_000)]
    document = Document("An")
    document.insert(0, "\n".join(said))
    texts.append(store, "m", document.pending() or b"")
    for number in (0, 7, 9_999, 19_999):
        (hit,) = [hit for hit in found(store, f"viec{number}") if hit.kind == "minutes"]
        assert (hit.line, hit.text) == (number, said[number])


def test_the_kinds_are_those_of_the_records() -> None:
    assert KINDS == ("minutes", "followup", "meeting", "unit", "person")
