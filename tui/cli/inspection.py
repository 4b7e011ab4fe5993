"""thuky inspection: add, list, show, set, visit, finding, amend, drop."""

from dataclasses import replace

from office import inspections
from office.moments import parse_date
from schema.errors import N_
from schema.records import Finding, Inspection
from tui.cli.command import Argument, Group, Option, command, fields
from tui.cli.desk import Desk
from tui.words import _

inspection = Group(
    "inspection", N_("Kiểm tra: lập kế hoạch, đi kiểm tra, ghi điều thấy được về nhiệm vụ.")
)
ID = Argument("id", N_("MÃ"))
_FINDING = [option for option in fields(Finding) if option.name != "inspection"]


@command(inspection, "add", N_("Thêm một cuộc kiểm tra."), fields(Inspection, "title"))
def add(desk: Desk, cells: dict[str, str]) -> None:
    kept = inspections.keep(desk.store, Inspection(**desk.read(Inspection, cells)))
    desk.done(kept, N_("Đã thêm cuộc kiểm tra “{title}”."), title=kept.title)


@command(inspection, "list", N_("Liệt kê các cuộc kiểm tra, mới nhất trước."))
def list_(desk: Desk) -> None:
    def found(row: Inspection) -> str:
        return str(len(inspections.findings_of(desk.store, row.id)))

    also = {
        _("Giai đoạn"): lambda row: _(inspections.PHASES[inspections.phase(row)]),
        _("Điều thấy"): found,
    }
    rows = inspections.all_inspections(desk.store)
    desk.rows(Inspection, rows, "planned_on", "visited_on", "title", "unit", also=also)


@command(inspection, "show", N_("Xem một cuộc kiểm tra và những điều đã thấy."), ID)
def show(desk: Desk, id: str) -> None:
    row = desk.row(Inspection, id)
    found = inspections.findings_of(desk.store, row.id)
    if desk.common.json:
        desk.json(desk.facts(row) | {"findings": [desk.facts(finding) for finding in found]})
        return
    desk.record(row)
    if found:
        desk.rows(Finding, found, "seen_on", "result", "text", "followup", "evidence", "by")


@command(
    inspection, "set", N_("Sửa một cuộc kiểm tra; giá trị rỗng xóa ô."), ID, fields(Inspection)
)
def set_(desk: Desk, id: str, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        old = desk.row(Inspection, id)
        kept = inspections.keep(desk.store, replace(old, **desk.read(Inspection, cells)))
    desk.done(kept, N_("Đã sửa cuộc kiểm tra “{title}”."), title=kept.title)


@command(
    inspection,
    "visit",
    N_("Ghi là đã đi kiểm tra."),
    ID,
    Option("--on", N_("vào ngày này; mặc định là hôm nay"), N_("NGÀY")),
)
def visit(desk: Desk, id: str, on: str | None) -> None:
    day = parse_date(on, desk.today) if on else desk.today
    kept = inspections.visit(desk.store, desk.row(Inspection, id).id, day, desk.today)
    desk.done(kept, N_("Đã ghi ngày kiểm tra của “{title}”."), title=kept.title)


@command(
    inspection,
    "finding",
    N_("Ghi một điều thấy được ở cuộc kiểm tra, về một nhiệm vụ nếu có (--followup)."),
    ID,
    [option for option in fields(Finding, "text") if option.name != "inspection"],
)
def finding(desk: Desk, id: str, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        of = desk.row(Inspection, id)
        seen_on = of.visited_on or desk.today.isoformat()
        new = Finding(inspection=of.id, by=desk.store.local("name"), seen_on=seen_on)
        new = replace(new, **desk.read(Finding, cells))
        kept = inspections.keep_finding(desk.store, new)
    desk.done(kept, N_("Đã ghi điều thấy được: {text}"), text=kept.text)


@command(inspection, "amend", N_("Sửa một điều đã ghi; giá trị rỗng xóa ô."), ID, _FINDING)
def amend(desk: Desk, id: str, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        old = desk.row(Finding, id)
        kept = inspections.keep_finding(desk.store, replace(old, **desk.read(Finding, cells)))
    desk.done(kept, N_("Đã sửa điều thấy được: {text}"), text=kept.text)


@command(inspection, "drop", N_("Bỏ một điều đã ghi."), ID)
def drop(desk: Desk, id: str) -> None:
    kept = desk.store.delete(Finding, desk.row(Finding, id).id)
    desk.done(kept, N_("Đã bỏ điều thấy được: {text}"), text=kept.text)
