"""Mending one row of an import, and saying where all of them come from."""

from collections.abc import Iterable

from office.fields import all_fields
from office.importing.batch import Batch, Proposal
from office.importing.columns import ORDER_NUMBER, TARGETS
from office.importing.notices import Head, NoticeBatch
from office.importing.rows import Given
from office.importing.sheets import SheetBatch
from office.labels import SOURCE_KINDS
from office.moments import day_of
from schema.errors import N_
from schema.records import FollowupSource, Person, Unit
from tui import queries
from tui.followup_facts import POINTS
from tui.screens.followup_form import source_in, source_rows, spoken_day
from tui.screens.form_page import FormPage, Saved
from tui.screens.pickers import DirectoryField, KnownField, person_in
from tui.widgets.choice import Choice
from tui.widgets.field import Field
from tui.widgets.form import FormRow
from tui.words import _, tell

# Such as a form has room for.
_LABELS = {
    **TARGETS,
    **POINTS,
    "sentence": N_("Câu giao việc"),
    "leader": N_("Lãnh đạo"),
    "issuer": N_("Nơi, người giao"),
}


class FixForm(FormPage):
    """The cells of one row as they are written, to be mended; returns the row's number."""

    HELP = N_(
        "Chữ của dòng này như trong tệp; tệp không bị sửa. Ô nào sai có lời nói rõ ở dưới. F4: đọc"
        " lại dòng với chữ đã sửa."
    )

    def __init__(self, batch: Batch, proposal: Proposal) -> None:
        super().__init__()
        self._batch = batch
        self._proposal = proposal

    def heading(self) -> str:
        return _("Sửa dòng {n}").format(n=self._proposal.number)

    def rows(self) -> Iterable[FormRow]:
        texts = self._proposal.texts
        targets = ["sentence"] if "sentence" in texts else [t for t in TARGETS if t != ORDER_NUMBER]
        for target in targets:
            yield FormRow(target, _(_LABELS[target]), self._control(target), wide=True)

    def _control(self, target: str) -> Field:
        """A field; one that completes names where a name is asked for."""
        text, store = self._proposal.texts.get(target, ""), self.office.store
        match target:
            case "lead" | "coordinating":
                return KnownField((unit.name for unit in store.live(Unit)), text)
            case "leader" | "accountable":
                return KnownField((person.name for person in store.live(Person)), text)
            case "field":
                return KnownField((field.name for field in all_fields(store)), text)
        return Field(text, compact=True)

    def on_mount(self) -> None:
        super().on_mount()
        if self._proposal.faults:
            self.form.rows[self._proposal.faults[0].target].control.focus()
        # Fields that are new say that they changed, which takes what is wrong with them away.
        self.call_after_refresh(self._say_what_is_wrong)

    def _say_what_is_wrong(self) -> None:
        for fault in (*self._proposal.notes, *self._proposal.faults):
            if row := self.form.rows.get(fault.target):
                row.blame(tell(fault.error))

    def save(self, values: dict[str, str]) -> Saved:
        before = self._proposal.texts
        changed = {t: text for t, text in values.items() if text != before.get(t, "")}
        if changed:
            self._batch.fix(self._proposal.number, changed)
        now = self._batch.proposal(self._proposal.number)
        told = [tell(fault.error) for fault in now.faults]
        words = _("Dòng {n} còn lỗi: {faults}") if told else _("Dòng {n} đã được.")
        said = words.format(n=now.number, faults=" ".join(told))
        return Saved(str(now.number), said, warning=bool(told))


class GivenForm(FormPage):
    """Where all rows come from that do not say otherwise; returns something where that is new."""

    HELP = N_(
        "Nguồn chung của những việc trong tệp: loại, số, ngày, nơi ban hành; và lĩnh vực, lãnh đạo"
        " phụ trách của những việc không ghi khác."
    )

    def __init__(self, batch: Batch) -> None:
        super().__init__()
        self._batch = batch

    def heading(self) -> str:
        return _("Nguồn của các việc")

    def rows(self) -> Iterable[FormRow]:
        yield from source_rows(SOURCE_KINDS, self._now())
        self._directory = queries.directory(self.office.store)
        given = self._batch if isinstance(self._batch, NoticeBatch) else self._sheet.given
        known = [(field.id, field.name) for field in all_fields(self.office.store)]
        leader = DirectoryField(self._directory, "person", given.leader)
        yield FormRow("field", _("Lĩnh vực"), Choice([("", "–"), *known], given.field or ""))
        yield FormRow("leader", _("Lãnh đạo"), leader)

    @property
    def _sheet(self) -> SheetBatch:
        assert isinstance(self._batch, SheetBatch)
        return self._batch

    def _now(self) -> FollowupSource:
        if isinstance(self._batch, NoticeBatch):
            head = self._batch.head
            day = head.issued_on.isoformat() if head.issued_on else None
            return FollowupSource(
                kind=head.kind, number=head.number, issued_on=day, issuer=head.issuer
            )
        given = self._sheet.given
        return FollowupSource(
            kind=given.kind or "hand",
            number=given.number,
            issued_on=given.issued_on,
            issuer=given.issuer,
        )

    def understood(self, name: str, value: str) -> str:
        return spoken_day(value, self.office.today()) if name == "issued_on" else ""

    def save(self, values: dict[str, str]) -> Saved:
        source = source_in(values, self.office.today(), "")
        leader = person_in(self.form.rows["leader"], self.office.store, self._directory)
        cells = {"kind": source.kind, "number": source.number, "issuer": source.issuer}
        if isinstance(self._batch, NoticeBatch):
            head = self._batch.head
            now = Head(
                issued_on=day_of(source.issued_on), subject=head.subject, end=head.end, **cells
            )
            self._batch.give(now, values["field"] or None, leader)
        else:
            self._sheet.give(
                Given(
                    issued_on=source.issued_on,
                    field=values["field"] or None,
                    leader=leader,
                    **cells,
                )
            )
        return Saved("source", _("Đã ghi nguồn chung."))
