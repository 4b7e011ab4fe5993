"""The steps of a follow-up's life as any page asks for them: what each needs, then the reason where
a rule is set aside. Each is taken back by one key."""

from collections.abc import Callable, Sequence
from textwrap import shorten

from office import followups, lifecycle
from office.calendar import work_calendar
from office.directory import Directory
from office.labels import EFFECTS, FOLLOWUP_EVENTS, WITHOUT_PRODUCT
from office.lateness import last_day
from office.life_rules import REASON_NEEDED, ReasonNeeded, asked, submission
from office.moments import day_of, show_date
from schema.errors import NotFound
from schema.records import Followup, FollowupEvent, Meeting, Person
from schema.store import Store
from tui import queries
from tui.graphemes import cut
from tui.screens.ask_text import AskText
from tui.screens.choose import ChooseScreen
from tui.screens.page import Page
from tui.screens.pickers import AS_TYPED, suggest_anyone
from tui.telling import telling
from tui.widgets.pick import Suggestion
from tui.words import _, tell

Make = Callable[[Suggestion, str], FollowupEvent]
"""Writes a step from what was answered and a reason. Raises ThukyError."""

_NAME = 50
_CONTENT = ("progressed",)


class LifeSteps:
    """The steps of one follow-up from one page; at `meeting` where they are taken at one. `then` is
    called once one was taken."""

    def __init__(
        self,
        page: Page,
        followup: Followup,
        *,
        meeting: str | None = None,
        then: Callable[[], object] = lambda: None,
    ) -> None:
        self._page, self._followup, self._then = page, followup, then
        self._meeting = meeting
        self._written = lifecycle.Written(by=page.office.author, meeting=meeting)

    def choose(self) -> None:
        """Ask what happened, of all that may happen to it as it stands."""
        labels = {kind: _(FOLLOWUP_EVENTS[kind]) for kind in followups.next_kinds(self._followup)}

        def chosen(kind: str | None) -> None:
            if kind:
                self.take(kind)

        self._page.app.push_screen(ChooseScreen(_("Việc gì đã xảy ra?"), labels), chosen)

    def take(self, kind: str) -> None:
        """Ask for what a kind of event needs, and write it."""
        steps = {
            "assigned": self._assign,
            "taken": self._take,
            "extended": self._extend,
            "extension_asked": self._extend,
            "submitted": self._submit,
            "done": self._close,
            "reviewed": self._review,
        }
        with telling(self._page.app):
            steps.get(kind, self._note)(kind)

    def _note(self, kind: str) -> None:
        needed = kind in REASON_NEEDED or kind in _CONTENT
        question = _("{event}: vì sao?") if needed else _("{event}: ghi chú (có thể để trống)")
        if kind in _CONTENT:
            question = _("{event}: đã làm đến đâu?")

        def make(answer: Suggestion, reason: str) -> FollowupEvent:
            note = reason or answer.label
            if kind == "progressed":
                note = " · ".join(filter(None, (answer.label, reason)))
            store = self._page.office.store
            match kind:
                case "progressed":
                    return lifecycle.progress(store, self._followup.id, note=note, **self._written)
                case "refused":
                    return lifecycle.contest(store, self._followup.id, reason=note, **self._written)
                case "extension_refused":
                    return lifecycle.refuse_extension(
                        store, self._followup.id, reason=note, **self._written
                    )
            return followups.record(store, self._followup.id, kind, **self._written, note=note)

        self._ask(question.format(event=_(FOLLOWUP_EVENTS[kind])), make, optional=not needed)

    def _assign(self, kind: str) -> None:
        store = self._page.office.store
        directory = queries.directory(store)
        units = {unit.id for unit in directory.units}
        now = directory.name_of(self._followup.lead)
        question = _("Giao cho đơn vị hay người nào?")
        if now:
            question = _("Giao cho đơn vị hay người nào? Enter: {unit}").format(unit=now)

        def make(answer: Suggestion, reason: str) -> FollowupEvent:
            id = _meant(directory, answer)
            unit = directory.successors.get(id, id) if id in units else None
            person = None if id in units else id or None
            return lifecycle.assign(
                store, self._followup.id, unit=unit, person=person, reason=reason, **self._written
            )

        offered: Callable[[str], Sequence[Suggestion]] = lambda typed: suggest_anyone(  # noqa: E731
            directory, typed
        )
        self._ask(question, make, optional=True, suggest=offered)

    def _take(self, kind: str) -> None:
        def make(answer: Suggestion, reason: str) -> FollowupEvent:
            return lifecycle.take(
                self._page.office.store, self._followup.id, note=reason, **self._written
            )

        self._write(make)

    def _extend(self, kind: str) -> None:
        store = self._page.office.store
        granted = kind == "extended"
        old = last_day(self._followup)
        wanted = asked(followups.counting(store, self._followup.id)) if granted else None
        day = day_of(wanted.due_to) if wanted else None
        question = _("Gia hạn đến ngày nào, hay thêm bao nhiêu ngày (“10 ngày”)?")
        if old:
            question += _(" Hạn {day}").format(day=show_date(old))
        if day and wanted:
            why = shorten(wanted.note, 40, placeholder="…")
            question += _(", đã xin đến {day}: {why}").format(day=show_date(day), why=why)

        def check(answer: Suggestion) -> None:
            lifecycle.later_deadline(
                self._followup, answer.label, self._page.office.today(), work_calendar(store)
            )

        def answered(answer: Suggestion | None) -> None:
            if answer is None:
                return
            to = lifecycle.later_deadline(
                self._followup, answer.label, self._page.office.today(), work_calendar(store)
            )
            write = lifecycle.extend if granted else lifecycle.ask_extension

            def make(why: Suggestion, reason: str) -> FollowupEvent:
                said = reason or why.label
                return write(store, self._followup.id, to, reason=said, **self._written)

            words = (
                _("Gia hạn đến {day}: vì sao?") if granted else _("Xin gia hạn đến {day}: vì sao?")
            )
            self._ask(words.format(day=show_date(to)), make)

        value = show_date(day) if day else ""
        self._page.app.push_screen(AskText(question, value=value, check=check), answered)

    def _submit(self, kind: str) -> None:
        self._hand_in(accept=False)

    def _hand_in(self, *, accept: bool) -> None:
        from tui.screens.product_form import ProductForm

        def saved(id: str | None) -> None:
            if id:
                self._then()

        form = ProductForm(self._followup.id, accept=accept, meeting=self._meeting)
        self._page.app.push_screen(form, saved)

    def _close(self, kind: str) -> None:
        """Ask who accepts; where nothing was submitted, for the product as well."""
        store = self._page.office.store
        handed = submission(followups.counting(store, self._followup.id))
        needed = self._followup.kind not in WITHOUT_PRODUCT and self._followup.role != "milestone"
        parted = store.count(Followup, "parent = ? AND role = 'part'", self._followup.id)
        if handed is None and needed and not parted:
            self._hand_in(accept=True)
            return
        directory = queries.directory(store)

        def make(answer: Suggestion, reason: str) -> FollowupEvent:
            return lifecycle.close(
                store,
                self._followup.id,
                who=answer.label,
                person=known_person(directory, answer.label),
                reason=reason,
                **self._written,
            )

        question = _("Ai xác nhận hoàn thành?")
        if handed:
            what = " ".join(filter(None, (handed.product, handed.number)))
            question = _("Ai xác nhận hoàn thành: {what}?").format(what=cut(what, _NAME))
        value = who_accepts(store, self._followup, self._meeting)
        self._ask(question, make, value=value, optional=True)

    def _review(self, kind: str) -> None:
        labels = {code: _(words) for code, words in EFFECTS.items() if code}

        def chosen(effect: str | None) -> None:
            if effect is None:
                return

            def make(answer: Suggestion, reason: str) -> FollowupEvent:
                said = " · ".join(filter(None, (answer.label, reason)))
                return lifecycle.review(
                    self._page.office.store, self._followup.id, effect, note=said, **self._written
                )

            question = _("{event}: đã thấy gì? (có thể để trống)").format(event=labels[effect])
            self._ask(question, make, optional=True)

        self._page.app.push_screen(ChooseScreen(_("Tác động ra sao?"), labels), chosen)

    def _ask(
        self,
        question: str,
        make: Make,
        *,
        value: str = "",
        optional: bool = False,
        suggest: Callable[[str], Sequence[Suggestion]] | None = None,
    ) -> None:
        """Ask, and write what is answered. What is wrong with the answer is said where it was
        typed; a rule that it sets aside is asked about next."""
        written: list[FollowupEvent | ReasonNeeded] = []

        def check(answer: Suggestion) -> None:
            try:
                written[:] = [make(answer, "")]
            except ReasonNeeded as error:
                if not error.rules:
                    raise
                written[:] = [error]

        def answered(answer: Suggestion | None) -> None:
            if answer is None or not written:
                return
            (done,) = written
            if isinstance(done, ReasonNeeded):
                self._ask_reason(done, lambda reason: make(answer, reason))
            else:
                self._wrote(done)

        self._page.app.push_screen(
            AskText(question, suggest, value=value, optional=optional, check=check), answered
        )

    def _write(self, make: Make) -> None:
        """Write what needs no answer, but perhaps a reason."""
        nothing = Suggestion("", "")
        try:
            event = make(nothing, "")
        except ReasonNeeded as error:
            if not error.rules:
                raise
            self._ask_reason(error, lambda reason: make(nothing, reason))
        else:
            self._wrote(event)

    def _ask_reason(self, why: ReasonNeeded, make: Callable[[str], FollowupEvent]) -> None:
        written: list[FollowupEvent] = []

        def check(answer: Suggestion) -> None:
            written[:] = [make(answer.label)]

        def answered(answer: Suggestion | None) -> None:
            for event in written if answer else ():
                self._wrote(event)

        self._page.app.push_screen(AskText(tell(why), check=check), answered)

    def _wrote(self, event: FollowupEvent) -> None:
        wrote(self._page, self._followup, event)
        self._then()


