"""What a follow-up is part of and what is part of it, as lines of its page: parts, milestones,
occurrences, what inspections saw of it; and which screen each line opens."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from office import inspections, milestones, parts
from office.labels import FINDINGS
from office.lateness import days_late
from office.moments import day_of, show_date
from schema.records import Followup
from schema.store import Store
from tui.part_words import totals_words
from tui.widgets.listing import Row
from tui.words import _

if TYPE_CHECKING:
    from tui.app import ThukyApp


def more_rows(store: Store, followup: Followup, today: date) -> Iterator[Row]:
    """A line for each of these that there is."""
    found = list(_lines(store, followup, today))
    if found:
        yield Row(" more gap", ("", ""))
    yield from found


def _lines(store: Store, followup: Followup, today: date) -> Iterator[Row]:
    if whole := store.find(Followup, followup.parent):
        label = _("Mốc của") if followup.role == "milestone" else _("Phần của")
        yield Row(f"whole:{whole.id}", (label, whole.work))
    if parts.has_parts(store, followup.id):
        every = parts.table(store, followup.id, today)
        yield Row("parts:", (_("Các phần"), totals_words(parts.totals(every))))
    if steps := milestones.milestones_of(store, followup.id):
        yield Row("milestones:", (_("Các mốc"), _milestone_words(steps, today)))
    if followup.recurs_from:
        day = day_of(followup.occurs_on)
        words = _("kỳ {day} của một nhiệm vụ lặp lại")
        yield Row("occurrences:", (_("Kỳ"), words.format(day=show_date(day) if day else "")))
    elif followup.recurrence:
        count = store.count(Followup, "recurs_from = ?", followup.id)
        words = _("đã lập {n} kỳ sau kỳ này (L: xem)")
        yield Row("occurrences:", (_("Kỳ"), words.format(n=count)))
    for number, (finding, of) in enumerate(inspections.found_on(store, followup.id)):
        label = _("Kiểm tra") if not number else ""
        seen_on = day_of(finding.seen_on)
        parts_of = (
            show_date(seen_on) if seen_on else finding.seen_on or "",
            _(FINDINGS.get(finding.result, finding.result)),
            finding.text,
            of.title if of else "",
        )
        yield Row(f"finding:{finding.inspection}", (label, " · ".join(filter(None, parts_of))))


def _milestone_words(steps: list[Followup], today: date) -> str:
    done = sum(step.state == "done" for step in steps)
    words = _("{n}/{all} mốc đã xong").format(n=done, all=len(steps))
    following = milestones.next_of(steps)
    if following is None:
        return words
    words += _(" · tới: {work}").format(work=following.work)
    if due := day_of(following.due):
        words += _(", hạn {day}").format(day=show_date(due))
        if (late := days_late(following, today) or 0) > 0:
            words += _(" (quá hạn {n} ngày)").format(n=late)
    return words


def open_line(app: "ThukyApp", followup: str, kind: str, id: str = "") -> bool:
    """Open what a line is about; False where the line is another's."""
    match kind:
        case "whole":
            from tui.screens.followup_page import FollowupPage

            app.push_screen(FollowupPage(id))
        case "parts":
            from tui.screens.parts import PartsScreen

            app.push_screen(PartsScreen(followup))
        case "milestones":
            from tui.screens.milestones import MilestonesScreen

            app.push_screen(MilestonesScreen(followup))
        case "occurrences":
            from tui.screens.occurrences import OccurrencesScreen

            app.push_screen(OccurrencesScreen(followup))
        case "finding":
            from tui.screens.inspection_page import InspectionPage

            app.push_screen(InspectionPage(id))
        case _:
            return False
    return True
