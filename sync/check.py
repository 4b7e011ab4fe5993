"""Looking through the whole shared folder: every signature, every chain, every content.

Public entrance: `check`.
"""

from dataclasses import dataclass

from sync.change import START
from sync.log import log_of, open_one, ranges_of
from sync.problem import Problem, Reason, Refused
from sync.segment import Segment, path_of
from sync.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: how many segments and changes are sound, and what is not."""

    segments: int
    changes: int
    problems: tuple[Problem, ...]


def check(workspace: Workspace) -> Checked:
    """Read every segment there is, this device's own too. Raises FolderError and what
    `Workspace.refresh` raises."""
    problems = workspace.refresh()
    segments = changes = 0
    for device in sorted({*workspace.devices(), workspace.vault.device}):
        # The log as a machine reads it that starts with nothing; then what it passes over.
        chained = log_of(workspace.folder, workspace.vault, device, START)
        problems += [one for one in chained if isinstance(one, Problem)]
        told = {one.path for one in problems}
        end = workspace.vault.trust.end(device)
        for first, last in ranges_of(workspace.folder, device):
            path = path_of(device, first, last)
            one = open_one(workspace.folder, workspace.vault, path)
            if one is None or path in told:
                continue
            if isinstance(one, Segment) and end and one.last > end.last:
                one = Problem(Reason.REVOKED, path, device)
            if isinstance(one, Problem):
                problems.append(one)
                continue
            try:
                changes += sum(len(batch) for batch in one.batches())
                segments += 1
            except Refused as error:
                problems.append(one.problem(error))
    return Checked(segments, changes, tuple(problems))
