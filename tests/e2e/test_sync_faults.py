"""Whatever call to the disk fails, a person is told in words, and nothing is lost."""

import errno
import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from schema.store import Store
from sync.status import status
from tests.e2e.calls import ROUND, calls
from tests.e2e.forked import Command, Ended, Trouble
from tests.e2e.parts import need, no_tracing, without
from tests.e2e.standins import Fails
from tests.e2e.two import Two, copied, nothing_lost, settle

# Each call fails once with EIO, as a disk does; and with ENOSPC from then on, as a full one does.
CALLS = ("write", "pwrite64", "fsync", "fdatasync", "link", "rename", "openat", "ftruncate")
PARTS = 8
UNEXPECTED = "ngoài dự kiến"


def told(ended: Ended, db: Path) -> None:
    """It failed and said why in a sentence, or it did all that there was to do."""
    assert "Traceback" not in ended.said
    assert UNEXPECTED not in ended.said
    assert ended.code in (0, 1), ended
    lines = [json.loads(line) for line in ended.said.splitlines()]
    reasons = [line.get("failure") or line.get("error") for line in lines]
    if ended.code:
        assert any(reasons), ended
    else:
        assert not any(reasons), ended
        with Store(db) as store:
            assert status(store).pending == 0


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(("side", "error"), [(0, "EIO"), (1, "ENOSPC")])
def test_a_call_that_fails_is_told_and_the_next_round_loses_nothing(
    in_memory: Path, busy_template: Two, side: int, error: str, part: int
) -> None:
    need("strace")
    faults: Sequence[Trouble]
    if reason := no_tracing():
        without(f"strace ({reason})", "functions of os fail instead, which SQLite does not see")
        faults = [
            Fails(name, getattr(errno, error), number, once=error == "EIO")
            for name in ("open", "write", "fsync", "link")
            for number in range(part + 1, 12, PARTS)
        ]
    else:
        faults = [
            # A disk fails once. One that is full stays so; but what is said is written too.
            f"inject={call.name}:error={error}:when={call.number}"
            + "+" * (error == "ENOSPC" and call.name != "write")
            for call in calls(busy_template, in_memory, side, CALLS)
            if "/two/" in call.line and not re.search(r"/(out|err)\.txt>", call.line)
            # Nothing runs out of room by being read.
            if error == "EIO" or call.name != "openat" or "O_CREAT" in call.line
        ][part::PARTS]
    assert sum(failed_at(in_memory, busy_template, side, fault) for fault in faults)


def failed_at(where: Path, template: Two, side: int, fault: Trouble) -> bool:
    """Whether the round failed with that; whatever it did, a person knows and nothing is lost."""
    two = copied(template, where / "two")
    try:
        with Command(two.both[side], *ROUND, trouble=fault) as command:
            ended = command.end()
        told(ended, two.both[side])
        settle(two, nothing_lost)
    except AssertionError as failure:
        raise AssertionError(f"{fault}: {failure}") from failure
    shutil.rmtree(two.where)
    return ended.code != 0
