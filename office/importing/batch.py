"""What is proposed to be imported, row by row or sentence by sentence, and the writing of it.

Public entrance: `Proposal`, `Fault`, `STATES`, `settled`, `write`, `take_back`, `Written`.
"""

import hashlib
import json
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

    def told(self) -> list[ThukyError]:
        """Sentences on all that is to be known of it, what is wrong first."""
        said = [fault.error for fault in (*self.faults, *self.notes)]
        if self.twin:
            said.insert(0, ThukyError(N_("Trùng với dòng {row}."), row=self.twin))
        if self.state == "known":
            said.insert(0, ThukyError(N_("Đã nhập trước đây; không nhập lại.")))
        return said


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
    return [replace(p, state="known") if p.digest in known else p for p in found]


def _known(store: Store, digests: Sequence[str]) -> set[str]:
    """Which of these were imported already, and are still there."""
    there = (
        "digest IN (SELECT value FROM json_each(?))"
        " AND followup IN (SELECT id FROM followup WHERE deleted_at IS NULL)"
    )
    return {s.digest for s in store.live(FollowupSource, there, json.dumps(digests))}


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
