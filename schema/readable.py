"""The minutes as files for people: `2026-02-27-giao-ban-tuan-9-d0cd8a3d.md`.

Public entrance: `write_minutes`.
"""

from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from schema import texts
from schema.files import write_lines
from schema.records import Meeting
from schema.store import Store
from schema.viet import fold

TITLE_LENGTH = 60
ID_LENGTH = 8


def write_minutes(store: Store, folder: Path, held: AbstractSet[str], zone: tzinfo) -> int:
    """Write the minutes of every meeting that has some, but for those of `held`, into the new
    `folder` (mode 0700). Times are those of `zone`. Returns the number of files."""
    folder.mkdir(0o700)
    taken: set[str] = set()
    for meeting in store.live(Meeting, "id IN (SELECT id FROM text) ORDER BY id"):
        text = "" if meeting.id in held else texts.plain_text(store, meeting.id)
        if not text:
            continue
        start = _local(meeting.starts_at, zone)
        name = _file_name(meeting, start, taken)
        taken.add(name)
        when = f"{start:%H:%M %d/%m/%Y}" if start else ""
        where = _joined(" · ", when, meeting.place)
        head = _joined("\n\n", f"# {meeting.title}", where)
        write_lines(folder / name, [head, "", text.rstrip("\n")])
    return len(taken)


def _local(moment: str, zone: tzinfo) -> datetime | None:
    try:
        return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(zone)
    except (ValueError, OverflowError):
        return None


def _file_name(meeting: Meeting, start: datetime | None, taken: AbstractSet[str]) -> str:
    """Date, title and the end of the id, in letters that every file system takes."""
    words = _joined("-", *_letters(meeting.title).split("-"))[:TITLE_LENGTH].strip("-")
    end = _letters(meeting.id).replace("-", "")[-ID_LENGTH:]
    stem = _joined("-", f"{start:%Y-%m-%d}" if start else "", words, end)
    name, again = f"{stem}.md", 1
    while name in taken:
        again += 1
        name = f"{stem}-{again}.md"
    return name


def _letters(text: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in fold(text))


def _joined(separator: str, *parts: str) -> str:
    return separator.join(filter(None, parts))
