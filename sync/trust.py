"""Whom a device believes: members, revocations and epoch keys, and the rules by which they grow.

What was once accepted stays, so a machine keeps what it has, in whatever order files arrive. The
rules:

- A member may let others in, put others out, and start a new epoch. One that is known to be out
  may do nothing but agree that it is; what it did before counts where it was accepted before, or
  where a new epoch's maker vouches for it.
- A member that is out keeps what it wrote up to the furthest place that any member knew when it
  learned of the revocation.
- Of revocations that arrive together the one that says it is older counts first, so that of two
  members that put each other out one stays.
- New segments use the newest epoch whose key no revoked device has; where there is none, or a
  member lacks any key, whoever sees that starts one, which brings all older keys along.
"""

import hashlib
from dataclasses import dataclass

import msgspec
from msgspec.msgpack import encode as _encode

from schema.ids import Randomness
from sync.change import Position
from sync.identity import KEY_BYTES, NONCE_BYTES, Identity, lock, seal_to, unlock
from sync.problem import Reason, Refused
from sync.statement import Card, Epoch, Member, Revocation, read

MOST_EPOCHS = 1 << 16


class EpochKey(msgspec.Struct, frozen=True):
    """A key, the epoch's number, and the devices that have it."""

    number: int
    key: bytes
    holders: frozenset[str]


class Knowledge(msgspec.Struct, frozen=True):
    """What an epoch brings along for those who have its key."""

    members: list[Member]
    revoked: list[Revocation]
    older: dict[str, EpochKey]


@dataclass(frozen=True, slots=True)
class Writing:
    """The epoch that new segments use."""

    id: str
    key: bytes


# Devices that belong, epochs, revocations.
Told = frozenset[str | Revocation]


def epoch_id(key: bytes) -> str:
    return hashlib.blake2b(key, digest_size=4, person=b"epoch").hexdigest()


