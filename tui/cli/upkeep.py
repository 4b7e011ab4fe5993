"""thuky doctor, backup: looking after the database as a whole."""

from pathlib import Path

from schema.database import backup as copy_database
from schema.errors import N_, ThukyError
from tui.cli.command import Argument, Command, Option
from tui.cli.desk import Desk
from tui.graphemes import visible
from tui.words import _, tell


def _doctor(desk: Desk, mending: bool) -> int:
    from schema.doctor import examine, mend

    store = desk.open(must_exist=True)
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
    for finding in () if desk.common.json else told:
        desk.say(f"{_(SEVERITIES[finding['severity']])}: {visible(finding['message'])}")
    if not told and not desk.common.json:
        desk.say(_("Cơ sở dữ liệu lành lặn."))
    return int(any(finding.severity == "error" for finding in found))


def _backup(desk: Desk, file: str) -> None:
    target = Path(file)
    copy_database(desk.open(must_exist=True).connection, target)
    if desk.common.json:
        desk.json({"path": str(target), "bytes": target.stat().st_size})
    else:
        desk.say(visible(_("Đã sao lưu vào {path}.").format(path=target)))


SEVERITIES = {"error": N_("Lỗi"), "warning": N_("Cảnh báo"), "info": N_("Thông tin")}
FOLDER = Argument("folder", N_("THƯ_MỤC"))

doctor = Command(
    "doctor",
    N_("Khám cơ sở dữ liệu và nói những gì thấy được; có lỗi thì mã thoát là 1."),
    callback=_doctor,
    params=[
        Option("--mend mending", N_("sửa những gì sửa được mà không mất gì"), is_flag=True),
    ],
)
backup = Command(
    "backup",
    N_("Sao lưu cả cơ sở dữ liệu vào một tệp mới."),
    callback=_backup,
    params=[Argument("file", N_("TỆP"))],
)
