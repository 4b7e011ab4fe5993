"""A meeting, new or changed, in one form."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from office.labels import MEETING_KINDS, SECRECY, URGENCY
from office.meetings import Clash, check, clashes
from office.moments import ZONE, local, parse_moment, show_date, show_moment, show_time, to_utc
from schema.errors import N_, ThukyError
from schema.records import Meeting
from tui import queries
from tui.holding import moved
from tui.rows import weekday
from tui.screens.form_page import FormPage, Saved, WrongError
from tui.screens.pickers import DirectoryField, KnownField, choice, person_in, unit_in
from tui.secrecy import LEFT, REALLY, grade
from tui.widgets.choice import Choice
from tui.widgets.field import Field
from tui.widgets.form import FormRow
from tui.words import _

_IN_FORM = (
    *("title", "kind", "starts_at", "ends_at", "place", "host", "chair"),
    *("secrecy", "urgency", "series"),
)
_QUARTER = timedelta(minutes=15)
_USUAL_START = time(8, 0)


def next_quarter(now: datetime) -> datetime:
    """The next quarter of an hour after `now`."""
    past = timedelta(minutes=now.minute % 15, seconds=now.second, microseconds=now.microsecond)
    return now - past + _QUARTER


class MeetingForm(FormPage):
    """Returns the id of the meeting that was saved."""

    HELP = N_(
        "Chỉ cần tên cuộc họp rồi F4: giờ bắt đầu đã điền sẵn là khắc sắp tới. Ngày giờ gõ thế nào"
        " cũng được, như 27/2 14h, mai 8h30; bên cạnh ô là ngày giờ được hiểu. Đơn vị và người gõ"
        " tắt được, như stc. Bấm Esc thì bản nháp được giữ lại."
    )

    def __init__(self, meeting: Meeting | None = None, *, day: date | None = None) -> None:
        """`day` is that of a new meeting; by default today."""
        super().__init__(f"draft:meeting:{meeting.id}" if meeting else "draft:meeting")
        self._day = day
        self._meeting = meeting

    def heading(self) -> str:
        return _("Sửa cuộc họp") if self._meeting else _("Cuộc họp mới")

    def rows(self) -> Iterable[FormRow]:
        store = self.office.store
        self._directory = queries.directory(store)
        start = next_quarter(self.office.now())
        if self._day and self._day != start.date():
            start = datetime.combine(self._day, _USUAL_START, ZONE)
        m = self._meeting or self.new(to_utc(start))
        series = [("", _("Không theo loạt"))]
        series += [(s.id, s.title) for s in queries.all_series(store)]
        known = {value for value, _label in series}
        yield FormRow("title", _("Tên cuộc họp"), Field(m.title, compact=True), wide=True)
        yield FormRow("kind", _("Loại"), choice(MEETING_KINDS, m.kind))
        yield FormRow("start", _("Bắt đầu"), Field(show_moment(m.starts_at), compact=True))
        yield FormRow("end", _("Kết thúc"), Field(show_moment(m.ends_at), compact=True))
        place = KnownField(queries.places(store), m.place)
        yield FormRow("place", _("Nơi họp"), place, wide=True)
        yield FormRow("host", _("Đơn vị chủ trì"), DirectoryField(self._directory, "unit", m.host))
        yield FormRow(
            "chair", _("Người chủ trì"), DirectoryField(self._directory, "person", m.chair)
        )
        yield FormRow("secrecy", _("Độ mật"), choice(SECRECY, m.secrecy))
        yield FormRow("urgency", _("Độ khẩn"), choice(URGENCY, m.urgency))
        yield FormRow(
            "series", _("Loạt họp"), Choice(series, m.series if m.series in known else "")
        )

    def new(self, starts_at: str) -> Meeting:
        """A meeting as it is before anything is typed."""
        return Meeting(starts_at=starts_at)

    def understood(self, name: str, value: str) -> str:
        if name == "start" and value:
            return _spoken(self._start(value))
        if name == "end" and value:
            end, start = self._end(value), self._start(self.values["start"])
            minutes = int((end - start).total_seconds()) // 60
            if minutes > 0 and end.date() == start.date():
                return _("cùng ngày, dài {n} phút").format(n=minutes)
            return _spoken(end)
        if name == "secrecy" and value:
            sent = self._sent
            if sent and not (self._meeting and self._meeting.secrecy):
                return _("nhưng {count} thay đổi đã ở máy khác").format(count=sent)
            return _("chỉ ở máy này: không đồng bộ, không xuất")
        if name == "secrecy" and self._meeting and self._meeting.secrecy:
            return _("bỏ dấu: sẽ đến mọi máy")
        return ""

    @cached_property
    def _sent(self) -> int:
        """How many changes of the meeting other machines have."""
        from sync.capture import already_sent

        return already_sent(self.office.store, self._meeting.id) if self._meeting else 0

    def action_save(self) -> None:
        """Whoever takes a state-secret mark away is asked first."""
        before = self._meeting.secrecy if self._meeting else ""
        if not before or self.values["secrecy"]:
            super().action_save()
            return
        from tui.screens.ask import Ask

        def answer(yes: bool | None) -> None:
            if yes:
                super(MeetingForm, self).action_save()

        question = _(REALLY).format(grade=grade(before))
        self.app.push_screen(
            Ask(_("{question} b: bỏ, phím khác: thôi.").format(question=question), "b"), answer
        )

    def save(self, values: dict[str, str]) -> Saved:
        store, rows = self.office.store, self.form.rows
        if not values["title"]:
            raise WrongError("title", ThukyError(N_("Cuộc họp chưa có tên.")))
        if not values["start"]:
            raise WrongError("start", ThukyError(N_("Cuộc họp chưa có giờ bắt đầu.")))
        with store.transaction():
            meeting = replace(
                self._meeting or Meeting(),
                title=values["title"],
                kind=values["kind"],
                starts_at=to_utc(self._moment("start", values)),
                ends_at=to_utc(self._moment("end", values)) if values["end"] else None,
                place=values["place"],
                host=unit_in(rows["host"], store, self._directory),
                chair=person_in(rows["chair"], store, self._directory),
                secrecy=values["secrecy"],
                urgency=values["urgency"],
                series=values["series"] or None,
            )
            try:
                check(meeting)
            except ThukyError as error:
                raise WrongError("end" if meeting.ends_at else "start", error) from error
            kept = self._write(meeting)
        return self._saved(kept)

    def _write(self, meeting: Meeting) -> Meeting:
        store = self.office.store
        if not meeting.id:
            return store.insert(meeting)
        kept = store.update(Meeting, meeting.id, **{n: getattr(meeting, n) for n in _IN_FORM})
        moved(store, kept.id)
        return kept

    def _saved(self, meeting: Meeting) -> Saved:
        before = self._meeting.secrecy if self._meeting else ""
        if meeting.secrecy and not before and self._sent:
            return Saved(meeting.id, _(LEFT).format(count=self._sent), warning=True)
        day = local(meeting.starts_at).date()
        others = queries.meetings_between(
            self.office.store, day - timedelta(days=1), day + timedelta(days=1)
        )
        if found := clashes(meeting, others):
            return Saved(meeting.id, _clash_words(found[0]), warning=True)
        return Saved(meeting.id, _("Đã lưu “{title}”.").format(title=meeting.title))

    def _moment(self, name: str, values: dict[str, str]) -> datetime:
        try:
            return self._start(values[name]) if name == "start" else self._end(values[name])
        except ThukyError as error:
            raise WrongError(name, error) from error

    def _start(self, text: str) -> datetime:
        return parse_moment(text, self.office.today())

    def _end(self, text: str) -> datetime:
        """An hour alone is on the day of the start."""
        try:
            day = self._start(self.values["start"]).date()
        except ThukyError:
            day = self.office.today()
        return parse_moment(text, day)


def _spoken(moment: datetime) -> str:
    return f"{weekday(moment.date())}, {show_time(moment)} {show_date(moment.date())}"


def _clash_words(clash: Clash) -> str:
    words = {
        "place": _("Đã lưu, nhưng trùng nơi họp với “{title}” lúc {time}."),
        "chair": _("Đã lưu, nhưng người chủ trì trùng giờ với “{title}” lúc {time}."),
    }
    other = clash.other
    return words[clash.same].format(title=other.title, time=show_moment(other.starts_at))
