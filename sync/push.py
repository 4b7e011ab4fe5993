"""Sending what was written here. Public entrance: `push`.

Changes become sealed files in the database first, and go to the folder then: a kill at any moment
leaves the same files to write under the same names.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from schema.store import Store
from sync import capture
from sync.capture import Numbered
from sync.change import Change
from sync.codec import Unsendable
from sync.consolidation import restore
from sync.folder import NotThere
from sync.problem import Problem, Reason
from sync.sealed import MOST_BYTES
from sync.segment import Outgoing, changes_of, open_segment
from sync.standing import outgoing
from sync.state import State
from sync.workspace import Workspace


def push(store: Store, state: State, workspace: Workspace) -> tuple[int, list[Problem]]:
    """Send all that is new. Returns how many changes went, and what cannot go.

    Raises FolderError, and Cloned where the folder holds what this device never wrote.
    """
    _withdraw_stale(store, state, workspace)
    sent = _deliver(store, state, workspace)
    own = workspace.vault.device
    place = state.place(own)
    if not workspace.whole(place):
        restore(workspace, capture.everything(store, own), place)
    capture.fold_texts(store)
    problems: list[Problem] = []
    while True:
        stuck = {problem.path for problem in problems}
        changes = [n for n in capture.unsent(store) if name_of(n[1]) not in stuck]
        if not changes:
            return sent, problems
        try:
            files = workspace.seal((change for _, change in changes), state.place(own))
        except Unsendable as error:
            name = f"{error.fields['table']}/{error.fields['row']}"
            if name in stuck:
                raise
            problems.append(Problem(Reason.UNSENDABLE, name, own, str(error.fields["reason"])))
            continue
        if _keep(store, state, changes, files, own):
            sent += _deliver(store, state, workspace)


def name_of(change: Change) -> str:
    return f"{change.tbl}/{change.row}"


def _keep(
    store: Store, state: State, changes: list[Numbered], files: list[Outgoing], own: str
) -> bool:
    """Keep the files, and that they hold these changes; not where something of it has changed
    meanwhile, such as a meeting that was marked secret."""
    with durable(store), store.transaction():
        if capture.are_held(store, (change for _, change in changes)):
            return False
        if capture.mark_sent(store, [seq for seq, _ in changes], own) != len(changes):
            capture.unsend(store, (change for _, change in changes), own)
            return False
        state.keep_outgoing(files, len(changes))
    return True


@contextmanager
def durable(store: Store) -> Iterator[None]:
    """What is committed in the block survives a power cut. (What an engine writes otherwise can be
    done again from the folder, or from what is still on its way out.)"""
    (before,) = store.connection.execute("PRAGMA synchronous").fetchone()
    store.connection.execute("PRAGMA synchronous = FULL")
    try:
        yield
    finally:
        store.connection.execute(f"PRAGMA synchronous = {before}")


def _deliver(store: Store, state: State, workspace: Workspace) -> int:
    """Put the files that wait into the folder; how many changes they hold. Raises FolderError."""
    changes = outgoing(store)
    for file in state.outgoing():
        workspace.put(file)
        with store.transaction():
            state.move(workspace.vault.device, file.position)
            state.drop_outgoing(file.position.last)
    return changes


def _withdraw_stale(store: Store, state: State, workspace: Workspace) -> None:
    """Files that wait since an earlier round, and must not leave any more as they are: a meeting
    was marked secret since, or a member is out who has the key."""
    files = [file for file in state.outgoing() if not _is_there(workspace, file)]
    if not files:
        return
    vault = workspace.vault
    segments = [open_segment(f.data, f.path, vault.workspace, vault.trust) for f in files]
    writing = vault.trust.writing()
    stale = any(writing is None or segment.epoch != writing.id for segment in segments)
    if stale or capture.are_held(store, changes_of(segments)):
        withdraw(store, state, changes_of(segments), vault.device)


def withdraw(store: Store, state: State, changes: Iterable[Change], log: str) -> None:
    """Forget the files on their way out: their changes are unsent."""
    with store.transaction():
        capture.unsend(store, changes, log)
        state.drop_outgoing()


def _is_there(workspace: Workspace, file: Outgoing) -> bool:
    try:
        return workspace.folder.read(file.path, MOST_BYTES) == file.data
    except NotThere:
        return False
