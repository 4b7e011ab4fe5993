"""Whatever call to the disk fails, a person is told in words, and nothing is lost."""

import json
import re
import shutil
from pathlib import Path

import pytest

from schema.store import Store
from sync.status import status
from tests.e2e.calls import ROUND, calls
from tests.e2e.forked import Command, Ended
from tests.e2e.parts import need
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
@pytest.mark.parametrize(("side", "error"), [(0, "EIO:when={}"), (1, "ENOSPC:when={}+")])
def test_a_call_that_fails_is_told_and_the_next_round_loses_nothing(
    in_memory: Path, busy_template: Two, side: int, error: str, part: int
) -> None:
    need("strace")
    points = [
        (call.name, call.number)
        for call in calls(busy_template, in_memory, side, CALLS)
        if "/two/" in call.line and not re.search(r"/(out|err)\.txt>", call.line)
    ]
    failures = 0
    for name, number in points[part::PARTS]:
        two = copied(busy_template, in_memory / "two")
        # What it says is written too.
        fault = f"inject={name}:error={error.format(number).rstrip('+' * (name == 'write'))}"
        try:
            with Command(two.both[side], *ROUND) as command:
                ended = command.end(["-e", fault, "-o", "/dev/null"])
            told(ended, two.both[side])
            failures += ended.code
            settle(two, nothing_lost)
        except AssertionError as failure:
            raise AssertionError(f"with {fault}: {failure}") from failure
        shutil.rmtree(two.where)
    assert failures
