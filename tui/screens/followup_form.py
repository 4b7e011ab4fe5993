"""A follow-up written by hand, from a paper or a phone order; and where one comes from."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from office import followups
from office.fields import all_fields
from office.labels import SOURCE_KINDS
from office.moments import day_of, parse_date, show_date
from office.points import CELLS, missing
from schema.errors import N_, ThukyError
from schema.records import Field as OfficeField
from schema.records import Followup, FollowupSource
from tui import queries
from tui.editor.points_bar import Understood
from tui.followup_facts import POINTS
from tui.graphemes import cut
from tui.readers import with_readers
from tui.rows import weekday
from tui.screens.form_page import FormPage, Saved, WrongError
from tui.screens.pickers import DirectoryField, choice, person_in, unit_in
from tui.screens.point_editing import understanding
from tui.widgets.choice import Choice
from tui.widgets.field import Field
from tui.widgets.form import FormRow
from tui.widgets.pick import Suggestion
from tui.words import _

if TYPE_CHECKING:
    from office.known import Known

# The sentence is read when the keys pause this long.
READ_AFTER_SECONDS = 0.05
BY_HAND = ("hand", "directive", "resolution", "notice", "phone")
_FREE = ("product", "authority", "monitor")
_NAME = 50
_LONG_ENOUGH = 30


class FollowupForm(FormPage):
    """Returns the id of the follow-up that was saved.

    A sentence fills in the fields beneath it, but for those that were typed in. `sentences` are to
    be gone through, each with a form of its own.
    """

    HELP = N_(
        "Gõ câu giao việc ở dòng đầu: sáu điểm rõ được đọc ngay vào các ô bên dưới, ô nào đã sửa"
        " tay thì để yên. F2 lấy giá trị gợi ý của ô đang đứng. Thời hạn gõ ngày hay cụm từ như"
        " “trong 05 ngày làm việc”. Nguồn là văn bản chỉ đạo, nghị quyết thì ghi số, ngày, nơi ban"
        " hành; lệnh qua điện thoại thì ghi người ra lệnh và ngày."
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "take", N_("Lấy gợi ý"))]

    def __init__(self, sentences: Sequence[str] = ()) -> None:
        super().__init__("" if sentences else "draft:followup")
        self._sentences = list(sentences)
        self._known: Known | None = None
        self._timer: asyncio.TimerHandle | None = None
        # What the sentence filled in, and the cells of its deadline.
        self._filled: dict[str, str] = {}
        self._due: Mapping[str, Any] = {}
        self._suggested: Mapping[str, str] = {}
        self._rest: Sequence[str] = ()
        self._looked_at = ""
        self._told = ""

    def heading(self) -> str:
        return _("Nhiệm vụ mới")

    def rows(self) -> Iterable[FormRow]:
        self._directory = queries.directory(self.office.store)
        first = self._sentences[0] if self._sentences else ""
        yield FormRow("sentence", _("Câu giao việc"), Field(first, compact=True), wide=True)
        for name in ("work", "lead", "coordinating", "due", "accountable", *_FREE):
            lead = name == "lead"
            control = DirectoryField(self._directory, "unit", None) if lead else None
            wide = name in ("work", "coordinating")
            yield FormRow(name, _(POINTS[name]), control or Field(compact=True), wide=wide)
        known = [(f.id, f.name) for f in all_fields(self.office.store)]
        yield FormRow("field", _("Lĩnh vực"), Choice([("", "–"), *known]))
        yield FormRow("leader", _("Lãnh đạo"), DirectoryField(self._directory, "person", None))
        kinds = {kind: SOURCE_KINDS[kind] for kind in BY_HAND}
        yield from source_rows(kinds, FollowupSource(kind="hand"))

    def on_mount(self) -> None:
        super().on_mount()
        with_readers(self.office, self._learn)

    def on_unmount(self) -> None:
        self._stop()

    def _learn(self) -> None:
        from office.known import known

        if self.is_attached:
            self._known = known(self.office.store)
            self._read()

    # The sentence

    def on_input_changed(self, event: Field.Changed) -> None:
        super().on_input_changed(event)
        row = event.input.parent
        if isinstance(row, FormRow) and row.name in ("sentence", "issued_on"):
            self._stop()
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(READ_AFTER_SECONDS, self._read)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _read(self) -> None:
        """Fill in what the sentence says, where nothing else was typed."""
        self._stop()
        if self._known is None or not self.is_attached:
            return
        sentence = " ".join(self.values["sentence"].split())
        reading = self._known.read(sentence, self._on())
        self._rest = reading.split[1:]
        if reading.split:
            reading = self._known.read(reading.split[0], self._on())
        told = dict(self._known.cells(reading)) if reading.task else {}
        if sentence and "work" not in told:
            told["work"] = sentence
        self._tell_sentence(sentence, bool(told.get("lead")))
        self._due = told if "due_text" in told else {}
        self._suggested = reading.suggested if reading.task else {}
        lead = reading.lead[0].name if reading.lead else ""
        texts = {name: str(told.get(name) or "") for name in ("work", "accountable", *_FREE)}
        texts["due"] = str(told.get("due_text", ""))
        texts["lead"] = self._directory.name_of(told.get("lead")) or lead
        others = str(told.get("coordinating", "")).splitlines()
        texts["coordinating"] = "; ".join(map(self._directory.name_of, others))
        for name, text in texts.items():
            self._put(name, text, told.get("lead") if name == "lead" else None)
        self._tell_all()

    def _put(self, name: str, text: str, unit: str | None) -> None:
        row = self.form.rows[name]
        if row.value != self._filled.get(name, ""):
            return
        self._filled[name] = text
        if row.value == text:
            return
        if unit and isinstance(row.control, DirectoryField):
            row.control.put(Suggestion(unit, text))
        else:
            row.value = text
            if isinstance(row.control, Field):
                row.control.cursor_position = 0  # the beginning of a long text is what tells it

    def _tell_sentence(self, sentence: str, led: bool) -> None:
        """Say what the fields cannot: that there are more tasks, or nobody to whom it is given."""
        words = ""
        if self._rest:
            words = _("Câu có {n} việc: lưu việc đầu, các việc sau mở tiếp.")
        elif len(sentence) > _LONG_ENOUGH and not led:
            words = _("Chưa đọc ra câu này giao việc cho đơn vị nào; hãy điền các ô còn trống.")
        if words != self._told:
            self._told = words
            self.office.say(words.format(n=len(self._rest) + 1))

    def action_take(self) -> None:
        """Take what is suggested for the field one is in."""
        for name, row in self.form.rows.items():
            if row.control.has_focus and not row.value and (guess := self._suggested.get(name)):
                row.value = guess
                row.control.focus()

    # What it comes to

    def _on(self) -> date:
        """The day from which a deadline counts."""
        try:
            text = self.values["issued_on"]
            return parse_date(text, self.office.today()) if text else self.office.today()
        except ThukyError:
            return self.office.today()

    def understood(self, name: str, value: str) -> str:
        if name == "issued_on":
            return spoken_day(value, self.office.today())
        if name == "due" and value:
            return self._understand("due", value).words
        if name == "coordinating" and value:
            return self._understand("coordinating", value).words
        if name == "leader" and not value:
            return self._leader_of(self.values["field"])
        guess = self._suggested.get(name, "")
        return _("gợi ý: {value} (F2)").format(value=guess) if guess and not value else ""

    def _leader_of(self, field: str) -> str:
        """Who is in charge where the form names nobody."""
        found = self.office.store.find(OfficeField, field)
        name = self._directory.name_of(found.leader) if found else ""
        return _("theo lĩnh vực: {name}").format(name=name) if name else ""

    def on_choice_changed(self, event: Choice.Changed) -> None:
        self._tell(self.form.rows["leader"])

    def _understand(self, name: str, value: str) -> Understood:
        return understanding(self, Followup(), name, self._directory, self._on())(value)

    def save(self, values: dict[str, str]) -> Saved:
        store = self.office.store
        self._read()
        values = self.values
        if not values["work"]:
            raise WrongError("work", ThukyError(N_("Nhiệm vụ chưa nói việc gì.")))
        with store.transaction():
            lead = unit_in(self.form.rows["lead"], store, self._directory)
            new = Followup(
                work=values["work"],
                lead=self._directory.successors.get(lead or "", lead),
                product=values["product"],
                authority=values["authority"],
                monitor=values["monitor"],
                field=values["field"] or None,
                leader=person_in(self.form.rows["leader"], store, self._directory),
                **self._cells("coordinating", values),
                **self._cells("accountable", values),
                **self._deadline(values),
            )
            source = source_in(values, self.office.today(), values["sentence"])
            kept = followups.add(store, new, by=self.office.author, source=source)
        left = [_(POINTS[CELLS[point]]) for point in missing(kept)]
        words = _("Đã lưu “{title}”.").format(title=cut(kept.work, _NAME))
        if left:
            words += " " + _("Còn thiếu: {points}.").format(points=", ".join(left))
        return Saved(kept.id, words)

    def _cells(self, name: str, values: dict[str, str]) -> Mapping[str, Any]:
        if not values[name]:
            return {}
        found = self._understand(name, values[name])
        if found.cells is None:
            raise WrongError(name, ThukyError(found.words))
        return found.cells

    def _deadline(self, values: dict[str, str]) -> Mapping[str, Any]:
        """The cells of the deadline; words that may mean something else are asked about once."""
        text = values["due"]
        if text and text == self._due.get("due_text"):
            kept = {
                n: cell for n, cell in self._due.items() if n.startswith(("due", "incl", "rec"))
            }
        else:
            kept = dict(self._cells("due", values))
        if text and not self._understand("due", text).sure and self._looked_at != text:
            self._looked_at = text
            words = self._understand("due", text).words
            raise WrongError("due", ThukyError(N_("F4 lần nữa nếu đúng: {what}"), what=words))
        return kept

    def action_save(self) -> None:
        rest = [*self._rest, *self._sentences[1:]]
        app = self.app
        super().action_save()
        if rest and app.screen is not self:
            app.push_screen(FollowupForm(rest))


class SourceForm(FormPage):
    """Where a follow-up comes from, when it is a paper or somebody's order; one without an id is
    new."""

    HELP = N_("Văn bản đã giao nhiệm vụ: số, ngày, nơi ban hành, đoạn giao việc.")

    def __init__(self, source: FollowupSource) -> None:
        super().__init__(f"draft:source:{source.id or source.followup}")
        self._source = source

    def heading(self) -> str:
        return _("Nguồn của nhiệm vụ")

    def rows(self) -> Iterable[FormRow]:
        yield from source_rows(SOURCE_KINDS, self._source)
        excerpt = Field(self._source.excerpt, compact=True)
        yield FormRow("excerpt", _("Đoạn giao việc"), excerpt, wide=True)

    def understood(self, name: str, value: str) -> str:
        return spoken_day(value, self.office.today()) if name == "issued_on" else ""

    def save(self, values: dict[str, str]) -> Saved:
        new = source_in(values, self.office.today(), values["excerpt"])
        if not self._source.id:
            id = self.office.store.put(replace(new, followup=self._source.followup))
            return Saved(id, _("Đã thêm nguồn của nhiệm vụ."))
        cells = {
            name: getattr(new, name)
            for name in ("kind", "number", "issued_on", "issuer", "excerpt")
        }
        self.office.store.update(FollowupSource, self._source.id, **cells)
        return Saved(self._source.id, _("Đã lưu nguồn của nhiệm vụ."))


def source_rows(kinds: Mapping[str, str], source: FollowupSource) -> Iterable[FormRow]:
    """The rows of a source: kind, number, date, issuer."""
    issued = day_of(source.issued_on)
    shown = show_date(issued) if issued else source.issued_on or ""
    yield FormRow("kind", _("Nguồn"), choice(kinds, source.kind))
    yield FormRow("number", _("Số văn bản"), Field(source.number, compact=True))
    yield FormRow("issued_on", _("Ngày giao"), Field(shown, compact=True))
    yield FormRow("issuer", _("Nơi, người giao"), Field(source.issuer, compact=True), wide=True)


def source_in(values: dict[str, str], today: date, excerpt: str) -> FollowupSource:
    """The source that `source_rows` hold. Raises WrongError where its date is none."""
    try:
        day = parse_date(values["issued_on"], today).isoformat() if values["issued_on"] else None
    except ThukyError as error:
        raise WrongError("issued_on", error) from error
    return FollowupSource(
        kind=values["kind"],
        number=values["number"],
        issued_on=day,
        issuer=values["issuer"],
        excerpt=excerpt,
    )


def spoken_day(text: str, today: date) -> str:
    """A typed day as it was understood. Raises ThukyError."""
    if not text:
        return ""
    day = parse_date(text, today)
    return f"{weekday(day)}, {show_date(day)}"
