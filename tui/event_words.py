"""What a follow-up's events tell, in words with all their values, and which of its points are
clear: for the page and the command line."""

from collections.abc import Iterator, Sequence

from office.figures import show_figure
from office.labels import EFFECTS, FOLLOWUP_EVENTS, URGED, WAIVED
from office.life_rules import POINT_NAMES
from office.moments import show_day
from office.points import Point, missing
from office.urged import whom_of
from schema.records import Followup, FollowupEvent
from tui.rows import NameOf
from tui.words import _


def clear_words(followup: Followup) -> str:
    """How many of the six points are clear, and which are not."""
    gone = missing(followup)
    clear = f"{len(Point) - len(gone)}/{len(Point)}"
    if not gone:
        return clear
    names = ", ".join(_(POINT_NAMES[point]) for point in gone)
    return _("{clear} · thiếu: {points}").format(clear=clear, points=names)


def kind_words(event: FollowupEvent, events: Sequence[FollowupEvent]) -> str:
    """What happened; of an event that takes another one back, which one."""
    words = _(FOLLOWUP_EVENTS.get(event.kind, event.kind))
    if before := next((e for e in events if e.id == event.undoes), None):
        words = f"{words}: {_(FOLLOWUP_EVENTS.get(before.kind, before.kind)).lower()}"
    return words


def told(event: FollowupEvent, name_of: NameOf) -> str:
    """Its values but for its note, with dots between them; nothing where its kind says it all."""
    return " · ".join(filter(None, _told(event, name_of)))


def _told(event: FollowupEvent, name_of: NameOf) -> Iterator[str]:
    whom = ", ".join(filter(None, (name_of(event.unit), name_of(event.person))))
    if event.kind == "reminded" and (urged := whom_of(event)[0]) != "unit":
        yield _(URGED[urged])
    if whom and event.kind in ("assigned", "reminded"):
        yield _("cho {whom}").format(whom=whom)
    elif whom and event.kind != "done":
        yield whom
    if event.due_to:
        words = _("từ {old} đến {new}") if event.due_from else _("đến {new}")
        yield words.format(old=show_day(event.due_from), new=show_day(event.due_to))
    yield from _product(event)
    if event.kind == "done" and event.value:
        name = name_of(event.person)
        who = event.value if not name or name in event.value else f"{name} ({event.value})"
        yield _("người xác nhận: {who}").format(who=who)
    elif event.kind == "reviewed":
        yield _(EFFECTS.get(event.value, event.value))
    elif event.kind == "reminded":
        yield _(URGED.get(event.value.split(" ")[0], ""))
    elif event.value:
        yield event.value
    if event.waived:
        rules = "; ".join(_(WAIVED.get(rule, rule)) for rule in event.waived.split())
        yield _("ngoại lệ: {rules}").format(rules=rules)


def _product(event: FollowupEvent) -> Iterator[str]:
    if event.product:
        yield event.product
    paper = []
    if event.number:
        paper.append(_("số {number}").format(number=event.number))
    if event.issued_on:
        paper.append(_("ngày {day}").format(day=show_day(event.issued_on)))
    if paper:
        yield " ".join(paper)
    if event.figure is not None:
        yield show_figure(event.figure, event.measure)
    if event.link:
        yield event.link
