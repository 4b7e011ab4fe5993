"""The register of official numbers on this machine: what syncing and screens have to do with it.

Public entrance: `AfterRound`, `Members`, `register`, `is_joined`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from office.moments import office_date
from schema import register_rows
from schema.store import Store
from sync.local import FOLDER

if TYPE_CHECKING:
    from office.register import Register
    from sync.engine import Engine, Round
    from sync.trust import Trust


class AfterRound:
    """Gives the numbers that are asked for, where this machine holds the register; called after
    each round of syncing that did not fail."""

    def __init__(self) -> None:
        self._seen: tuple[object, ...] = ()

    def __call__(self, engine: "Engine", done: "Round") -> bool:
        """Whether another round should follow at once."""
        store, vault = engine.store, engine.workspace.vault
        # What is not read yet of a log may say that somebody else holds it.
        if done.failure is not None or done.behind.keys() - vault.trust.revoked.keys():
            return False
        seen = (vault.device, *register_rows.newest(store))
        if seen == self._seen:
            return False
        from office.registering import attend

        founder = vault.trust.members[vault.device].issuer == vault.device
        today = office_date(store.clock())
        again = attend(store, today, founder=founder, by=store.local("name"))
        self._seen = () if again else seen
        return again


@dataclass(frozen=True, slots=True)
class Members:
    """The devices of the workspace by what they are called, and which of them are out."""

    names: Mapping[str, str]
    revoked: frozenset[str] = frozenset()

    def name(self, device: str) -> str:
        return self.names.get(device) or device


def members(store: Store) -> Members:
    """Those that this machine knows of; none where it is alone."""
    from sync.keys import load
    from sync.local import keys_path

    vault = load(keys_path(store.path)) if is_joined(store) else None
    if vault is None:
        return Members({})
    trust: Trust = vault.trust
    names = {device: member.name for device, member in trust.members.items()}
    return Members(names, frozenset(trust.revoked))


def is_joined(store: Store) -> bool:
    """Whether this machine belongs to a workspace."""
    return bool(store.local(FOLDER))


def register(store: Store) -> "Register":
    from office.registering import load

    return load(store, joined=is_joined(store))
