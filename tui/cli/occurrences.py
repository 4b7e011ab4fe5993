"""thuky followup occurrences: the times of a task that recurs, made and to come."""

from typing import Any

from office import occurrences
from office.moments import parse_date, show_date
from schema.errors import N_
from schema.records import Followup
from tui.arguments import WrongUsage
from tui.cli.command import Argument, Group, Option, command
from tui.cli.desk import Desk
from tui.cli.table import table
from tui.occurrence_words import deadline_words, state_words
from tui.words import _

_HERE = Group("followup", "")


@command(
    _HERE,
    "occurrences",
    N_("Xem các kỳ của một nhiệm vụ lặp lại; không có mã thì lập mọi kỳ đã đến lúc."),
    Argument("id", N_("MÃ"), required=False),
    Option("--until", N_("xem đến ngày này, thay vì một năm tới"), N_("NGÀY")),
    Option("--stop", N_("thôi lặp sau ngày này"), N_("NGÀY")),
)
def occurrences_(desk: Desk, id: str | None, until: str | None, stop: str | None) -> None:
    if id is None:
        if until or stop:
            raise WrongUsage(N_("Thiếu {missing}."), missing=_("MÃ"))
        made = occurrences.make_due(desk.store, desk.today)
        desk.rows(Followup, made, "due", "state", "lead", "work")
        return
    with desk.store.transaction():
        root = occurrences.root_of(desk.store, desk.row(Followup, id))
        if stop:
            root = occurrences.stop(desk.store, root, parse_date(stop, desk.today))
    last = parse_date(until, desk.today) if until else desk.today + occurrences.AHEAD
    found = occurrences.listed(desk.store, root, last)
    if desk.common.json:
        desk.json([_json(each) for each in found])
        return
    if minded := occurrences.check(root.recurrence, str(found[0].on)):
        desk.notice(minded.words, **minded.fields)
    desk.say(table([_("Kỳ"), _("Thời hạn"), _("Trạng thái")], map(_cells, found)))


def _cells(each: occurrences.Occurrence) -> list[str]:
    return [show_date(each.on), deadline_words(each), state_words(each)]


def _json(each: occurrences.Occurrence) -> dict[str, Any]:
    row = each.followup
    return {
        "on": each.on.isoformat(),
        "due": each.due.isoformat(),
        "last_working_day": each.last_working.isoformat(),
        "id": row.id if row else None,
        "state": row.state if row else None,
    }
