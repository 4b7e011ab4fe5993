"""The machines of a workspace as this one knows them, without a look at the folder.

Public entrance: `Machine`, `machines`.
"""

from dataclasses import dataclass

from schema.store import Store
from sync.diary import diary
from sync.keys import load
from sync.local import keys_path
from sync.state import Agreement, State


@dataclass(frozen=True, slots=True)
class Machine:
    """`joined_at` in milliseconds. `behind` is how many segments of its log are in the folder and
    not applied here; `agreement` when it was last seen to hold the same, or not."""

    device: str
    name: str
    own: bool
    joined_at: int
    revoked: bool
    behind: int
    agreement: Agreement | None


def machines(store: Store) -> list[Machine]:
    """This machine first, then the others by name; none where its keys are lost. Raises ThukyError
    where these cannot be read."""
    vault = load(keys_path(store.path))
    if vault is None:
        return []
    agreed = {agreement.device: agreement for agreement in State(store).agreements()}
    behind = diary(store.path).behind
    trust = vault.trust
    found = [
        Machine(
            device=device,
            name=member.name,
            own=device == vault.device,
            joined_at=member.issued_at,
            revoked=device in trust.revoked,
            behind=behind.get(device, 0),
            agreement=agreed.get(device),
        )
        for device, member in trust.members.items()
    ]
    return sorted(found, key=lambda m: (not m.own, m.revoked, m.name, m.device))
