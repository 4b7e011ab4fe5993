"""What is proposed to be imported, row by row or sentence by sentence, and the writing of it.

Public entrance: `Batch`, `Proposal`, `Fault`, `STATES`, `settled`, `write`, `take_back`, `Written`.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from office import followups
from office.fields import add as add_field
from office.fields import all_fields
from office.importing.columns import plain
from office.same_ids import same_id
from schema.errors import N_, ThukyError
from schema.records import Field, Followup, FollowupSource
from schema.store import Store

STATES: Mapping[str, str] = {
    "new": N_("Sẽ nhập"),
    "bad": N_("Có lỗi"),
    "twice": N_("Trùng trong tệp"),
    "known": N_("Đã nhập trước đây"),
    "there": N_("Đã có việc như thế"),
    "heading": N_("Đề mục, không phải việc"),
    "other": N_("Không giao việc"),
}
"""How a proposal stands (msgids). Only what is new goes in unless a person says otherwise; what is
known never does again."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a cell from being read as it is; `target` is that of its column."""

    target: str
    error: ThukyError


@dataclass(frozen=True, slots=True)
class Proposal:
    """A follow-up that a row or sentence (`number`, as a person counts) would become.

    `texts` is what is written there, by targets. `notes` are what to look at again; none of them
    keeps it out. `twin` is the row that says the same. `field` is the name of one to be made.
    """

    number: int
    texts: Mapping[str, str]
    followup: Followup
    source: FollowupSource
    faults: Sequence[Fault] = ()
    notes: Sequence[Fault] = ()
    state: str = "new"
    twin: int = 0
    field: str = ""

    @property
    def digest(self) -> str:
        return self.source.digest

    @property
    def words(self) -> str:
        """What says what is to be done, as it is written."""
        return self.texts.get("work") or self.texts.get("sentence", "")

    def told(self) -> list[ThukyError]:
        """Sentences on all that is to be known of it, what is wrong first."""
        said = [fault.error for fault in (*self.faults, *self.notes)]
        if self.twin:
            said.insert(0, ThukyError(N_("Trùng với dòng {row}."), row=self.twin))
        if self.state == "known":
            said.insert(0, ThukyError(N_("Đã nhập trước đây; không nhập lại.")))
        if self.state == "there":
            said.insert(0, ThukyError(N_("Đã có nhiệm vụ cùng việc, cùng đơn vị chủ trì.")))
        return said


