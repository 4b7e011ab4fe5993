"""What is kept, declared once: each class is a record the code passes around and a table.

Tables, triggers, the change codec, the export and the documents' table list all derive from these
declarations (`schema.tables`). A new column is one line here and a migration.

Every column has a default, because another machine's cells may arrive one by one. Times are UTC
(`2026-02-27T07:00:00Z`); dates without a time are `2026-02-27`. Plain SQL names that are unclear by
themselves have their allowed values beside them.
"""

from schema.row import Record, Row, dataclass, derived, ref


@dataclass(frozen=True, kw_only=True)
class Unit(Record):
    """A department, commune or other body. Several names may be `aliases`, one a line; `email` is
    where its papers are sent.

    One that was merged into another, or whose duties went to it, has that as `successor`.
    """

    name: str = ""
    abbr: str = ""
    type: str = ""
    parent: str | None = ref("unit")
    aliases: str = ""
    successor: str | None = ref("unit")
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Person(Record):
    """A person; what post they hold, and from when to when, is in `Post`."""

    name: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Post(Record):
    """A post that a person holds in a unit, both days included; an open end is nothing."""

    person: str | None = ref("person")
    unit: str | None = ref("unit")
    title: str = ""
    starts_on: str | None = None
    ends_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class Series(Record):
    """Meetings that recur, such as the regular session; `rule` is an RFC 5545 RRULE."""

    title: str = ""
    kind: str = "regular"
    rule: str = ""
    host: str | None = ref("unit")
    chair: str | None = ref("person")
    place: str = ""
    time: str = ""


@dataclass(frozen=True, kw_only=True)
class Meeting(Record):
    """A meeting. It is live from `opened_at` until `closed_at`."""

    title: str = ""
    kind: str = "working"
    series: str | None = ref("series")
    host: str | None = ref("unit")
    chair: str | None = ref("person")
    place: str = ""
    starts_at: str = ""
    ends_at: str | None = None
    opened_at: str | None = None
    closed_at: str | None = None
    secrecy: str = ""
    urgency: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AgendaItem(Record):
    """One point of the agenda; `position` is a fraction, to put items between others."""

    meeting: str | None = ref("meeting")
    position: float = 0.0
    title: str = ""
    presenter: str = ""
    minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class Attendance(Record):
    """Somebody who is to be at a meeting. `name` stands in where no person is on file."""

    meeting: str | None = ref("meeting")
    person: str | None = ref("person")
    unit: str | None = ref("unit")
    name: str = ""
    role: str = "member"
    status: str = "invited"
    substitute: str = ""
    note: str = ""
    position: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Followup(Record):
    """A task that came out of a meeting or a paper, with its six points (6 rõ).

    who `lead`, `coordinating` (unit ids, one a line) · what `work` · when `due` (`inclusive` is 0
    where the named day is already late), `due_time`, `due_text` as spoken · whose responsibility
    `accountable`, `monitor` · what `product` · whose `authority`. `state` follows from its
    events, as does `done_at`, the time since which it is done.

    `due_kind` is a kind of `office.deadline`; a deadline that recurs has its RRULE in `recurrence`,
    one that hangs on an event the event's words in `due_event` and, once there is one, the meeting
    in `due_meeting`. `accountable_person` tells apart two persons of one name.

    `anchor` is the Loro cursor that ties it to its line in the minutes, `line` the words of that
    line when they were last taken over: a cell that says something else was written by hand.

    `role` is part (one unit's share of what its `parent` gives to many) or milestone (a step of
    it, in the order of `position`, a fraction). What has parts is as far as they are: done when all
    of them are closed. An occurrence of a task that recurs has that as `recurs_from` and its day
    in `occurs_on`.

    `field` is its lĩnh vực, `leader` the leader in charge of it (that of the field where empty),
    `kind` what sort of task it is, `effect_due` the day on which its effect is to be looked at.

    Derived from its events as well: `given_at`, the first time it was assigned; `heard_at`, the
    last time that whoever does it gave word; `urged_at`, the last time they were urged; how many
    `extensions` it was granted, how often it was returned.
    """

    meeting: str | None = ref("meeting")
    work: str = ""
    lead: str | None = ref("unit")
    coordinating: str = ""
    due: str | None = None
    due_time: str | None = None
    inclusive: int = 1
    due_text: str = ""
    accountable: str = ""
    monitor: str = ""
    product: str = ""
    authority: str = ""
    anchor: bytes | None = None
    due_kind: str = ""
    recurrence: str = ""
    due_event: str = ""
    due_meeting: str | None = ref("meeting")
    accountable_person: str | None = ref("person")
    line: str = ""
    parent: str | None = ref("followup")
    role: str = ""
    position: float = 0.0
    recurs_from: str | None = ref("followup")
    occurs_on: str | None = None
    field: str | None = ref("field")
    leader: str | None = ref("person")
    kind: str = ""
    effect_due: str | None = None
    state: str = derived("proposed")
    done_at: str | None = derived(None)
    given_at: str | None = derived(None)
    heard_at: str | None = derived(None)
    urged_at: str | None = derived(None)
    extensions: int = derived(0)
    returns: int = derived(0)


