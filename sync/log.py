"""Reading another device's log in order, whatever the folder makes of it.

Public entrance: `log_of`, `open_one`, `ranges_of`.

Of segments that overlap, as while small ones are being merged, the one that begins exactly where
we stand comes first, then the one that reaches furthest. The name that would come next is asked
for even where the listing does not show it: network file systems keep listings for a while.
"""

from collections.abc import Iterator

from sync.change import Position
from sync.folder import Folder, FolderError, Gone, NotThere, TooLarge
from sync.keys import Vault
from sync.problem import Problem, Reason, Refused
from sync.sealed import MOST_BYTES
from sync.segment import UNCHAINED, Segment, folder_of, open_segment, path_of, range_of

Range = tuple[int, int]


def ranges_of(folder: Folder, device: str) -> list[Range]:
    """The numbers of a device's segments in the folder, by their names."""
    found = (range_of(name) for name in folder.names(folder_of(device)))
    return sorted(numbers for numbers in found if numbers)


def log_of(folder: Folder, vault: Vault, device: str, at: Position) -> Iterator[Segment | Problem]:
    """What follows the place `at`, until the end or the first problem. Raises Gone."""
    end = vault.trust.end(device)
    if end is None:
        yield from _follow(folder, vault, device, at)
        return
    # A device that is out still has its folder, so nothing of it counts before all of it fits.
    paths, reached = [], at
    for found in _follow(folder, vault, device, at):
        if isinstance(found, Problem) or found.last > end.last:
            break
        paths.append(found.path)
        reached = found.position
    if reached == end:
        for path in paths:
            again = open_one(folder, vault, path)
            if again is not None:
                yield again
    elif at.last < end.last:
        yield Problem(Reason.WAITING, path_of(device, at.last + 1, end.last), device)


def _follow(folder: Folder, vault: Vault, device: str, at: Position) -> Iterator[Segment | Problem]:
    try:
        ranges = ranges_of(folder, device)
    except Gone:
        raise
    except FolderError as error:
        yield Problem(Reason.UNREADABLE, folder_of(device), device, error.reason)
        return
    furthest = max((last for _, last in ranges), default=0)
    if furthest < at.last and not _is_there(folder, vault, device, at):
        yield Problem(Reason.ROLLED_BACK, folder_of(device), device)
    while True:
        found = _next(folder, vault, device, at, ranges)
        if found is None:
            if furthest > at.last:
                first = min(first for first, last in ranges if last > at.last)
                yield Problem(Reason.WAITING, path_of(device, first, first), device)
            return
        yield found
        if isinstance(found, Problem):
            return
        at = found.position


def _is_there(folder: Folder, vault: Vault, device: str, at: Position) -> bool:
    """Whether the segment that was read last is there though the listing, of before, lacks it."""
    last = open_one(folder, vault, path_of(device, at.last, at.last))
    return isinstance(last, Segment) and last.position == at


def _next(
    folder: Folder, vault: Vault, device: str, at: Position, ranges: list[Range]
) -> Segment | Problem | None:
    """The segment to apply at `at`; the problem of the likeliest where none will do."""
    follows = at.last + 1
    fit = [numbers for numbers in ranges if numbers[0] <= follows <= numbers[1]]
    fit.sort(key=lambda numbers: (numbers[0] != follows, -numbers[1]))
    if (follows, follows) not in fit:
        fit.append((follows, follows))
    problem = None
    for first, last in fit:
        found = open_one(folder, vault, path_of(device, first, last))
        if isinstance(found, Segment):
            chained = found.first < follows or found.previous == at.head
            if chained or (found.merged and found.previous == UNCHAINED):
                return found
            found = Problem(Reason.CHAIN_BROKEN, found.path, device)
        problem = problem or found
    return problem


def open_one(folder: Folder, vault: Vault, path: str) -> Segment | Problem | None:
    """One segment, by itself; None where there is no such file. Raises Gone."""
    device = path.split("/")[1]
    try:
        data = folder.read(path, MOST_BYTES)
        return open_segment(data, path, vault.workspace, vault.trust)
    except Refused as error:
        return Problem(error.reason, path, device, error.detail)
    except NotThere:
        return None
    except TooLarge as error:
        return Problem(Reason.TOO_LARGE, path, device, error.reason)
    except Gone:
        raise
    except FolderError as error:
        return Problem(Reason.UNREADABLE, path, device, error.reason)