class Batch(ABC):
    """Proposals, and what a person says to them. `wanted` are the numbers of those that are to go
    in: at first what is new."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.fixes: dict[int, dict[str, str]] = {}
        self.wanted: set[int] = set()
        self.proposals: Sequence[Proposal] = ()
        self._places: dict[int, int] = {}

    @abstractmethod
    def propose(self) -> Iterable[Proposal]:
        """Every row or sentence as it reads now, with `fixes`."""

    @abstractmethod
    def remarks(self) -> list[ThukyError]:
        """What is to be known of the file as a whole, in sentences."""

    def read(self) -> None:
        """Read everything again; what is wanted stays so."""
        self.proposals = settled(self.store, self.propose())
        self._places = {p.number: at for at, p in enumerate(self.proposals)}

    def read_anew(self) -> None:
        """Read everything, and want what is new."""
        self.read()
        self.wanted = {p.number for p in self.proposals if p.state == "new"}

    def fix(self, number: int, texts: Mapping[str, str]) -> None:
        """Read one as if these texts stood in it, by targets. What is good now goes in."""
        self.fixes.setdefault(number, {}).update(texts)
        self.read()
        if self.proposal(number).state == "new":
            self.wanted.add(number)

    def proposal(self, number: int) -> Proposal:
        return self.proposals[self._places[number]]

    def toggle(self, number: int) -> None:
        """Let one go in, or no longer."""
        self.wanted ^= {number}

    def want(self, *states: str) -> None:
        """Let all of these states go in, too."""
        self.wanted |= {p.number for p in self.proposals if p.state in states}

    def going_in(self) -> list[Proposal]:
        """What is wanted, but for what was imported before."""
        return [p for p in self.proposals if p.number in self.wanted and p.state != "known"]

    def counts(self) -> dict[str, int]:
        """How many there are of each state."""
        counts: dict[str, int] = {}
        for proposal in self.proposals:
            counts[proposal.state] = counts.get(proposal.state, 0) + 1
        return counts


@dataclass(slots=True)
class Written:
    """The ids of what an import wrote, for it to be taken back in one step: of the follow-ups by
    the numbers of their rows, and of new fields."""

    rows: dict[int, str] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)


def digest_of(*content: str) -> str:
    """What tells the same content again, on any machine, whatever its case, marks aside from none,
    and blanks."""
    words = "\n".join(" ".join(text.split()).lower() for text in content)
    return hashlib.sha256(words.encode()).hexdigest()


def settled(store: Store, proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals with what the others and the database say of them: those that say what another
    one does (which is first by its place), and those that were imported before."""
    counted: dict[str, int] = {}
    first: dict[str, int] = {}
    found = []
    for proposal in proposals:
        base = proposal.digest
        if proposal.state in ("heading", "other"):
            found.append(proposal)
            continue
        again = counted[base] = counted.get(base, -1) + 1
        if again:
            source = replace(proposal.source, digest=digest_of(base, str(again)))
            state = proposal.state if proposal.faults else "twice"
            proposal = replace(proposal, source=source, state=state, twin=first[base])
        else:
            first[base] = proposal.number
        found.append(proposal)
    known = _known(store, [p.digest for p in found])
    found = [replace(p, state="known") if p.digest in known else p for p in found]
    there = _there(store, [p.followup.work for p in found if p.state == "new"])
    return [
        replace(p, state="there")
        if p.state == "new" and (p.followup.work, p.followup.lead) in there
        else p
        for p in found
    ]


def _known(store: Store, digests: Sequence[str]) -> set[str]:
    """Which of these were imported already, and are still there."""
    there = (
        "digest IN (SELECT value FROM json_each(?))"
        " AND followup IN (SELECT id FROM followup WHERE deleted_at IS NULL)"
    )
    return {s.digest for s in store.live(FollowupSource, there, json.dumps(digests))}


def _there(store: Store, works: Sequence[str]) -> set[tuple[str, str | None]]:
    """Which of these works are follow-ups already, from elsewhere, with the units that lead."""
    same = "work <> '' AND work IN (SELECT value FROM json_each(?))"
    return {(f.work, f.lead) for f in store.live(Followup, same, json.dumps(works))}


def write(
    store: Store,
    proposals: Sequence[Proposal],
    *,
    by: str = "",
    tell: Callable[[float], None] = lambda done: None,
) -> Written:
    """Import these, all of them or none; what was imported before is left as it is. `tell` hears
    how far it is, 0 to 1, and may raise to give it up."""
    written = Written()
    with store.transaction():
        ids = json.dumps([same_id(p.digest, "followup") for p in proposals])
        before = store.select(Followup, "WHERE id IN (SELECT value FROM json_each(?))", ids)
        there = {f.id: f.deleted_at for f in before}
        fields = {plain(f.name): f.id for f in all_fields(store)}
        for at, proposal in enumerate(proposals):
            if at % 50 == 0:
                tell(at / len(proposals))
            id = same_id(proposal.digest, "followup")
            if there.get(id, "") is None:
                continue
            new = replace(proposal.followup, id=id)
            if proposal.field:
                name = plain(proposal.field)
                if name not in fields:
                    fields[name] = add_field(store, proposal.field).id
                    written.fields.append(fields[name])
                new = replace(new, field=fields[name])
            source = replace(proposal.source, id=same_id(proposal.digest, "source"))
            if id in there:
                store.restore(Followup, id)
            else:
                followups.add(store, new, by=by, source=source)
            written.rows[proposal.number] = id
        tell(1.0)
    return written


def take_back(store: Store, written: Written) -> None:
    """Undo an import in one step: its rows are marked as deleted, and may be imported again."""
    with store.transaction():
        for id in written.rows.values():
            store.delete(Followup, id)
        for id in written.fields:
            if not store.count(Followup, "field = ?", id):
                store.delete(Field, id)