@dataclass(frozen=True, kw_only=True)
class FollowupSource(Record):
    """Where a follow-up comes from: `kind` is hand, meeting, notice, directive, resolution or
    phone. `digest` is that of what an import read it from, so that nothing is imported twice."""

    followup: str | None = ref("followup")
    kind: str = "meeting"
    meeting: str | None = ref("meeting")
    number: str = ""
    issued_on: str | None = None
    issuer: str = ""
    excerpt: str = ""
    digest: str = ""


@dataclass(frozen=True, kw_only=True)
class Field(Record):
    """A field of the office's work (lĩnh vực), and the leader who is in charge of it."""

    name: str = ""
    leader: str | None = ref("person")
    position: float = 0.0


@dataclass(frozen=True, kw_only=True)
class UrgingRule(Record):
    """When somebody is urged (đôn đốc), and who.

    `kind` is before (so many working `days` before the deadline), due (on the day), late (so many
    working days after it), silent (no word for so many working days since it was assigned);
    `every` repeats it after so many working days, 0 does not. `whom` is unit, head (of the lead
    unit), leader (in charge) or meeting (the weekly briefing). A rule that is not `active` rests.
    """

    kind: str = "before"
    days: int = 0
    every: int = 0
    whom: str = "unit"
    active: int = 1
    position: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Inspection(Record):
    """A visit that looks at how follow-ups stand (kiểm tra): planned, paid, concluded.

    `members` are those who go, one a line; `number` and `issued_on` are of the paper that orders
    it.
    """

    title: str = ""
    unit: str | None = ref("unit")
    head: str | None = ref("person")
    members: str = ""
    number: str = ""
    issued_on: str | None = None
    planned_on: str | None = None
    visited_on: str | None = None
    plan: str = ""
    conclusion: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding(Record):
    """What an inspection saw, of a follow-up where it is of one. `result` is good, short (lacking),
    or wrong; `evidence` is where that can be seen: a paper, a file, a link."""

    inspection: str | None = ref("inspection")
    followup: str | None = ref("followup")
    text: str = ""
    result: str = ""
    evidence: str = ""
    by: str = ""
    seen_on: str | None = None
    position: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Text(Record):
    """A mergeable text. Its id is that of the record whose text it is, so that two machines that
    open one meeting's minutes for the first time write in the same text."""

    owner: str = "meeting"
    plain: str = derived("")
    updated_at: str | None = derived(None)
    # The last `text_update` row that `plain` holds.
    plain_upto: int = derived(0)


@dataclass(frozen=True, kw_only=True)
class Abbreviation(Record):
    """What the office types in short, and what it stands for."""

    short: str = ""
    long: str = ""


