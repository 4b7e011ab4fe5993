"""The rules of urging: when whom, and how often again."""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from office.labels import URGED, URGING_KINDS
from office.urging_rules import keep_rule, rules_of
from schema.errors import N_, ThukyError
from schema.records import UrgingRule
from tui.rows import Rows
from tui.screens.form_page import FormPage, Saved, WrongError
from tui.screens.page import Page
from tui.screens.pickers import choice
from tui.widgets.choice import Choice
from tui.widgets.field import Field
from tui.widgets.form import FormRow
from tui.widgets.listing import Column, Listing, Row
from tui.words import _

_MOST_DIGITS = 3


class _Rules(Listing):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Sửa"))]


class UrgingRules(Page):
    """All rules in their order; those that rest are dim."""

    HELP = N_(
        "Khi nào nhắc ai: trước hạn bao nhiêu ngày làm việc, đúng hạn, sau hạn, im lặng sau khi"
        " giao; nhắc đơn vị, thủ trưởng, lãnh đạo phụ trách hay đưa ra giao ban tuần; bao lâu thì"
        " nhắc lại. Space cho một quy tắc nghỉ hay dùng lại. Quy tắc là của cả cơ quan, mọi máy như"
        " nhau."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,plus", "new", N_("Thêm quy tắc")),
        Binding("space", "rest", N_("Nghỉ, dùng lại")),
        Binding("d", "delete", N_("Bỏ")),
        Binding("u", "restore", N_("Lấy lại cái vừa xóa"), show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows()

    def heading(self) -> str:
        return _("Quy tắc đôn đốc")

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Khi nào"), share=3), Column(_("Đôn đốc ai"), share=2)]
        columns += [Column(_("Nhắc lại"), share=2)]
        empty = _("Chưa có quy tắc nào: không ai được nhắc. n: thêm.")
        self._listing = _Rules(columns, self._rows, empty=empty, id="rules")
        yield self._listing

    def refill(self) -> None:
        self._known = {rule.id: rule for rule in rules_of(self.office.store)}
        self._rows.fill([_row(rule) for rule in self._known.values()])
        self._listing.reload()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        self.app.push_screen(UrgingRuleForm(self._known[event.key]), self._saved)

    def action_new(self) -> None:
        self.app.push_screen(UrgingRuleForm(), self._saved)

    def action_rest(self) -> None:
        if rule := self._known.get(self._listing.key):
            keep_rule(self.office.store, replace(rule, active=0 if rule.active else 1))
            self.office.changed()

    def action_delete(self) -> None:
        if rule := self._known.get(self._listing.key):
            self.ask_to_delete(UrgingRule, rule.id, _when(rule))

    def action_restore(self) -> None:
        self._saved(self.office.restore_deleted())

    def _saved(self, id: str | None) -> None:
        if id:
            self.refill()
            self._listing.go_to(id)


class UrgingRuleForm(FormPage):
    """Returns the id of the rule that was saved."""

    HELP = N_(
        "Số ngày là ngày làm việc; với “Đúng hạn” thì không cần. Nhắc lại sau: để 0 thì chỉ nhắc"
        " một lần."
    )

    def __init__(self, rule: UrgingRule | None = None) -> None:
        super().__init__(f"draft:urging_rule:{rule.id}" if rule else "draft:urging_rule")
        self._rule = rule

    def heading(self) -> str:
        return _("Sửa quy tắc đôn đốc") if self._rule else _("Quy tắc đôn đốc mới")

    def rows(self) -> Iterable[FormRow]:
        rule = self._rule or UrgingRule(days=1)
        active = Choice([("1", _("Có")), ("", _("Không"))], "1" if rule.active else "")
        yield FormRow("kind", _("Khi nào"), choice(URGING_KINDS, rule.kind))
        yield FormRow("days", _("Số ngày"), Field(str(rule.days), compact=True))
        yield FormRow("whom", _("Đôn đốc ai"), choice(URGED, rule.whom))
        yield FormRow("every", _("Nhắc lại sau"), Field(str(rule.every), compact=True))
        yield FormRow("active", _("Đang dùng"), active)

    def understood(self, name: str, value: str) -> str:
        if name == "every" and value in ("", "0"):
            return _("không nhắc lại")
        return _("ngày làm việc") if name in ("days", "every") else ""

    def save(self, values: dict[str, str]) -> Saved:
        rule = replace(
            self._rule or UrgingRule(),
            kind=values["kind"],
            days=_number("days", values["days"]),
            every=_number("every", values["every"]),
            whom=values["whom"],
            active=int(bool(values["active"])),
        )
        try:
            kept = keep_rule(self.office.store, rule)
        except ThukyError as error:
            raise WrongError("days", error) from error
        return Saved(kept.id, _("Đã lưu “{title}”.").format(title=_when(kept)))


def _number(name: str, text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise WrongError(name, ThukyError(N_("“{text}” không phải là số."), text=text))
    return int(text)


def _when(rule: UrgingRule) -> str:
    words = {
        "before": _("Trước hạn {n} ngày làm việc"),
        "due": _("Đúng ngày hạn"),
        "late": _("Quá hạn {n} ngày làm việc"),
        "silent": _("Im lặng {n} ngày sau khi giao"),
    }
    return words.get(rule.kind, rule.kind).format(n=rule.days)


def _row(rule: UrgingRule) -> Row:
    again = _("mỗi {n} ngày").format(n=rule.every) if rule.every else ""
    whom = _(URGED.get(rule.whom, rule.whom))
    return Row(rule.id, (_when(rule), whom, again), "" if rule.active else "–", dim=not rule.active)
