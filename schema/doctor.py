"""Examining a database and mending what can be mended safely.

Public entrance: `examine(store)`, `mend(store)`, both giving `Finding`s. What is examined and what
is mended are the tables `CHECKS` and `MENDERS`.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from schema import texts
from schema.database import backup
from schema.document import Document
from schema.errors import N_, ThukyError
from schema.records import Text
from schema.search_index import index_trouble, remake, wrong
from schema.shape import How, Kind, Part, build, differences
from schema.store import Store
from schema.tables import TABLES, renote_sql

LOW_SPACE_BYTES = 100_000_000
FAR_AHEAD_MS = 3_600_000
NAMED = 5  # how many rows one sentence names

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a database that a person should know.

    `code` stays the same in every version and language; `words` is a Vietnamese msgid that may
    name `fields` in braces.
    """

    code: str
    severity: Severity
    words: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.words.format(**self.fields)


def examine(store: Store) -> list[Finding]:
    """All that is wrong with the database, or about to be; an empty list where nothing is.

    Reads only, and never raises for what the file holds: a part that cannot be read is a finding.
    """
    found: list[Finding] = []
    for check, part in CHECKS:
        try:
            for finding in check(store):
                found.append(finding)  # noqa: PERF402 - those before an error count
        except Exception as error:  # a damaged file may hold anything
            words = N_("Không kiểm tra hết được phần {part}: {reason}.")
            found.append(Finding("unreadable", "error", words, {"part": part, "reason": error}))
    return found


def mend(store: Store) -> list[Finding]:
    """Mend what can be mended without losing anything, all of it or nothing; says what was done.

    The file is copied beside itself before anything that matters is changed, and a damaged one is
    not written to. Raises ThukyError where the copy or the mending could not be written.
    """
    found = examine(store)
    codes = {finding.code for finding in found}
    # Where a table or column is missing, what reads it fails on a sound file too.
    unread = "unreadable" in codes and not codes & {"table_missing", "column_missing"}
    if unread or "damaged" in codes:
        words = N_("Tệp bị hỏng nên không sửa gì; hãy mở bản sao lưu gần nhất.")
        return [Finding("not_mended", "error", words)]
    ill = [f for f in found if f.code in MENDERS]
    done: list[Finding] = []
    if any(f.severity == "error" for f in ill):
        stamp = datetime.fromtimestamp(store.clock(), UTC).strftime("%Y%m%dT%H%M%S%f")
        copy = store.path.with_name(f"{store.path.name}.mend-{stamp}.backup")
        backup(store.connection, copy)
        words = N_("Đã sao lưu tệp, như trước khi sửa, vào {path}.")
        done.append(Finding("backup", "info", words, {"path": copy}))
    with store.transaction():
        for finding in ill:
            mender, words = MENDERS[finding.code]
            mender(store, finding)
            done.append(Finding(finding.code, "info", words, finding.fields))
        if codes & SILENT and (count := _note_missed(store)):
            words = N_("Đã ghi nhận {count} thay đổi bị bỏ sót.")
            done.append(Finding("noted", "info", words, {"count": count}))
    return done


# Examining


