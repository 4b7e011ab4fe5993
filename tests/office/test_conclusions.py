"""A line and its follow-up go together, and what was written by hand stays."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from office.conclusions import (
    READ,
    compare,
    followup_id,
    is_near,
    matched,
    start_of,
    words_of,
)
from schema.records import Followup

# A made-up reader: "work/product/due" are the three parts of the words.
WORDS = st.tuples(*[st.sampled_from(("", "a", "b", "c"))] * 3).map("/".join)


def read(words: str) -> Mapping[str, Any]:
    work, product, due = words.split("/")
    cells: dict[str, Any] = {"work": work}
    if product:
        cells["product"] = product
    if due:
        cells |= {"due": f"2026-03-0{'abc'.index(due) + 1}", "due_text": due, "inclusive": 0}
    return cells


def taken(words: str) -> Followup:
    return Followup(id="f", line=words, **read(words))


@given(WORDS, WORDS)
def test_what_nobody_touched_says_what_the_line_says_once_it_followed(old: str, new: str) -> None:
    followup = taken(old)
    difference = compare(followup, new, read)
    assert not difference.by_hand
    now = replace(followup, **difference.follows)
    defaults = {name: getattr(Followup(), name) for name in READ}
    assert {n: getattr(now, n) for n in READ} == defaults | dict(read(new))


@given(WORDS, WORDS, st.sampled_from(("work", "product", "due")))
def test_what_was_written_by_hand_is_never_changed_with_the_line(
    old: str, new: str, cell: str
) -> None:
    by_hand: Any = "2027-01-01" if cell == "due" else "bằng tay"
    followup = replace(taken(old), **{cell: by_hand})
    difference = compare(followup, new, read)
    assert cell not in difference.follows
    said, before = read(new).get(cell), read(old).get(cell)
    assert (cell in difference.by_hand) == (said != before)


def test_a_deadline_changes_as_one() -> None:
    followup = replace(taken("a//a"), inclusive=1)
    difference = compare(followup, "a//b", read)
    assert set(difference.by_hand) >= {"due", "due_text", "inclusive"}
    assert not difference.follows


def test_a_line_that_says_what_it_said_differs_in_nothing_whatever_was_written_by_hand() -> None:
    assert not compare(replace(taken("a/b/c"), product="khác"), "a/b/c", read)


def test_what_followed_the_line_once_follows_it_again() -> None:
    followup = replace(taken("a/a/"), product="bằng tay", work="b")
    difference = compare(followup, "c/b/", read, "b/b/")
    assert difference.follows == {"work": "c"}


@given(st.lists(st.sampled_from("abcd"), max_size=4), st.lists(st.sampled_from("abcd"), max_size=4))
def test_each_task_of_a_line_is_one_follow_up_at_most(lines: list[str], parts: list[str]) -> None:
    tied = [Followup(id=str(n), line=line) for n, line in enumerate(lines)]
    found = matched(tied, parts)
    assert len(found) == min(len(tied), len(parts))
    for part in set(parts):
        assert list(found.values()).count(part) <= parts.count(part)
    by_line = {f.id: f.line for f in tied}
    for id, line in by_line.items():
        if id in found and line in parts and lines.count(line) <= parts.count(line):
            assert found[id] == line


def test_the_tasks_of_one_line_have_ids_of_their_own_the_same_on_every_machine() -> None:
    text = "01a20d1b-ca0d-7115-8bab-6221bb26af10"
    ids = [followup_id(text, b"anchor", part) for part in range(5)]
    assert len(set(ids)) == 5
    assert ids == [followup_id(text, b"anchor", part) for part in range(5)]
    assert ids[0] == followup_id(text, b"anchor")


def test_words_and_where_they_start() -> None:
    line = "!   Giao Sở A rà soát; giao Sở B báo cáo"
    assert words_of(line) == "Giao Sở A rà soát; giao Sở B báo cáo"
    assert start_of(line, words_of(line)) == line.index("Giao")
    assert start_of(line, "giao Sở B báo cáo") == line.index("giao")
    assert start_of(line, "không có ở đây") == line.index("Giao")


def test_a_line_is_known_again_after_some_letters_of_it_changed_and_no_other_is() -> None:
    line = "Giao Sở Tài chính rà soát các dự án chậm"
    assert is_near("iao Sở Tài chính rà soát các dự án chậm", line)
    assert is_near("Đề nghị Sở Tài chính rà soát các dự án chậm", line)
    assert is_near(line + ", báo cáo UBND tỉnh", line)
    assert not is_near("Ghi nhận kết quả của các đơn vị", line)
    assert not is_near("", line)
    assert not is_near(line, "")