class Trust(msgspec.Struct):
    members: dict[str, Member] = {}
    # By device, then by who said so.
    revoked: dict[str, dict[str, Revocation]] = {}
    epochs: dict[str, EpochKey] = {}

    @property
    def told(self) -> Told:
        """What must have been said in the folder for others to know as much."""
        members = self.members.keys() - {self.eldest}
        revoked = (revocation for said in self.revoked.values() for revocation in said.values())
        return frozenset((*members, *self.epochs, *revoked))

    @property
    def eldest(self) -> str:
        """The device that all know who know any: it founded the workspace, or is left of those that
        joined first."""
        known = self.active or self.members.keys()
        founders = {device for device in known if self.members[device].issuer == device}
        return min(founders or known, key=lambda device: (self.members[device].issued_at, device))

    def told_by(self, epoch: Epoch) -> Told:
        """What that statement says to those who have its key; nothing where this device has not."""
        known = self.epochs.get(epoch.id)
        content = unlock(epoch.locked, epoch.id.encode(), epoch.nonce, known.key) if known else None
        if content is None:
            return frozenset()
        knowledge = read(content, Knowledge)
        members = (member.public.device for member in knowledge.members)
        return frozenset((epoch.id, *members, *knowledge.revoked, *knowledge.older))

    @property
    def active(self) -> set[str]:
        return self.members.keys() - self.revoked.keys()

    def end(self, device: str) -> Position | None:
        """The place up to which a revoked device's segments count; None for any other."""
        said = self.revoked.get(device)
        if not said:
            return None
        # How much of its log counts is for others to say, where any of them does.
        others = [revocation for issuer, revocation in said.items() if issuer != device]
        furthest = max(others or said.values(), key=lambda r: (r.last, r.head))
        return Position(furthest.last, furthest.head)

    def believes(self, issuer: str) -> Member:
        """The member that may state things now. Raises Refused."""
        if issuer in self.revoked:
            raise Refused(Reason.REVOKED)
        if issuer not in self.members:
            raise Refused(Reason.UNKNOWN_DEVICE)
        return self.members[issuer]

    def add_member(self, member: Member) -> str:
        device = member.public.device
        known = self.members.get(device)
        if known is None or (member.name and not known.name):
            self.members[device] = member
        return device

    def card(self, member: Member, randomness: Randomness) -> Card:
        """What lets `member` in, once it has all the keys that this device has."""
        id = max(self.epochs, key=lambda id: (self.epochs[id].number, id))
        nonce = randomness(NONCE_BYTES)
        name = lock(member.name.encode(), member.sign, nonce, self.epochs[id].key)
        bare = msgspec.structs.replace(member, name="")
        return Card(bare, sorted(self.epochs), id, nonce, name)

    def add_card(self, card: Card, issuer: str) -> None:
        self.believes(issuer)
        if card.member.issuer != issuer:
            raise Refused(Reason.MALFORMED, "issuer")
        member = card.member
        if known := self.epochs.get(card.epoch):
            name = unlock(card.name, member.sign, card.nonce, known.key) or b""
            member = msgspec.structs.replace(member, name=name.decode(errors="replace"))
        device = self.add_member(member)
        for id in card.epochs:
            if known := self.epochs.get(id):
                self._add_key(id, EpochKey(known.number, known.key, frozenset((device,))))

    def add_revocation(self, revocation: Revocation, issuer: str) -> None:
        self.believes(issuer)
        if revocation.issuer != issuer or revocation.device not in self.members:
            raise Refused(Reason.UNKNOWN_DEVICE)
        self._revoke(revocation)

    def _revoke(self, revocation: Revocation) -> None:
        said = self.revoked.setdefault(revocation.device, {})
        before = said.get(revocation.issuer)
        if before is None or before.last < revocation.last:
            said[revocation.issuer] = revocation

    def add_epoch(self, epoch: Epoch, issuer: str, identity: Identity) -> None:
        """Take in an epoch, with the key where it is for this device. Raises Refused."""
        self.believes(issuer)
        if not 0 < epoch.number < MOST_EPOCHS:
            raise Refused(Reason.MALFORMED, "number")
        own = identity.public.device
        key = self.epochs[epoch.id].key if epoch.id in self.epochs else None
        if key is None and own in epoch.sealed:
            key = identity.unseal(epoch.sealed[own])
            if key is None or epoch_id(key) != epoch.id:
                raise Refused(Reason.MALFORMED, "key")
        if key is None:
            return
        holders = frozenset(epoch.sealed)
        self._add_key(epoch.id, EpochKey(epoch.number, key, holders))
        knowledge = read(
            unlock(epoch.locked, epoch.id.encode(), epoch.nonce, key) or b"", Knowledge
        )
        for member in knowledge.members:
            self.add_member(member)
        for revocation in knowledge.revoked:
            if revocation.device in self.members:
                self._revoke(revocation)
        for id, known in knowledge.older.items():
            if epoch_id(known.key) == id:
                self._add_key(id, EpochKey(known.number, known.key, known.holders | holders))

    def _add_key(self, id: str, key: EpochKey) -> None:
        if known := self.epochs.get(id):
            key = EpochKey(known.number, known.key, known.holders | key.holders)
        self.epochs[id] = key

    def writing(self) -> Writing | None:
        """The epoch for new segments, or None where one must be started first."""
        active = self.active
        if any(not active <= known.holders for known in self.epochs.values()):
            return None
        fit = [
            (-known.number, id)
            for id, known in self.epochs.items()
            if known.holders.isdisjoint(self.revoked)
        ]
        if not fit:
            return None
        _, id = min(fit)
        return Writing(id, self.epochs[id].key)

    def new_epoch(self, randomness: Randomness) -> Epoch:
        """A key for all active members; `add_epoch` takes it in."""
        key, nonce = randomness(KEY_BYTES), randomness(NONCE_BYTES)
        id = epoch_id(key)
        knowledge = Knowledge(
            members=[self.members[device] for device in sorted(self.members)],
            revoked=[r for said in self.revoked.values() for r in said.values()],
            older=self.epochs,
        )
        return Epoch(
            id=id,
            number=1 + max((known.number for known in self.epochs.values()), default=0),
            sealed={
                device: seal_to(self.members[device].box, key, randomness)
                for device in sorted(self.active)
            },
            nonce=nonce,
            locked=lock(_encode(knowledge, order="deterministic"), id.encode(), nonce, key),
        )