@dataclass(frozen=True, kw_only=True)
class Setting(Record):
    """A setting of the whole office; its id is its name. A machine's own are in `local_setting`."""

    value: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarDay(Record):
    """A day that is off or worked against the week's rule; its id is the date (2026-02-17).

    `kind` is off or work, `source` the paper that says so; a `provisional` day is computed and not
    yet announced.
    """

    kind: str = "off"
    name: str = ""
    source: str = ""
    provisional: int = 0


@dataclass(frozen=True, kw_only=True)
class SavedFilter(Record):
    """A filter that somebody gave a name: what is typed into the filter's line (`query`), and how
    what it finds is laid out (`view`: order, grouping, form, each as `key:value`)."""

    name: str = ""
    scope: str = "followup"
    query: str = ""
    view: str = ""
    position: float = 0.0


@dataclass(frozen=True, kw_only=True)
class TextUpdate(Row):
    """One Loro update of a text. Written once, never changed. `seq` is this machine's own count."""

    seq: int = derived(0)
    id: str = ""
    created_at: str = ""
    text: str | None = ref("text")
    data: bytes = b""


@dataclass(frozen=True, kw_only=True)
class FollowupEvent(Row):
    """One event in a follow-up's life. Written once, never changed; the state follows from them.

    `meeting` is where it happened, as when a later meeting carries the follow-up over. An event
    that was a mistake is not taken away: another one names it in `undoes`, and it counts no more.

    Beside its `note` (a reason, what was answered) an event has what its kind tells: whom it was
    given to or who was urged (`unit`, `person`); the deadline it was extended `due_from` and
    `due_to`, the last days in time; the `product` with the paper's `number` and `issued_on`, a
    `link` to it, or a `figure` with its `measure`; as `value` how good the effect was, who accepted
    it, by which rule somebody was urged. `waived` are the rules that were set aside, with blanks
    between, for the reason in `note`: points, product, authority, parts, order.
    """

    seq: int = derived(0)
    id: str = ""
    created_at: str = ""
    followup: str | None = ref("followup")
    kind: str = "proposed"
    at: str = ""
    by: str = ""
    note: str = ""
    meeting: str | None = ref("meeting")
    undoes: str | None = ref("followup_event")
    unit: str | None = ref("unit")
    person: str | None = ref("person")
    due_from: str | None = None
    due_to: str | None = None
    product: str = ""
    number: str = ""
    issued_on: str | None = None
    link: str = ""
    figure: float | None = None
    measure: str = ""
    value: str = ""
    waived: str = ""


@dataclass(frozen=True, kw_only=True)
class NumberRequest(Row):
    """A paper that wants its official number, asked for on any machine. Written once.

    `kind` is a kind of paper of decree 30/2020 by its abbreviation (TB, QĐ), CV for a letter.
    """

    seq: int = derived(0)
    id: str = ""
    created_at: str = ""
    kind: str = "TB"
    subject: str = ""
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class RegisterEvent(Row):
    """Who holds the register of official numbers from when on. Written once.

    A term of holding begins with alone (a machine without a workspace), hand_over (written by who
    held it; `previous` is that term) or take_over; the highest `term`, then the highest id, is the
    present one, and `device` holds it. The holder says opened, of the term `previous`, before its
    first number. `upto` are the last numbers before, a line each: year, kind, number. An event
    counts where its stamp in `change` is that of the device that could say so (`office.register`).
    """

    seq: int = derived(0)
    id: str = ""
    created_at: str = ""
    kind: str = "take_over"
    term: int = 0
    device: str = ""
    previous: str | None = ref("register_event")
    upto: str = ""
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class OfficialNumber(Row):
    """The number that the register's holder gave to a request. Written once.

    It counts where its stamp in `change` is of the device that held the register in `term`, and no
    later term began below it (`office.register`).
    """

    seq: int = derived(0)
    id: str = ""
    created_at: str = ""
    request: str | None = ref("number_request")
    term: str | None = ref("register_event")
    kind: str = "TB"
    year: int = 0
    number: int = 0
    by: str = ""
