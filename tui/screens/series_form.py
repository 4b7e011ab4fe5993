"""A series of meetings in one form."""

from collections.abc import Iterable
from datetime import timedelta

from office.labels import MEETING_KINDS
from office.moments import parse_moment, show_time
from schema.errors import N_, ThukyError
from schema.records import Series
from tui import queries
from tui.recurring import NTH, PATTERNS, Pattern, pattern_of
from tui.rows import weekday
from tui.screens.form_page import FormPage, Saved, WrongError
from tui.screens.pickers import DirectoryField, KnownField, choice, person_in, unit_in
from tui.screens.series import next_words
from tui.widgets.choice import Choice
from tui.widgets.field import Field
from tui.widgets.form import FormRow
from tui.words import _

_OWN = "own"


class SeriesForm(FormPage):
    """Returns the id of the series that was saved."""

    HELP = N_(
        "Loạt họp lặp lại theo lịch. Cạnh ô “Lặp lại” là kỳ tới theo lịch đang chọn. Chọn theo thứ"
        " thì dùng hai ô Thứ và Thứ mấy; chọn theo ngày thì dùng ô Ngày."
    )

    def __init__(self, series: Series | None = None) -> None:
        super().__init__(f"draft:series:{series.id}" if series else "draft:series")
        self._series = series

    def heading(self) -> str:
        return _("Sửa loạt họp") if self._series else _("Loạt họp mới")

    def rows(self) -> Iterable[FormRow]:
        store = self.office.store
        self._directory = queries.directory(store)
        s = self._series or Series(rule=Pattern().rule, time="08:00")
        pattern = pattern_of(s.rule)
        repeats = [(code, _(label)) for code, label in PATTERNS.items()]
        if pattern is None:
            repeats.insert(0, (_OWN, s.rule))
        p = pattern or Pattern()
        monday = self.office.today() - timedelta(days=self.office.today().weekday())
        days = [(str(n), weekday(monday + timedelta(days=n))) for n in range(7)]
        repeat = Choice(repeats, p.kind if pattern else _OWN)
        place = KnownField(queries.places(store), s.place)
        yield FormRow("title", _("Tên loạt họp"), Field(s.title, compact=True), wide=True)
        yield FormRow("kind", _("Loại"), choice(MEETING_KINDS, s.kind))
        yield FormRow("repeat", _("Lặp lại"), repeat)
        yield FormRow("weekday", _("Thứ"), Choice(days, str(p.weekday)))
        yield FormRow("nth", _("Thứ mấy"), choice(NTH, str(p.nth)))
        yield FormRow("day", _("Ngày"), Field(str(p.day), compact=True))
        yield FormRow("time", _("Giờ họp"), Field(s.time, compact=True))
        yield FormRow("place", _("Nơi họp"), place, wide=True)
        yield FormRow("host", _("Đơn vị chủ trì"), DirectoryField(self._directory, "unit", s.host))
        yield FormRow(
            "chair", _("Người chủ trì"), DirectoryField(self._directory, "person", s.chair)
        )

    def understood(self, name: str, value: str) -> str:
        if name in ("repeat", "weekday", "nth", "day", "time"):
            values = self.values
            series = Series(rule=self._rule(values), time=self._time(values["time"]))
            words = next_words(series, self.office.yesterday())
            self.form.rows["repeat"].tell(_("kỳ tới: {when}").format(when=words))
            return self.form.rows["repeat"].note if name == "repeat" else ""
        return ""

    def save(self, values: dict[str, str]) -> Saved:
        store, rows = self.office.store, self.form.rows
        if not values["title"]:
            raise WrongError("title", ThukyError(N_("Loạt họp chưa có tên.")))
        try:
            rule = self._rule(values)
        except ThukyError as error:
            raise WrongError("day", error) from error
        try:
            time = self._time(values["time"])
        except ThukyError as error:
            raise WrongError("time", error) from error
        with store.transaction():
            id = self._series.id if self._series else store.insert(Series()).id
            kept = store.update(
                Series,
                id,
                title=values["title"],
                kind=values["kind"],
                rule=rule,
                time=time,
                place=values["place"],
                host=unit_in(rows["host"], store, self._directory),
                chair=person_in(rows["chair"], store, self._directory),
            )
        return Saved(kept.id, _("Đã lưu “{title}”.").format(title=kept.title))

    def _rule(self, values: dict[str, str]) -> str:
        if values["repeat"] == _OWN and self._series:
            return self._series.rule
        day = values["day"]
        if not (day.isascii() and day.isdigit() and 1 <= int(day) <= 31):
            raise ThukyError(N_("Ngày trong tháng phải là số từ 1 đến 31."))
        return Pattern(values["repeat"], int(values["weekday"]), int(values["nth"]), int(day)).rule

    def _time(self, text: str) -> str:
        return show_time(parse_moment(text, self.office.today()))
