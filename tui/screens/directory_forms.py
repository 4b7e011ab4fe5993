"""Forms for a unit and for a person."""

from collections.abc import Iterable

from office.labels import UNIT_TYPES
from office.merging import renamed
from office.moments import day_of, parse_date, show_date
from schema.errors import N_, ThukyError
from schema.records import Person, Post, Unit
from tui import queries
from tui.rows import weekday
from tui.screens.form_page import FormPage, Saved, WrongError
from tui.screens.pickers import DirectoryField, KnownField, choice, unit_in
from tui.widgets.field import Field
from tui.widgets.form import FormRow
from tui.words import _


class UnitForm(FormPage):
    """Returns the id of the unit that was saved."""

    HELP = N_(
        "Chữ viết tắt dùng để gõ nhanh ở mọi nơi, như STC. Tên khác, cách nhau bằng dấu chấm phẩy,"
        " cũng tìm ra đơn vị này."
    )

    def __init__(self, unit: Unit | None = None) -> None:
        super().__init__(f"draft:unit:{unit.id}" if unit else "draft:unit")
        self._unit = unit

    def heading(self) -> str:
        return _("Sửa đơn vị") if self._unit else _("Đơn vị mới")

    def rows(self) -> Iterable[FormRow]:
        self._directory = queries.directory(self.office.store)
        unit = self._unit or Unit()
        aliases = "; ".join(unit.aliases.splitlines())
        parent = DirectoryField(self._directory, "unit", unit.parent)
        yield FormRow("name", _("Tên đơn vị"), Field(unit.name, compact=True), wide=True)
        yield FormRow("abbr", _("Viết tắt"), Field(unit.abbr, compact=True))
        yield FormRow("type", _("Loại"), choice(UNIT_TYPES, unit.type))
        yield FormRow("parent", _("Thuộc"), parent)
        yield FormRow("aliases", _("Tên khác"), Field(aliases, compact=True), wide=True)
        yield FormRow("email", _("Thư điện tử"), Field(unit.email, compact=True), wide=True)

    def save(self, values: dict[str, str]) -> Saved:
        store = self.office.store
        if not values["name"]:
            raise WrongError("name", ThukyError(N_("Đơn vị chưa có tên.")))
        with store.transaction():
            aliases = (alias.strip() for alias in values["aliases"].split(";"))
            id = self._unit.id if self._unit else store.insert(Unit()).id
            kept = store.update(
                Unit,
                id,
                abbr=values["abbr"],
                type=values["type"],
                parent=unit_in(self.form.rows["parent"], store, self._directory),
                aliases="\n".join(filter(None, aliases)),
                email=values["email"],
            )
            kept = store.update(Unit, id, **renamed(kept, values["name"]))
        return Saved(kept.id, _("Đã lưu “{title}”.").format(title=kept.name))


class PersonForm(FormPage):
    """Returns the id of the person that was saved. A new one may be given a post at once."""

    HELP = N_(
        "Họ tên và cách liên hệ. Người mới có thể ghi luôn chức vụ; về sau chức vụ thay đổi thì"
        " thêm ở màn hình Chức vụ, để biết ai giữ chức gì vào ngày nào."
    )

    def __init__(self, person: Person | None = None) -> None:
        super().__init__(f"draft:person:{person.id}" if person else "draft:person")
        self._person = person

    def heading(self) -> str:
        return _("Sửa người") if self._person else _("Người mới")

    def rows(self) -> Iterable[FormRow]:
        person = self._person or Person()
        yield FormRow("name", _("Họ và tên"), Field(person.name, compact=True), wide=True)
        if not self._person:
            self._directory = queries.directory(self.office.store)
            titles = KnownField(queries.titles(self.office.store), "")
            yield FormRow("title", _("Chức vụ"), titles)
            yield FormRow("unit", _("Đơn vị"), DirectoryField(self._directory, "unit", None))
        yield FormRow("phone", _("Điện thoại"), Field(person.phone, compact=True))
        yield FormRow("email", _("Thư điện tử"), Field(person.email, compact=True))
        yield FormRow("note", _("Ghi chú"), Field(person.note, compact=True), wide=True)

    def save(self, values: dict[str, str]) -> Saved:
        store = self.office.store
        if not values["name"]:
            raise WrongError("name", ThukyError(N_("Chưa có họ tên.")))
        with store.transaction():
            id = self._person.id if self._person else store.insert(Person()).id
            cells = {name: values[name] for name in ("name", "phone", "email", "note")}
            kept = store.update(Person, id, **cells)
            if not self._person and (values["title"] or values["unit"]):
                unit = unit_in(self.form.rows["unit"], store, self._directory)
                store.insert(Post(person=id, unit=unit, title=values["title"]))
        return Saved(kept.id, _("Đã lưu “{title}”.").format(title=kept.name))


class PostForm(FormPage):
    """A post of `person`; returns its id."""

    HELP = N_("Một chức vụ và thời gian giữ. Để trống ngày thôi khi còn đang giữ.")

    def __init__(self, person: str, post: Post | None = None) -> None:
        super().__init__(f"draft:post:{post.id if post else person}")
        self._person = person
        self._post = post

    def heading(self) -> str:
        name = self.office.store.get(Person, self._person).name
        return _("Chức vụ của {name}").format(name=name)

    def rows(self) -> Iterable[FormRow]:
        store = self.office.store
        self._directory = queries.directory(store)
        post = self._post or Post(starts_on=self.office.today().isoformat())
        unit = DirectoryField(self._directory, "unit", post.unit)
        yield FormRow("title", _("Chức vụ"), KnownField(queries.titles(store), post.title))
        yield FormRow("unit", _("Đơn vị"), unit)
        yield FormRow("starts", _("Từ ngày"), Field(shown(post.starts_on), compact=True))
        yield FormRow("ends", _("Đến hết ngày"), Field(shown(post.ends_on), compact=True))

    def understood(self, name: str, value: str) -> str:
        if name in ("starts", "ends") and value:
            day = parse_date(value, self.office.today())
            return f"{weekday(day)}, {show_date(day)}"
        return ""

    def save(self, values: dict[str, str]) -> Saved:
        store = self.office.store
        if not (values["title"] or values["unit"]):
            raise WrongError("title", ThukyError(N_("Hãy ghi chức vụ hoặc đơn vị.")))
        starts, ends = self._day("starts", values), self._day("ends", values)
        if starts and ends and ends < starts:
            raise WrongError("ends", ThukyError(N_("Ngày thôi giữ chức phải sau ngày bắt đầu.")))
        with store.transaction():
            id = self._post.id if self._post else store.insert(Post(person=self._person)).id
            unit = unit_in(self.form.rows["unit"], store, self._directory)
            kept = store.update(
                Post, id, title=values["title"], unit=unit, starts_on=starts, ends_on=ends
            )
        return Saved(kept.id, _("Đã lưu “{title}”.").format(title=kept.title or values["unit"]))

    def _day(self, name: str, values: dict[str, str]) -> str | None:
        if not values[name]:
            return None
        try:
            return parse_date(values[name], self.office.today()).isoformat()
        except ThukyError as error:
            raise WrongError(name, error) from error


def shown(day: str | None) -> str:
    """A kept day as a person writes it; one that is not a day as it is."""
    found = day_of(day)
    return show_date(found) if found else day or ""
