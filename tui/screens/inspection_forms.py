"""Forms for an inspection and for what was seen at one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from office import inspections
from office.labels import FINDINGS
from office.moments import day_of, parse_date, show_date
from schema.errors import N_, ThukyError
from schema.records import Finding, Followup, Inspection
from schema.viet import fold, initials
from tui import queries
from tui.graphemes import cut
from tui.screens.form_page import FormPage, Saved, WrongError
from tui.screens.pickers import DirectoryField, choice, person_in, unit_in
from tui.widgets.field import Field
from tui.widgets.form import FormRow, pick
from tui.widgets.pick import PickField, Suggestion
from tui.words import _

_NAME = 50
_MOST_OFFERED = 5
_MOST_TASKS = 2000


class _DatedForm(FormPage):
    """A form whose rows that end in `_on` are days."""

    def day(self, name: str, value: str) -> str | None:
        """A day as it is kept. Raises WrongError."""
        try:
            return parse_date(value, self.office.today()).isoformat() if value else None
        except ThukyError as error:
            raise WrongError(name, error) from error

    def understood(self, name: str, value: str) -> str:
        if not (name.endswith("_on") and value):
            return ""
        return show_date(parse_date(value, self.office.today()))


def _shown(kept: str | None) -> str:
    day = day_of(kept)
    return show_date(day) if day else kept or ""


class InspectionForm(_DatedForm):
    """Returns the id of the inspection that was saved."""

    HELP = N_(
        "Kế hoạch của một cuộc kiểm tra. Thành viên cách nhau bằng dấu chấm phẩy. Khi đã có kết"
        " luận thì ghi vào ô cuối."
    )

    def __init__(self, inspection: Inspection | None = None) -> None:
        id = f":{inspection.id}" if inspection else ""
        super().__init__(f"draft:inspection{id}")
        self._inspection = inspection

    def heading(self) -> str:
        return _("Sửa cuộc kiểm tra") if self._inspection else _("Cuộc kiểm tra mới")

    def rows(self) -> Iterable[FormRow]:
        self._directory = directory = queries.directory(self.office.store)
        row = self._inspection or Inspection()
        members = "; ".join(row.members.splitlines())
        texts = {"title": _("Tên"), "plan": _("Nội dung"), "conclusion": _("Kết luận")}
        days = {"planned_on": _("Dự kiến ngày"), "visited_on": _("Đã đi ngày")}
        yield FormRow("title", texts["title"], Field(row.title, compact=True), wide=True)
        yield FormRow("unit", _("Đơn vị"), DirectoryField(directory, "unit", row.unit))
        yield FormRow("head", _("Trưởng đoàn"), DirectoryField(directory, "person", row.head))
        yield FormRow("members", _("Thành viên"), Field(members, compact=True), wide=True)
        yield FormRow("number", _("Số quyết định"), Field(row.number, compact=True))
        issued = Field(_shown(row.issued_on), compact=True)
        yield FormRow("issued_on", _("Ngày quyết định"), issued)
        for name, words in days.items():
            yield FormRow(name, words, Field(_shown(getattr(row, name)), compact=True))
        for name in ("plan", "conclusion"):
            yield FormRow(name, texts[name], Field(getattr(row, name), compact=True), wide=True)

    def save(self, values: dict[str, str]) -> Saved:
        store, rows = self.office.store, self.form.rows
        if not values["title"]:
            raise WrongError("title", ThukyError(N_("Cuộc kiểm tra chưa có tên; chưa ghi gì.")))
        visited = self.day("visited_on", values["visited_on"])
        if visited and visited > self.office.today().isoformat():
            error = ThukyError(N_("Ngày {day} chưa đến; chưa ghi gì."), day=_shown(visited))
            raise WrongError("visited_on", error)
        with store.transaction():
            members = (member.strip() for member in values["members"].split(";"))
            new = replace(
                self._inspection or Inspection(),
                unit=unit_in(rows["unit"], store, self._directory),
                head=person_in(rows["head"], store, self._directory),
                members="\n".join(filter(None, members)),
                title=values["title"],
                number=values["number"],
                issued_on=self.day("issued_on", values["issued_on"]),
                planned_on=self.day("planned_on", values["planned_on"]),
                visited_on=visited,
                plan=values["plan"],
                conclusion=values["conclusion"],
            )
            kept = inspections.keep(store, new)
        return Saved(kept.id, _("Đã lưu “{title}”.").format(title=kept.title))


class FindingForm(_DatedForm):
    """What was seen at an inspection; returns its id."""

    HELP = N_(
        "Một điều thấy được: chữ, đánh giá, bằng chứng (văn bản, tệp, liên kết). Nhiệm vụ: gõ vài"
        " chữ của việc rồi chọn; những việc của đơn vị được kiểm tra."
    )

    def __init__(self, inspection: Inspection, finding: Finding | None = None) -> None:
        of = finding.id if finding else f"new:{inspection.id}"
        super().__init__(f"draft:finding:{of}")
        self._inspection = inspection
        self._finding = finding

    def heading(self) -> str:
        return _("Sửa điều thấy được") if self._finding else _("Điều thấy được")

    def rows(self) -> Iterable[FormRow]:
        today = self.office.today().isoformat()
        seen_on = self._inspection.visited_on or today
        usual = Finding(by=self.office.author, seen_on=seen_on)
        row = self._finding or usual
        yield FormRow("text", _("Điều thấy được"), Field(row.text, compact=True), wide=True)
        yield FormRow("result", _("Đánh giá"), choice(FINDINGS, row.result))
        yield FormRow("followup", _("Nhiệm vụ"), self._task_field(row), wide=True)
        yield FormRow("evidence", _("Bằng chứng"), Field(row.evidence, compact=True), wide=True)
        yield FormRow("seen_on", _("Ngày thấy"), Field(_shown(row.seen_on), compact=True))
        yield FormRow("by", _("Người ghi"), Field(row.by, compact=True))

    def _task_field(self, row: Finding) -> PickField:
        store = self.office.store
        tasks = inspections.may_be_of(store, self._inspection.unit, _MOST_TASKS)
        there = store.find(Followup, row.followup)
        offered = [_suggestion(task) for task in tasks]

        def suggest(typed: str) -> Sequence[Suggestion]:
            wanted = fold(typed.strip())
            found = (
                s
                for s in offered
                if wanted in fold(s.label) or initials(s.label).startswith(wanted)
            )
            return list(islice(found, _MOST_OFFERED))

        return PickField(suggest, picked=_suggestion(there) if there else None, compact=True)

    def save(self, values: dict[str, str]) -> Saved:
        if not values["text"]:
            raise WrongError("text", ThukyError(N_("Hãy ghi điều thấy được; chưa ghi gì.")))
        followup = pick(self.form.rows["followup"].control) or None
        if values["followup"] and not followup:
            words = N_("Hãy chọn một nhiệm vụ trong danh sách, hoặc để trống; chưa ghi gì.")
            raise WrongError("followup", ThukyError(words))
        new = replace(
            self._finding or Finding(inspection=self._inspection.id),
            followup=followup,
            text=values["text"],
            result=values["result"],
            evidence=values["evidence"],
            by=values["by"],
            seen_on=self.day("seen_on", values["seen_on"]),
        )
        kept = inspections.keep_finding(self.office.store, new)
        return Saved(kept.id, _("Đã lưu “{title}”.").format(title=cut(kept.text, _NAME)))


def _suggestion(task: Followup) -> Suggestion:
    day = day_of(task.due)
    return Suggestion(task.id, " · ".join(filter(None, (task.work, show_date(day) if day else ""))))
