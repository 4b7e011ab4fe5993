"""The system calls of one round of syncing, as strace sees them.

Public entrance: `calls`, `traced`.
"""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
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

    @property
    def killing(self) -> str:
        """What has strace kill the process there."""
        return f"inject={self.name}:signal=SIGKILL:when={self.number}"


def calls(template: Two, where: Path, side: int, names: Sequence[str] = ("all",)) -> list[Call]:
    """What a copy of that machine calls in a round with which nothing interferes, in order."""
    two = copied(template, where / "two")
    with Command(two.both[side], *ROUND) as command:
        found = traced(command, where / "log", names)
    shutil.rmtree(two.where)
    return found


def traced(
    command: Command,
    log: Path,
    names: Sequence[str] = ("all",),
    meanwhile: Callable[[], object] = lambda: None,
) -> list[Call]:
    """What a command calls that must succeed."""
    ended = command.end(["-y", "-e", f"trace={','.join(names)}", "-o", str(log)], meanwhile)
    assert ended.code == 0, ended
    found, counts = [], Counter[str]()
    for line in log.read_text(errors="replace").splitlines():
        if named := re.match(r"(\w+)\(", line):
            counts[named[1]] += 1
            found.append(Call(named[1], counts[named[1]], line))
    return found
