"""A line of the minutes that extends a deadline: whose, the secretary says; the line becomes no
follow-up of its own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from office import followups, lifecycle
from office.extending import candidates, extended_to
from office.moments import day_of, show_date
from tui import queries
from tui.graphemes import cut
from tui.screens.choose import ChooseScreen
from tui.telling import telling
from tui.words import _

if TYPE_CHECKING:
    from office.reading import Reading
    from tui.screens.minutes_tasks import TaskCommands

_NEW = "new"
_WORK = 60


def ask_which(
    page: "TaskCommands", reading: "Reading", words: str, take: Callable[[], None]
) -> bool:
    """Ask which follow-up the line with these words extends, and extend it; `take` makes the line a
    follow-up of its own all the same. False where nothing was asked: no day is said, or no open
    follow-up may be meant."""
    store, office = page.office.store, page.office
    to = extended_to(reading)
    known = page.live.tasks.known
    if to is None or known is None:
        return False
    lead = known.cells(reading).get("lead")
    found = candidates(store, reading, [lead] if lead else [])
    if not found:
        return False
    name_of = queries.Names(store)
    labels = {}
    for followup in found:
        due = day_of(followup.due)
        parts = (
            cut(followup.work, _WORK),
            name_of(followup.lead),
            _("hạn {day}").format(day=show_date(due)) if due else "",
        )
        labels[followup.id] = " · ".join(filter(None, parts))
    labels[_NEW] = _("Không phải những việc này: ghi thành nhiệm vụ mới")

    def chosen(id: str | None) -> None:
        if id == _NEW:
            take()
        elif id:
            with telling(page.app):
                _write(id)

    def _write(id: str) -> None:
        by = office.author
        event = lifecycle.extend(store, id, to, reason=words, by=by, meeting=page.meeting_id)
        name = _("Gia hạn đến {day}").format(day=show_date(to))
        office.trash.note(lambda: followups.undo(store, event, by=by), id, name)
        office.changed()
        page.live.tasks.refresh()
        page.show_tasks()
        page.live.show()
        work = next(f.work for f in found if f.id == id)
        office.say(
            _("Đã gia hạn đến {day}: {work}.").format(day=show_date(to), work=cut(work, _WORK))
        )

    question = _("Gia hạn đến {day} cho nhiệm vụ nào?").format(day=show_date(to))
    page.app.push_screen(ChooseScreen(question, labels), chosen)
    return True
