"""What the process that syncs writes down beside the database. Public entrance: `Diary`, `diary`.

It is read at every start of the app, so nothing is imported for it that is not there anyway.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from schema.errors import ThukyError

EVENTS, POLLING = "events", "polling"


@dataclass(slots=True)
class Diary:
    """Written each time it changes. Times are UTC.

    `since` is when syncing began to fail, `failure` why, as a sentence, which `words` and `named`
    make in other languages and `kind` names. `behind` is how many segments of each device's log are
    in the folder and not applied here. While a first sync is under way, `changes` is how many came
    so far, and `reached` how much of all that is (0 to 1); otherwise `reached` is nothing.
    """

    watch: str = POLLING
    last_push: str | None = None
    last_pull: str | None = None
    since: str | None = None
    failure: str | None = None
    kind: str = ""
    words: str = ""
    named: dict[str, str] = field(default_factory=dict)
    behind: dict[str, int] = field(default_factory=dict)
    changes: int = 0
    reached: float | None = None

    def fail(self, error: ThukyError | None, now: str) -> None:
        """Note what went wrong, or that nothing did."""
        self.since = (self.since or now) if error else None
        self.failure = str(error) if error else None
        self.kind = type(error).__name__ if error else ""
        self.words = error.words if error else ""
        self.named = {k: str(v) for k, v in error.fields.items()} if error else {}

    @property
    def error(self) -> ThukyError | None:
        """What went wrong, for whoever tells it in the person's language."""
        return ThukyError(self.words, **self.named) if self.failure else None

    def write(self, database: Path) -> None:
        """What cannot be written down is no reason to stop."""
        path = diary_path(database)
        draft = path.with_name(f"{path.name}.tmp")
        with suppress(OSError):
            draft.write_text(json.dumps(asdict(self), ensure_ascii=False), "utf-8")
            draft.replace(path)


def diary_path(database: Path) -> Path:
    return database.with_name(f"{database.name}.sync")


def diary(database: Path) -> Diary:
    """What was written last; an empty one where that cannot be read."""
    try:
        said = json.loads(diary_path(database).read_text("utf-8"))
        found = Diary(**{f.name: said[f.name] for f in fields(Diary) if f.name in said})
    except (OSError, ValueError, TypeError):
        return Diary()
    return found if _is_whole(found) else Diary()


def _is_whole(found: Diary) -> bool:
    """Whether each value is of its kind: a file may have been changed by anything."""
    kinds: dict[str, Any] = {"named": dict, "behind": dict, "changes": int, "reached": float | int}
    empty = Diary()
    for name in (f.name for f in fields(Diary)):
        value = getattr(found, name)
        if value != getattr(empty, name) and not isinstance(value, kinds.get(name, str)):
            return False
    return True
