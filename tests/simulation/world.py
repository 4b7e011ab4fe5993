"""Machines, a folder, and a list of actions that happen to them. Public entrance: `World`,
`script`; what must hold at the end is in `promises`.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import msgspec

from schema.errors import ThukyError
from sync.consolidation import consolidate
from sync.engine import Round
from sync.identity import Identity
from sync.keys import Kept
from sync.statement import Card, Kind, Member, look
from sync.textfold import fold_quiet, folded
from sync.trust import EpochKey
from tests.simulation.folder import ERRORS, Broken, Killed, Network, View
from tests.simulation.machine import Clock, Machine, Mortal
from tests.simulation.people import People
from tests.sync.machines import Office, randomness

# Later than any clock that runs these tests, since the triggers of SQLite read that one too.
START = 2_208_988_800.0
YEAR = 31_536_000.0
MOST_MACHINES = 8

_templates: dict[tuple[int, str], tuple[list[bytes], dict[str, bytes]]] = {}


def workspace_of(count: int, seed: str = "office") -> tuple[list[bytes], dict[str, bytes]]:
    """The secrets of `count` members and the folder as it is when all have joined."""
    if (count, seed) not in _templates:
        office = Office(count, seed=seed)
        for machine in office.machines * 2:
            machine.read()
        kept = [msgspec.json.encode(m.workspace.vault.kept) for m in office.machines]
        assert not isinstance(office.folder, View)
        _templates[count, seed] = kept, dict(office.folder.files)  # type: ignore[attr-defined]
    return _templates[count, seed]


Action = tuple[str, int, int]
EDITS = (
    *("insert", "insert", "insert", "update", "update", "update", "update", "update"),
    *("type", "type", "type", "delete", "event", "day", "setting"),
)
ACTIONS = (
    *(*EDITS, *EDITS, "delete", "sql", "secret", "unsecret", "mark"),
    *(*(("round",) * 18), *(("deliver",) * 8), *(("fault",) * 3), *(("kill",) * 4)),
    *("part", "lock", "strange", "heal", "heal", "heal", "litter", "damage", "mend", "step"),
    *("keep_folder", "roll_back", "vanish", "restore", "leave", "restart", "upgrade"),
    *("tidy", "tidy", "tidy", "snapshot", "keep_copy", "put_back", "clone", "join", "revoke"),
)


def script(seed: int, machines: int, steps: int) -> list[Action]:
    dice = random.Random(seed)
    return [
        (dice.choice(ACTIONS), dice.randrange(machines), dice.getrandbits(32)) for _ in range(steps)
    ]


class World(People):
    """`count` machines on one folder. Each action has its own dice: any part of a script runs.

    The first machine is never put out, copied or set back: it says who belongs."""

    def __init__(self, seed: int, count: int, where: Path, template: Path) -> None:
        super().__init__()
        dice = random.Random(f"world {seed}")
        self.seed, self.where, self.template = seed, where, template
        self.now = START
        self.network = Network(random.Random(f"network {seed}"), shared=dice.random() < 0.4)
        self.folder_copy: dict[str, bytes] = {}
        # Devices by the one that they were first.
        self.family: dict[str, str] = {}
        # All keys that anybody ever had: who has the only one may be put out, or set back.
        self.keys: dict[str, EpochKey] = {}
        self.cloned = self.set_back = 0
        self.machines: list[Machine] = []
        # What may be lost altogether, since an older copy of its database came back.
        self.excused: set[tuple[int, int]] = set()
        kept, files = workspace_of(count)
        for secrets in kept:
            skew = dice.choice((0, 0, 0, 2, -30, 4000, -4000, YEAR, -YEAR))
            self._add(secrets, files, skew, old=dice.random() < 0.2)
        self.machines[-1].awake = dice.random() < 0.5

    def _add(
        self,
        kept: bytes,
        files: dict[str, bytes],
        skew: float,
        *,
        old: bool = False,
        like: View | None = None,
    ) -> Machine:
        number = len(self.machines)
        path = self.where / f"{number}.db"
        if not path.exists():
            shutil.copy(self.template, path)
        clock = Clock(lambda: self.now, skew)
        if like:
            # A copy of damage would be mended by nobody.
            self.network.mend()
            files = like.disk
        view = self.network.view(files, like)
        store = self._open(path, clock)
        machine = Machine(store, view, kept, skew, clock, number, old=old)
        run = machine.store.connection.execute
        (machine.upto,) = run("SELECT max(seq) FROM change").fetchone()
        self.machines.append(machine)
        self.family.setdefault(machine.device, machine.device)
        return machine

    def _open(self, path: Path, clock: Clock) -> Mortal:
        store = Mortal(path, clock=clock, randomness=randomness(f"{self.seed} {path.name}"))
        store.connection.execute("PRAGMA synchronous = OFF")
        return store

    def close(self) -> None:
        for machine in self.machines:
            machine.store.close()

    def run(self, actions: list[Action]) -> None:
        for at, (what, number, luck) in enumerate(actions):
            if at == 3 * len(actions) // 4:
                self.wake()
            dice = random.Random(luck)
            self.now += dice.choice((0.0, 0.001, 0.3, 5.0, 90.0))
            machine = self.machines[number % len(self.machines)]
            with self._followed(machine), machine.version():
                getattr(self, what)(machine, dice)

    # Who is who

    @property
    def out(self) -> list[Machine]:
        """The machines that do not belong any more."""
        issuers: dict[str, str] = {}
        for machine in self.machines:
            vault = machine.engine.workspace.vault
            said = [look(card, Kind.CARD, vault.workspace) for card in vault.kept.cards]
            issuers |= {one.read(Card).member.public.device: one.issuer for one in said}
        return [machine for machine in self.machines if not self._belongs(machine.device, issuers)]

    def _belongs(self, device: str, issuers: dict[str, str]) -> bool:
        """Whoever has not been heard of yet shows the card that it was given by one that does."""
        trust = self.machines[0].engine.workspace.vault.trust
        if device in trust.members:
            return device in trust.active
        return device in issuers and self._belongs(issuers[device], issuers)

    @property
    def members(self) -> list[Machine]:
        out = self.out
        return [machine for machine in self.machines if machine not in out]

    def _spared(self) -> set[str]:
        """The folders that nobody writes anew, for nobody has that name any more."""
        return self.family.keys() - {m.device for m in self.members}

    @contextmanager
    def _followed(self, machine: Machine) -> Iterator[None]:
        before = machine.device
        yield
        self.family.setdefault(machine.device, self.family[before])
        self.keys |= machine.engine.workspace.vault.trust.epochs

    # What happens to the machines and the folder

    def round(self, machine: Machine, dice: random.Random) -> None:
        machine.round(prove=dice.random() < 0.1)

    def deliver(self, machine: Machine, dice: random.Random) -> None:
        self.network.deliver(dice.choice((1, 3, 20)))

    def fault(self, machine: Machine, dice: random.Random) -> None:
        machine.view.trouble.arm(dice.randrange(30), dice.choice(ERRORS))
        machine.round()

    def kill(self, machine: Machine, dice: random.Random) -> None:
        self._arm(machine, dice)
        machine.round()

    def _arm(self, machine: Machine, dice: random.Random) -> None:
        if dice.random() < 0.5:
            machine.view.trouble.arm(dice.randrange(30), None)
        else:
            machine.store.until_killed = dice.randrange(8)

    def part(self, machine: Machine, dice: random.Random) -> None:
        machine.view.there = False

    def lock(self, machine: Machine, dice: random.Random) -> None:
        machine.view.read_only = True

    def strange(self, machine: Machine, dice: random.Random) -> None:
        """Nothing, another workspace, or a stranger's files are mounted there for a time."""
        other = workspace_of(3, "another")[1]
        machine.view.heal()
        machine.view.mount(dice.choice(({}, other, {"anh.jpg": b"JPEG"}, {"lost+found/x": b""})))

    def heal(self, machine: Machine, dice: random.Random) -> None:
        machine.view.heal()

    def litter(self, machine: Machine, dice: random.Random) -> None:
        self.network.litter(machine.view)

    def damage(self, machine: Machine, dice: random.Random) -> None:
        self.network.damage(machine.view)

    def mend(self, machine: Machine, dice: random.Random) -> None:
        self.network.mend()

    def keep_folder(self, machine: Machine, dice: random.Random) -> None:
        self.folder_copy = dict(machine.view.disk)

    def roll_back(self, machine: Machine, dice: random.Random) -> None:
        if self.folder_copy:
            self.network.roll_back(machine.view, self.folder_copy)

    def vanish(self, machine: Machine, dice: random.Random) -> None:
        self.network.vanish(machine.view, self._spared())

    def step(self, machine: Machine, dice: random.Random) -> None:
        machine.clock.skew += dice.choice((-7200.0, -60.0, 60.0, 7200.0))

    def restart(self, machine: Machine, dice: random.Random) -> None:
        machine.start()

    def upgrade(self, machine: Machine, dice: random.Random) -> None:
        machine.upgrade()

    def tidy(self, machine: Machine, dice: random.Random) -> None:
        """Small segments are merged, and the merged ones removed at once."""
        if not self._well(machine) or machine.engine.state.outgoing():
            return
        engine = machine.engine
        if dice.random() < 0.3:
            self._arm(machine, dice)
        self._survive(machine, lambda: self._tidied(machine))
        if dice.random() < 0.3 and engine is machine.engine:
            self._survive(machine, engine.tidy)

    @staticmethod
    def _well(machine: Machine) -> bool:
        """Whether a round succeeds, as before all that a device does of its own accord."""
        done = machine.round()
        return done is not None and done.failure is None

    @staticmethod
    def _tidied(machine: Machine) -> None:
        place = machine.engine.state.place(machine.device)
        fold = partial(folded, machine.store)
        consolidate(machine.engine.workspace, place, fold=fold, grace_ms=0, run=2)
        fold_quiet(machine.store)

    def snapshot(self, machine: Machine, dice: random.Random) -> None:
        if self._well(machine):
            self._survive(machine, machine.engine.publish_snapshot)

    @staticmethod
    def _survive(machine: Machine, work: Callable[[], object]) -> None:
        try:
            with suppress(ThukyError):
                work()
        except Killed:
            machine.start()
        finally:
            machine.store.until_killed = -1
            machine.view.trouble.rest()

    # Machines come, go, and are copied

    def keep_copy(self, machine: Machine, dice: random.Random) -> None:
        machine.keep_copy()

    def put_back(self, machine: Machine, dice: random.Random) -> None:
        """Whatever it wrote since and did not send is gone, as who does so knows."""
        if not machine.number or machine.backup is None or self.set_back or dice.random() < 0.5:
            return
        self.set_back += 1
        upto = machine.backup.upto
        since = [w for w in self.writes if w.number == machine.number and w.seq > upto]
        self.excused |= {(w.number, w.seq) for w in since}
        self.gone_tokens |= {
            word for number, seq, word in self.typed if number == machine.number and seq >= upto
        }
        machine.put_back(lambda path: self._open(path, machine.clock), keys_too=dice.random() < 0.5)
        machine.upgrade()

    def clone(self, machine: Machine, dice: random.Random) -> None:
        """The whole machine is copied, keys and all."""
        if not machine.number or self.cloned or len(self.machines) >= MOST_MACHINES:
            return
        self.cloned += 1
        machine.copy(self.where / f"{len(self.machines)}.db")
        skew = dice.choice((machine.clock.skew, 0.0))
        view = machine.view
        twin = self._add(machine.secrets(), view.disk, skew, old=machine.old, like=view)
        twin.awake, twin.late, twin.whole = machine.awake, machine.late, machine.whole

    def join(self, machine: Machine, dice: random.Random) -> None:
        """A new machine is let in by one that belongs."""
        if len(self.machines) >= MOST_MACHINES or machine.old or dice.random() < 0.5:
            return
        if machine in self.out or not self._well(machine):
            return
        vault = machine.engine.workspace.vault
        identity = Identity.new(randomness(f"{self.seed} new {len(self.machines)}"))
        public = identity.public
        now_ms = machine.engine.workspace.now_ms
        member = Member(public.sign, public.box, "Máy mới", vault.device, now_ms)
        with suppress(ThukyError):
            card = machine.engine.workspace.membership.welcome(member)
            trust = msgspec.json.decode(msgspec.json.encode(vault.kept), type=Kept).trust
            seeds = identity.sign_seed, identity.box_secret
            kept = Kept(vault.workspace, "Máy mới", *seeds, trust, cards=[card])
            self._add(msgspec.json.encode(kept), machine.view.disk, 0.0, like=machine.view)

    def revoke(self, machine: Machine, dice: random.Random) -> None:
        victim = dice.choice(self.machines[1:])
        if victim is machine or self.out or machine in self.out or dice.random() < 0.6:
            return
        if self._well(machine):
            workspace, place = machine.engine.workspace, machine.engine.state.place(victim.device)
            if dice.random() < 0.2:
                machine.view.trouble.arm(dice.randrange(6), dice.choice(ERRORS))
            self._survive(machine, lambda: workspace.membership.revoke(victim.device, place))

    def wake(self) -> None:
        for machine in self.machines:
            machine.late = True

    # The end

    def agreed(self, machine: Machine) -> bool:
        """Whether it knows itself the same as all others."""
        known = {a.device for a in machine.engine.state.agreements() if a.differs is None}
        return {m.device for m in self.members} <= known | {machine.device}

    @property
    def even(self) -> bool:
        """Whether all have read all logs equally far: what they agreed on may be of before."""
        places = (machine.engine.state.places() for machine in self.members)
        return len({frozenset((d, p.last) for d, p in known.items()) for known in places}) == 1

    def settle(self) -> list[Round]:
        """All troubles are over: everybody syncs until nothing is new. Returns the last rounds."""
        self.wake()
        self.network.mend()
        self.network.deliver_all()
        self.network.reconcile()
        for machine in self.machines:
            machine.view.heal()
            machine.upgrade()
        last: list[Round] = []
        quiet = 0
        for _ in range(30):
            self.network.deliver_all()
            self.now += 240.0
            last = []
            for machine in self.members:
                with self._followed(machine):
                    done = machine.round(prove=True)
                last += [done] if done else []
                if machine.engine._proof.differing and not (self.cloned or self.set_back):
                    raise Broken(f"{machine.device}: {machine.engine.state.agreements()}")
            self.network.deliver_all()
            quiet = quiet + 1 if all(r.idle and r.failure is None for r in last) else 0
            # One to say what everybody holds, one to read it.
            if quiet >= 3 and self.even and all(self.agreed(machine) for machine in self.members):
                break
        return last