def the_file(store: Store) -> Iterator[Finding]:
    path, size = store.path, store.path.stat().st_size
    beside = [path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm")]
    backups = (p for p in path.parent.glob("*.backup") if p.name.startswith(f"{path.name}."))
    for each in (path, *beside, *sorted(backups)):
        if os.name == "posix" and each.exists() and each.stat().st_mode & 0o077:
            words = N_("Người dùng khác trên máy này đọc được tệp {path}.")
            yield Finding("mode", "warning", words, {"path": each})
    free = shutil.disk_usage(path.parent).free
    if free < max(LOW_SPACE_BYTES, 2 * size):
        words = N_("Đĩa sắp đầy: chỉ còn {free} MB.")
        yield Finding("space", "warning", words, {"free": free // 1_000_000})


def the_pages(store: Store) -> Iterator[Finding]:
    for (line,) in store.connection.execute("PRAGMA quick_check(20)"):
        if line != "ok":
            yield Finding("damaged", "error", N_("Tệp bị hỏng: {reason}."), {"reason": line})


SHAPES: dict[tuple[Kind, How], str] = {
    ("table", "missing"): N_("Thiếu bảng {name}."),
    ("table", "different"): N_("Bảng {name} khác với khai báo."),
    ("column", "missing"): N_("Thiếu cột {name}."),
    ("column", "different"): N_("Cột {name} khác với khai báo."),
    ("column", "unknown"): N_("Cột {name} không có trong khai báo nên không được đồng bộ."),
    ("index", "missing"): N_("Thiếu chỉ mục {name}."),
    ("index", "different"): N_("Chỉ mục {name} khác với khai báo."),
    ("trigger", "missing"): N_("Thiếu trigger {name}."),
    ("trigger", "different"): N_("Trigger {name} khác với khai báo."),
    ("trigger", "unknown"): N_("Trigger {name} không phải của Thư Ký."),
}


def the_shape(store: Store) -> Iterator[Finding]:
    for how, part in differences(store.connection):
        if words := SHAPES.get((part.kind, how)):
            severity: Severity = "warning" if how == "unknown" else "error"
            yield Finding(f"{part.kind}_{how}", severity, words, part._asdict())


def the_clock(store: Store) -> Iterator[Finding]:
    row = store.connection.execute("SELECT hlc, applying FROM clock").fetchone()
    if row is None:
        words = N_("Thiếu đồng hồ của máy nên thay đổi không được ghi nhận.")
        yield Finding("clock_missing", "error", words)
        return
    hlc, applying = row
    if applying:
        yield Finding("applying", "error", N_("Việc ghi nhận thay đổi đang bị tắt."))
    ahead = (hlc >> 16) - int(store.clock() * 1000)
    if ahead > FAR_AHEAD_MS:
        words = N_("Đồng hồ máy này chậm {minutes} phút so với thay đổi mới nhất đã ghi.")
        yield Finding("skew", "warning", words, {"minutes": ahead // 60_000})


def the_references(store: Store) -> Iterator[Finding]:
    for table in TABLES:
        for column in table.columns:
            if column.ref is None:
                continue
            rows = store.connection.execute(
                f'SELECT id FROM "{table.name}" WHERE "{column.name}" IS NOT NULL'
                f' AND "{column.name}" NOT IN (SELECT id FROM "{column.ref}") ORDER BY id'
            )
            if ids := [row[0] for row in rows]:
                words = N_("{count} dòng của bảng {table} có {column} trỏ tới nơi không có: {ids}.")
                fields = {"count": len(ids), "table": table.name, "column": column.name}
                named = ", ".join(ids[:NAMED]) + (" …" if ids[NAMED:] else "")
                yield Finding("orphan", "error", words, {**fields, "ids": named})


def the_texts(store: Store) -> Iterator[Finding]:
    for text in store.select(Text, "ORDER BY id"):
        document, fields = Document(), {"text": text.id}
        rows = texts.updates_since(store, text.id, 0)
        broken = texts.take_in(document, [row for row in rows if row.seq <= text.plain_upto])
        then = document.text
        broken += texts.take_in(document, [row for row in rows if row.seq > text.plain_upto])
        for row in broken:
            words = N_("Không đọc được phần {update} của văn bản {text}; các phần khác còn nguyên.")
            yield Finding("update_unreadable", "error", words, {**fields, "update": row.id})
        if document.waiting:
            words = N_("Văn bản {text} còn chờ những phần chưa tới từ máy khác.")
            yield Finding("text_waiting", "warning", words, fields)
        if broken:
            continue
        if text.plain != then:
            words = N_("Bản chữ của văn bản {text} khác với những gì đã gõ.")
            yield Finding("text_different", "error", words, fields)
        elif document.text != then:
            words = N_("Bản chữ của văn bản {text} chưa theo kịp những gì đã gõ.")
            yield Finding("text_behind", "info", words, fields)


def the_search(store: Store) -> Iterator[Finding]:
    try:
        with index_trouble(store):
            count = wrong(store)
    except ThukyError as error:
        yield Finding("search_broken", "error", error.words, error.fields)
        return
    if count:
        words = N_("Chỉ mục tìm kiếm khác với dữ liệu ở {count} chỗ.")
        yield Finding("search_wrong", "warning", words, {"count": count})


CHECKS: tuple[tuple[Callable[[Store], Iterator[Finding]], str], ...] = (
    (the_file, "file"),
    (the_pages, "quick_check"),
    (the_shape, "schema"),
    (the_clock, "clock"),
    (the_references, "references"),
    (the_texts, "texts"),
    (the_search, "search"),
)


# Mending


def _close_to_others(_: Store, finding: Finding) -> None:
    finding.fields["path"].chmod(0o600)


def _build(store: Store, finding: Finding) -> None:
    build(store.connection, Part(**finding.fields))


def _new_clock(store: Store, _: Finding) -> None:
    # Another device than before: its stamps must never be given twice.
    device = store.randomness(8).hex()
    store.connection.execute(
        "INSERT INTO clock (id, device, hlc) SELECT 1, ?, coalesce(max(hlc), 0) FROM change",
        (device,),
    )


def _note_again(store: Store, _: Finding) -> None:
    store.connection.execute("UPDATE clock SET applying = 0")


def _rewrite(store: Store, finding: Finding) -> None:
    texts.refresh(store, finding.fields["text"])


def _remake_index(store: Store, _: Finding) -> None:
    remake(store)


Mender = Callable[[Store, Finding], None]
MENDERS: dict[str, tuple[Mender, str]] = {
    "mode": (_close_to_others, N_("Đã khóa tệp {path} với người dùng khác.")),
    "table_missing": (_build, N_("Đã tạo lại bảng {name}.")),
    "column_missing": (_build, N_("Đã thêm lại cột {name}.")),
    "index_missing": (_build, N_("Đã tạo lại chỉ mục {name}.")),
    "index_different": (_build, N_("Đã tạo lại chỉ mục {name}.")),
    "trigger_missing": (_build, N_("Đã tạo lại trigger {name}.")),
    "trigger_different": (_build, N_("Đã tạo lại trigger {name}.")),
    "clock_missing": (_new_clock, N_("Đã đặt lại đồng hồ của máy.")),
    "applying": (_note_again, N_("Đã bật lại việc ghi nhận thay đổi.")),
    "text_different": (_rewrite, N_("Đã viết lại bản chữ của văn bản {text} từ những gì đã gõ.")),
    "text_behind": (_rewrite, N_("Đã viết lại bản chữ của văn bản {text} từ những gì đã gõ.")),
    "search_broken": (_remake_index, N_("Đã bỏ chỉ mục tìm kiếm cũ; lần tìm sau sẽ lập lại.")),
    "search_wrong": (_remake_index, N_("Đã bỏ chỉ mục tìm kiếm cũ; lần tìm sau sẽ lập lại.")),
}
# Where one of these was found, writes may have gone by unnoted.
SILENT = {"trigger_missing", "trigger_different", "clock_missing", "applying"}


def _note_missed(store: Store) -> int:
    """Note what differs from what was noted last. Returns how many changes that were."""
    query = store.connection.execute
    before = query("SELECT count(*) FROM change").fetchone()[0]
    for table in TABLES:
        for statement in renote_sql(table):
            query(statement)
    return int(query("SELECT count(*) FROM change").fetchone()[0]) - int(before)
