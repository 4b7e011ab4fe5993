"""What was handed to the writer is on disk, in order, or is still being tried, and is told of."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from schema import writer as writing
from schema.errors import ThukyError
from schema.records import Unit
from schema.store import Store
from schema.writer import State, Writer

PATIENCE = 30.0


@pytest.fixture
def states() -> "queue.Queue[State]":
    return queue.Queue()


@pytest.fixture
def writer(path: Path, store: Store, states: "queue.Queue[State]") -> Iterator[Writer]:
    writer = Writer(path, time.time, states.put)
    yield writer
    writer.close(PATIENCE)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "RETRY_SECONDS", 0.001)


def add(name: str) -> Callable[[Store], None]:
    def job(store: Store) -> None:
        store.insert(Unit(name=name))

    return job


def names(store: Store) -> list[str]:
    return [unit.name for unit in store.select(Unit, "ORDER BY rowid")]


def until(states: "queue.Queue[State]", wanted: Callable[[State], bool]) -> State:
    while not wanted(state := states.get(timeout=PATIENCE)):
        pass
    return state


def test_jobs_are_done_in_their_order(writer: Writer, store: Store) -> None:
    for n in range(50):
        writer.submit(add(str(n)))
    assert writer.flush(PATIENCE)
    assert names(store) == [str(n) for n in range(50)]


def test_submitting_does_not_wait_for_the_disk(writer: Writer, store: Store, path: Path) -> None:
    with store.transaction():  # nobody else can write
        for n in range(10):
            writer.submit(add(str(n)))
        assert not writer.flush(0)
    assert writer.flush(PATIENCE)
    assert len(names(store)) == 10


def test_closing_writes_what_waits(path: Path, store: Store) -> None:
    writer = Writer(path, time.time, lambda _: None)
    for n in range(20):
        writer.submit(add(str(n)))
    assert writer.close(PATIENCE)
    assert len(names(store)) == 20
    assert "writer" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.parametrize(
    "error",
    [ThukyError("Đĩa đã đầy."), OSError("I/O error"), ValueError("a mistake in the program")],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.usefixtures("impatient")
def test_a_job_that_fails_is_tried_until_it_succeeds_and_the_others_wait(
    writer: Writer, store: Store, states: "queue.Queue[State]", error: Exception
) -> None:
    tries = 0

    def job(store: Store) -> None:
        nonlocal tries
        tries += 1
        store.insert(Unit(name=f"try {tries}"))
        if tries < 4:
            raise error

    writer.submit(job)
    writer.submit(add("after"))
    state = until(states, lambda state: state.error is not None)
    assert state.waiting in (1, 2)
    assert str(error) in str(state.error)
    assert writer.flush(PATIENCE)
    assert until(states, lambda state: not state.waiting) == State(0)
    # Nothing is left of the tries that failed.
    assert names(store) == ["try 4", "after"]


@pytest.mark.usefixtures("impatient")
def test_what_could_not_be_written_is_told_at_the_end(
    path: Path, store: Store, states: "queue.Queue[State]"
) -> None:
    def job(_: Store) -> None:
        raise ThukyError("Đĩa đã đầy.")

    writer = Writer(path, time.time, states.put)
    writer.submit(job)
    until(states, lambda state: state.error is not None)
    assert not writer.close(0.05)


@pytest.mark.usefixtures("impatient")
def test_a_full_disk_keeps_what_was_typed_until_there_is_room(
    writer: Writer, store: Store, states: "queue.Queue[State]"
) -> None:
    full = True

    def job(store: Store) -> None:
        # The limit is the connection's own.
        store.connection.execute(f"PRAGMA max_page_count = {1 if full else 1_000_000}")
        for n in range(200):
            store.insert(Unit(name=f"{n} {'x' * 1000}"))

    writer.submit(job)
    state = until(states, lambda state: state.error is not None)
    assert "Đĩa đã đầy" in str(state.error)
    assert names(store) == []
    full = False
    assert writer.flush(PATIENCE)
    assert len(names(store)) == 200


@pytest.mark.usefixtures("impatient")
def test_a_file_that_cannot_be_opened_yet_is_tried_again(
    tmp_path: Path, states: "queue.Queue[State]"
) -> None:
    path = tmp_path / "late.db"
    writer = Writer(path, time.time, states.put)
    writer.submit(add("x"))
    state = until(states, lambda state: state.error is not None)
    assert "Không có tệp" in str(state.error)
    with Store(path) as store:
        assert writer.close(PATIENCE)
        assert names(store) == ["x"]


def test_every_change_of_state_is_told(writer: Writer, states: "queue.Queue[State]") -> None:
    for n in range(3):
        writer.submit(add(str(n)))
    assert writer.flush(PATIENCE)
    seen = [states.get(timeout=PATIENCE) for _ in range(3)]
    assert seen[-1] == State(0)
    assert [state.error for state in seen] == [None] * 3


def test_a_job_on_its_own_connection_leaves_the_readers_alone(writer: Writer, store: Store) -> None:
    with store.snapshot():
        assert names(store) == []
        writer.submit(add("x"))
        assert writer.flush(PATIENCE)
        assert names(store) == []
    assert names(store) == ["x"]
