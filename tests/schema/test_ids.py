"""Identifiers are version 7 UUIDs, in order of time, whether Python or SQL makes them."""

import sqlite3
import time
import uuid

from hypothesis import given
from hypothesis import strategies as st

from schema.ids import SQL_NOW_MS, SQL_UUID7, Ids, uuid7

MILLISECONDS = st.integers(min_value=0, max_value=2**48 - 1)


def milliseconds(id: str) -> int:
    return uuid.UUID(id).int >> 80


def is_version_7(id: str) -> bool:
    parsed = uuid.UUID(id)
    return str(parsed) == id and parsed.version == 7 and parsed.variant == uuid.RFC_4122


@given(MILLISECONDS, st.binary(min_size=10, max_size=10))
def test_python_makes_version_7(now_ms: int, noise: bytes) -> None:
    id = uuid7(now_ms, lambda count: noise[:count])
    assert is_version_7(id)
    assert milliseconds(id) == now_ms


@given(MILLISECONDS, MILLISECONDS)
def test_ids_sort_by_their_time(first: int, second: int) -> None:
    a, b = uuid7(first), uuid7(second)
    assert first == second or (a < b) == (first < second)


def test_ids_of_one_moment_differ() -> None:
    assert len({uuid7(0) for _ in range(10_000)}) == 10_000


def test_sql_makes_version_7_of_the_present() -> None:
    connection = sqlite3.connect(":memory:")
    before = int(time.time() * 1000)
    ids = [connection.execute(f"SELECT {SQL_UUID7}").fetchone()[0] for _ in range(5000)]
    after = int(time.time() * 1000)
    assert all(is_version_7(id) for id in ids)
    assert len(set(ids)) == len(ids)
    times = [milliseconds(id) for id in ids]
    assert times == sorted(times)
    assert before - 1 <= times[0]
    assert times[-1] <= after + 1


def test_sql_counts_milliseconds_as_unix_does() -> None:
    connection = sqlite3.connect(":memory:")
    at = "2026-02-27 07:00:00.250"
    (ms,) = connection.execute(f"SELECT {SQL_NOW_MS.replace('now', at)}").fetchone()
    assert abs(ms - 1_772_175_600_250) <= 1


@given(st.lists(st.integers(0, Ids.BELIEVED_MS), min_size=2, max_size=50), st.binary(min_size=10))
def test_ids_of_one_maker_sort_as_they_were_made_whatever_a_clock_does(
    clock: list[int], noise: bytes
) -> None:
    ids = Ids(lambda count: noise[:count])
    made = [ids.new(ms) for ms in clock]
    assert made == sorted(set(made))
    assert all(map(is_version_7, made))


def test_more_than_a_millisecond_holds_are_in_order_too() -> None:
    ids = Ids()
    made = [ids.new(5) for _ in range(10_000)]
    assert made == sorted(set(made))
    assert milliseconds(made[-1]) < 10


def test_a_clock_that_was_put_back_by_an_hour_is_believed() -> None:
    ids = Ids()
    ids.new(3_600_000)
    assert milliseconds(ids.new(5)) == 5
