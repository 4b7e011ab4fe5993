"""Units and persons scored by products and effects; each score opens its evidence."""

from collections.abc import Iterable
from typing import ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.evaluation import Score, Whose, evaluate
from office.evaluation_formula import PARTS, Formula, formula
from office.reports.report import make
from schema.errors import N_
from schema.records import Followup
from schema.report_rows import ids_of
from tui.evaluation_words import FOUND, Called, number, part_words, value_words
from tui.report_view import ReportView, about
from tui.rows import Rows
from tui.screens.page import Page
from tui.telling import telling
from tui.widgets.line import Lines
from tui.widgets.listing import Column, Listing, Row
from tui.words import _


class _Scores(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Xem căn cứ"))]


class EvaluationScreen(Page):
    """The scores of the period that the screen of reports shows."""

    HEADING = N_("Đánh giá")
    HELP = N_(
        "Điểm từ 0 đến 100 theo sản phẩm, tác động, đúng hạn, được nhận ngay, trong kỳ của màn hình"
        " báo cáo; mỗi cột là mức trung bình và số nhiệm vụ đã chấm, dấu * là quá ít nên không"
        " tính. Ai có quá ít nhiệm vụ thì không có điểm. b đổi giữa đơn vị và cá nhân; Enter mở căn"
        " cứ: từng nhiệm vụ góp bao nhiêu điểm. Điểm chỉ để tham khảo, không tự quyết định gì. Cách"
        " tính: thuky evaluate formula."
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("b", "whose", N_("Đơn vị, cá nhân"))]
    AUTO_FOCUS = "Listing"

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows()
        self._whose: Whose = "unit"
        self._scores: dict[str, Score] = {}
        self._formula: Formula | None = None

    def body(self) -> Iterable[Widget]:
        self._about = Lines(id="evaluation-about")
        self._about.styles.height = 2
        columns = [Column(_("Ai"), share=2), Column(_("Điểm"), 14)]
        columns += [Column(_(words), 11, align="right") for words in PARTS.values()]
        empty = _("Kỳ này chưa ai có nhiệm vụ được chấm.")
        self._listing = _Scores(columns, self._rows, empty=empty, id="scores")
        yield self._about
        yield self._listing

    def refill(self) -> None:
        self._tell(_("đang tính…"))
        self.call_after_refresh(self._count)

    def _count(self) -> None:
        if not self.is_attached:
            return
        office = self.office
        with telling(self.app):
            period = office.remembered(ReportView).period(office.today())
            how = self._formula = formula(office.store)
            found = evaluate(make(office.store, period), how, self._whose)
            self._scores = {score.key: score for score in found}
            self._called = Called(office.store)
            self._rows.fill(
                [
                    Row(
                        score.key,
                        (
                            self._called(score.key),
                            value_words(score, how.at_least),
                            *(part_words(score, part) for part in PARTS),
                        ),
                        dim=score.value is None,
                    )
                    for score in found
                ]
            )
            self._listing.reload()
            self._tell()

    def _tell(self, more: str = "") -> None:
        period = self.office.remembered(ReportView).period(self.office.today())
        whose = _("đơn vị") if self._whose == "unit" else _("cá nhân")
        told = " · ".join(filter(None, (about(period), whose, more)))
        self._about.show([("", Style()), (f"   {told}", Style(bold=True))])

    def action_whose(self) -> None:
        self._whose = "person" if self._whose == "unit" else "unit"
        self.refill()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        if self._formula and (score := self._scores.get(event.key)):
            told = value_words(score, self._formula.at_least)
            self.app.push_screen(EvidencePage(score, f"{self._called(score.key)}: {told}"))


class EvidencePage(Page):
    """What each follow-up adds to a score."""

    HELP = N_(
        "Căn cứ của điểm: mỗi dòng là một nhiệm vụ trong một phần, thấy gì, mức nào (trên 100), góp"
        " bao nhiêu vào điểm; cộng lại là điểm. Enter mở nhiệm vụ."
    )
    AUTO_FOCUS = "Listing"

    def __init__(self, score: Score, name: str) -> None:
        super().__init__()
        self._score = score
        self._shown_as = name
        self._rows = Rows()

    def heading(self) -> str:
        return self._shown_as

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Phần"), 14), Column(_("Thấy gì"), 18), Column(_("Mức"), 6)]
        columns += [Column(_("Góp"), 6, align="right"), Column(_("Việc"))]
        empty = _("Chưa có nhiệm vụ nào được chấm.")
        self._listing = Listing(columns, self._rows, empty=empty, id="evidence")
        yield self._listing

    def refill(self) -> None:
        store = self.office.store
        rows = list(dict.fromkeys(each.row for each in self._score.evidence))
        ids = dict(zip(rows, ids_of(store, rows), strict=True))
        works = {row: store.get(Followup, id).work for row, id in ids.items()}
        self._rows.fill(
            [
                Row(
                    f"{ids[each.row]} {each.part}",
                    (
                        _(PARTS[each.part]),
                        _(FOUND[each.found]),
                        number(100 * each.mark),
                        f"{each.points:.2f}".replace(".", ","),
                        works[each.row],
                    ),
                )
                for each in sorted(self._score.evidence, key=lambda each: -each.points)
            ]
        )
        self._listing.reload()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        from tui.screens.followup_page import FollowupPage

        self.app.push_screen(FollowupPage(event.key.split(" ")[0]))
