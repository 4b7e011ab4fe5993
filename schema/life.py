"""The life of a follow-up in SQL: what its row says of it is derived from its events, in whatever
order they came, and from its parts.

Public entrance: `STATE_AFTER`, `ENDED`, `HEARD`, `life_sql`, `derive_sql`, `life_before_sql`.
"""

from collections.abc import Iterable

# Which state an event leaves a follow-up in. Events not named here (a progress note, a reminder)
# leave the state as it was.
STATE_AFTER = {
    "proposed": "proposed",
    "assigned": "assigned",
    "taken": "in_progress",
    "started": "in_progress",
    "submitted": "submitted",
    "returned": "in_progress",
    "done": "done",
    "paused": "paused",
    "refused": "refused",
    "cancelled": "cancelled",
    "reopened": "in_progress",
}

ENDED = ("done", "cancelled")
"""States in which nothing more is to be done."""

HEARD = ("taken", "refused", "started", "progressed", "extension_asked", "submitted", "answered")
"""What whoever does it gives word of."""

# A follow-up that is proposed is so from the first, whatever was written down of it before that.
_TELLING = tuple(kind for kind in STATE_AFTER if kind != "proposed")
_DERIVED = "state, done_at, given_at, heard_at, urged_at, extensions, returns"
# What is decided of the whole counts over how far its parts are.
_SETTLED = "own.state IN ('done', 'cancelled', 'refused', 'paused')"
_ALL_CLOSED = "parts.open = 0 AND parts.done > 0"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


_STATE = " ".join(["CASE kind", *(f"WHEN '{k}' THEN '{s}'" for k, s in STATE_AFTER.items()), "END"])
_DONE_AT = "CASE kind WHEN 'done' THEN at END"


def _counting(followup: str, before: str = "") -> str:
    """The events of a follow-up that were not taken back; of them, and of what took some back, only
    what was `before` a moment."""
    then = f" AND at < {before}" if before else ""
    events = f"FROM followup_event WHERE followup = {followup}{then}"
    return f"{events} AND id NOT IN (SELECT undoes {events} AND undoes NOTNULL)"


def _last(what: str, counting: str) -> str:
    return (
        f"(SELECT {what} {counting} AND kind IN ({_listed(_TELLING)})"
        " ORDER BY at DESC, id DESC LIMIT 1)"
    )


def life_before_sql(followup: str, before: str) -> str:
    """SELECT's columns state, done_at, given_at, extensions and returns, as they were right before
    a moment (SQL, of a UTC time), of the follow-up whose id is the expression `followup`; of one
    that has parts by its own events alone."""
    counting = _counting(followup, before)
    columns = {
        "state": f"coalesce({_last(_STATE, counting)}, 'proposed')",
        "done_at": _last(_DONE_AT, counting),
        "given_at": f"(SELECT min(at) {counting} AND kind = 'assigned')",
        "extensions": f"(SELECT count(*) {counting} AND kind = 'extended')",
        "returns": f"(SELECT count(*) {counting} AND kind = 'returned')",
    }
    return ", ".join(f"{sql} AS {name}" for name, sql in columns.items())


def _life(followup: str) -> str:
    """A SELECT of the derived columns of the follow-up whose id is the expression `followup`."""
    counting = _counting(followup)
    return f"""SELECT
        CASE WHEN parts.n = 0 OR {_SETTLED} THEN own.state
            WHEN {_ALL_CLOSED} THEN 'done'
            WHEN parts.begun > 0 THEN 'in_progress' ELSE own.state END,
        CASE WHEN parts.n = 0 OR {_SETTLED} THEN own.done_at
            WHEN {_ALL_CLOSED} THEN parts.done_at END,
        own.given_at, own.heard_at, own.urged_at, own.extensions, own.returns
    FROM (
        SELECT coalesce({_last(_STATE, counting)}, 'proposed') AS state,
            {_last(_DONE_AT, counting)} AS done_at,
            min(at) FILTER (WHERE kind = 'assigned') AS given_at,
            max(at) FILTER (WHERE kind IN ({_listed(HEARD)})) AS heard_at,
            max(at) FILTER (WHERE kind = 'reminded') AS urged_at,
            count(*) FILTER (WHERE kind = 'extended') AS extensions,
            count(*) FILTER (WHERE kind = 'returned') AS returns
        {counting}
    ) own, (
        SELECT count(*) AS n,
            count(*) FILTER (WHERE state NOT IN ({_listed(ENDED)})) AS open,
            count(*) FILTER (WHERE state = 'done') AS done,
            count(*) FILTER (WHERE state NOT IN ('proposed', 'assigned')) AS begun,
            max(done_at) AS done_at
        FROM followup WHERE parent = {followup} AND role = 'part' AND deleted_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM followup WHERE id = {followup} AND role = 'part')
    ) parts"""


def derive_sql(followup: str = "followup.id") -> str:
    """What derives the life of one follow-up, or of all, from their events and parts."""
    return f"UPDATE followup SET ({_DERIVED}) = ({_life(followup)}) WHERE id = {followup}"


def _derive_whole(row: str) -> str:
    # A part has no parts (as `_life` has it), so that no circle of parents is gone round.
    return f"{derive_sql(f'{row}.parent')} AND role <> 'part'"


def life_sql(own: str) -> list[str]:
    """The triggers; `own` is the condition that a person writes, not another machine."""
    held = ", ".join(f"NEW.{name}" for name in _DERIVED.split(", "))
    return [
        f"""CREATE TRIGGER "followup_event_state" AFTER INSERT ON followup_event BEGIN
    {derive_sql("NEW.followup")};
END""",
        f"""CREATE TRIGGER "followup_state" AFTER INSERT ON followup BEGIN
    {derive_sql("NEW.id")};
    {_derive_whole("NEW")};
END""",
        f"""CREATE TRIGGER "followup_part" AFTER UPDATE OF state, done_at, parent, role, deleted_at
ON followup WHEN OLD.role = 'part' OR NEW.role = 'part' BEGIN
    {_derive_whole("OLD")};
    {_derive_whole("NEW")};
END""",
        f"""CREATE TRIGGER "followup_role" AFTER UPDATE OF role ON followup
WHEN OLD.role <> NEW.role BEGIN
    {derive_sql("NEW.id")};
END""",
        f"""CREATE TRIGGER "followup_state_update" BEFORE UPDATE OF {_DERIVED} ON followup
WHEN {own} AND ({held}) IS NOT ({_life("NEW.id")}) BEGIN
    SELECT RAISE(ABORT, 'thuky: a state follows from followup_event; insert an event');
END""",
    ]
