"""Mending one row of an import, and saying where all of them come from."""

from collections.abc import Iterable
from dataclasses import replace

from office.importing.batch import Batch, Proposal
from office.importing.columns import ORDER_NUMBER, TARGETS
from office.importing.notices import NoticeBatch
from office.importing.sheets import SheetBatch
from office.labels import SOURCE_KINDS
from schema.errors import N_
from schema.records import FollowupSource
from tui.followup_facts import POINTS
from tui.rows import day_of
from tui.screens.followup_form import source_in, source_rows, spoken_day
from tui.screens.form_page import FormPage, Saved
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
            field = Field(texts.get(target, ""), compact=True)
            yield FormRow(target, _(_LABELS[target]), field, wide=True)

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

    HELP = N_("Nguồn chung của những việc trong tệp: loại, số, ngày, nơi ban hành.")

    def __init__(self, batch: Batch) -> None:
        super().__init__()
        self._batch = batch

    def heading(self) -> str:
        return _("Nguồn của các việc")

    def rows(self) -> Iterable[FormRow]:
        yield from source_rows(SOURCE_KINDS, self._now())

    def _now(self) -> FollowupSource:
        if isinstance(self._batch, NoticeBatch):
            head = self._batch.head
            day = head.issued_on.isoformat() if head.issued_on else None
            return FollowupSource(
                kind=head.kind, number=head.number, issued_on=day, issuer=head.issuer
            )
        assert isinstance(self._batch, SheetBatch)
        given = self._batch.given
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
        if isinstance(self._batch, NoticeBatch):
            self._batch.give(
                replace(
                    self._batch.head,
                    kind=source.kind,
                    number=source.number,
                    issuer=source.issuer,
                    issued_on=day_of(source.issued_on),
                )
            )
        elif isinstance(self._batch, SheetBatch):
            self._batch.give(
                replace(
                    self._batch.given,
                    kind=source.kind,
                    number=source.number,
                    issuer=source.issuer,
                    issued_on=source.issued_on,
                )
            )
        return Saved("source", _("Đã ghi nguồn chung."))
