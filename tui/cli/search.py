"""thuky search: find anything by its words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from office.filtering import quoted
from office.finding import KINDS, Finding
from office.labels import FOLLOWUP_STATES
from office.moments import parse_date, show_date
from schema import search as index
from schema.errors import N_
from schema.records import Followup, Meeting, Person, Unit
from schema.search_hits import Hit, excerpt
from schema.search_index import bring_up
from tui import queries
from tui.cli.command import Argument, Command, Option
from tui.cli.desk import Desk
from tui.cli.fields import NUMBER
from tui.cli.rows import short_ids
from tui.cli.table import table
from tui.rows import marked
from tui.words import _

# How long a command waits for the index; an index of ten years is made in less than two minutes.
PATIENCE_SECONDS = 120.0
SNIPPET_LENGTH = 160
SHOWN_LENGTH = 70
_RECORDS = {
    "minutes": Meeting,
    "followup": Followup,
    "meeting": Meeting,
    "unit": Unit,
    "person": Person,
}


def _search(
    desk: Desk,
    words: tuple[str, ...],
    kind: str | None,
    unit: str | None,
    since: str | None,
    until: str | None,
    state: str | None,
    limit: str | None,
) -> None:
    store = desk.store
    finding = Finding(store, desk.today)
    given = {"kind": kind, "unit": unit, "state": state}
    asked = " ".join(f"{key}:{quoted(value)}" for key, value in given.items() if value)
    for problem in finding.read(asked).problems:
        raise problem
    understood = finding.read(f"{asked} {' '.join(words)}")
    query = replace(
        understood.query,
        first=parse_date(since, desk.today) if since else understood.query.first,
        last=parse_date(until, desk.today) if until else understood.query.last,
    )
    for problem in understood.problems:
        desk.notice(problem.words, **problem.fields)
    if waiting := bring_up(store, PATIENCE_SECONDS):
        desk.notice(N_("Còn {n} mục chưa được lập chỉ mục nên chưa tìm trong đó."), n=waiting)
    if marked := store.count(Meeting, "secrecy <> ''"):
        desk.notice(N_("Không tìm trong {count} cuộc họp mang độ mật."), count=marked)
    most = NUMBER.read(desk, limit) if limit else index.LIMIT
    hits = index.search(store, query, max(most, 0))
    if desk.common.json:
        desk.json([_json(hit) for hit in hits])
    elif hits:
        _say(desk, hits)
    else:
        desk.say(_("Không thấy. Thử bỏ dấu, bớt chữ, hoặc bỏ điều kiện như đv:, ngày:."))


def _json(hit: Hit) -> dict[str, Any]:
    snippet, spans = excerpt(hit.text, hit.spans, SNIPPET_LENGTH)
    return {
        "kind": hit.kind,
        "id": hit.id,
        "title": hit.title,
        "snippet": snippet,
        "spans": spans,
        "score": hit.score,
        "meeting": hit.meeting,
        "line": None if hit.line is None else hit.line + 1,
        "date": hit.day.isoformat() if hit.day else None,
        "unit": hit.unit,
        "state": hit.state or None,
        "due": hit.due,
    }


def _say(desk: Desk, hits: Sequence[Hit]) -> None:
    name_of = queries.Names(desk.store)

    def where(hit: Hit) -> str:
        if hit.kind == "followup":
            return " · ".join(
                filter(None, (name_of(hit.unit), _(FOLLOWUP_STATES.get(hit.state, hit.state))))
            )
        line = "" if hit.line is None else _("dòng {n}").format(n=hit.line + 1)
        return " · ".join(filter(None, (hit.title if hit.title != hit.text else "", line)))

    ids = {
        kind: short_ids(desk.store, record, [hit.id for hit in hits if hit.kind == kind])
        for kind, record in _RECORDS.items()
    }
    rows = [
        [
            _(KINDS[hit.kind]),
            show_date(hit.day) if hit.day else "",
            marked(*excerpt(hit.text, hit.spans, SHOWN_LENGTH)),
            where(hit),
            ids[hit.kind][hit.id],
        ]
        for hit in hits
    ]
    desk.say(table([_("Loại"), _("Ngày"), _("Tìm thấy"), _("Ở đâu"), _("Mã")], rows))


search = Command(
    "search",
    N_("Tìm trong biên bản, nhiệm vụ, cuộc họp, đơn vị, người; không cần gõ dấu."),
    callback=_search,
    params=[
        Argument("words", N_("CHỮ…"), nargs=-1, required=True),
        Option("--kind", N_("chỉ loại này"), "minutes|followup|meeting|unit|person"),
        Option("--unit", N_("của đơn vị này"), N_("ĐƠN_VỊ")),
        Option("--from since", N_("từ ngày này"), N_("NGÀY")),
        Option("--to until", N_("đến hết ngày này"), N_("NGÀY")),
        Option("--state", N_("nhiệm vụ ở trạng thái này"), N_("TRẠNG_THÁI")),
        Option("--limit", N_("nhiều nhất bấy nhiêu kết quả"), N_("SỐ")),
    ],
)
