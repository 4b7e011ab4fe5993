"""thuky evaluate [scores|formula]: units and persons by the products and effects of their tasks."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from office.evaluation import Evidence, Score, evaluate
from office.evaluation_formula import PARTS, Formula, formula, formula_text, set_formula
from office.moments import parse_date
from office.reports.period import Period
from office.reports.report import make
from schema.errors import N_, ThukyError
from schema.records import Followup
from schema.report_rows import ids_of
from tui.arguments import WrongUsage
from tui.cli.command import Group, Option, command
from tui.cli.desk import Desk
from tui.cli.rows import short_ids
from tui.cli.table import table
from tui.evaluation_words import FOUND, Called, number, part_words, parts_words, value_words
from tui.report_view import about
from tui.words import _

evaluate_ = Group(
    "evaluate",
    N_("Đánh giá đơn vị, cá nhân theo sản phẩm và tác động, bằng cách tính ai cũng xem được."),
    usual="scores",
)


@command(
    evaluate_,
    "scores",
    N_("Điểm của từng đơn vị hay cá nhân; nêu tên một ai thì kèm căn cứ từng nhiệm vụ."),
    Option("--unit", N_("đơn vị này, với căn cứ"), N_("ĐƠN VỊ")),
    Option("--person", N_("người này, với căn cứ"), N_("HỌ TÊN")),
    Option("--persons", N_("từng cá nhân thay vì từng đơn vị"), is_flag=True),
    Option("--from first", N_("ngày đầu; mặc định là đầu năm của ngày cuối"), N_("NGÀY")),
    Option("--to last", N_("ngày cuối; mặc định là hôm nay"), N_("NGÀY")),
    Option("--as-of day", N_("như vào cuối ngày này; mặc định là hôm nay"), N_("NGÀY")),
)
def scores(
    desk: Desk,
    unit: str | None,
    person: str | None,
    persons: bool,
    first: str | None,
    last: str | None,
    day: str | None,
) -> None:
    if unit and (person or persons):
        raise WrongUsage(N_("Chọn đơn vị hay cá nhân, không cả hai."))
    today = desk.today
    to = parse_date(last, today) if last else today
    start = parse_date(first, today) if first else to.replace(month=1, day=1)
    period = Period(start, to, parse_date(day, today) if day else today)
    one = desk.directory.unit(unit).id if unit else ""
    one = desk.directory.person(person).id if person else one
    how = formula(desk.store)
    found = evaluate(make(desk.store, period), how, "person" if person or persons else "unit")
    if one:
        found = [score for score in found if score.key == one] or [_nothing(one)]
    called = Called(desk.store)
    if desk.common.json:
        desk.json(
            {
                "from": period.first.isoformat(),
                "to": period.last.isoformat(),
                "as_of": period.as_of.isoformat(),
                "at_least": how.at_least,
                "weights": {name: part.weight for name, part in how.parts.items()},
                "scores": [_json(desk, score, called, evidence=bool(one)) for score in found],
            }
        )
        return
    desk.say(about(period))
    heads = [_("Điểm"), _("Nhiệm vụ"), *parts_words(), _("Ai")]
    rows = [
        [
            value_words(score, how.at_least),
            str(score.marked),
            *(part_words(score, part) for part in PARTS),
            called(score.key),
        ]
        for score in found
    ]
    desk.say(table(heads, rows))
    desk.say(formula_words(how))
    if one:
        _say_evidence(desk, found[0].evidence)


def formula_words(how: Formula) -> str:
    """The formula in a sentence."""
    weights = " + ".join(
        f"{part.weight:g} × {_(PARTS[name]).lower()}" for name, part in how.parts.items()
    )
    return _(
        "Điểm = ({weights}) / tổng trọng số của các phần được tính; phần có dấu * quá ít nhiệm vụ"
        " nên không tính."
    ).format(weights=weights)


def _nothing(key: str) -> Score:
    return Score(key, 0, None, {}, list(PARTS))


def _json(desk: Desk, score: Score, called: Called, *, evidence: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "key": score.key,
        "name": called(score.key),
        "score": score.value,
        "marked": score.marked,
        "parts": {
            name: {"mean": mean, "count": count, "counts": name not in score.left_out}
            for name, (mean, count) in score.parts.items()
        },
    }
    if evidence:
        ids = _ids(desk, score.evidence)
        told["evidence"] = [
            {
                "followup": ids[each.row],
                "part": each.part,
                "found": each.found,
                "mark": each.mark,
                "points": each.points,
            }
            for each in score.evidence
            if each.row in ids
        ]
    return told


def _ids(desk: Desk, evidence: Sequence[Evidence]) -> dict[int, str]:
    rows = list(dict.fromkeys(each.row for each in evidence))
    return dict(zip(rows, ids_of(desk.store, rows), strict=True))


def _say_evidence(desk: Desk, evidence: Sequence[Evidence]) -> None:
    ids = _ids(desk, evidence)
    if not ids:
        return
    short = short_ids(desk.store, Followup, list(ids.values()))
    works = {id: desk.store.get(Followup, id).work for id in ids.values()}
    rows = [
        [
            short[ids[each.row]],
            _(PARTS[each.part]),
            _(FOUND[each.found]),
            number(100 * each.mark),
            f"{each.points:.2f}".replace(".", ","),
            works[ids[each.row]],
        ]
        for each in evidence
    ]
    heads = [_("Mã"), _("Phần"), _("Thấy gì"), _("Mức"), _("Góp vào điểm"), _("Việc")]
    desk.say("")
    desk.say(table(heads, rows))


@command(
    evaluate_,
    "formula",
    N_("Xem hay đổi cách tính điểm, chung cho mọi máy."),
    Option("--set path", N_("tính theo tệp TOML này từ nay"), N_("TỆP")),
    Option("--reset", N_("tính như chương trình có sẵn"), is_flag=True),
)
def formula_(desk: Desk, path: str | None, reset: bool) -> None:
    if path and reset:
        raise WrongUsage(N_("--set và --reset không đi cùng nhau."))
    if path or reset:
        set_formula(desk.store, _text(Path(path).expanduser()) if path else "")
    if desk.common.json:
        how = formula(desk.store)
        desk.json(
            {
                "at_least": how.at_least,
                "parts": {
                    name: {"weight": part.weight, "at_least": part.at_least, **part.marks}
                    for name, part in how.parts.items()
                },
            }
        )
    elif path or reset:
        desk.say(_("Từ nay điểm được tính như thế, trên mọi máy."))
    else:
        desk.text(formula_text(desk.store))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ThukyError(
            N_("Không đọc được {path} ({reason}). Chưa ghi gì."), path=path, reason=error
        ) from error
