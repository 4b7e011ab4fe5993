"""The statements in the folder by which machines learn whom to believe. Public entrance:
`Membership`.

    cards/<device>-<issuer>.card                   a member, signed by one
    revocations/<device>-<issuer>-<last>.revoked   a member that is out
    epochs/<number>-<issuer>-<id>.epoch            a key for the members that remain
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import NamedTuple

from schema.errors import N_, ThukyError
from schema.ids import Randomness
from sync import statement
from sync.change import Position
from sync.folder import AlreadyThere, Folder, FolderError, Gone, NotThere, TooLarge
from sync.identity import Public
from sync.keys import Vault
from sync.problem import Problem, Reason, Refused
from sync.statement import Card, Epoch, Kind, Member, Revocation, Statement
from sync.trust import Told

CARD = re.compile(r"([0-9a-f]{16})-([0-9a-f]{16})\.card")
REVOCATION = re.compile(r"([0-9a-f]{16})-([0-9a-f]{16})-[0-9]{1,10}\.revoked")
EPOCH = re.compile(r"[0-9]{1,5}-([0-9a-f]{16})-([0-9a-f]{8})\.epoch")
# How many statements that cannot be taken are read in one round.
MOST_UNTAKEN = 1000
# How often at most a machine says again what the folder lost: somebody may take it away each time.
AGAIN_MS = 600_000


class _File(NamedTuple):
    """A statement, in the order in which they are taken in."""

    kind: int
    at: int
    path: str
    data: bytes


class Membership:
    """What one device learns of the others, and states."""

    def __init__(
        self, folder: Folder, vault: Vault, now_ms: Callable[[], int], randomness: Randomness
    ) -> None:
        self.folder = folder
        self.vault = vault
        self.now_ms = now_ms
        self.randomness = randomness
        # The statements that were taken in: whose, and what each tells.
        self._taken: dict[str, tuple[str, Told]] = {}
        self._said_again = float("-inf")
        # The statements that were there last.
        self._there: list[str] = []
        # Whom others learn of who read these.
        self._heard: set[str | Revocation] = set()
        # What was to be told, and what there was, when all was told.
        self._told: tuple[Told, list[str]] = frozenset(), []

    def learn(self) -> list[Problem]:
        """Take in all that can be, and say what cannot."""
        while True:
            there = self._names()
            untaken = [path for path in there if path not in self._taken][:MOST_UNTAKEN]
            read = [self._read(path) for path in untaken]
            problems = [one for one in read if isinstance(one, Problem)]
            # What a member that is out says after that is not taken, so revocations come first.
            files = sorted(one for one in read if isinstance(one, _File))
            refused = [problem for file in files if (problem := self._take(file))]
            if len(refused) == len(files):
                break
            self.vault.save()
        self._there = there
        if len(untaken) < MOST_UNTAKEN and self._has_more_to_tell(there):
            self._say_again()
        return [*problems, *refused]

    def _has_more_to_tell(self, there: list[str]) -> bool:
        """Whether a machine that reads these learns less than what this one knows of who belongs,
        and would believe it. It believes whom it has heard of from somebody it believes, and may
        hear first who is out."""
        trust = self.vault.trust
        wanted = trust.told, there
        if wanted != self._told:
            taken = [self._taken[path] for path in there if path in self._taken]
            heard: set[str | Revocation] = {trust.eldest}
            grew = 0
            while grew < len(heard):
                grew = len(heard)
                for issuer, told in taken:
                    if issuer in heard and issuer not in trust.revoked:
                        heard |= told
            self._heard = heard
            if not trust.told <= heard:
                return True
            self._told = wanted
        return False

    def _say_again(self) -> None:
        """An older copy of the folder came back, or files were lost: a new epoch brings all along,
        for those who had not learned of it. Who has not been heard of shows its cards first."""
        now, own = self.now_ms(), self.vault.device
        if own not in self.vault.trust.active or abs(now - self._said_again) <= AGAIN_MS:
            return
        if own in self._heard:
            self._said_again = now
            self.start_epoch()
        elif self.vault.kept.cards:
            self._said_again = now
            for data in self.vault.kept.cards:
                self._show(data)

    def _show(self, data: bytes) -> None:
        """Write a card again that somebody else wrote."""
        said = statement.look(data, Kind.CARD, self.vault.workspace)
        path = _card_path(said.read(Card).member.public.device, said.issuer)
        self._write(path, Kind.CARD, data, self.vault.trust.members[said.issuer].public)

    def _names(self) -> list[str]:
        folder = self.folder
        kinds = (("revocations", REVOCATION), ("epochs", EPOCH), ("cards", CARD))
        return [
            f"{where}/{name}"
            for where, form in kinds
            for name in folder.names(where)
            if form.fullmatch(name)
        ]

    def _read(self, path: str) -> "_File | Problem":
        try:
            data = self.folder.read(path, statement.MOST_BYTES)
        except Gone:
            raise
        except NotThere:
            return Problem(Reason.WAITING, path)
        except TooLarge as error:
            return Problem(Reason.TOO_LARGE, path, detail=error.reason)
        except FolderError as error:
            return Problem(Reason.UNREADABLE, path, detail=error.reason)
        kind = ("revocations", "epochs", "cards").index(path.partition("/")[0])
        at = 0
        if kind == 0:
            with suppress(Refused):
                said = statement.look(data, Kind.REVOCATION, self.vault.workspace)
                at = said.read(Revocation).at
        return _File(kind, at, path, data)

    def _take(self, file: "_File") -> Problem | None:
        """Learn from one statement; None where there is nothing more to learn from it."""
        try:
            self._taken[file.path] = self._believe(file.path, file.data)
        except Refused as error:
            return Problem(error.reason, file.path, detail=error.detail)
        return None

    def _believe(self, path: str, data: bytes) -> tuple[str, Told]:
        trust = self.vault.trust
        where, _, name = path.partition("/")
        if where == "cards":
            said = self._said(data, Kind.CARD, CARD, name)
            card = said.read(Card)
            if card.member.public.device != name[:16]:
                raise Refused(Reason.WRONG_NAME)
            if card.member.public.device not in trust.members or said.issuer not in trust.revoked:
                said.verify(trust.believes(said.issuer).public)
                trust.add_card(card, said.issuer)
                if card.member.public.device == self.vault.device and not self.vault.kept.cards:
                    self.vault.kept.cards = [data]
            return said.issuer, frozenset((card.member.public.device,))
        if where == "revocations":
            said = self._said(data, Kind.REVOCATION, REVOCATION, name, group=2)
            revocation = said.read(Revocation)
            if revocation.device != name[:16]:
                raise Refused(Reason.WRONG_NAME)
            known = trust.revoked.get(revocation.device, {})
            before = known.get(said.issuer)
            # That who is out agrees to it is nothing new.
            agrees = known and said.issuer == revocation.device
            if not agrees and (before is None or before.last < revocation.last):
                said.verify(trust.believes(said.issuer).public)
                trust.add_revocation(revocation, said.issuer)
            return said.issuer, frozenset((revocation,))
        said = self._said(data, Kind.EPOCH, EPOCH, name, group=1)
        epoch = said.read(Epoch)
        if epoch.id not in trust.epochs or said.issuer not in trust.revoked:
            said.verify(trust.believes(said.issuer).public)
            trust.add_epoch(epoch, said.issuer, self.vault.identity)
        return said.issuer, trust.told_by(epoch)

    def _said(
        self, data: bytes, kind: Kind, form: re.Pattern[str], name: str, group: int = 2
    ) -> Statement:
        said = statement.look(data, kind, self.vault.workspace)
        named = form.fullmatch(name)
        if named is None or named[group] != said.issuer:
            raise Refused(Reason.WRONG_NAME)
        return said

    def attest(self, known: Mapping[str, Position]) -> None:
        """Where this device had taken more of a revoked one's log than others knew of, say so:
        then all of them take as much. Where nobody whom it believes tells it that it is out, as
        where it has put them out itself, say it too."""
        trust, own = self.vault.trust, self.vault.device
        for device in list(trust.revoked):
            end, place = trust.end(device), known.get(device)
            more = end and place and place.last > end.last
            if end and (more or not self._is_told(device)):
                at = place if more and place else end
                self._publish_revocation(Revocation(device, *at, own, self.now_ms()))

    def _is_told(self, device: str) -> bool:
        """Whether a device that is out may believe somebody who says so; or this one said it."""
        names = [REVOCATION.fullmatch(path.rpartition("/")[2]) for path in self._there]
        told = {named[2] for named in names if named and named[1] == device}
        doubted = {named[1] for named in names if named and named[2] == device}
        return self.vault.device in told or not told <= doubted

    def concede(self) -> None:
        """Where this device is out and nobody who still belongs says so in the folder, it says so
        itself: others may have put out first who put this one out, and not believe that."""
        trust, own = self.vault.trust, self.vault.device
        end, there = trust.end(own), self._names()
        taken = [self._taken[path] for path in there if path in self._taken]
        said = {
            issuer
            for issuer, told in taken
            for one in told
            if isinstance(one, Revocation) and one.device == own
        }
        if end and said.isdisjoint(trust.active | {own}):
            revocation = Revocation(own, end.last, end.head, own, self.now_ms())
            self._state_revocation(revocation)

    def revoke(self, device: str, place: Position) -> None:
        """Put a member out: of its log counts what is up to `place`, and it gets no new key."""
        if device not in self.vault.trust.members:
            raise ThukyError(N_("Không có máy {device} trong không gian làm việc."), device=device)
        own = self.vault.device
        if device == own:
            raise ThukyError(N_("Không thể loại chính máy này; hãy làm việc đó từ máy khác."))
        self._publish_revocation(Revocation(device, place.last, place.head, own, self.now_ms()))
        self.start_epoch()

    def _publish_revocation(self, revocation: Revocation) -> None:
        self._state_revocation(revocation)
        self.vault.trust.add_revocation(revocation, revocation.issuer)
        self.vault.save()

    def _state_revocation(self, revocation: Revocation) -> None:
        name = f"{revocation.device}-{revocation.issuer}-{revocation.last}.revoked"
        self._publish(f"revocations/{name}", Kind.REVOCATION, revocation)

    def start_epoch(self) -> None:
        """A new key for all who remain."""
        trust, own = self.vault.trust, self.vault.device
        epoch = trust.new_epoch(self.randomness)
        self._publish(f"epochs/{epoch.number}-{own}-{epoch.id}.epoch", Kind.EPOCH, epoch)
        trust.add_epoch(epoch, own, self.vault.identity)
        self.vault.save()

    def welcome(self, member: Member) -> bytes:
        """Let a new member in. Doing it again does nothing. Returns the card."""
        trust, own = self.vault.trust, self.vault.device
        card = trust.card(member, self.randomness)
        said = self._publish(_card_path(member.public.device, own), Kind.CARD, card)
        trust.add_card(card, own)
        self.vault.save()
        return said

    def _publish(self, path: str, kind: Kind, body: object) -> bytes:
        said = statement.state(kind, self.vault.workspace, body, self.vault.identity)
        self._write(path, kind, said, self.vault.identity.public)
        return said

    def _write(self, path: str, kind: Kind, said: bytes, signer: Public) -> None:
        try:
            self.folder.write_new(path, said)
        except AlreadyThere:
            # Written before a kill; or it is damage, or somebody's joke.
            if not self._stated(path, kind, signer):
                self.folder.delete(path)
                self.folder.write_new(path, said)

    def _stated(self, path: str, kind: Kind, signer: Public) -> bool:
        data = self.folder.read(path, statement.MOST_BYTES)
        try:
            statement.look(data, kind, self.vault.workspace).verify(signer)
        except Refused:
            return False
        return True


def _card_path(device: str, issuer: str) -> str:
    return f"cards/{device}-{issuer}.card"
