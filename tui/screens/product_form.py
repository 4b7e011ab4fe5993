"""What a follow-up came to, as it is handed in: a paper, a file or link, a figure."""

from collections.abc import Iterable

from office import lifecycle
from office.figures import read_figure
from office.life_rules import ReasonNeeded
from office.lifecycle import Product
from office.moments import parse_date
from schema.errors import N_, ThukyError
from schema.records import Followup
from tui import queries
from tui.screens.followup_form import spoken_day
from tui.screens.form_page import FormPage, Saved, WrongError
from tui.screens.life_steps import known_person, who_accepts, wrote
from tui.widgets.field import Field
from tui.widgets.form import FormRow
from tui.words import _


class ProductForm(FormPage):
    """Hands in a product, and with `accept` notes that it was accepted at once."""

    HELP = N_(
        "Sản phẩm của nhiệm vụ: tên, số và ngày văn bản, tệp hay liên kết, số liệu với đơn vị tính"
        " (như “14 dự án”, “10,5 %”). Hoàn thành là có sản phẩm, không phải lời nói. F4 lưu."
    )

    def __init__(self, followup: str, *, accept: bool = False, meeting: str | None = None) -> None:
        super().__init__(f"draft:product:{followup}")
        self._followup_id = followup
        self._accept = accept
        self._meeting = meeting

    def heading(self) -> str:
        return _("Sản phẩm và xác nhận") if self._accept else _("Trình kết quả")

    def rows(self) -> Iterable[FormRow]:
        followup = self.office.store.get(Followup, self._followup_id)
        yield FormRow("product", _("Sản phẩm"), Field(followup.product, compact=True), wide=True)
        yield FormRow("number", _("Số văn bản"), Field(compact=True))
        yield FormRow("issued_on", _("Ngày văn bản"), Field(compact=True))
        yield FormRow("link", _("Tệp, liên kết"), Field(compact=True), wide=True)
        yield FormRow("figure", _("Số liệu"), Field(compact=True))
        if self._accept:
            who = who_accepts(self.office.store, followup, self._meeting)
            yield FormRow("who", _("Ai xác nhận"), Field(who, compact=True))
        yield FormRow("note", _("Lý do, ghi chú"), Field(compact=True), wide=True)

    def understood(self, name: str, value: str) -> str:
        return spoken_day(value, self.office.today()) if name == "issued_on" else ""

    def save(self, values: dict[str, str]) -> Saved:
        store, by = self.office.store, self.office.author
        product = self._product(values)
        try:
            if self._accept:
                event = lifecycle.close(
                    store,
                    self._followup_id,
                    who=values["who"],
                    person=known_person(queries.directory(store), values["who"]),
                    reason=values["note"],
                    product=product,
                    by=by,
                    meeting=self._meeting,
                )
            else:
                event = lifecycle.submit(
                    store,
                    self._followup_id,
                    product,
                    note=values["note"],
                    by=by,
                    meeting=self._meeting,
                )
        except ReasonNeeded as error:
            raise WrongError("note", error) from error
        except ThukyError as error:
            if (field := error.fields.get("field")) in self.form.rows:
                raise WrongError(str(field), error) from error
            raise
        wrote(self, store.get(Followup, self._followup_id), event)
        return Saved(self._followup_id, _("Đã ghi sản phẩm. u: rút lại."))

    def _product(self, values: dict[str, str]) -> Product:
        if not values["product"]:
            raise WrongError(
                "product", ThukyError(N_("Trình kết quả phải nói sản phẩm là gì; chưa ghi gì."))
            )
        try:
            issued = values["issued_on"]
            day = parse_date(issued, self.office.today()) if issued else None
        except ThukyError as error:
            raise WrongError("issued_on", error) from error
        figure = read_figure(values["figure"]) if values["figure"] else None
        if values["figure"] and figure is None:
            words = N_("Số liệu phải có đơn vị tính, như “12 km” hay “10,5 %”; chưa ghi gì.")
            raise WrongError("figure", ThukyError(words))
        return Product(
            values["product"],
            values["number"],
            day,
            values["link"],
            figure.number if figure else None,
            figure.measure if figure else "",
        )
