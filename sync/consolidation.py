"""Few large segments in the place of many small ones. Public entrance: `consolidate`, `restore`,
`mend`.

Only a log's owner merges it. A run of segments is merged when there are `RUN` of them or more and
none is much larger than the rest together, so that each change is written again only a few times
over the years (as log-structured merge trees do). The small files go after a grace period, when
the merged one has been read back: whoever was in the middle of them finds the way either way.
"""

from collections.abc import Callable, Iterable

from sync.change import Change, Position
from sync.folder import AlreadyThere, NotThere
from sync.log import ranges_of
from sync.problem import Refused
from sync.sealed import MOST_BYTES
from sync.segment import (
    FULL_BYTES,
    Segment,
    changes_of,
    merge,
    open_segment,
    path_of,
    rewrite,
)
from sync.workspace import Workspace

RUN = 8
GRACE_MS = 15 * 60 * 1000
# How many segments one call reads at most.
MOST_AT_ONCE = 4096

Fold = Callable[[Iterable[Change]], Iterable[Change]]


def consolidate(
    workspace: Workspace,
    position: Position,
    *,
    fold: Fold = lambda changes: changes,
    grace_ms: int = GRACE_MS,
    run: int = RUN,
) -> list[str]:
    """Merge what is due in this device's log, whose end is `position`, and remove what was merged
    long enough ago. Returns the files written and removed. Raises FolderError.

    `fold` may put fewer changes in the place of those it gets, as text updates joined into one.
    """
    folder, own = workspace.folder, workspace.vault.device
    ranges = [numbers for numbers in ranges_of(folder, own) if numbers[1] <= position.last]
    done = _remove_merged(workspace, ranges, grace_ms)
    cover = _cover(ranges, position.last)
    segments = _due(workspace, cover, run) if len(cover) >= run else []
    if not segments:
        return done
    after = Position(segments[0].first - 1, segments[0].previous)
    changes = fold(changes_of(segments))
    upto = segments[-1].position
    try:
        merged = merge(changes, workspace.author, after, upto, workspace.now_ms)
    except Refused:
        # Damaged on the way; the small ones stay as they are.
        return done
    if merged is None:
        return done
    workspace.put(merged)
    return [*done, merged.path]


def _cover(ranges: list[tuple[int, int]], last: int) -> list[tuple[int, int]]:
    """The fewest segments that hold numbers 1 to `last`, in order; empty where some lack."""
    chosen: list[tuple[int, int]] = []
    reach = 0
    while reach < last:
        fit = [numbers for numbers in ranges if numbers[0] == reach + 1]
        if not fit:
            return []
        chosen.append(max(fit))
        reach = chosen[-1][1]
    return chosen


def _due(workspace: Workspace, cover: list[tuple[int, int]], run: int) -> list[Segment]:
    """The longest run at the end of the log that it pays to merge now, or nothing."""
    segments: list[Segment] = []
    total = 0
    for first, last in reversed(cover[-MOST_AT_ONCE:]):
        segment = _own(workspace, first, last)
        if segment is None or total + segment.size > FULL_BYTES // 2:
            break
        # A larger one stays as it is until the newer ones together are of its size.
        if len(segments) >= run and segment.size > 2 * total:
            break
        segments.append(segment)
        total += segment.size
    # A large one at the far end is not worth writing again for a few small ones.
    while len(segments) > 1 and 2 * (total - segments[-1].size) < segments[-1].size:
        total -= segments.pop().size
    return segments[::-1] if len(segments) >= run else []


def _own(workspace: Workspace, first: int, last: int) -> Segment | None:
    path = path_of(workspace.vault.device, first, last)
    try:
        data = workspace.folder.read(path, MOST_BYTES)
        return open_segment(data, path, workspace.vault.workspace, workspace.vault.trust)
    except (NotThere, Refused):
        return None


def _remove_merged(workspace: Workspace, ranges: list[tuple[int, int]], grace_ms: int) -> list[str]:
    removed: list[str] = []
    for first, last in ranges:
        inside = [
            numbers
            for numbers in ranges
            if numbers != (first, last) and first <= numbers[0] and numbers[1] <= last
        ]
        if not inside:
            continue
        merged = _own(workspace, first, last)
        if merged is None or not merged.merged or workspace.now_ms - merged.made_at < grace_ms:
            continue
        for numbers in inside:
            path = path_of(workspace.vault.device, *numbers)
            workspace.folder.delete(path)
            removed.append(path)
    return list(dict.fromkeys(removed))


def restore(workspace: Workspace, changes: Iterable[Change], position: Position) -> None:
    """Write this device's whole log anew after the folder lost part of it (`Workspace.whole`).

    `changes` are all that this device ever published, its end `position`. Raises FolderError.
    """
    for piece in rewrite(changes, workspace.author, position, workspace.now_ms):
        try:
            workspace.folder.write_new(piece.path, piece.data)
        except AlreadyThere:
            # Of an earlier try, or of the log as it was: all its changes are among the new ones.
            workspace.folder.delete(piece.path)
            workspace.folder.write_new(piece.path, piece.data)


def mend(workspace: Workspace) -> None:
    """Take away what is damaged of this device's log, so that it is written anew (`restore`)."""
    own = workspace.vault.device
    for first, last in ranges_of(workspace.folder, own):
        path = path_of(own, first, last)
        if not workspace.mine(path):
            workspace.folder.delete(path)
