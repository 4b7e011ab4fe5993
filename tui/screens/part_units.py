"""Choosing the units to which a task is given: by type, by name, or as its sentence says."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from office import followups, parts
from office.labels import UNIT_TYPES
from office.unit_sets import COMMUNES, types_said, units_of
from schema.errors import N_, ThukyError
from schema.records import Followup
from schema.viet import fold
from tui import queries
from tui.screens.ask import Ask
from tui.screens.ask_text import AskText
from tui.telling import telling
from tui.widgets.pick import Suggestion
from tui.words import _

if TYPE_CHECKING:
    from tui.app import ThukyApp

_TYPES = "types:"
_MOST = 7
_SETS = (
    COMMUNES,
    *((code,) for code in ("so_ban_nganh", "ubnd_xa", "ubnd_phuong", "co_quan_khac")),
    ("phong_thuoc_van_phong",),
)
_BOTH = N_("Mọi xã, phường")


def ask_for_units(app: "ThukyApp", whole: str) -> None:
    """Ask for one type or unit after the other; each has its part at once."""
    directory = queries.directory(app.store)
    sets = {
        _TYPES + ",".join(types): f"{_name(types)} ({len(units_of(app.store, types))})"
        for types in _SETS
    }

    def suggest(typed: str) -> Sequence[Suggestion]:
        wanted = fold(typed.strip())
        found = [Suggestion(key, words) for key, words in sets.items() if wanted in fold(words)]
        there = {part.lead for part in parts.parts_of(app.store, whole)}
        units = [e for e in directory.search(typed, 50) if e.kind == "unit" and e.id not in there]
        return [*found, *(Suggestion(e.id, e.name) for e in units)][:_MOST]

    def give(picked: Suggestion) -> str:
        value = picked.value
        if value.startswith(_TYPES):
            types = value.removeprefix(_TYPES).split(",")
            units = parts.untold(app.store, whole, units_of(app.store, types))
        else:
            units = [value or directory.unit(picked.label).id]
        if not units:
            raise ThukyError(N_("Những đơn vị ấy đều đã có phần rồi."))
        _give(app, whole, units)
        return _("Đã giao {n} đơn vị. Còn giao cho ai nữa? Esc: xong.").format(n=len(units))

    question = _("Giao cho đơn vị nào, loại đơn vị nào? Esc: xong.")
    app.push_screen(AskText(question, suggest, more=give))


def offer_said(app: "ThukyApp", whole: str) -> None:
    """Offer the units that the sentence of a task names together, if it does."""
    from office.known import known

    store = app.store
    row = store.get(Followup, whole)
    sources = followups.sources_of(store, whole)
    sentences = [row.line, *(source.excerpt for source in sources), row.work]
    on = followups.said_on(store, row) or app.today()
    types = types_said(sentences, known(store), on)
    units = parts.untold(store, whole, units_of(store, types))
    if not units:
        return
    words = _("Câu giao việc gọi chung {who}: {n} đơn vị. n: giao cho tất cả, phím khác: thôi.")
    question = words.format(who=_name(types), n=len(units))

    def answer(yes: bool | None) -> None:
        if yes:
            with telling(app):
                _give(app, whole, units)
                app.say(_("Đã giao {n} đơn vị. u: rút lại.").format(n=len(units)))

    app.push_screen(Ask(question, "n"), answer)


def _give(app: "ThukyApp", whole: str, units: Sequence[str]) -> None:
    made = parts.split(app.store, whole, units)
    given = [part.lead or "" for part in made]
    name = _("{n} phần").format(n=len(made))
    app.trash.note(lambda: parts.take_away(app.store, whole, given), whole, name)
    app.changed()


def _name(types: Sequence[str]) -> str:
    if set(types) == set(COMMUNES):
        return _(_BOTH)
    return ", ".join(_(UNIT_TYPES.get(code, code)) for code in types)
