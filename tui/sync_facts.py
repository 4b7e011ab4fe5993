"""What the sync screen shows and does, off the screen's thread: each takes a store of its own.

Public entrance: `Facts`, `gather`, `invited`, `revoke`, `found`, `join`, `settle`.
"""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from schema.errors import ThukyError
from schema.store import Store
from sync import conflicts, enrol, pairing
from sync.change import START
from sync.conflicts import Conflict
from sync.local import JOINING, keys_path
from sync.machines import Machine, machines
from sync.pairing import Invitation
from sync.state import State
from sync.status import Status, status
from tui.overwritten import Naming, Overwritten, overwritten

# So many overwritten values are read at once; the rest come as these are settled.
MOST_VALUES = 200


@dataclass(frozen=True, slots=True)
class Settled:
    """An overwritten value about which somebody decided while the screen is open: what is in the
    cell now is what was lost, or what showed."""

    value: Overwritten
    restored: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """`status` is nothing where the database belongs to no workspace; `asking` is the folder in
    which it asks to be let in. `trouble` is what keeps more from being known."""

    status: Status
    asking: str
    machines: Sequence[Machine]
    values: Sequence[Overwritten]
    settled: Sequence[Settled]
    trouble: ThukyError | None = None

    @property
    def joined(self) -> bool:
        return bool(self.status.folder)

    @property
    def may_join(self) -> bool:
        """Whether there is no workspace to lose: none yet, its keys lost, or put out of it."""
        out = any(machine.own and machine.revoked for machine in self.machines)
        return not self.asking and (out or not self.machines)

    @property
    def names(self) -> dict[str, str]:
        """What the machines are called."""
        return {machine.device: machine.name for machine in self.machines}

    @property
    def own_name(self) -> str:
        return next((machine.name for machine in self.machines if machine.own), "")


def gather(store: Store, decided: Sequence[Overwritten]) -> Facts:
    """All that the screen shows. `decided` are the values that were settled on it."""
    trouble: ThukyError | None = None
    known: Sequence[Machine] = ()
    now = status(store)
    try:
        known = machines(store)
        if now.folder and not known:
            trouble = enrol.NoKey(keys_path(store.path))
    except ThukyError as error:
        trouble = error
    naming = Naming(store)
    listed = conflicts.conflicts(store)
    ids = {conflict.id for conflict in listed}
    choices = {v.conflict.id: conflicts.choice(store, v.conflict) for v in decided}
    return Facts(
        status=now,
        asking=store.local(JOINING),
        machines=known,
        values=[overwritten(naming, conflict) for conflict in listed[:MOST_VALUES]],
        settled=[
            Settled(value, choices[value.conflict.id] == "lost")
            for value in decided
            if choices[value.conflict.id] and value.conflict.id not in ids
        ],
        trouble=trouble,
    )


def settle(store: Store, conflict: Conflict, *, restore: bool) -> None:
    """Put the lost value back, or keep what shows; also the other way round, later."""
    (conflicts.restore if restore else conflicts.keep)(store, conflict)


def found(store: Store, folder: str, name: str) -> None:
    """Make a workspace in an empty folder. Raises ThukyError with nothing changed."""
    enrol.init(store, at(folder), name)


def join(store: Store, folder: str, code: str, name: str) -> None:
    """Ask to be let in; the process that syncs waits for the answer. Raises ThukyError."""
    enrol.ask_to_join(store, at(folder), code, name)


def invited(store: Store) -> tuple[Invitation, Sequence[str]]:
    """A code for one more machine, and the machines that are in so far. Raises ThukyError."""
    workspace = enrol.workspace_of(store)
    workspace.refresh()
    return pairing.invite(workspace), [machine.device for machine in machines(store)]


def revoke(store: Store, device: str) -> None:
    """Put a machine out. Raises ThukyError."""
    workspace = enrol.workspace_of(store)
    places = State(store).places()
    workspace.refresh(places)
    workspace.membership.revoke(device, places.get(device, START))


def at(folder: str) -> Path:
    return Path(folder).expanduser()


def machine_name() -> str:
    """What this machine is called where nobody has said otherwise."""
    return socket.gethostname() or "thuky"
