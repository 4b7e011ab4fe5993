"""A database as a folder of readable files, and back. Public entrance: `export_to`, `import_from`.

The folder holds a JSON-lines file for each table (`meeting.jsonl`: an object for each row, with
its columns by name, bytes as `{"$b64": "..."}`), the minutes as `minutes/*.md` for people, and,
written last, `manifest.json` with the version of the format and each table's number of rows. For
the same content it is the same, byte for byte: rows are in the order of their ids, and what a
machine derives or counts for itself is left out.
"""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any, Literal

from schema import texts
from schema.errors import N_, ThukyError
from schema.files import new_folder, write_lines
from schema.readable import write_minutes
from schema.secrecy import withheld
from schema.seeds import is_untouched
from schema.store import Store
from schema.tables import BY_NAME, TABLES, Column, Table

FORMAT = 1
MANIFEST = "manifest.json"
VIETNAM = timezone(timedelta(hours=7))

Cells = dict[str, Any]
Outcome = Literal["added", "same", "kept"]

# Out


def export_to(store: Store, folder: Path, *, zone: tzinfo = VIETNAM) -> dict[str, int]:
    """Write the database, as it is at one moment, into the new or empty `folder`.

    Meetings with a state-secret grade stay out, with all that belongs to them (`schema.secrecy`).
    The minutes' files bear the dates of `zone`. Returns the number of rows by table, of the files
    of `minutes`, and of the meetings `left_out`. Raises ThukyError where `folder` holds something
    or cannot be written; then nothing is left of the export.
    """
    with new_folder(folder) as draft, store.snapshot():
        held = withheld(store)
        rows: dict[str, int] = {}
        for table in TABLES:
            lines = (_line(cells) for cells in _rows(store, table, held[table.name]))
            rows[table.name] = write_lines(draft / _file(table), lines)
        minutes = write_minutes(store, draft / "minutes", held["meeting"], zone)
        manifest = {"format": FORMAT, "rows": rows}
        write_lines(draft / MANIFEST, [json.dumps(manifest, indent=2)])
    return {**rows, "minutes": minutes, "left_out": len(held["meeting"])}


def _file(table: Table) -> str:
    return f"{table.name}.jsonl"


def _rows(store: Store, table: Table, held: set[str]) -> Iterator[Cells]:
    names = ("id", *table.synced)
    listed = ", ".join(f'"{name}"' for name in names)
    for row in store.connection.execute(f'SELECT {listed} FROM "{table.name}" ORDER BY id'):
        if row[0] not in held:
            yield dict(zip(names, row, strict=True))


def _line(cells: Cells) -> str:
    return json.dumps(cells, ensure_ascii=False, default=_bytes)


def _bytes(value: bytes) -> dict[str, str]:
    return {"$b64": base64.b64encode(value).decode()}


# In


def import_from(store: Store, folder: Path) -> dict[Outcome, int]:
    """Bring an exported folder into a database, empty or not: all of it, or nothing.

    A row whose id is new is `added`, and so is one that stands here only as it was seeded. One that
    is here already and alike is the `same`. One that is here and different stays as it is here
    (`kept`): an import never overwrites what somebody wrote. Texts lose nothing by it, since their
    updates are rows of their own. Returns the number of rows of each kind.
    Raises ThukyError, naming file and line, for what is not as `export_to` writes it.
    """
    rows = _manifest(folder / MANIFEST)
    counts: dict[Outcome, int] = {"added": 0, "same": 0, "kept": 0}
    with store.transaction():
        for name, expected in rows.items():
            table, found = BY_NAME[name], 0
            for cells in _read(folder / _file(table), table):
                counts[_bring(store, table, cells)] += 1
                found += 1
            if found != expected:
                raise ThukyError(
                    N_("{file} có {found} dòng, đáng lẽ {expected}: bản xuất thiếu. Chưa nhập gì."),
                    file=_file(table),
                    found=found,
                    expected=expected,
                )
        behind = store.connection.execute(
            "SELECT DISTINCT t.id FROM text t JOIN text_update u ON u.text = t.id"
            " WHERE u.seq > t.plain_upto"
        )
        for (text,) in behind.fetchall():
            texts.refresh(store, text)
    return counts