def _meant(directory: Directory, answer: Suggestion) -> str:
    """The id of the unit or person that was picked or typed; nothing where nothing was."""
    if answer.value and not answer.value.startswith(AS_TYPED):
        return answer.value
    name = answer.value.removeprefix(AS_TYPED) or answer.label
    if not name:
        return ""
    try:
        return directory.unit(name).id
    except NotFound:
        return directory.person(name).id


def who_accepts(store: Store, followup: Followup, meeting: str | None) -> str:
    """The authority; where none is named, whoever chairs the meeting at which it is accepted."""
    at = store.find(Meeting, meeting)
    chair = store.find(Person, at.chair) if at else None
    return followup.authority or (chair.name if chair else "")


def known_person(directory: Directory, who: str) -> str | None:
    """The id of somebody in the list, if anybody is called so. Raises Ambiguous."""
    try:
        return directory.person(who).id if who else None
    except NotFound:
        return None


def wrote(page: Page, followup: Followup, event: FollowupEvent) -> None:
    """Say that a step was taken, and how to take it back."""
    office = page.office
    store, by = office.store, office.author
    words = _(FOLLOWUP_EVENTS[event.kind])
    name = f"{words}: {cut(followup.work, _NAME)}"
    office.trash.note(lambda: followups.undo(store, event, by=by), followup.id, name)
    office.changed()
    office.say(_("Đã ghi “{event}”. u: rút lại.").format(event=words))
