"""The system calls of one round of syncing, as strace sees them. Public entrance: `calls`."""

import re
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.forked import Command
from tests.e2e.two import Two, copied

ROUND = ("sync", "run", "--once")


@dataclass(frozen=True, slots=True)
class Call:
    """The `number`th call of that name; `line` shows it, with the paths of open files."""

    name: str
    number: int
    line: str


def calls(template: Two, where: Path, side: int, names: Sequence[str] = ("all",)) -> list[Call]:
    """What a copy of that machine calls in a round with which nothing interferes, in order."""
    two, log = copied(template, where / "two"), where / "log"
    with Command(two.both[side], *ROUND) as command:
        ended = command.end(["-y", "-e", f"trace={','.join(names)}", "-o", str(log)])
    assert ended.code == 0, ended
    found, counts = [], Counter[str]()
    for line in log.read_text(errors="replace").splitlines():
        if named := re.match(r"(\w+)\(", line):
            counts[named[1]] += 1
            found.append(Call(named[1], counts[named[1]], line))
    shutil.rmtree(two.where)
    return found