def _manifest(path: Path) -> dict[str, int]:
    """The number of rows of each table in the folder."""
    try:
        manifest = json.loads(path.read_bytes())
        if (version := int(manifest["format"])) > FORMAT:
            words = N_(
                "{folder} do phiên bản Thư Ký mới hơn xuất (dạng {version}, bản này đọc được đến "
                "{known}). Chưa nhập gì; hãy cập nhật Thư Ký."
            )
            raise ThukyError(words, folder=path.parent, version=version, known=FORMAT)
        rows = dict(manifest["rows"])
        if rows.keys() <= BY_NAME.keys():
            return {name: int(rows[name]) for name in BY_NAME if name in rows}
    except OSError as error:
        raise _unreadable(path, error) from error
    except (ValueError, TypeError, LookupError, RecursionError):
        pass
    raise ThukyError(N_("{path} không phải bảng kê của một bản xuất. Chưa nhập gì."), path=path)


def _read(path: Path, table: Table) -> Iterator[Cells]:
    """The rows in a table's file, in the types of their columns."""
    columns = {column.name: column for column in table.columns if not column.derived}
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                try:
                    cells = json.loads(line, object_hook=_from_bytes)
                except (ValueError, TypeError, RecursionError):
                    cells = None
                if problem := _problem(cells, columns):
                    words, name = problem
                    raise ThukyError(words, file=path.name, line=number, name=name)
                yield cells
    except OSError as error:
        raise _unreadable(path, error) from error


def _problem(cells: object, columns: Mapping[str, Column]) -> tuple[str, str] | None:
    """What keeps `cells` from being a row of these columns, and of which column it is said."""
    if not isinstance(cells, dict) or "id" not in cells:
        return N_("{file}, dòng {line}: không phải một bản ghi có id. Chưa nhập gì."), ""
    for name, value in cells.items():
        if (column := columns.get(name)) is None:
            return N_("{file}, dòng {line}: không có cột nào tên {name}. Chưa nhập gì."), name
        if (column.required or value is not None) and not FITS[column.type](value):
            return N_("{file}, dòng {line}: giá trị của {name} sai kiểu. Chưa nhập gì."), name
    return None


def _from_bytes(value: Cells) -> Cells | bytes:
    if value.keys() == {"$b64"}:
        return base64.b64decode(value["$b64"], validate=True)
    return value


def _is_text(value: object) -> bool:
    # JSON can name half of a character, which is no text.
    return isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value)


def _is_integer(value: object) -> bool:
    return type(value) is int and -(2**63) <= value < 2**63


FITS: dict[str, Callable[[object], bool]] = {
    "TEXT": _is_text,
    "INTEGER": _is_integer,
    "REAL": lambda value: _is_integer(value) or (type(value) is float and value == value),
    "BLOB": lambda value: isinstance(value, bytes),
}


def _bring(store: Store, table: Table, cells: Cells) -> Outcome:
    names = ", ".join(f'"{name}"' for name in cells)
    here = store.connection.execute(
        f'SELECT {names} FROM "{table.name}" WHERE id = ?', (cells["id"],)
    ).fetchone()
    if here == tuple(cells.values()):
        return "same"
    if here is not None:
        if not is_untouched(store.connection, table.name, cells["id"]):
            return "kept"
        changed = ", ".join(f'"{name}" = ?' for name in cells)
        store.connection.execute(
            f'UPDATE "{table.name}" SET {changed} WHERE id = ?', (*cells.values(), cells["id"])
        )
        return "added"
    marks = ", ".join("?" * len(cells))
    store.connection.execute(
        f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', tuple(cells.values())
    )
    return "added"


def _unreadable(path: Path, error: OSError) -> ThukyError:
    return ThukyError(
        N_("Không đọc được {path} ({reason}). Chưa nhập gì."), path=path, reason=error.strerror
    )
