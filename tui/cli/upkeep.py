"""thuky doctor, backup, export: looking after the database as a whole."""

from pathlib import Path

import click

from schema.database import backup as copy_database
from schema.errors import N_, ThukyError
from schema.tables import TABLES
from tui.cli.command import Argument, Command, Option
from tui.cli.desk import Desk
from tui.words import _, tell

SEVERITIES = {"error": N_("Lỗi"), "warning": N_("Cảnh báo"), "info": N_("Thông tin")}


def _doctor(desk: Desk, mending: bool) -> int:
    from schema.doctor import examine, mend

    store = desk.open(must_exist=True, damaged_too=True)
    done = mend(store) if mending else []
    found = examine(store)
    told = [
        {
            "code": finding.code,
            "severity": finding.severity,
            "message": tell(ThukyError(finding.words, **finding.fields)),
        }
        for finding in (*done, *found)
    ]
    if desk.common.json:
        desk.json(told)
    elif not told:
        desk.say(_("Cơ sở dữ liệu lành lặn."))
    else:
        for finding in told:
            desk.say(f"{_(SEVERITIES[finding['severity']])}: {finding['message']}")
    return int(any(finding.severity == "error" for finding in (*done, *found)))


def _backup(desk: Desk, file: str) -> None:
    target = Path(file).expanduser()
    copy_database(desk.open(must_exist=True).connection, target)
    size = target.stat().st_size
    desk.answer({"path": str(target), "bytes": size}, N_("Đã sao lưu vào {path}."))


def _export(desk: Desk, folder: str) -> None:
    from schema.exchange import export_to

    target = Path(folder).expanduser()
    counts = export_to(desk.open(must_exist=True), target)
    rows = sum(counts[table.name] for table in TABLES)
    if counts["left_out"]:
        desk.notice(N_("Không xuất {count} cuộc họp mang độ mật."), count=counts["left_out"])
    desk.answer(
        counts,
        N_("Đã xuất {rows} dòng và {minutes} biên bản vào {folder}."),
        rows=rows,
        folder=target,
    )


doctor = Command(
    "doctor",
    N_("Khám cơ sở dữ liệu và nói những gì thấy được; có lỗi thì mã thoát là 1."),
    callback=_doctor,
    params=[Option("--mend mending", N_("sửa những gì sửa được mà không mất gì"), is_flag=True)],
)
backup = Command(
    "backup",
    N_("Sao lưu cả cơ sở dữ liệu vào một tệp mới."),
    callback=_backup,
    params=[Argument("file", N_("TỆP"), type=click.Path())],
)
export = Command(
    "export",
    N_("Xuất mọi thứ ra một thư mục mới: JSON từng dòng, biên bản dạng .md."),
    callback=_export,
    params=[Argument("folder", N_("THƯ_MỤC"), type=click.Path())],
)
